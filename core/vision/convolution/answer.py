"""What the page asks while a slider moves, and the answer as bytes.

An answer has the form of `core.headed`: behind the head stand the input and the output as float32,
to which it points. Numbers that are read are the very ones that are
computed with. The geometry travels as tables, one entry for each row and column, so that the page
holds no formula: `taps` says what each output row sees of the padded input, `origin` where each
padded row comes from.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core.headed import headed
from core.opened import wire
from core.opened.window import Axis
from core.vision.convolution import kernels
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.rules import opened
from core.vision.convolution.slide import Slid, slide

MAX_BYTES = 256 * 1024
"""Longest question in bytes: the largest picture or drawing, with room to spare."""
MAX_LISTS = 11_000
"""Most lists in a question: those of the largest drawing, and of the weights set by hand."""


def answer(question: ConvolutionQuestion) -> bytes:
    """Everything that the picture paints; or only the opened number."""
    slid = slide(question)
    head: dict[str, Any] = {"turn": question.turn, "opened": _opened(slid)}
    parts: list[bytes] = []
    if not question.only_cell:
        head |= _whole(slid)
        for name, tensor in (("input", slid.input), ("output", slid.output)):
            head[name] = {
                "shape": tuple(tensor.shape),
                "at": sum(map(len, parts)),
                "largest": float(tensor.abs().max()),
                "signed": bool((tensor < 0).any()),
            }
            parts.append(np.ascontiguousarray(tensor.numpy()).tobytes())
    return headed(head, *parts)


def _whole(slid: Slid) -> dict[str, Any]:
    question, setting = slid.question, slid.question.setting
    vertical, horizontal = setting.axes
    return {
        "weights": question.weights().numpy(),
        "own_bias": [kernels.own_bias(name) for name in question.filters],
        "rows": _axis(vertical, question),
        "columns": _axis(horizontal, question),
        "inputs": setting.inputs,
        "channels_of": [list(setting.channels_of(o)) for o in range(setting.filters)],
        "parameters": setting.parameters,
        "multiply_adds": setting.multiply_adds,
    }


def _axis(axis: Axis, question: ConvolutionQuestion) -> dict[str, Any]:
    return {
        **{name: getattr(axis, name) for name in axis.__dataclass_fields__},
        "span": axis.span,
        "padded": axis.padded,
        "numerator": axis.padded - axis.span,
        "output": axis.output,
        "rest": axis.rest,
        "taps": [axis.taps(index) for index in range(axis.output)],
        "origin": axis.origin(question.setting.mode),
    }


def _opened(slid: Slid) -> dict[str, Any]:
    """The opened number, and what of the padded input lies under its kernel."""
    cell, (vertical, horizontal) = slid.question.cell, slid.question.setting.axes
    return {
        **vars(cell),
        "rows": vertical.taps(cell.row),
        "columns": horizontal.taps(cell.column),
        "number": wire(opened(slid)),
    }


def warm() -> None:
    """Run once: first calls are slow."""
    answer(ConvolutionQuestion())
    kernels.learned_names()
