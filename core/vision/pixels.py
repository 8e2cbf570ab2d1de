"""How the ink of a pixel comes about: from the distance between its middle and the pen's path.

R rows, C columns, both 28
"""

from __future__ import annotations

import torch
from torch import Tensor

from core.opened import Combination, Given, Length, Ramp, Rule
from core.vision.drawing import Drawing
from core.vision.preprocess import PIXELS, Placement, Stages, edge, nearest, paint, place

SYMBOLS = {"ink": "a", "distance": "d", "offset": "v", "nearest": "q", "middle": "m"}


def ink_rules(placement: Placement, blank: bool = False) -> tuple[Rule, ...]:
    """The rules of "ink", drawn as the placement says; `blank`: without a stroke."""
    if blank:
        return (Given("ink", "paper"),)
    reach, most = edge(placement)
    return (
        Ramp("ink", "distance", reach, most),
        Length("distance", "offset"),
        Combination("offset", ("nearest", "middle"), (1.0, -1.0)),
        Given("nearest", "path"),
        Given("middle", "middle"),
    )


def ink_arrays(drawing: Drawing, placement: Placement) -> dict[str, Tensor]:
    """Every array that these rules speak of.

    Returns:
        "ink" and "distance" (1, R, C); x and y of "offset", "nearest" and "middle", in pixels,
        (1, R, C, 2).
    """
    ink = torch.from_numpy(paint(drawing.strokes, placement))[None]
    if not drawing.strokes:
        return {"ink": ink}
    at = torch.arange(PIXELS, dtype=torch.float64) + 0.5
    rows, columns = torch.meshgrid(at, at, indexing="ij")
    middle = torch.stack([columns, rows], -1)[None]
    point = torch.from_numpy(nearest(drawing.strokes, placement))[None]
    offset = point - middle
    return {
        "ink": ink,
        "distance": offset.norm(dim=-1),
        "offset": offset,
        "nearest": point,
        "middle": middle,
    }


def drawn(
    drawing: Drawing, stages: Stages = Stages()
) -> tuple[tuple[Rule, ...], dict[str, Tensor]]:
    """Rules and arrays of a drawing's ink, prepared so."""
    placement = place(drawing, stages)
    return ink_rules(placement, not drawing.strokes), ink_arrays(drawing, placement)
