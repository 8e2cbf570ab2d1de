"""One row of a network's table as formulas with its own numbers, and the network as a program."""

from __future__ import annotations

import inspect
from collections import Counter
from functools import cache

from torch import nn

from core.vision.architectures.published import (
    ARCHITECTURES,
    SEEN,
    Distances,
    SparseConvolution,
    Squash,
    Subsample,
)
from core.vision.architectures.table import BYTES, KINDS, Row

WHOLE = (
    r"\text{side} = \left\lfloor \frac{\text{side} + 2\,p - k}{s} \right\rfloor + 1 \qquad "
    r"\text{parameters} = \left(k\,k\,\frac{C_\text{in}}{g} + 1\right) C_\text{out} \qquad "
    r"\text{multiply-adds} = k\,k\,\frac{C_\text{in}}{g}\,C_\text{out}\,H\,W"
)
FIELD = r"r = r_\text{before} + (k - 1)\,j_\text{before} \qquad j = j_\text{before}\,s"
"""Size r and jump j of a receptive field: Dumoulin and Visin, "A guide to convolution" (2016)."""


def formulas(row: Row) -> dict[str, str]:
    """What each column of the row comes from: plain text that can be read and checked.

    "field" is size; jump of the receptive field, and empty where everything is seen.

    >>> from core.vision.architectures.table import table
    >>> formulas(table("vgg16").rows[0])["parameters"]
    '(3·3·3 + 1)·64 = 1,792'
    """
    return {
        "outputs": _outputs(row),
        "parameters": _parameters(row),
        "multiply_adds": _products(row),
        "memory": (
            f"{row.parameters:,}·{BYTES} = {row.weight_bytes:,}; "
            f"{_times(row.outputs)}·{BYTES} = {row.output_bytes:,}"
        ),
        "field": _field(row),
    }


def _outputs(row: Row) -> str:
    if not row.kernel:
        return f"{_times(row.inputs)} → {_times(row.outputs)}"
    side = row.inputs[1]
    return (
        f"⌊({side} + 2·{row.padding} − {row.kernel}) / {row.stride}⌋ + 1 = {row.outputs[1]}; "
        f"{row.outputs[0]}·{row.outputs[1]}·{row.outputs[2]}"
    )


def _parameters(row: Row) -> str:
    out = row.outputs[0]
    formulas = {
        "conv": f"({_kernel(row)} + 1)·{out}",
        "sparse": _seen(" + 1"),
        "subsample": f"(1 + 1)·{out}",
        "fc": f"({row.inputs[0]} + 1)·{out}",
    }
    return f"{formulas[row.kind]} = {row.parameters:,}" if row.kind in formulas else "0"


def _products(row: Row) -> str:
    out = _times(row.outputs)
    formulas = {
        "conv": f"{_kernel(row)}·{out}",
        "sparse": f"({_seen('')})·{'·'.join(map(str, row.outputs[1:]))}",
        "fc": f"{row.inputs[0]}·{out}",
    }
    return f"{formulas[row.kind]} = {row.multiply_adds:,}" if row.kind in formulas else "0"


def _kernel(row: Row) -> str:
    """The weights of one filter."""
    maps = f"{row.inputs[0]}/{row.groups}" if row.groups > 1 else f"{row.inputs[0]}"
    return f"{row.kernel}·{row.kernel}·{maps}"


def _seen(bias: str) -> str:
    """C3's table: how many of its maps see how many."""
    counts = sorted(Counter(map(len, SEEN)).items())
    return " + ".join(
        f"{times}·(5·5·{maps}{bias})" if bias else f"{times}·5·5·{maps}" for maps, times in counts
    )


def _field(row: Row) -> str:
    if row.sees is None or row.saw is None:
        return ""
    if not row.kernel:
        return f"{row.sees.size}; {row.sees.jump}"
    size, jump = row.saw.size, row.saw.jump
    return (
        f"{size} + ({row.kernel} − 1)·{jump} = {row.sees.size}; "
        f"{jump}·{row.stride} = {row.sees.jump}"
    )


def latex(row: Row) -> str:
    """The same lines as LaTeX."""
    names = {
        "outputs": r"\text{outputs}",
        "parameters": r"\text{parameters}",
        "multiply_adds": r"\text{multiply-adds}",
        "memory": r"\text{bytes}",
        "field": "r;\\ j",
    }
    lines = [f"{names[name]}:&\\quad {_tex(text)}" for name, text in formulas(row).items() if text]
    return r"\begin{aligned}" + r" \\ ".join(lines) + r"\end{aligned}"


_SIGNS = {
    "⌊": r"\lfloor ",
    "⌋": r"\rfloor ",
    "·": r"\cdot ",
    "−": "-",
    "→": r"\to ",
    ",": "{,}",
    ";": r",\quad",
}


def _tex(text: str) -> str:
    return "".join(_SIGNS.get(letter, letter) for letter in text)


def _times(shape: tuple[int, ...]) -> str:
    return "·".join(map(str, shape))


@cache
def program(name: str) -> str:
    """A whole program that builds the network on the meta device and prints its cost.

    Each layer stands there as torch itself writes it down.
    """
    architecture = ARCHITECTURES[name]
    layers, parts, flat = [], set(), False
    for layer in _leaves(architecture.on_meta()):
        if isinstance(layer, nn.Linear | Distances) and not flat:
            layers.append("nn.Flatten(),")
            flat = True
        flat = flat or isinstance(layer, nn.Flatten)
        own = type(layer) in (Squash, Subsample, SparseConvolution, Distances)
        parts |= {type(layer)} if own else set()
        layers.append(f"{'' if own else 'nn.'}{type(layer).__name__}({layer.extra_repr()}),")
    own_code = [inspect.getsource(part) for part in sorted(parts, key=_order)]
    body = "\n    ".join(layers)
    return "\n".join(
        [
            "import torch",
            "from torch import Tensor, nn",
            "from torch.utils.flop_counter import FlopCounterMode",
            "",
            *(f"\n{code}" for code in own_code),
            'with torch.device("meta"):  # shapes without numbers: no memory is used',
            f"  net = nn.Sequential(\n    {body}\n  ).eval()",
            f"  x = torch.empty(1, {', '.join(map(str, architecture.inputs))})",
            "",
            "with FlopCounterMode(display=False) as counter:",
            "  for layer in net:",
            "    x = layer(x)",
            "    print(f'{type(layer).__name__:20} {tuple(x.shape)}')",
            "print('parameters:', sum(p.numel() for p in net.parameters()))",
            "print('multiply-adds:', counter.get_total_flops() // 2)",
            "",
        ]
    )


def _leaves(net: nn.Module) -> list[nn.Module]:
    """The layers in order; a sparse convolution is one of them."""
    leaves: list[nn.Module] = []
    for layer in net.children():
        inner = [] if type(layer) in KINDS else list(layer.children())
        leaves += _leaves(layer) if inner else [layer]
    return leaves


def _order(part: type[nn.Module]) -> int:
    return inspect.getsourcelines(part)[1]
