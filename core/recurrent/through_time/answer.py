"""The answer behind the sliders: the gradient through time in all three cells, to be drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

import torch

from core.recurrent.through_time.gradient import GradientSetting, Way, ways

Fate = Literal["vanishes", "lasts", "explodes"]

VANISHED, EXPLODED = 1e-3, 10.0
"""Where a share of the gradient counts as nothing, and where it counts as too much."""


def gradients(question: Mapping[str, Any]) -> dict[str, Any]:
    """Answer a question.

    Args:
        question: any of length, forget_bias, scale, hidden and seed; see `GradientSetting`.

    Returns:
        {"length": T, "tiny": the smallest float32 that keeps all its digits, "cells": {KIND:
        {"norms": T shares, first step first, "ratio": the first of them, "factor": mean factor of
        one step back, "fate": what became of it, "forget": mean forget gate or None, "path": T
        shares of the cell state's own way, or none}}}

    Raises:
        Refusal: an unknown setting, or a value out of bounds.
    """
    return _answer(GradientSetting.read(question))


def fate(ratio: float) -> Fate:
    """What became of the gradient at the first step.

    >>> fate(1e-10), fate(0.2), fate(300.0)
    ('vanishes', 'lasts', 'explodes')
    """
    return "vanishes" if ratio < VANISHED else "explodes" if ratio > EXPLODED else "lasts"


def magnitude(share: float) -> float:
    """The power of ten of a share; minus infinity for none.

    >>> magnitude(0.01)
    -2.0
    """
    return math.log10(share) if share > 0 else -math.inf


# A room presses the same few settings.
@lru_cache(256)
def _answer(setting: GradientSetting) -> dict[str, Any]:
    cells = {kind: _cell(way) for kind, way in ways(setting).items()}
    tiny = torch.finfo(torch.float32).tiny
    return {"length": setting.length, "tiny": tiny, "cells": cells}


def _cell(way: Way) -> dict[str, Any]:
    first = way.norms[0]
    return {
        "norms": way.norms,
        "ratio": first,
        "factor": way.factor,
        "fate": fate(first),
        "forget": way.forget,
        "path": way.path,
    }
