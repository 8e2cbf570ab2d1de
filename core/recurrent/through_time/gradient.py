"""The gradient on its way back through time, in the three cells, as autograd computes it.

One layer reads T random inputs and the loss looks at the last hidden state alone. Its gradient at
the last step has the norm one, so the norm at an earlier step is the share of it that gets there.

What a step hands to the next is its state s_t: h_t, and in the LSTM h_t and c_t together. A norm is
that of dL/ds_t, where the steps after t are all that s_t can act through.

Bengio, Simard & Frasconi (1994) and Pascanu, Mikolov & Bengio (2013) on vanishing and exploding;
Gers, Schmidhuber & Cummins (2000) and Jozefowicz, Zaremba & Sutskever (2015) on the forget bias.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.recurrent.cells import BLOCKS, KINDS, Gates, Kind, Weights, step
from core.schema import Record, mark, number, whole

INPUTS = 1


@dataclass(frozen=True)
class GradientSetting(Record):
    """What the gradient is sent through.

    Attributes:
        length: steps, T.
        forget_bias: added to the bias of the LSTM's forget gate; PyTorch adds nothing.
        scale: all weights from h to h are multiplied by this, after PyTorch's initialisation.
        hidden: size of the hidden state, H.
        seed: of weights and inputs.
    """

    length: int = whole(50, 2, 200)
    forget_bias: float = number(0.0, -2.0, 5.0, step=0.1)
    scale: float = number(1.0, 0.25, 4.0, step=0.05)
    hidden: int = whole(32, 2, 64, label=mark("hidden size"))
    seed: int = whole(0, 0, 99)


@dataclass(frozen=True)
class Way:
    """The gradient's way through one cell.

    Attributes:
        norms: |dL/ds_t| for t = 1 .. T; the last one is 1. Float32 gradients, their norms in
            float64, since squares of what is below 1e-19 would be zero.
        forget: mean of the forget gate over steps and units; None without one.
        path: what the cell state alone hands back, |f_T * .. * f_(t+1) * dL/dc_T| for t = 1 .. T;
            empty without a cell state.
    """

    norms: tuple[float, ...]
    forget: float | None = None
    path: tuple[float, ...] = ()

    @property
    def factor(self) -> float:
        """What one step back multiplies the gradient by: the geometric mean."""
        return float(self.norms[0] ** (1 / (len(self.norms) - 1)))


def way(kind: Kind, setting: GradientSetting) -> Way:
    """Send the gradient back through one kind of cell."""
    w, x, h = _drawn(kind, setting)
    c = h
    hidden, cell, gates = [], [], []  # what each step hands on
    for x_t in x:  # (1, I)
        now = step(kind, w, x_t, h, c)
        h = now["h"]
        c = now["c"].clone() if "c" in now else c  # apart from the c that h was made of
        hidden.append(h)
        cell.append(c)
        gates.append(now)
    loss = h.sum() / setting.hidden**0.5
    if kind != "lstm":
        return Way(_norms(torch.autograd.grad(loss, hidden)))
    found = torch.autograd.grad(loss, [*hidden, *cell[:-1]])  # nothing comes after the last c
    from_h, from_c = found[: len(hidden)], (*found[len(hidden) :], torch.zeros_like(h))
    states = [torch.cat(both) for both in zip(from_h, from_c, strict=True)]
    forget = torch.stack([now["forget"].detach() for now in gates])  # (T, 1, H)
    return Way(_norms(states), float(forget.mean()), _path(gates[-1], forget))


def ways(setting: GradientSetting) -> dict[Kind, Way]:
    """Send it back through all three, drawn from the same seed."""
    return {kind: way(kind, setting) for kind in KINDS}


def _drawn(kind: Kind, setting: GradientSetting) -> tuple[Weights, Tensor, Tensor]:
    """Weights as PyTorch draws them, inputs (T, 1, I) from N(0, 1), and a first state of zeros."""
    generator = torch.Generator().manual_seed(setting.seed)
    rows, size = len(BLOCKS[kind]) * setting.hidden, setting.hidden
    bound = size**-0.5
    shapes = ((rows, INPUTS), (rows, size), (rows,), (rows,))
    w_ih, w_hh, b_ih, b_hh = (
        torch.empty(shape).uniform_(-bound, bound, generator=generator) for shape in shapes
    )
    w_hh *= setting.scale
    if kind == "lstm":
        b_ih[size : 2 * size] += setting.forget_bias
    x = torch.randn(setting.length, 1, INPUTS, generator=generator)
    return Weights(w_ih, w_hh, b_ih, b_hh), x, torch.zeros(1, size, requires_grad=True)


def _path(last: Gates, forget: Tensor) -> tuple[float, ...]:
    """The norms of the gradient that goes from cell state to cell state, by forget gates alone."""
    opened, c = last["output"].detach(), last["c"].detach()
    back = opened * (1 - torch.tanh(c) ** 2) / c.shape[1] ** 0.5  # dL/dc_T, (1, H)
    steps = [back]
    for f in forget[1:].flip(0):
        steps.append(steps[-1] * f)
    return _norms(steps[::-1])


def _norms(gradients: Any) -> tuple[float, ...]:
    return tuple(float(gradient.detach().double().norm()) for gradient in gradients)
