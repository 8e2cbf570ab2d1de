"""Goals of the page that sends a gradient back through time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.goals import Goal
from core.recurrent.through_time.answer import gradients
from core.recurrent.through_time.gradient import GradientSetting
from core.schema import OutOfRange, mark

FAR = 100
"""Steps that the gradient goes, at least."""
SHARE = 0.1
"""What of it arrives in the LSTM."""
STEP = 0.1
"""Of the slider of the forget bias."""


def smallest_bias(question: Mapping[str, Any], answer: Any) -> bool:
    """The share arrives in the LSTM, and with the next smaller forget bias it would not."""
    setting = GradientSetting.read(question)
    if setting.length < FAR or answer["cells"]["lstm"]["ratio"] < SHARE:
        return False
    smaller = round(setting.forget_bias - STEP, 6)
    try:
        below = gradients(replace(setting, forget_bias=smaller).write())
    except OutOfRange:  # it is the smallest that there is
        return True
    return bool(below["cells"]["lstm"]["ratio"] < SHARE)


def rnn_lasts(question: Mapping[str, Any], answer: Any) -> bool:
    """The gradient of the plain RNN neither vanishes nor explodes."""
    return bool(answer["length"] >= FAR and answer["cells"]["rnn"]["fate"] == "lasts")


SMALLEST_BIAS = Goal(
    "smallest-forget-bias",
    mark("{share:.0%} of the LSTM's gradient after {steps} steps, with the smallest forget bias "
         "that achieves it."),
    mark("Set the length first. Then raise the forget bias until enough arrives, and go back one "
         "step of the slider."),
    smallest_bias,
    {"share": SHARE, "steps": FAR},
)  # fmt: skip
RNN_LASTS = Goal(
    "rnn-lasts",
    mark("A plain RNN whose gradient neither vanishes nor explodes over {steps} steps."),
    mark("Each step back multiplies by about the same factor. The scale of the recurrent weights "
         "moves it; it must be close to 1."),
    rnn_lasts,
    {"steps": FAR},
)  # fmt: skip
GOALS = (SMALLEST_BIAS, RNN_LASTS)
