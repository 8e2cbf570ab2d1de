"""What the page asks while the pen moves, and the answer as bytes.

An answer is: uint32 (little-endian) length of the head, the head as JSON, then bytes that the head
points into. A layer travels as int8 codes with one scale for each map, value = code * scale / 127:
enough to paint, a quarter of the size of float32. Numbers that are read (logits, probabilities, the
arithmetic) travel in the head, in full.
"""

import base64
import functools
import struct
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import orjson
import torch
from torch import Tensor

from core import weights
from core.opened import Opened, wire
from core.schema import Refusal, mark
from core.vision import adopted, attribution, doubt, rules, sheet
from core.vision.codes import codes
from core.vision.drawing import MAX_POINTS, MAX_STROKES, Drawing
from core.vision.hand import sample
from core.vision.models import SimpleCNN, normalise
from core.vision.place import Place
from core.vision.preprocess import NAMES as STAGES
from core.vision.preprocess import Stages, paint, place, render, strip
from core.vision.smallest_stroke import smallest_stroke
from core.vision.trace import (
    LAYERS,
    SIGNED,
    SPATIAL,
    Trace,
    checked_off,
    silenced,
    trace,
)

MAX_BYTES = 160 * 1024
"""Longest question in bytes: the largest drawing allowed, with room to spare."""

MAX_LISTS = MAX_POINTS + MAX_STROKES + 16
"""Most lists in a question, so that one with more need not be parsed to be refused."""

MODELS = ("ours", "notes")

TOP = 5
"""How many filters of a layer are named in the reasons."""


@dataclass(frozen=True)
class Network:
    """A shipped network with all that is known about it."""

    model: SimpleCNN
    card: dict[str, Any]
    doubt: doubt.Doubt


def network(name: str) -> Network:
    """The shipped network of that name ("ours" or "notes"), or one that was trained here.

    Raises:
        WeightsError: its weights are missing or damaged; the next call looks again.
        ValueError: a trained one that has been forgotten.
    """
    if name in MODELS:
        return _shipped(name)
    found = adopted.find(name)
    return Network(found.model, found.card, doubt.unmeasured())


@functools.cache
def _shipped(name: str) -> Network:
    file = f"simple_cnn_{name}"
    model, card = weights.load(file)
    assert isinstance(model, SimpleCNN)
    return Network(model, card, doubt.load(file))


def warm() -> None:
    """Load both networks and run each path once: first calls are slow."""
    torch.set_num_threads(1)
    for name in MODELS:
        answer(Question(Drawing.of([[[300, 200], [600, 500], [400, 800]]]), name))


@dataclass(frozen=True)
class Question:
    """One question of the page: what does this network compute from this drawing, prepared so?

    Attributes:
        drawing: the strokes.
        model: "ours", "notes", or the name of one that was trained here.
        stages: which stages of the preparation are on.
        off: filters that are switched off, by layer.
        place: the number whose arithmetic is wanted.
        strip: whether the answers after each stage are wanted too; they cost five forward passes.
    """

    drawing: Drawing
    model: str = "ours"
    stages: Stages = field(default_factory=Stages)
    off: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    place: Place = field(default_factory=lambda: Place("conv1", 0, 14, 14))
    strip: bool = True

    @classmethod
    def of(cls, raw: object) -> "Question":
        """Validate what came in as JSON.

        Raises:
            ValueError: with a sentence that says what is wrong.
        """
        if not isinstance(raw, dict) or "drawing" not in raw:
            raise Refusal(mark("A question is an object with a drawing."))
        model, stages, off = raw.get("model", "ours"), raw.get("stages", {}), raw.get("off", {})
        if not isinstance(model, str) or not (model in MODELS or model.startswith(adopted.PREFIX)):
            raise Refusal(mark("There is no such model; there are {names}."), names=tuple(MODELS))
        if not isinstance(stages, dict) or not all(
            key in STAGES and isinstance(on, bool) for key, on in stages.items()
        ):
            raise Refusal(mark("The stages are {names}, each true or false."), names=tuple(STAGES))
        if not isinstance(off, dict) or not all(
            isinstance(filters, list) for filters in off.values()
        ):
            raise Refusal(mark("The filters to switch off are a list for each layer."))
        return cls(
            Drawing.of(raw["drawing"]),
            model,
            Stages(**stages),
            checked_off(off),
            _place(raw.get("place")),
            raw.get("strip") is not False,
        )


def answer(question: Question) -> bytes:
    """Everything that the picture paints, as described at the top of this file."""
    net = network(question.model)
    placement = place(question.drawing, question.stages)
    if question.strip:
        pictures = strip(question.drawing, question.stages)
    else:
        pictures = paint(question.drawing.strokes, placement)[None]
    passes = trace(net.model, torch.from_numpy(pictures), question.off)
    verdicts = [net.doubt.verdict(passes.picture(i), pictures[i]) for i in range(len(pictures))]
    last = passes.picture(len(pictures) - 1)
    layers, code = codes(
        {"kernels": net.model.conv1.weight[:, 0], **_one(last)}, {"kernels", *SIGNED}
    )
    at = len(code)
    head: dict[str, Any] = {
        "layers": layers,
        "logits": last["logits"][0].tolist(),
        "probabilities": verdicts[-1].probabilities.tolist(),
        "verdict": _plain(verdicts[-1]),
        "placement": vars(placement),
        "opened": {
            "place": vars(question.place),
            "field": vars(question.place.field),
            "kernel": _kernel(net.model, question.place.layer, question.place.map),
            "number": wire(worked(question, last)),
        },
    }
    if question.strip:
        head["strip"] = {"at": at, "answers": [_plain(verdict) for verdict in verdicts]}
        code += np.rint(pictures * 255).astype(np.uint8).tobytes()
    text = orjson.dumps(head, option=orjson.OPT_SERIALIZE_NUMPY)
    return struct.pack("<I", len(text)) + text + code


def run(question: Question) -> Trace:
    """The forward pass that a question asks for, of one picture."""
    picture = render(question.drawing, question.stages)
    return trace(network(question.model).model, torch.from_numpy(picture)[None], question.off)


def worked(question: Question, traced: Trace | None = None) -> Opened:
    """The arithmetic of the number at `question.place`; `traced` saves the pass if it is made."""
    net, traced = network(question.model), traced or run(question)
    return rules.opened(net.model, traced, question.place, question.off, net.doubt.temperature)


def program(question: Question, traced: Trace | None = None) -> str:
    """A program that prints the number at `question.place`, of a shipped network."""
    net, traced = network(question.model), traced or run(question)
    return rules.program(
        net.model,
        traced,
        question.place,
        name=question.model,
        drawing=question.drawing,
        stages=question.stages,
        off=question.off,
        temperature=net.doubt.temperature,
    )


def _kernel(model: SimpleCNN, layer: str, map: int) -> Any:
    """The filter that made a map, (Cin, 3, 3) as lists, through ReLU and pooling; else None."""
    if layer not in SPATIAL[1:]:
        return None
    weight: Tensor = getattr(model, f"conv{layer[-1]}").weight
    return weight[map].tolist()


def verdict(question: Question, traced: Trace | None = None) -> doubt.Verdict:
    """The calibrated probabilities, and whether it is a digit at all."""
    return network(question.model).doubt.verdict(
        traced or run(question), render(question.drawing, question.stages)
    )


@functools.cache
def thumbnail(seed: int) -> str:
    """The sheet of a sample through our network, as the data URL of a PNG."""
    question = Question(sample(seed))
    traced = run(question)
    picture = sheet.png(traced, verdict(question, traced).probabilities.tolist())
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def what_if(question: Question, **stages: bool) -> int | None:
    """The answer with these stages switched on or off instead; None: not a digit."""
    found = verdict(replace(question, stages=replace(question.stages, **stages)))
    return int(found.probabilities.argmax()) if found.is_digit else None


def parameters(model: str) -> dict[str, int]:
    """Weights and biases of each layer that has any."""
    return {
        name: sum(p.numel() for p in layer.parameters())
        for name, layer in network(model).model.named_children()
        if name != "pool"
    }


def reasons(question: Question) -> bytes:
    """What the answer hangs on, as JSON: maps of 28 x 28 numbers, and the filters that matter most.

    The maps come row by row. Filters that are switched off in the question are off here too.
    """
    if not question.drawing.strokes:
        return orjson.dumps({"blank": True})
    net = network(question.model)
    model = silenced(net.model, question.off)
    picture = torch.from_numpy(render(question.drawing, question.stages))
    image = normalise(picture)
    logits = model(image[None, None])[0]
    digit = int(logits.argmax())
    piece = smallest_stroke(model, question.drawing, question.stages)
    found = {
        "digit": digit,
        "ink": picture,
        "occlusion": attribution.occlusion(model, image, digit),
        "conv1": attribution.grad_cam(model, image, digit, "conv1"),
        "conv2": attribution.grad_cam(model, image, digit, "conv2")
        .repeat_interleave(2, 0)
        .repeat_interleave(2, 1),
    }
    answer: dict[str, Any] = {
        name: value.flatten().tolist() if isinstance(value, Tensor) else value
        for name, value in found.items()
    }
    answer["filters"] = {
        layer: _effects(
            attribution.filter_effects(model, image, layer, digit),
            net.doubt.temperature,
            question.off.get(layer, ()),
        )
        for layer in ("conv1", "conv2")
    }
    if piece is not None:
        where = paint((piece.piece,), place(question.drawing, question.stages))
        answer["piece"] = {
            "share": piece.share,
            "digit": piece.after,
            "ink": where.flatten().tolist(),
        }
    return orjson.dumps(answer)


def _effects(
    effects: attribution.FilterEffects, temperature: float, silent: Collection[int]
) -> list[dict[str, Any]]:
    """The TOP filters by how far the logit moves without them."""
    probability, answers, changed = (
        effects.probability(temperature),
        effects.answers,
        effects.changed,
    )
    order = [i for i in effects.logit.abs().argsort(descending=True).tolist() if i not in silent]
    return [
        {
            "map": i,
            "logit": float(effects.logit[i]),
            "probability": float(probability[i]),
            "digit": int(answers[i]),
            "changes": bool(changed[i]),
        }
        for i in order[:TOP]
    ]


def _one(run: Trace) -> dict[str, Tensor]:
    """The layers of one picture that are painted; the logits are read as numbers instead."""
    return {name: run[name][0] for name in LAYERS[:-1]}


def _plain(verdict: doubt.Verdict) -> dict[str, Any]:
    digit = int(verdict.probabilities.argmax())
    return {
        "digit": digit,
        "probability": float(verdict.probabilities[digit]),
        "isDigit": verdict.is_digit,
        "reason": verdict.reason,
    }


def _place(raw: object) -> Place:
    if raw is None:
        return Place("conv1", 0, 14, 14)
    if (
        not isinstance(raw, dict)
        or not set(raw) <= {"layer", "map", "row", "column"}
        or not {"layer", "map"} <= set(raw)
    ):
        raise Refusal(mark("A place is a layer, a map, a row and a column."))
    if not isinstance(raw["layer"], str):
        raise Refusal(mark("A layer is named by a text."))
    return Place(**raw)
