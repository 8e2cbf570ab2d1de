"""A network is run: first without numbers, to see what it would take, then with them.

Both ways go through the same functions. Without numbers tensors lie on torch's device "meta", which
knows shapes and types and takes no room; only short whole numbers, such as shapes, are computed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from core.networks import limits
from core.networks.graph import Graph, Node, brief
from core.networks.operators import OPERATORS, Call, Operator
from core.schema import Refusal, mark

META, CPU = torch.device("meta"), torch.device("cpu")

MISFIT = mark("{op} at {place} cannot be computed: what enters it has the shapes {shapes}.")
DEPENDS = mark(
    "{op} at {place} makes a shape that depends on the numbers that go in; only shapes that follow "
    "from the shape of the input are computed here."
)
ROOM = mark(
    "This network would need more than {most:large} bytes for one input, at {op}, {place}. Give it "
    "a smaller input, or a smaller network."
)
WORK = mark(
    "This network would need more than {most:large} multiplications for one input. Give it a "
    "smaller input, or a smaller network."
)
RANK = mark("{op} at {place} makes a tensor of {count} axes; at most {most} are computed here.")


@dataclass(frozen=True)
class Sizes:
    """What a pass of a network takes.

    Attributes:
        shapes: of all that it computes, and of what goes in.
        dtypes: of the same.
        products: multiplications of each node.
        bytes: of all that it computes.
    """

    shapes: Mapping[str, tuple[int, ...]]
    dtypes: Mapping[str, torch.dtype]
    products: Sequence[int]
    bytes: int


def run(graph: Graph, given: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Everything that a network computes, by name, inputs and weights among it.

    Args:
        graph: the network; see `sizes`, which is to have allowed it.
        given: its inputs.

    Raises:
        Refusal: what enters an operator does not fit.
    """
    known = dict(graph.weights) | dict(given)
    with torch.inference_mode():
        for node in graph.nodes:
            _keep(known, node, _computed(node, [known.get(name) for name in node.inputs], CPU))
    return known


def sizes(graph: Graph, shapes: Mapping[str, tuple[int, ...]]) -> Sizes:
    """What a pass takes with inputs of these shapes; nothing large is computed.

    Raises:
        Refusal: it takes too much, shapes do not fit, or depend on the numbers that go in.
    """
    known: dict[str, Tensor] = {
        name: weight if _is_short(weight) else weight.to(META)
        for name, weight in graph.weights.items()
    }
    for each in graph.inputs:
        known[each.name] = torch.empty(shapes[each.name], dtype=each.dtype, device=META)
    told = {each.name: known[each.name] for each in graph.inputs}
    products, taken, work = [], 0, 0
    with torch.inference_mode():
        for node in graph.nodes:
            inputs = [known.get(name) for name in node.inputs]
            outputs = _sized(node, inputs)
            _keep(known, node, outputs)
            _keep(told, node, outputs)
            taken += sum(each.numel() * each.element_size() for each in outputs)
            if taken > limits.ACTIVATIONS:
                raise Refusal(ROOM, most=limits.ACTIVATIONS, op=brief(node.op), place=node.place)
            call = Call(node, META)
            products.append(OPERATORS[node.op].products(call, inputs, outputs))
            work += products[-1]
            if work > limits.MULTIPLY_ADDS:
                raise Refusal(WORK, most=limits.MULTIPLY_ADDS)
    return Sizes(
        {name: tuple(tensor.shape) for name, tensor in told.items()},
        {name: tensor.dtype for name, tensor in told.items()},
        products,
        taken,
    )


def _is_short(tensor: Tensor) -> bool:
    """Whether it may say how something is computed: a shape, axes, a number."""
    return tensor.numel() <= limits.SMALL


def _sized(node: Node, inputs: Sequence[Tensor | None]) -> tuple[Tensor, ...]:
    """What a node makes, on "meta" unless it follows from known numbers and is short."""
    operator = OPERATORS[node.op]
    how = [each for at, each in enumerate(inputs) if at in operator.values and each is not None]
    if any(each.device == META for each in how):
        raise Refusal(DEPENDS, op=brief(node.op), place=node.place)
    away = _computed(node, _on_meta(operator, inputs), META)
    real = all(each is None or each.device == CPU for each in inputs)
    if real and all(map(_is_short, away)):
        return _computed(node, inputs, CPU)
    return away


def _on_meta(operator: Operator, inputs: Sequence[Tensor | None]) -> list[Tensor | None]:
    return [
        each if each is None or at in operator.values else each.to(META)
        for at, each in enumerate(inputs)
    ]


def _computed(
    node: Node, inputs: Sequence[Tensor | None], device: torch.device
) -> tuple[Tensor, ...]:
    """What a node makes.

    Raises:
        Refusal: what enters it does not fit.
    """
    try:
        made = OPERATORS[node.op].compute(Call(node, device), *inputs)
    except Refusal:
        raise
    except Exception:  # whatever torch or Python says of values that do not go together
        shapes = ["×".join(map(str, each.shape)) or "1" for each in inputs if each is not None]
        raise Refusal(
            MISFIT, op=brief(node.op), place=node.place, shapes=", ".join(shapes) or "–"
        ) from None
    outputs = made if isinstance(made, tuple) else (made,)
    rank = max((each.dim() for each in outputs), default=0)
    if rank > limits.RANK:
        op = brief(node.op)
        raise Refusal(RANK, op=op, place=node.place, count=rank, most=limits.RANK)
    return outputs


def _keep(known: dict[str, Tensor], node: Node, outputs: Sequence[Tensor]) -> None:
    made = zip(node.outputs, outputs, strict=False)
    known |= {name: tensor for name, tensor in made if name}
