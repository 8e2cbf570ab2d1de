"""A recurrent network unrolled, small: at which steps something goes in, at which it comes out."""

from __future__ import annotations

from collections.abc import Collection

from core.figures.sketch import Sketch, Tone

SIDE, GAP = 18, 14
HEIGHT = 5 * SIDE + GAP


def unrolled(steps: int, inputs: Collection[int], outputs: Collection[int]) -> str:
    """Draw it as a data URL: inputs grey below, states ink, outputs blue above.

    Args:
        steps: how many there are.
        inputs: those at which something goes in, from 0.
        outputs: those at which something comes out.
    """
    sketch = Sketch(GAP + steps * (SIDE + GAP), HEIGHT)

    def box(left: float, row: int, tone: Tone) -> None:
        sketch.rectangle(left, _top(row), SIDE, SIDE, fill=tone)

    for step in range(steps):
        left = GAP + step * (SIDE + GAP)
        middle = left + SIDE / 2
        box(left, 2, "ink")
        if step:
            sketch.path(f"M{left - GAP} {_top(2) + SIDE / 2}h{GAP}", "ink", 1.5)
        rows: list[tuple[Collection[int], int, Tone]] = [
            (outputs, 0, "positive"),
            (inputs, 4, "grey"),
        ]
        for there, row, tone in rows:
            if step in there:
                upper = min(row, 2)
                box(left, row, tone)
                sketch.path(f"M{middle} {_top(upper) + SIDE}V{_top(upper + 2)}", "ink", 1.5)
    return sketch.url()


def _top(row: int) -> float:
    return GAP / 2 + row * SIDE
