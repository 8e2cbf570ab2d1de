"""What the page asks while a slider moves, and the answer as bytes.

An answer is: uint32 (little-endian) length of the head, the head as JSON, then the input and the
output as float32, to which the head points. Numbers that are read are the very ones that are
computed with. The geometry travels as tables, one entry for each row and column, so that the page
holds no formula: `taps` says what each output row sees of the padded input, `origin` where each
padded row comes from.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

import numpy as np
import orjson
from torch import Tensor

from core.opened import wire
from core.opened.window import Axis
from core.schema import Refusal, mark
from core.vision.convolution import kernels
from core.vision.convolution.question import Question
from core.vision.convolution.rules import opened
from core.vision.convolution.slide import Slid, slide

MAX_BYTES = 256 * 1024
"""Longest question in bytes: the largest picture or drawing, with room to spare."""
MAX_LISTS = 11_000
"""Most lists in a question: those of the largest drawing, and of the weights set by hand."""


def reply(raw: object) -> bytes:
    """The answer to what came in as JSON.

    Besides the question it may hold `only_cell`, for the opened number alone, and `told`, a number
    that comes back as it is.

    Raises:
        Impossible: the setting cannot be computed.
        ValueError: something cannot be read.
    """
    if not isinstance(raw, Mapping):
        raise Refusal(mark("A question is an object."))
    told, only_cell = raw.get("told", 0), raw.get("only_cell", False)
    if type(told) is not int or not isinstance(only_cell, bool):
        raise Refusal(mark("told is a number, only_cell is true or false."))
    asked = {name: value for name, value in raw.items() if name not in ("told", "only_cell")}
    return answer(Question.of(asked), only_cell, told)


def answer(question: Question, only_cell: bool = False, told: int = 0) -> bytes:
    """Everything that the picture paints; or, of the same question, only the opened number."""
    slid = slide(question)
    head: dict[str, Any] = {"told": told, "opened": _opened(slid)}
    arrays: list[Tensor] = []
    if not only_cell:
        head |= _whole(slid)
        at = 0
        for name, tensor in (("input", slid.input), ("output", slid.output)):
            head[name] = {"shape": list(tensor.shape), "at": at, "largest": _largest(tensor)}
            head[name]["signed"] = bool((tensor < 0).any())
            at += 4 * tensor.numel()
            arrays.append(tensor)
    text = orjson.dumps(head, option=orjson.OPT_SERIALIZE_NUMPY)
    text += b" " * (-len(text) % 4)  # float32 begins at a multiple of four
    values = b"".join(np.ascontiguousarray(tensor.numpy()).tobytes() for tensor in arrays)
    return struct.pack("<I", len(text)) + text + values


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


def _axis(axis: Axis, question: Question) -> dict[str, Any]:
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
    place, (vertical, horizontal) = slid.question.place, slid.question.setting.axes
    return {
        **vars(place),
        "rows": vertical.taps(place.row),
        "columns": horizontal.taps(place.column),
        "number": wire(opened(slid)),
    }


def _largest(tensor: Tensor) -> float:
    return float(tensor.abs().max())


def warm() -> None:
    """Run once: first calls are slow."""
    answer(Question())
    kernels.learned_names()
