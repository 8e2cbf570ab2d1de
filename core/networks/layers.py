"""The layers of a network as a table: what each makes, how many weights it has, what it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from torch import Tensor

from core.networks.graph import Node, brief
from core.networks.opening import Network


@dataclass(frozen=True)
class Layer:
    """A node that computes something of the input.

    Attributes:
        array: its name among the arrays of a pass: "layer_3" is the third node.
        node: it.
        place: of the node, from 0.
        shape: of what it makes, without a batch of one.
        parameters: weights that it reads and none before it did.
        products: multiplications for one input.
    """

    array: str
    node: Node
    place: int
    shape: tuple[int, ...]
    parameters: int
    products: int

    @property
    def name(self) -> str:
        """For people."""
        return self.node.place


_COMPARING = ("MaxPool", "AveragePool")
"""Operators that are work, and multiply nothing."""
INPUT = "input"
"""The name of the first input among the arrays of a pass."""


def layers(network: Network) -> list[Layer]:
    """Those that hang on an input; what says only how something is computed is left out."""
    graph = network.graph
    given = {each.name for each in graph.inputs}
    counted: set[str] = set()
    found = []
    for at, node in enumerate(graph.nodes):
        own = [name for name in node.inputs if name in graph.weights and name not in counted]
        parameters = sum(
            graph.weights[name].numel()
            for name in own
            if graph.weights[name].is_floating_point() and graph.weights[name].dim()
        )
        if node.op in ("Shape", "Size", "Constant") or not given & set(node.inputs):
            continue
        given |= set(node.outputs)
        counted |= set(own)
        shape = without_batch(network.sizes.shapes[node.outputs[0]])
        products = 0 if node.op in _COMPARING else network.sizes.products[at]
        found.append(Layer(f"layer_{at + 1}", node, at, shape, parameters, products))
    return found


def without_batch(shape: Sequence[int]) -> tuple[int, ...]:
    """A shape without the first axis, where that is one and not all there is."""
    return tuple(shape[1:]) if len(shape) > 1 and shape[0] == 1 else tuple(shape)


def bare(tensor: Tensor) -> Tensor:
    """The same of a tensor."""
    return tensor[0] if tensor.dim() > 1 and len(tensor) == 1 else tensor


def arrays(network: Network) -> dict[str, str]:
    """Tensors of the graph, by the names that layers and the first input have here."""
    named = {layer.array: layer.node.outputs[0] for layer in layers(network)}
    return {INPUT: network.graph.inputs[0].name} | named


def told(network: Network) -> list[Mapping[str, object]]:
    """The rows of the table, as plain JSON."""
    return [
        {
            "array": layer.array,
            "name": layer.name,
            "op": brief(layer.node.op),
            "shape": list(layer.shape),
            "parameters": layer.parameters,
            "multiply_adds": layer.products,
            "kernels": kernels(network, layer),
        }
        for layer in layers(network)
    ]


def kernels(network: Network, layer: Layer) -> int:
    """How many kernels or units it has that can be broken: 0 where it has none."""
    axis = broken_axis(network, layer.node)
    if axis is None:
        return 0
    return network.graph.weights[layer.node.inputs[1]].shape[axis]


def broken_axis(network: Network, node: Node) -> int | None:
    """The axis of a node's weights that counts its maps or units; None: it has no such weights."""
    if len(node.inputs) < 2 or node.inputs[1] not in network.graph.weights:
        return None
    rank = network.graph.weights[node.inputs[1]].dim()
    if node.op == "Conv":
        return 0
    if node.op == "Gemm":
        return 0 if node.attributes.get("transB", 0) else 1
    return 1 if node.op == "MatMul" and rank == 2 else None
