"""A recurrent network unrolled, small: at which steps something goes in, at which it comes out."""

from __future__ import annotations

from collections.abc import Collection

from core.figures.image import data_url
from core.figures.palette import GREY, INK, PAPER, POSITIVE, css

SIDE, GAP = 18, 14
HEIGHT = 5 * SIDE + GAP


def unrolled(steps: int, inputs: Collection[int], outputs: Collection[int]) -> str:
    """Draw it as a data URL: inputs grey below, states ink, outputs blue above.

    Args:
        steps: how many there are.
        inputs: those at which something goes in, from 0.
        outputs: those at which something comes out.
    """
    parts = []
    for step in range(steps):
        left = GAP + step * (SIDE + GAP)
        middle = left + SIDE / 2
        parts.append(_box(left, 2, INK))
        if step:
            parts.append(_line(left - GAP, _top(2) + SIDE / 2, left, _top(2) + SIDE / 2))
        for there, row, colour in ((outputs, 0, POSITIVE), (inputs, 4, GREY)):
            if step in there:
                upper = min(row, 2)
                parts.append(_box(left, row, colour))
                parts.append(_line(middle, _top(upper) + SIDE, middle, _top(upper + 2)))
    width = GAP + steps * (SIDE + GAP)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" '
        f'width="{width}" height="{HEIGHT}">'
        f'<rect width="100%" height="100%" fill="{css(PAPER)}"/>{"".join(parts)}</svg>'
    )
    return data_url(svg.encode(), "svg+xml")


def _top(row: int) -> float:
    return GAP / 2 + row * SIDE


def _box(left: float, row: int, colour: tuple[int, int, int]) -> str:
    place = f'x="{left}" y="{_top(row)}" width="{SIDE}" height="{SIDE}"'
    return f'<rect {place} rx="3" fill="{css(colour)}"/>'


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1} {y1}L{x2} {y2}" stroke="{css(INK)}" stroke-width="1.5"/>'
