"""One number of the output and its size as formulas, and the whole as PyTorch that runs."""

from __future__ import annotations

import numpy as np
from torch import Tensor

from core.vision.convolution.question import Question
from core.vision.convolution.setting import Axis
from core.vision.convolution.slide import Opened, Slid, torch_weight
from core.vision.convolution.source import read_matrix

_AFTER_LATEX = {
    "none": "",
    "relu": r"\max(0,\ {})",
    "tanh": r"\tanh({})",
    "sigmoid": r"\sigma({})",
    "gelu": r"\mathrm{{GELU}}({})",
    "leaky": r"\max(0.1 \cdot {0},\ {0})",
}
_AFTER_TORCH = {
    "relu": "torch.relu(y)",
    "tanh": "torch.tanh(y)",
    "sigmoid": "torch.sigmoid(y)",
    "gelu": "torch.nn.functional.gelu(y)",
    "leaky": "torch.nn.functional.leaky_relu(y, 0.1)",
}


def latex(shown: Opened, question: Question) -> str:
    """The formula of the opened number, with the numbers of this state."""
    setting, cell = question.setting, shown.cell
    kh, kw = setting.kernel
    o, r, c = cell.map, cell.row, cell.column
    vertical, horizontal = setting.axes
    first, last = shown.parts[0].channel, shown.parts[-1].channel
    weight = f"{kh - 1}-i,{kw - 1}-j" if setting.flipped else "i,j"
    name, bias = f"y_{{{o},{r},{c}}}", f"b_{{{o}}}"
    channels = rf"\sum_{{k={first}}}^{{{last}}}"
    if setting.transposed:
        meet = rf"{_stamp(vertical, 'h', 'i')} = {r} \\ {_stamp(horizontal, 'w', 'j')} = {c}"
        inner = rf"\sum_{{\substack{{{meet}}}}} x_{{k,\,h,\,w}}"
    else:
        inner = rf"\sum_{{i=0}}^{{{kh - 1}}} \sum_{{j=0}}^{{{kw - 1}}} "
        inner += rf"x_{{k,\,{_index(vertical, r, 'i')},\,{_index(horizontal, c, 'j')}}}"
    whole = rf"{name} = {channels} {inner}\; w_{{{o},k,{weight}}} + {bias}"
    total = sum(part.sum for part in shown.parts)
    result = f"{total:.3f} {shown.bias:+.3f}"
    if setting.after == "none":
        return f"{whole} = {result} = {shown.value:.3f}"
    after = _AFTER_LATEX[setting.after].format(f"{shown.before:.3f}")
    return rf"{whole} = {result} = {shown.before:.3f}, \quad {after} = {shown.value:.3f}"


def size(axis: Axis, name: str) -> str:
    """The size of the output along one axis, with the numbers of this state."""
    pads = rf"2 \cdot {axis.low}" if axis.low == axis.high else f"({axis.low} + {axis.high})"
    if axis.transposed:
        return (
            rf"{name} = ({axis.size} - 1) \cdot {axis.stride} - {pads} + {axis.dilation} \cdot "
            rf"({axis.kernel} - 1) + {axis.extra} + 1 = {axis.output}"
        )
    return (
        rf"{name} = \left\lfloor \frac{{{axis.size} + {pads} - {axis.dilation} \cdot "
        rf"({axis.kernel} - 1) - 1}}{{{axis.stride}}} \right\rfloor + 1 = {axis.output}"
    )


def program(slid: Slid, shown: Opened) -> str:
    """A program that computes the same output with PyTorch and prints the opened number.

    It runs in the project's folder where the input is a drawing or a picture; with a typed matrix
    anywhere.
    """
    question, setting = slid.question, slid.question.setting
    cell = shown.cell
    weight, axes = question.weights(), "filters, channels of a group"
    if setting.transposed:
        weight, axes = torch_weight(weight, setting), "channels, filters of a group"
    lines = ['"""A convolution, as set on the page."""', "", "import torch", "from torch import nn"]
    lines += ["", *_input(question), "", f"# {axes}, rows, columns"]
    lines += [f"weight = torch.tensor({_list(weight)})"]
    if setting.flipped:
        lines += ["weight = weight.flip(2, 3)  # a true convolution turns the kernel"]
    lines += [f"bias = torch.tensor({_list(slid.bias)})", "", *_layer(question), ""]
    lines += [
        "with torch.no_grad():",
        "    layer.weight.copy_(weight)",
        "    layer.bias.copy_(bias)",
    ]
    lines += ["    y = layer(x)"]
    if setting.after != "none":
        lines += [f"    y = {_AFTER_TORCH[setting.after]}"]
    lines += ["", "print(tuple(x.shape), tuple(y.shape))"]
    lines += [f"print(y[{cell.map}, {cell.row}, {cell.column}].item())  # {shown.value:.6f}"]
    return "\n".join(lines) + "\n"


def _layer(question: Question) -> list[str]:
    setting = question.setting
    padding = repr(setting.padding) if setting.padding != "valid" else "0"
    options = [
        str(setting.channels),
        str(setting.filters),
        str(setting.kernel),
        f"stride={setting.stride}",
        f"padding={padding}".replace("'", '"'),
        *([f"output_padding={setting.output_padding}"] if setting.output_padding else []),
        f"dilation={setting.dilation}",
        f"groups={setting.groups}",
        *([f'padding_mode="{setting.mode}"'] if setting.mode != "zeros" else []),
    ]
    name = "nn.ConvTranspose2d" if setting.transposed else "nn.Conv2d"
    return [f"layer = {name}(", f"    {', '.join(options)}", ")"]


def _input(question: Question) -> list[str]:
    source = question.source
    if source.kind == "matrix":
        return [f"x = torch.tensor({read_matrix(source.matrix)})"]
    if source.kind == "picture":
        lines = [
            "from core.vision.convolution.source import read_picture",
            "",
            f'x = read_picture("{source.picture}")',
        ]
    else:
        lines = [
            "from core.vision.drawing import Drawing",
            "from core.vision.preprocess import render",
            "",
            f'drawing = Drawing.decode("{source.drawn.encode()}")',
            "x = torch.from_numpy(render(drawing))[None]  # 0 paper, 1 ink",
        ]
    if source.kind == "maps":
        return [
            "from core.weights import load",
            *lines,
            'model, card = load("simple_cnn_ours")',
            "with torch.no_grad():",
            "    maps = torch.relu(model.conv1(((x - 0.5) / 0.5)[None]))",
            f"    x = model.pool(maps)[0, :{source.channels}]",
        ]
    return [*lines, *(["x = (x - 0.5) / 0.5"] if source.normalised else [])]


def _list(values: Tensor) -> str:
    """Nested lists in the digits of float32, which read back as the same float32."""
    text = np.array2string(
        values.numpy(),
        separator=", ",
        threshold=values.numel() + 1,
        max_line_width=96,
        formatter={"float_kind": lambda x: repr(float(str(np.float32(x))))},
    )
    return str(text)


def _index(axis: Axis, out: int, name: str) -> str:
    step = f"{axis.dilation} {name}" if axis.dilation > 1 else name
    shift = out * axis.stride - axis.low
    return f"{step}{shift:+d}" if shift else step


def _stamp(axis: Axis, at: str, tap: str) -> str:
    first = f"{axis.stride} {at}" if axis.stride > 1 else at
    second = f"{axis.dilation} {tap}" if axis.dilation > 1 else tap
    return f"{first} + {second}" + (f" - {axis.low}" if axis.low else "")
