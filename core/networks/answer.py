"""A network that is open answers: maps of every layer, one number opened, its score on MNIST."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.headed import headed
from core.intervals import interval
from core.networks import breaking, inputs, rules, running, shelf
from core.networks.inputs import SCALES, Scale
from core.networks.layers import INPUT, Layer, arrays, bare, broken_axis, layers
from core.networks.opening import Network
from core.opened import Cell, latex, program, wire
from core.opened.linked import NUMBER_FIELD
from core.schema import REQUIRED, Record, Refusal, choice, mark, text, whole
from core.vision import mnist
from core.vision.codes import codes
from core.vision.drawing import Drawing, strokes
from core.vision.preprocess import render

MAPS, CELLS = 64, 40_000
"""Of a layer so many maps are shown at most, the first ones, and so many numbers."""
TOP = 10
"""Outputs that are named, the largest."""
WORK = 20_000_000_000
"""Multiplications of a score: of a large network fewer digits are asked."""
BATCH = 100
CLASSES = 10

NOT_DIGITS = mark("This network does not read pictures of 28 × 28 pixels into ten numbers.")


@dataclass(frozen=True)
class PassQuestion(Record):
    """What does the network make of this?

    Attributes:
        net: its name on the shelf.
        drawing: for a network that reads pictures.
        picture: the name of an uploaded one, which then takes the drawing's place.
        numbers: for another one, as typed; "" is an example.
        scale: what 0 to 1 becomes.
        off: kernels that are broken, see `breaking.read`.
        layer: whose maps are shown large, as an array.
        map: whose kernel is shown.
    """

    net: str = text(REQUIRED, 40)
    drawing: Drawing = strokes()
    picture: str = text("", 40)
    numbers: str = text("", inputs.MOST, lines=True)
    scale: Scale = choice(SCALES)
    off: str = text("", 2_000)
    layer: str = text("", 20)
    map: int = whole(0, 0, 100_000)


@dataclass(frozen=True)
class _Pass:
    """A pass: the network as it was run, and everything that it computed."""

    network: Network
    known: Mapping[str, Tensor]


def passed(question: PassQuestion) -> _Pass:
    """Run the network.

    Raises:
        Refusal: it has been forgotten, or cannot read what it is given.
    """
    network = breaking.broken(shelf.find(question.net), breaking.read(question.off))
    first = network.graph.inputs[0].name
    given = inputs.others(network) | {first: _first(network, question)}
    return _Pass(network, running.run(network.graph, given))


def _first(network: Network, question: PassQuestion) -> Tensor:
    if inputs.form(network).kind != "picture":
        return inputs.of_text(network, question.numbers)
    if question.picture:
        pixels = shelf.picture(question.picture)
    else:
        pixels = torch.from_numpy(render(question.drawing))[None]
    return inputs.of_picture(network, pixels, question.scale)


def answer(question: PassQuestion) -> bytes:
    """A head as JSON and maps as `core.vision.codes` packs them.

    "layers" the maps of "input" and of every layer, of the selected one all (as "shown"), of large
    ones every "step" rows and columns, and its "kernel"; "outputs" the largest of the first output,
    of "count", "shares" of them where they are scores of classes; "blank" where nothing was drawn;
    "seconds".

    Raises:
        Refusal: as `passed`.
    """
    began = time.perf_counter()
    ran = passed(question)
    seconds = time.perf_counter() - began
    network, known = ran.network, ran.known
    shown = {
        name: small
        for name, tensor in arrays(network).items()
        if (small := _shown(known[tensor], most=CELLS // 8)) is not None
    }
    step = 1
    chosen = next((each for each in layers(network) if each.array == question.layer), None)
    if chosen is not None:
        made = known[chosen.node.outputs[0]]
        large, step = _shown(made, CELLS), _step(made, CELLS)
        kernel = _kernel(network, chosen, question.map)
        shown |= {"shown": large} if large is not None else {}
        shown |= {"kernel": kernel} if kernel is not None else {}
    signed = {name for name, tensor in shown.items() if tensor.numel() and tensor.min() < 0}
    sent, code = codes(shown, signed)
    head = {
        "layers": sent,
        "blank": _is_blank(network, question),
        "seconds": seconds,
        "step": step,
        **_outputs(network, known),
    }
    return headed(head, code)


def _is_blank(network: Network, question: PassQuestion) -> bool:
    kind = inputs.form(network).kind
    return kind == "picture" and not question.picture and not question.drawing.strokes


def _outputs(network: Network, known: Mapping[str, Tensor]) -> dict[str, Any]:
    name = network.graph.outputs[0]
    values = known[name].double().flatten()
    finite = bool(values.isfinite().all())
    plain = bare(known[name]).dim() == 1 and 2 <= len(values) <= 1000
    most = values.topk(min(TOP, len(values))) if plain else None
    at = most.indices.tolist() if most else list(range(min(TOP, len(values))))
    shares = _shares(network, values)[at].tolist() if plain and finite else None
    made_by = {each.node.outputs[0]: each.array for each in layers(network)}
    return {
        "array": made_by.get(name, INPUT),
        "outputs": [{"at": where, "value": _finite(float(values[where]))} for where in at],
        "shares": shares,
        "count": len(values),
        "rank": bare(known[name]).dim(),
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _shares(network: Network, values: Tensor) -> Tensor:
    """Scores as shares that add up to one; the output of a softmax is that already."""
    last = next(node for node in network.graph.nodes if network.graph.outputs[0] in node.outputs)
    return values if last.op == "Softmax" else torch.softmax(values, 0)


def _shown(made: Tensor, most: int) -> Tensor | None:
    """(C, H, W) or (N,) to be painted: the first maps, as many as `most` numbers hold.

    Pixels are left out where one map alone has more.
    """
    tensor = bare(made).float().nan_to_num(0.0, 0.0, 0.0)
    if not tensor.numel():
        return None
    if tensor.dim() < 2:
        return tensor.reshape(-1)[:most]
    tensor = tensor[None] if tensor.dim() == 2 else tensor.flatten(0, -3)
    step = _step(made, most)
    tensor = tensor[:, ::step, ::step]
    count = max(1, min(MAPS, most // tensor[0].numel()))
    return tensor[:count].contiguous()


def _step(made: Tensor, most: int) -> int:
    """Of large maps every so many rows and columns are shown."""
    shape = bare(made).shape
    plane = math.prod(shape[-2:]) if len(shape) > 1 else 1
    return math.ceil(math.sqrt(max(1.0, plane / most)))


def _kernel(network: Network, layer: Layer, at: int) -> Tensor | None:
    """The weights that one map or unit is made with: (I, kh, kw), or (1, 1, K)."""
    axis = broken_axis(network, layer.node)
    if axis is None:
        return None
    weight = network.graph.weights[layer.node.inputs[1]]
    if at >= weight.shape[axis]:
        return None
    own = weight.select(axis, at).float().nan_to_num(0.0, 0.0, 0.0)
    own = own if own.dim() == 3 else own.reshape(*([1] * (3 - own.dim())), *own.shape)
    return _shown(own[None], CELLS // 8)


@dataclass(frozen=True)
class NumberQuestion(PassQuestion):
    """How does this number come about? Without one it is the largest that comes out."""

    number: Any = NUMBER_FIELD


def number(question: NumberQuestion) -> dict[str, Any]:
    """The number as it was asked for, "opened" for the picture, its "latex" and "program".

    Raises:
        Refusal: there is no such number, or as `passed`.
    """
    ran = passed(question)
    cell = question.number or _largest(ran)
    shown = rules.opened(ran.network, ran.known, cell)
    return {
        "number": NUMBER_FIELD.format(cell),
        "opened": wire(shown),
        "latex": latex(shown),
        "program": program(shown),
    }


def _largest(ran: _Pass) -> Cell:
    """Where the largest number stands that comes out."""
    name = ran.network.graph.outputs[0]
    made = bare(ran.known[name])
    at = torch.unravel_index(made.argmax(), made.shape)
    array = next(here for here, tensor in arrays(ran.network).items() if tensor == name)
    return Cell(array, tuple(map(int, at)))


@dataclass(frozen=True)
class ScoreQuestion(Record):
    """How many of MNIST's test digits does the network read?"""

    net: str = text(REQUIRED, 40)
    scale: Scale = choice(SCALES)
    off: str = text("", 2_000)


def reads_digits(network: Network) -> bool:
    """Whether pictures of 28 x 28 go in and ten numbers come out."""
    found = inputs.form(network)
    shape = network.sizes.shapes[network.graph.outputs[0]]
    return found.size == (1, 28, 28) and math.prod(shape) == CLASSES * (shape[0] if shape else 1)


@torch.inference_mode()
def score(question: ScoreQuestion) -> dict[str, Any]:
    """How many test digits are "right", "of" the first so many; "each": by digit.

    "interval" is the 95% one of the share.

    Raises:
        Refusal: the network does not read digits, or has been forgotten.
        MNISTMissing: the digits are not there.
    """
    network = breaking.broken(shelf.find(question.net), breaking.read(question.off))
    if not reads_digits(network):
        raise Refusal(NOT_DIGITS)
    digits = mnist.load("test")
    products = max(1, sum(network.sizes.products))
    count = min(len(digits), max(BATCH, WORK // products // BATCH * BATCH))
    guesses = torch.cat([
        _guessed(network, digits.images[at : at + BATCH], question.scale)
        for at in range(0, count, BATCH)
    ])  # fmt: skip
    labels = digits.labels[:count]
    right = guesses == labels
    return {
        "right": int(right.sum()),
        "of": count,
        "interval": interval(int(right.sum()), count),
        "each": [float(right[labels == digit].float().mean()) for digit in range(CLASSES)],
    }


def _guessed(network: Network, images: Tensor, scale: Scale) -> Tensor:
    """The largest output for each of some pictures, all at once where the network allows it."""
    first = network.graph.inputs[0]
    given = [inputs.of_picture(network, image[None].float() / 255, scale) for image in images]
    output = network.graph.outputs[0]
    if isinstance(first.shape[0], str) and all(len(each) == 1 for each in given):
        rest = inputs.others(network)
        try:
            made = running.run(network.graph, rest | {first.name: torch.cat(given)})[output]
        except Refusal:  # a shape inside is fixed to one example
            made = torch.zeros(0)
        if made.shape == (len(images), CLASSES):
            return made.argmax(1)
    rest = inputs.others(network)
    runs = (running.run(network.graph, rest | {first.name: each}) for each in given)
    return torch.stack([made[output].reshape(-1)[:CLASSES].argmax() for made in runs])
