"""Why this answer: what it rests on, for "Draw a digit". Asked while the pen rests."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import torch

from core.vision import attribution
from core.vision.models import normalise
from core.vision.networks import network
from core.vision.preprocess import paint, place, render
from core.vision.question import DrawingQuestion
from core.vision.smallest_stroke import smallest_stroke
from core.vision.trace import silenced

CONV_LAYERS: tuple[attribution.ConvLayer, ...] = ("conv1", "conv2")
TOP = 5
"""How many filters of a layer are named."""


def reasons(question: DrawingQuestion) -> dict[str, Any]:
    """What the answer rests on: maps of 28 x 28 numbers, and the filters that matter most.

    The maps come row by row. Filters that are switched off in the question are off here too.

    >>> reasons(DrawingQuestion.read({"drawing": []}))
    {'blank': True}
    """
    if not question.drawing.strokes:
        return {"blank": True}
    net, off = network(question.model), vars(question.off)
    model = silenced(net.model, off)
    picture = torch.from_numpy(render(question.drawing, question.stages))
    image = normalise(picture)
    digit = int(model(image[None, None])[0].argmax())
    coarse = attribution.grad_cam(model, image, digit, "conv2")
    maps = {
        "ink": picture,
        "occlusion": attribution.occlusion(model, image, digit),
        "conv1": attribution.grad_cam(model, image, digit, "conv1"),
        "conv2": coarse.repeat_interleave(2, 0).repeat_interleave(2, 1),
    }
    answer: dict[str, Any] = {
        "digit": digit,
        **{name: values.flatten().tolist() for name, values in maps.items()},
        "filters": {
            layer: _effects(
                attribution.filter_effects(model, image, layer, digit),
                net.doubt.temperature,
                off[layer],
            )
            for layer in CONV_LAYERS
        },
    }
    if piece := smallest_stroke(model, question.drawing, question.stages):
        ink = paint((piece.piece,), place(question.drawing, question.stages))
        answer["piece"] = {
            "share": piece.share,
            "digit": piece.after,
            "ink": ink.flatten().tolist(),
        }
    return answer


def _effects(
    effects: attribution.FilterEffects, temperature: float, silent: Collection[int]
) -> list[dict[str, Any]]:
    """The TOP filters by how far the logit moves without them."""
    logit, probability = effects.logit, effects.probability(temperature)
    order = [i for i in logit.abs().argsort(descending=True).tolist() if i not in silent]
    return [
        {
            "map": i,
            "logit": float(logit[i]),
            "probability": float(probability[i]),
            "digit": int(effects.answers[i]),
            "changes": bool(effects.changed[i]),
        }
        for i in order[:TOP]
    ]
