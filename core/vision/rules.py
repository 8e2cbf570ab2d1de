"""How each number of a network for digits comes about, declared once for each layer.

Of the notes' SimpleCNN with the names of "Draw a digit", and of any `DigitNet` with its own.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping

import torch
from torch import Tensor, nn

from core.opened import (
    Activation,
    BatchNorm,
    Cell,
    Conv,
    Dot,
    Opened,
    Pool,
    Rule,
    Rules,
    Scale,
    Softmax,
    whole_program,
)
from core.portable import HERE
from core.schema import Refusal, mark
from core.vision import pytorch
from core.vision.models import SimpleCNN, normalise
from core.vision.nets import DigitNet
from core.vision.place import Place
from core.vision.trace import Trace

_CELL = re.compile(r"([a-z][a-z0-9_]*)((?:\.\d{1,4}){0,4})")


def read_cell(text: str) -> Cell | None:
    """A number of a network as it stands in a link: its layer and its place; "" is none.

    >>> read_cell("conv2.3.14.15")
    Cell(array='conv2', index=(3, 14, 15))

    Raises:
        Refusal: it is not written so.
    """
    if not text:
        return None
    written = _CELL.fullmatch(text)
    if written is None:
        raise Refusal(mark("A number is written as {example}."), example="conv2.3.14.15")
    layer, index = written.groups()
    return Cell(layer, tuple(map(int, index.split(".")[1:])))


def write_cell(cell: Cell | None) -> str:
    """The inverse of `read_cell`."""
    return "" if cell is None else ".".join([cell.array, *map(str, cell.index)])


def rules(off: Mapping[str, tuple[int, ...]] | None = None, temperature: float = 1.0) -> Rules:
    """The rules of the network, from the ink of the picture to the probabilities.

    Args:
        off: filters that are switched off, by layer.
        temperature: divides the logits before the softmax (Guo et al. 2017).
    """
    off = off or {}
    return _rules(tuple(off.get("conv1", ())), tuple(off.get("conv2", ())), temperature)


@functools.lru_cache(maxsize=32)
def _rules(off1: tuple[int, ...], off2: tuple[int, ...], temperature: float) -> Rules:
    def layer(name: str) -> tuple[str, str]:
        return f"model.{name}.weight", f"model.{name}.bias"

    return Rules(
        Scale("input", "ink", minus=0.5, by=0.5),
        Conv("conv1", "input", *layer("conv1"), padding=1),
        Activation("relu1", "conv1", "relu", off1),
        Pool("pool1", "relu1"),
        Conv("conv2", "pool1", *layer("conv2"), padding=1),
        Activation("relu2", "conv2", "relu", off2),
        Pool("pool2", "relu2"),
        Dot("fc1", "c h w, n (c h w), n -> n", "pool2", *layer("fc1")),
        Activation("relu3", "fc1", "relu"),
        Dot("logits", "k, n k, n -> n", "relu3", *layer("fc2")),
        Softmax("probabilities", "logits", temperature),
        symbols={"probabilities": "p"}
        | {f"model.{name}.weight": "w" for name in ("conv1", "conv2", "fc1", "fc2")}
        | {f"model.{name}.bias": "b" for name in ("conv1", "conv2", "fc1", "fc2")},
    )


def arrays(
    model: SimpleCNN, run: Trace, temperature: float = 1.0, only: Collection[str] | None = None
) -> dict[str, Tensor]:
    """Every array that the rules speak of, of a forward pass of one picture.

    Ink (1, 28, 28) in [0, 1], layers (C, H, W) or (N,), and the network's weights.

    Args:
        model: the network that made the trace.
        run: its trace, of one picture.
        temperature: of the softmax.
        only: names of the layers that are wanted, where not all are.
    """
    result = {
        name: tensor[0] for name, tensor in run.tensors.items() if only is None or name in only
    }
    if only is None or "ink" in only:
        result["ink"] = run["input"][0] / 2 + 0.5
    if only is None or "probabilities" in only:
        result["probabilities"] = torch.softmax(run["logits"][0].double() / temperature, 0)
    return result | _weights(model)


@functools.lru_cache(maxsize=16)
def _weights(model: SimpleCNN) -> dict[str, Tensor]:
    return {f"model.{name}": weight.detach() for name, weight in model.named_parameters()}


def opened(
    model: SimpleCNN,
    run: Trace,
    place: Place,
    off: Mapping[str, tuple[int, ...]] | None = None,
    temperature: float = 1.0,
) -> Opened:
    """The arithmetic of one number of a forward pass of one picture.

    Args:
        model: the network that made the trace.
        run: its trace, of one picture (B = 1).
        place: which number.
        off: filters that were switched off in it.
        temperature: of the softmax.
    """
    declared = rules(off, temperature)
    only = {place.layer, *declared[place.layer].reads}
    return declared.open(arrays(model, run, temperature, only), place.cell)


def program(
    model: SimpleCNN,
    run: Trace,
    place: Place,
    *,
    file: str,
    off: Mapping[str, tuple[int, ...]] | None = None,
    temperature: float = 1.0,
) -> str:
    """A program that computes the same number from the same ink with plain PyTorch.

    Args:
        model: the network that made the trace.
        run: its trace, of one picture.
        place: which number.
        file: the name of the network's weights.
        off: filters that were switched off in it.
        temperature: of the softmax.
    """
    declared, trace = rules(off, temperature), arrays(model, run, temperature)
    return whole_program(
        declared,
        trace,
        declared.open(trace, place.cell),
        imports=[*pytorch.IMPORTS, "", *pytorch.layers("model", model, file)],
        given={"ink": pytorch.picture("ink", trace["ink"])},
        note=HERE,
    )


def net_rules(
    net: DigitNet,
    temperature: float = 1.0,
    off: Mapping[str, tuple[int, ...]] | None = None,
    stretched: bool = False,
) -> Rules:
    """The rules of any plan's network in evaluation, from the ink to the probabilities.

    Args:
        net: the network; its dropout does nothing then.
        temperature: divides the logits before the softmax.
        off: filters that are switched off, by activation: "act1".
        stretched: whether the last maps are stretched to the side that the next layer expects:
            first their rows, then their columns, each a product with the matrix "stretch".
    """
    off = off or {}
    result: list[Rule] = [Scale("input", "ink", minus=0.5, by=0.5)]
    symbols = {"probabilities": "p"}
    before, maps = "input", True
    for name, layer in net.named_children():
        weight, bias = f"net.{name}.weight", f"net.{name}.bias"
        symbols |= {weight: "w", bias: "b"}
        match layer:
            case nn.Conv2d():
                made: Rule = Conv(
                    name, before, weight, bias if layer.bias is not None else "",
                    stride=layer.stride[0], padding=int(layer.padding[0]),
                )  # fmt: skip
            case nn.BatchNorm2d():
                mean, variance = f"net.{name}.running_mean", f"net.{name}.running_var"
                symbols |= {mean: r"\mu", variance: r"\sigma^2", weight: r"\gamma", bias: r"\beta"}
                made = BatchNorm(name, before, mean, variance, weight, bias, layer.eps)
            case nn.MaxPool2d() | nn.AvgPool2d():
                kind = "max" if isinstance(layer, nn.MaxPool2d) else "average"
                window, stride = layer.kernel_size, layer.stride
                assert isinstance(window, int) and isinstance(stride, int)
                made = Pool(name, before, kind, window, stride)  # type: ignore[arg-type]
            case nn.AdaptiveAvgPool2d():
                side = _side(net, name)
                made = Pool(name, before, "average", side, side)
            case nn.Linear():
                pattern = "c h w, n (c h w), n -> n" if maps else "k, n k, n -> n"
                made, maps = Dot(name, pattern, before, weight, bias), False
            case nn.Flatten() if stretched:
                rows = Dot("stretched_rows", "c i j, h i -> c h j", before, "stretch")
                result.append(rows)
                name, made = "stretched", Dot("stretched", _COLUMNS, rows.array, "stretch")
            case nn.Flatten() | nn.Dropout():
                continue
            case _:
                made = Activation(name, before, net.plan.activation, tuple(off.get(name, ())))
        result.append(made)
        before = name
    return Rules(*result, Softmax("probabilities", "logits", temperature), symbols=symbols)


_COLUMNS = "c h j, w j -> c h w"


@functools.lru_cache(maxsize=16)
def _side(net: DigitNet, name: str) -> int:
    """The side of the maps that a layer, the mean over each of them, reads."""
    before = "input"
    maps = net.maps(torch.zeros(1, 1, 28, 28))
    for layer in maps:
        if layer == name:
            break
        before = layer
    return maps[before].shape[-1]


def net_arrays(
    net: DigitNet, ink: Tensor, maps: Mapping[str, Tensor] | None = None, temperature: float = 1.0
) -> dict[str, Tensor]:
    """Every array that `net_rules` speaks of.

    Args:
        net: the network, in evaluation mode.
        ink: (28, 28) in [0, 1].
        maps: `net.maps` of that picture, where they are at hand.
        temperature: of the softmax.
    """
    with torch.no_grad():
        x = normalise(ink)[None, None]
        result = {name: value[0] for name, value in (maps or net.maps(x)).items()}
    result |= {"ink": ink[None], "input": x[0]}
    result["probabilities"] = torch.softmax(result["logits"].double() / temperature, 0)
    state = {f"net.{name}": value.detach() for name, value in net.state_dict().items()}
    return result | state
