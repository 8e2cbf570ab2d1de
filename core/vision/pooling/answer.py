"""What the tab "Pooling" paints while something is moved, as JSON."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from core.opened import wire
from core.vision.pooling import formula
from core.vision.pooling.layer import (
    PoolingSetting,
    forgiven,
    pool,
    routed,
    unchanged,
    unpooled,
    winners,
)
from core.vision.pooling.question import PoolingQuestion, fitting, inputs
from core.vision.pooling.rules import opened

_CURVE = 4
"""Farthest shift on the curves, in pixels."""


def answer(question: PoolingQuestion) -> dict[str, Any]:
    """Everything that the tab paints.

    "rows" and "columns" hold for each window which rows and columns of the padded input it covers,
    and for each of those where in the input it comes from, null in the padding. "winners" are
    places [row, column] in the input itself; "tied" says where all of a window are equal and torch
    takes the first.
    """
    question = fitting(question)
    setting, row, column = question.setting, question.row, question.column
    x = inputs(question, [(0, 0)])[0]
    height, width = x.shape
    out = pool(x, setting)
    one = torch.zeros_like(out)
    one[row, column] = 1
    result: dict[str, Any] = {
        "input": [height, width],
        "padding": setting.padding,
        "size": [formula.plain(setting, side) for side in dict.fromkeys((height, width))],
        "values": x.tolist(),
        "output": out.tolist(),
        "rows": _side(setting, height),
        "columns": _side(setting, width),
        "largest": max(float(x.abs().max()), 1e-6),
        "signed": bool((x < 0).any()),
        "winners": None,
        "cell": {
            "row": row,
            "column": column,
            "number": wire(opened(x, setting, row, column)),
        },
        "view": question.view,
    }
    if setting.kind == "max":
        index = winners(x, setting)
        result["winners"] = torch.stack([index // width, index % width], -1).tolist()
        lowest = -pool(-x, setting)  # the padding counts as -inf here too, and never wins
        result["tied"] = (lowest == out).tolist()
    result[question.view] = {"gradient": _gradient, "lost": _lost, "shift": _shift}[question.view](
        question, x, out, one
    )
    return result


def _side(setting: PoolingSetting, size: int) -> dict[str, list[Any]]:
    """Along one side: what each window covers of the padded input, and where each of it is from."""
    ring: list[int | None] = [None] * setting.padding
    return {
        "taps": [list(range(*span)) for span in setting.spans(size)],
        "origin": [*ring, *range(size), *ring],
    }


def _gradient(question: PoolingQuestion, x: Tensor, out: Tensor, one: Tensor) -> dict[str, Any]:
    given = one if question.gradient == "one" else torch.ones_like(out)
    at_input = routed(x, question.setting, given)
    return {
        "given": given.tolist(),
        "routed": at_input.tolist(),
        "reached": int((at_input != 0).sum()),
        "sums": [float(given.sum()), float(at_input.sum())],
        "most": float(at_input.max()),
    }


def _lost(question: PoolingQuestion, x: Tensor, out: Tensor, one: Tensor) -> dict[str, Any]:
    again = unpooled(x, question.setting)
    difference = x - again
    return {
        "unpooled": again.tolist(),
        "difference": difference.tolist(),
        "kept": int(unchanged(difference).sum()),
        "numbers": [x.numel(), out.numel()],
        "norm": float(difference.norm() / x.norm().clamp(min=1e-12)),
    }


def _shift(question: PoolingQuestion, x: Tensor, out: Tensor, one: Tensor) -> dict[str, Any]:
    dx, dy = question.dx, question.dy
    across = abs(dy) > abs(dx)
    steps = list(range(-_CURVE, _CURVE + 1))
    shifts = [(0, n) if across else (n, 0) for n in steps]
    moved = inputs(question, [(dx, dy), *shifts])
    after = pool(moved[0], question.setting)
    result = forgiven(x, moved, question.setting)
    here = {name: {key: values[0] for key, values in way.items()} for name, way in result.items()}
    curves = {
        name: {key: values[1:] for key, values in way.items()} for name, way in result.items()
    }
    return {
        "moved": moved[0].tolist(),
        "after": after.tolist(),
        "difference": (after - out).tolist(),
        "across": across,
        "steps": steps,
        "here": here,
        "curves": curves,
    }
