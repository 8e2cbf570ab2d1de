"""How each number of a convolution's output comes about, and the program for it."""

from __future__ import annotations

import torch
from torch import Tensor

from core.opened import Activation, Cell, Conv, Opened, Rules, literal, whole_program
from core.vision import pytorch
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.setting import ConvolutionSetting
from core.vision.convolution.slide import Slid
from core.vision.convolution.source import read_matrix, read_picture
from core.vision.convolution.values import OutputCell
from core.vision.networks import network
from core.vision.preprocess import render


def rules(setting: ConvolutionSetting) -> Rules:
    """The rules of "y"; where an activation stands behind it, of "z", the sum, as well."""
    vertical, horizontal = setting.axes
    bare = setting.after == "none"
    conv = Conv(
        "y" if bare else "z",
        "x",
        "weight",
        "bias",
        setting.stride,
        ((vertical.low, vertical.high), (horizontal.low, horizontal.high)),
        setting.mode,
        setting.dilation,
        setting.groups,
        setting.transposed,
        setting.output_padding,
        turned=setting.flipped,
    )
    after = [] if bare else [Activation("y", "z", setting.after)]
    return Rules(conv, *after, symbols={"weight": "w", "bias": "b"}, hidden=["z"])


def arrays(slid: Slid) -> dict[str, Tensor]:
    """Every array that the rules speak of: x (C, H, W), weight, bias, z and y (O, H', W')."""
    return {
        "x": slid.input,
        "weight": slid.weight,
        "bias": slid.bias,
        "z": slid.before,
        "y": slid.output,
    }


def opened(slid: Slid, cell: OutputCell | None = None) -> Opened:
    """The arithmetic of one number; by default of the one that the question asks about."""
    cell = cell or slid.question.cell
    at = Cell("y", (cell.map, cell.row, cell.column))
    return rules(slid.question.setting).open(arrays(slid), at)


def program(slid: Slid, cell: OutputCell | None = None) -> str:
    """A program that computes the same output with PyTorch and prints the opened number.

    It runs in the project's folder where the input is a drawing or a picture; with a typed matrix
    anywhere.
    """
    question = slid.question
    weight = literal("weight", question.weights(), "filters, channels of a group, rows, columns")
    if question.setting.flipped:
        weight.append("weight = weight.flip(2, 3)  # a true convolution turns the kernel")
    imports, x = _input(question)
    return whole_program(
        rules(question.setting),
        arrays(slid),
        opened(slid, cell),
        imports=imports,
        given={"x": x, "weight": weight},
    )


def _input(question: ConvolutionQuestion) -> tuple[list[str], list[str]]:
    """What is to be imported for the input, and the lines that make it."""
    if question.source == "matrix":
        return [], [f"x = torch.tensor({read_matrix(question.matrix)})"]
    if question.source == "picture":
        lines = literal("x", read_picture(question.picture), "channels, rows, columns")
    else:
        lines = pytorch.picture(
            "x", torch.from_numpy(render(question.drawn, question.stages))[None]
        )
        lines[0] += "  # 0 paper, 1 ink"
    if question.source == "maps":
        model = network("ours").model
        return [*pytorch.IMPORTS, "", *pytorch.layers("model", model, "simple_cnn_ours")], [
            *lines,
            "maps = torch.relu(model.conv1(((x - 0.5) / 0.5)[None]))",
            f"x = torch.max_pool2d(maps, 2)[0, :{question.channels}]",
        ]
    return [], [*lines, *(["x = (x - 0.5) / 0.5"] if question.normalised else [])]
