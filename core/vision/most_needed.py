"""Where a drawing can least be covered."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from core.vision.attribution import occlusion
from core.vision.models import normalise
from core.vision.networks import network
from core.vision.preprocess import render
from core.vision.question import DrawingQuestion
from core.vision.trace import silenced


@dataclass(frozen=True)
class MostNeeded:
    """A pixel of the prepared picture.

    Attributes:
        digit: what the network takes the drawing for.
        place: the pixel that speaks most for it, counted row by row.
        fall: how far the digit's logit falls, in the mean of all windows that cover the pixel.
    """

    digit: int
    place: int
    fall: float


def most_needed(question: DrawingQuestion) -> MostNeeded | None:
    """The largest number in the map of "Occlusion"; None for an empty canvas.

    >>> most_needed(DrawingQuestion.read({"drawing": []})) is None
    True
    """
    if not question.drawing.strokes:
        return None
    model = silenced(network(question.model).model, vars(question.off))
    image = normalise(torch.from_numpy(render(question.drawing, question.stages)))
    digit = int(model(image[None, None])[0].argmax())
    falls = occlusion(model, image, digit)
    return MostNeeded(digit, int(falls.argmax()), float(falls.max()))
