"""A sentence on what was done to a file to get a picture."""

from __future__ import annotations

from core.schema import Translate, mark
from core.vision.pictures import Picture

KEPT = mark("{width} × {height} pixels, read.")
TURNED = mark("Turned as the camera noted.")
ALPHA = mark("What was transparent lies on white paper.")
FIRST = mark("The first frame of several.")
DEEP = mark("16 bits for each pixel, rounded to 8.")
GREY = mark("Grey: all three channels are alike.")


def done(read: Picture, translate: Translate) -> str:
    """What was done, in the language of whoever sent it."""
    parts = [translate(KEPT).format(width=read.width, height=read.height)]
    facts = ((read.turned, TURNED), (read.alpha, ALPHA), (read.first, FIRST), (read.deep, DEEP))
    parts += [translate(said) for fact, said in facts if fact]
    if len(read.pixels) == 1:
        parts.append(translate(GREY))
    return " ".join(parts)
