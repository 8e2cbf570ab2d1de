"""The output size of a pooling layer as LaTeX, and the layer as a runnable program."""

from __future__ import annotations

from torch import Tensor

from core.vision.pooling.layer import PoolingSetting

RULES = {
    "max": (
        r"y_{rc} = \max_{(i,j)\in W_{rc}} x_{ij},\qquad "
        r"\frac{\partial L}{\partial x_{ij}} = "
        r"\sum_{(r,c):\,(i,j)\ \text{wins}\ W_{rc}} \frac{\partial L}{\partial y_{rc}}"
    ),
    "average": (
        r"y_{rc} = \frac{1}{|W_{rc}|} \sum_{(i,j)\in W_{rc}} x_{ij},\qquad "
        r"\frac{\partial L}{\partial x_{ij}} = "
        r"\sum_{(r,c):\,(i,j)\in W_{rc}} \frac{1}{|W_{rc}|}"
        r"\frac{\partial L}{\partial y_{rc}}"
    ),
}
"""Forward and backward, by kind."""


def size(setting: PoolingSetting, height: int, width: int) -> str:
    """The rule with this state's numbers, a line for each side."""
    lines = [_line("H", setting, height)]
    if width != height:
        lines.append(_line("W", setting, width))
    return r"\begin{aligned}" + r"\\".join(lines) + r"\end{aligned}"


def plain(setting: PoolingSetting, length: int) -> str:
    """The rule for one side in a line of text.

    >>> plain(PoolingSetting(window=3, stride=2), 28)
    '⌊(28 + 2·0 − 3) / 2⌋ + 1 = 13'
    """
    left, right = "⌈⌉" if setting.ceil else "⌊⌋"
    k, s, p = setting.window, setting.stride, setting.padding
    last = " − 1" if setting.drops(length) else ""
    count = setting.length(length)
    return f"{left}({length} + 2·{p} − {k}) / {s}{right} + 1{last} = {count}"


def _line(name: str, setting: PoolingSetting, length: int) -> str:
    left, right = (r"\lceil", r"\rceil") if setting.ceil else (r"\lfloor", r"\rfloor")
    k, s, p = setting.window, setting.stride, setting.padding
    raw = (length + 2 * p - k) / s
    count = setting.length(length)
    last = r"\;-\;1\ (\text{it would begin in the padding})" if setting.drops(length) else ""
    return (
        rf"{name}' &= \left{left}\frac{{{name} + 2p - k}}{{s}}\right{right} + 1 = "
        rf"\left{left}\frac{{{length} + 2\cdot{p} - {k}}}{{{s}}}\right{right} + 1 = "
        rf"\left{left}{raw:g}\right{right} + 1{last} = {count}"
    )


def program(x: Tensor, setting: PoolingSetting, row: int, column: int) -> str:
    """A program that pools this very input (H, W) and routes a gradient back from one cell."""
    s = setting
    values = ",\n    ".join("[" + ", ".join(f"{v:.6g}" for v in line) + "]" for line in x.tolist())
    layer = "MaxPool2d" if s.kind == "max" else "AvgPool2d"
    back = (
        f"""
values, index = nn.MaxPool2d({s.window}, {s.stride}, {s.padding}, ceil_mode={s.ceil}, \
return_indices=True)(x)
again = nn.MaxUnpool2d({s.window}, {s.stride}, {s.padding})(values, index, x.shape)
print("lost:", (x - again).norm().item() / x.norm().item())
"""
        if s.kind == "max" and x.any()  # of blank paper nothing can be lost
        else ""
    )
    return f"""import torch
from torch import nn

x = torch.tensor([
    {values},
], dtype=torch.float32)[None, None].requires_grad_()  # one picture, one channel

pool = nn.{layer}({s.window}, stride={s.stride}, padding={s.padding}, ceil_mode={s.ceil})
y = pool(x)
print(y.shape[2:], y[0, 0, {row}, {column}].item())

y[0, 0, {row}, {column}].backward()
print(x.grad[0, 0].nonzero().tolist(), x.grad[x.grad != 0].tolist())
{back}"""
