"""How the counts of a convolution come about: the size of its output, its weights, its products."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from core.opened import Count, Given, Rule
from core.opened.window import Axis
from core.vision.convolution.setting import ConvolutionSetting

SIDES = ("rows", "columns")
SYMBOLS = {
    "kernel": "k", "low": "p", "high": "p'", "size": "H", "output": "H'", "extra": "e",
}  # fmt: skip
_SYMBOLS = {"stride": "s", "dilation": "d", "groups": "g", "input_channels": "C", "filters": "O"}


def declared(setting: ConvolutionSetting) -> tuple[list[Rule], dict[str, Tensor], dict[str, str]]:
    """Rules, arrays and symbols of the counts, each a single whole number.

    "size_rows", "kernel_rows", "low_rows", "high_rows", "extra_rows", "output_rows" and the same of
    columns; "stride", "dilation", "input_channels", "filters", "groups", "inputs"; "parameters" and
    "multiply_adds".
    """
    values: dict[str, Any] = {
        "input_channels": setting.channels,
        **{name: getattr(setting, name) for name in ("stride", "dilation", "groups", "filters")},
    }
    rules: list[Rule] = [Given(name, "built") for name in _SYMBOLS]
    symbols = dict(_SYMBOLS)
    for side, axis in zip(SIDES, setting.axes, strict=True):
        rules += _along(axis, side)
        values |= {f"{name}_{side}": getattr(axis, name) for name in SYMBOLS}
        symbols |= {
            f"{name}_{side}": rf"{symbol}_{{\text{{{side}}}}}" for name, symbol in SYMBOLS.items()
        }
    values |= {
        "inputs": setting.inputs,
        "parameters": setting.parameters,
        "multiply_adds": setting.multiply_adds,
    }
    kernel = "inputs * kernel_rows * kernel_columns"
    places = "size" if setting.transposed else "output"
    rules += [
        Count("inputs", "input_channels // groups"),
        Count("parameters", f"filters * ({kernel} + 1)"),
        Count("multiply_adds", f"filters * {kernel} * {places}_rows * {places}_columns"),
    ]
    return rules, {name: torch.tensor(value) for name, value in values.items()}, symbols


def _along(axis: Axis, side: str) -> list[Rule]:
    """The rules of rows, or of columns."""
    given: list[Rule] = [
        Given(f"{name}_{side}", "picture_size" if name == "size" else "built")
        for name in SYMBOLS
        if name != "output"
    ]
    span = "dilation * (kernel_{side} - 1)"
    if axis.transposed:
        pads = " - 2 * low_{side}" if axis.low == axis.high else " - low_{side} - high_{side}"
        formula = "(size_{side} - 1) * stride" + pads + " + " + span + " + extra_{side} + 1"
    else:
        pads = " + 2 * low_{side}" if axis.low == axis.high else " + low_{side} + high_{side}"
        formula = "(size_{side}" + pads + " - " + span + " - 1) // stride + 1"
    return [*given, Count(f"output_{side}", formula.format(side=side))]
