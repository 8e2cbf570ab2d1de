"""How much of the gradient arrives at the first step, on a scale that can be guessed."""

from __future__ import annotations

from core.recurrent.cells import Kind
from core.recurrent.through_time.answer import gradients, magnitude
from core.recurrent.through_time.gradient import GradientSetting

POWERS = (0, -2, -5, -10)
"""Powers of ten that one may guess."""


def arrived(setting: GradientSetting, kind: Kind = "lstm") -> tuple[int, float]:
    """The nearest of `POWERS`, and the share itself.

    >>> arrived(GradientSetting())[0]
    -10
    """
    share = gradients(setting.write())["cells"][kind]["ratio"]
    size = magnitude(share)
    return min(POWERS, key=lambda power: abs(power - size)), share
