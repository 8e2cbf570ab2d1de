"""A drawing as a network sees it: its ink after the whole preparation, and its label."""

from __future__ import annotations

from core.schema import Refusal
from core.vision.drawing import Drawing
from core.vision.finetune.setting import BLANK, LABEL, Drawn
from core.vision.ink import as_bytes
from core.vision.models import CLASSES
from core.vision.preprocess import render


def prepared(label: object, drawing: object) -> Drawn:
    """A labelled drawing as a network sees it.

    Raises:
        Refusal: no digit, no drawing, or a blank one.
    """
    if isinstance(label, bool) or not isinstance(label, int) or not 0 <= label < CLASSES:
        raise Refusal(LABEL)
    return Drawn(label, ink(drawing))


def ink(drawing: object) -> bytes:
    """The 784 bytes of a drawing after the whole preparation.

    Raises:
        Refusal: it is no drawing, or a blank one.
    """
    picture = as_bytes(render(Drawing.of(drawing)))
    if not any(picture):
        raise Refusal(BLANK)
    return picture
