"""The whole output at once, as torch computes it, and which cells hang together."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.setting import ConvolutionSetting
from core.vision.nets import ACTIVATIONS

_TORCH_MODES = {
    "zeros": "constant",
    "reflect": "reflect",
    "replicate": "replicate",
    "circular": "circular",
}


@dataclass(frozen=True)
class Slid:
    """What came out.

    Attributes:
        question: the one that it answers.
        input: (C, H, W).
        weight: (O, I, kh, kw), as they lie on the input: turned where the question is flipped.
        bias: (O,).
        before: (O, H', W'), the sums.
        output: the same after the activation.
    """

    question: ConvolutionQuestion
    input: Tensor
    weight: Tensor
    bias: Tensor
    before: Tensor
    output: Tensor


@torch.inference_mode()
def slide(question: ConvolutionQuestion) -> Slid:
    """Compute it, with torch's own convolution."""
    setting = question.setting
    weight, bias = question.weights(), question.biases()
    if setting.flipped:
        weight = weight.flip(2, 3)
    before = convolve(question.input, weight, bias, setting)
    return Slid(question, question.input, weight, bias, before, activate(before, setting.after))


def convolve(x: Tensor, weight: Tensor, bias: Tensor, setting: ConvolutionSetting) -> Tensor:
    """torch.nn.functional.conv2d or conv_transpose2d of this setting.

    Args:
        x: (C, H, W).
        weight: (O, C / groups, kh, kw), also for a transposed convolution.
        bias: (O,).
        setting: the rest; `flipped` is not looked at.

    Returns:
        (O, H', W').
    """
    rows, columns = setting.axes
    if setting.transposed:
        return F.conv_transpose2d(
            x[None],
            torch_weight(weight, setting),
            bias,
            setting.stride,
            (rows.low, columns.low),
            setting.output_padding,
            setting.groups,
            setting.dilation,
        )[0]
    pads = (columns.low, columns.high, rows.low, rows.high)
    padded = F.pad(x[None], pads, _TORCH_MODES[setting.mode]) if any(pads) else x[None]
    return F.conv2d(padded, weight, bias, setting.stride, 0, setting.dilation, setting.groups)[0]


def torch_weight(weight: Tensor, setting: ConvolutionSetting) -> Tensor:
    """(O, C / groups, kh, kw) as torch has it if transposed: (C, O / groups, kh, kw)."""
    groups, filters = setting.groups, setting.filters
    weight = weight.reshape(groups, filters // groups, setting.inputs, *setting.kernel)
    return weight.transpose(1, 2).reshape(setting.channels, -1, *setting.kernel)


def activate(values: Tensor, after: str) -> Tensor:
    """The activation of that name; "none" leaves everything as it is."""
    result: Tensor = values if after == "none" else ACTIVATIONS[after]()(values)  # type: ignore[index]
    return result


def seen(setting: ConvolutionSetting, row: int, column: int) -> set[tuple[int, int]]:
    """All input cells (row, column) that an output cell hangs on; the other way of `touched`.

    >>> sorted(seen(ConvolutionSetting(4, 4, kernel=(2, 2), dilation=2), 0, 1))
    [(0, 1), (0, 3), (2, 1), (2, 3)]
    """
    vertical, horizontal = setting.axes
    rows, columns = vertical.seen(row, setting.mode), horizontal.seen(column, setting.mode)
    return {(r, c) for r in rows for c in columns if r is not None and c is not None}


def touched(setting: ConvolutionSetting, row: int, column: int) -> set[tuple[int, int]]:
    """All output cells (row, column) that hang on an input cell, through padding too."""
    vertical, horizontal = setting.axes
    result = []
    for axis, index in ((vertical, row), (horizontal, column)):
        origin = axis.origin(setting.mode)
        result.append(
            [
                out
                for out in range(axis.output)
                if any(tap is not None and origin[tap] == index for tap in axis.taps(out))
            ]
        )
    return {(r, c) for r in result[0] for c in result[1]}
