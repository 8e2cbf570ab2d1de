"""What the picture of "Draw a digit" paints, as bytes.

An answer is: uint32 (little-endian) length of the head, the head as JSON, then bytes that the head
points into. Layers travel as int8 codes (core/vision/codes.py). Numbers that are read (logits,
probabilities, the arithmetic) travel in the head, in full.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from core.headed import headed
from core.opened import wire
from core.vision import doubt, forward
from core.vision.codes import codes
from core.vision.drawing import Drawing
from core.vision.models import SimpleCNN
from core.vision.networks import MODELS, network
from core.vision.place import Place
from core.vision.preprocess import paint, place, strip
from core.vision.question import DrawingQuestion
from core.vision.trace import LAYERS, SIGNED, SOURCE, SPATIAL, trace

FOLLOW = {name: (SOURCE[name], name[:4]) for name in SPATIAL if name.startswith(("relu", "pool"))}
"""The layers that follow from the one before by a ReLU or by max-pooling of 2 x 2."""


def warm() -> None:
    """Load both networks and run each path once: first calls are slow."""
    torch.set_num_threads(1)
    for name in MODELS:
        answer(DrawingQuestion(Drawing.of([[[300, 200], [600, 500], [400, 800]]]), name))


def answer(question: DrawingQuestion) -> bytes:
    """Everything that the picture paints, as described at the top of this file."""
    net = network(question.model)
    placement = place(question.drawing, question.stages)
    if question.strip:
        pictures = strip(question.drawing, question.stages)
    else:
        pictures = paint(question.drawing.strokes, placement)[None]
    passes = trace(net.model, torch.from_numpy(pictures), vars(question.off))
    verdicts = [net.doubt.verdict(passes.picture(i), pictures[i]) for i in range(len(pictures))]
    last = passes.picture(len(pictures) - 1)
    maps = {name: last[name][0] for name in LAYERS[:-1]}  # the logits are read as numbers
    shown = {"kernels": net.model.conv1.weight[:, 0], **maps}
    layers, code = codes(shown, {"kernels", *SIGNED}, FOLLOW)
    head: dict[str, Any] = {
        "layers": layers,
        "logits": last["logits"][0].tolist(),
        "probabilities": verdicts[-1].probabilities.tolist(),
        "verdict": _plain(verdicts[-1]),
        "placement": vars(placement),
        "opened": {
            "place": vars(question.place),
            "field": vars(question.place.field),
            "kernel": _kernel(net.model, question.place),
            "number": wire(forward.opened(question, last)),
        },
    }
    if question.strip:
        head["strip"] = {"at": len(code), "answers": [_plain(verdict) for verdict in verdicts]}
        code += np.rint(pictures * 255).astype(np.uint8).tobytes()
    return headed(head, code)


def _kernel(model: SimpleCNN, place: Place) -> Any:
    """The filter that made a map, (Cin, 3, 3) as lists, through ReLU and pooling; else None."""
    if place.layer not in SPATIAL[1:]:
        return None
    weight: Tensor = getattr(model, f"conv{place.layer[-1]}").weight
    return weight[place.map].tolist()


def _plain(verdict: doubt.Verdict) -> dict[str, Any]:
    digit = int(verdict.probabilities.argmax())
    return {
        "digit": digit,
        "probability": float(verdict.probabilities[digit]),
        "isDigit": verdict.is_digit,
        "reason": verdict.reason,
    }
