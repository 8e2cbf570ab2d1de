"""What a network makes of a picture, as bytes: the five best classes, and maps of every stage.

Bytes have the form of `core.vision.answer`: a head, then codes (`core.vision.codes`).
"""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass
from typing import Any

import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional as F

from core.headed import headed
from core.opened import Cell, latex, program, wire
from core.schema import Record, Refusal, custom, listed, mark, text, whole
from core.schema import choice as one_of
from core.vision.codes import codes
from core.vision.imagenet import heat as heats
from core.vision.imagenet import pictures, rules
from core.vision.imagenet.labels import labels
from core.vision.imagenet.networks import NAMES, NETWORKS, Network, load, plan
from core.vision.imagenet.peaks import peaks as peaks_of
from core.vision.imagenet.prepare import Prepared, prepare
from core.vision.imagenet.steps import INPUT, LOGITS, Step, run
from core.vision.rules import read_cell, write_cell

BEST, NAMED = 5, 16
"""Best classes that are shown, and that are told by name: a softmax lists more of them."""
OVERVIEW, SMALL, LARGE = 14, 28, 56
"""Longest side of a map in the overview, of a network with very many maps or not; and of a layer
by itself. A larger map is shown by means over its parts."""
MANY = 4000
"""Maps of an overview from which on they are shown smaller."""
MOST_OWN = 12
"""Own pictures among which the strongest places are looked for."""

NO_MAP = mark("There is no such map.")


@dataclass(frozen=True)
class PictureQuestion(Record):
    """What does this network make of this picture?"""

    network: str = one_of(NAMES)
    picture: str = text(pictures.SET[0], 60)


@dataclass(frozen=True)
class LayerQuestion(PictureQuestion):
    """Which of its arrays is to be seen?"""

    array: str = text(LOGITS, 40)

    def check_together(self) -> None:
        """Refuse what is no array of maps."""
        if self.array not in plan(self.network).costs:
            raise Refusal(NO_MAP)


@dataclass(frozen=True)
class MapQuestion(LayerQuestion):
    """Which of the maps of an array?"""

    map: int = whole(0, 0, 4095)

    def check_together(self) -> None:
        """Refuse what is no map."""
        super().check_together()
        cost = plan(self.network).costs[self.array]
        if not cost.has_places or self.map >= cost.shape[0]:
            raise Refusal(NO_MAP)


@dataclass(frozen=True)
class PeakQuestion(MapQuestion):
    """Which places excite a map most, in the set and in one's own pictures?"""

    own: tuple[str, ...] = listed(text("", 60), 0, MOST_OWN, ())


@dataclass(frozen=True)
class HeatQuestion(PictureQuestion):
    """Which parts of the picture does a class rest on?"""

    method: str = one_of(("gradcam", "occlusion"))
    target: int = whole(0, 0, 999)


@dataclass(frozen=True)
class NumberQuestion(PictureQuestion):
    """How does a number of the pass come about?"""

    number: Cell | None = custom(None, read_cell, write_cell)


@functools.lru_cache(1)
def _pass(network: str, picture: str) -> tuple[Network, Prepared, dict[str, Tensor]]:
    known = load(network)
    prepared = prepare(pictures.find(picture), known.known)
    return known, prepared, run(known.steps, prepared.normalised)


def traced(question: PictureQuestion) -> tuple[Network, Prepared, dict[str, Tensor]]:
    """The network, the picture and every array; the latest pass stays in memory.

    Raises:
        PretrainedError: the network's weights are not here.
        Refusal: the picture has been forgotten.
    """
    pictures.find(question.picture)  # it counts as used, and may be gone
    return _pass(question.network, question.picture)


@torch.inference_mode()
def answer(question: PictureQuestion) -> bytes:
    """The five best classes, the stages of the network, and all their maps.

    Raises:
        PretrainedError: the network's weights are not here.
        Refusal: the picture has been forgotten.
    """
    network, prepared, arrays = traced(question)
    shown = {INPUT: _reduced(prepared.normalised, LARGE)}
    shown |= {"kernels": _kernels(network)}
    ends = {stage: found[-1].name for stage, found in network.stages.items()}
    costs = (network.costs[name] for name in ends.values())
    many = sum(cost.shape[0] for cost in costs if cost.has_places) > MANY
    for name in ends.values():
        shown[name] = _reduced(arrays[name], OVERVIEW if many else SMALL)
    head = {
        "network": question.network,
        "picture": question.picture,
        "best": best(arrays[LOGITS])[:BEST],
        "names": best(arrays[LOGITS]),
        "spread": [float(x) for x in (prepared.normalised.min(), prepared.normalised.max())],
    }
    return packed(head, shown)


def best(found: Tensor) -> list[dict[str, Any]]:
    """The classes with the largest logits, the largest first: "class", "name", "logit" and "p"."""
    shares = torch.softmax(found.double(), 0)
    return [
        {"class": at, "name": labels()[at], "logit": float(found[at]), "p": float(shares[at])}
        for at in found.topk(NAMED).indices.tolist()
    ]


@functools.cache
def shipped_best(network: str, picture: str) -> list[dict[str, Any]]:
    """The best classes of a picture of the set.

    Raises:
        PretrainedError: the network's weights are not here.
    """
    return best(_pass(network, picture)[2][LOGITS])[:BEST]


@functools.cache
def stages(name: str) -> list[dict[str, Any]]:
    """The stages of a network; they can be told without its weights.

    Each has "name", "array" (its last), "parts", "parameters" and "multiply_adds".
    """
    network = plan(name)
    return [
        {
            "name": stage,
            "array": found[-1].name,
            "parts": [_part(step, network) for step in found],
            "parameters": sum(network.costs[step.name].parameters for step in found),
            "multiply_adds": sum(network.costs[step.name].multiply_adds for step in found),
        }
        for stage, found in network.stages.items()
    ]


def _part(step: Step, network: Network) -> dict[str, Any]:
    cost, layer = network.costs[step.name], step.layer
    kernel = layer.kernel_size if isinstance(layer, nn.Conv2d | nn.MaxPool2d) else 0
    return {
        "array": step.name,
        "part": step.part,
        "shape": cost.shape,
        "kernel": kernel if isinstance(kernel, int) else kernel[0],
        "sees": vars(cost.sees) if cost.sees else None,
    }


@torch.inference_mode()
def layer(question: LayerQuestion) -> bytes:
    """All maps of one array, or all its units."""
    _, _, arrays = traced(question)
    found = arrays[question.array]
    head = {"array": question.array, "shape": tuple(found.shape)}
    return packed(head, {question.array: _reduced(found, LARGE)})


@torch.inference_mode()
def one_map(question: MapQuestion) -> bytes:
    """One map with all its numbers, and the kernel that makes it where one can be seen."""
    network, _, arrays = traced(question)
    values = arrays[question.array][question.map]
    shown = {question.array: values[None]}
    step = next((step for step in network.steps if step.name == question.array), None)
    if step and isinstance(step.layer, nn.Conv2d) and step.layer.kernel_size[0] > 1:
        weight = step.layer.weight[question.map]
        if len(weight) <= 3:  # of a deeper layer hundreds would have to be seen
            shown["kernel"] = weight.flatten()
    row, column = divmod(int(values.argmax()), values.shape[1])
    head = {
        "array": question.array,
        "map": question.map,
        "shape": tuple(values.shape),
        "largest": [row, column],
        "sees": (found := network.costs[question.array].sees) and vars(found),
    }
    return packed(head, shown)


def peaks(question: PeakQuestion) -> dict[str, Any]:
    """The places that excite a map most: "peaks", as `core.vision.imagenet.peaks.Peak`."""
    found = peaks_of(load(question.network), question.array, question.map, question.own)
    return {"array": question.array, "map": question.map, "peaks": [vars(peak) for peak in found]}


def heat(question: HeatQuestion) -> dict[str, Any]:
    """The "heat" of each place; of an occlusion also the "answers" with that place covered."""
    network, prepared, arrays = traced(question)
    told = {"method": question.method, "target": question.target}
    first = int(arrays[LOGITS].argmax())
    if question.method == "gradcam":
        found = heats.grad_cam(network, arrays[network.last], question.target)
        return told | {"heat": found.tolist(), "answer": first, "answers": None}
    covered = heats.occlusion(network, prepared.normalised, question.target)
    named = [
        [{"class": at, "name": labels()[at]} for at in row] for row in covered.answers.tolist()
    ]
    return told | {"heat": covered.falls.tolist(), "answer": first, "answers": named}


def number(question: NumberQuestion) -> dict[str, Any]:
    """The number as it was asked for, "opened" for the picture, and the same as text.

    Raises:
        Refusal: there is no such number.
    """
    if question.number is None:
        raise Refusal(mark("A number is written as {example}."), example="stem_conv.3.56.56")
    network, prepared, arrays = traced(question)
    shown = rules.opened(network, rules.trace(network, prepared, arrays), question.number)
    return {
        "number": write_cell(question.number),
        "opened": wire(shown),
        "latex": latex(shown),
        "program": program(shown),
    }


IMAGES = ("upright", "resized", "cropped")
"""Stages of a picture that are pictures; the last one is sent as numbers."""
CHOICE, SIDE = "small", 112
"""What stands in a row to choose from: the last stage, with so many pixels along a side."""


def image(picture: str, stage: str) -> bytes:
    """One stage of a picture as WebP, to the pixel; of the small one its look is enough.

    Args:
        picture: its name.
        stage: one of `IMAGES`, or `CHOICE`.

    Raises:
        Refusal: the picture has been forgotten.
    """
    small = stage == CHOICE
    pixels = getattr(
        prepare(pictures.find(picture), NETWORKS["lite0"]), IMAGES[-1] if small else stage
    )
    shown = Image.fromarray((pixels * 255).round().byte().permute(1, 2, 0).numpy())
    if small:
        shown = shown.resize((SIDE, SIDE))
    written = io.BytesIO()
    shown.save(written, "WEBP", lossless=not small, quality=80, method=4 if small else 1)
    return written.getvalue()


def packed(head: dict[str, Any], shown: dict[str, Tensor]) -> bytes:
    """A head, and maps as codes."""
    signed = {name for name, values in shown.items() if values.min() < 0}
    sent, code = codes(shown, signed)
    return headed(head | {"layers": sent}, code)


def _reduced(maps: Tensor, most: int) -> Tensor:
    """Maps of at most so many places along a side, as means; units as they are."""
    if maps.dim() == 3 and maps.shape[-1] == 1:
        return maps[:, 0, 0]
    if maps.dim() < 3 or maps.shape[-1] <= most:
        return maps
    return F.adaptive_avg_pool2d(maps, most)


def _kernels(network: Network) -> Tensor:
    """(O, 3 k k), the kernels of the first layer, each the colours of a small picture."""
    layer = network.steps[0].layer
    assert isinstance(layer, nn.Conv2d)
    return layer.weight.flatten(1)[:, :, None]
