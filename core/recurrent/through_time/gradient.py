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
from functools import lru_cache

import torch
from torch import Tensor
from torch.nn import functional as F

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


@dataclass(frozen=True, eq=False)
class Pass:
    """A forward pass through one kind of cell, and the gradient on its way back.

    Attributes:
        weights: of the cell.
        gates: (T, H) each, by name.
        gradients: dL/ds_t, (T, S); a state s_t is h_t, (H,), and in the LSTM h_t and c_t, (2H,).
    """

    weights: Weights
    gates: Gates
    gradients: Tensor


@lru_cache(64)
@torch.enable_grad()
def passed(kind: Kind, setting: GradientSetting) -> Pass:
    """Send the gradient back through one kind of cell, by automatic differentiation.

    >>> passed("lstm", GradientSetting(length=7, hidden=4)).gradients.shape
    torch.Size([7, 8])
    """
    w, x, h = drawn(kind, setting)
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
    by_name = {name: torch.cat([now[name].detach() for now in gates]) for name in gates[0]}
    if kind != "lstm":
        return Pass(w, by_name, torch.cat(torch.autograd.grad(loss, hidden)))
    back = torch.autograd.grad(loss, [*hidden, *cell[:-1]])  # nothing comes after the last c
    from_h, from_c = torch.cat(back[: len(hidden)]), torch.cat(back[len(hidden) :])
    return Pass(w, by_name, torch.cat([from_h, F.pad(from_c, (0, 0, 0, 1))], 1))


def way(kind: Kind, setting: GradientSetting) -> Way:
    """The norms of the gradient on its way back through one kind of cell."""
    run = passed(kind, setting)
    if kind != "lstm":
        return Way(_norms(run.gradients))
    forget = run.gates["forget"]
    return Way(_norms(run.gradients), float(forget.mean()), _path(run.gates))


def ways(setting: GradientSetting) -> dict[Kind, Way]:
    """Send it back through all three, drawn from the same seed."""
    return {kind: way(kind, setting) for kind in KINDS}


def drawn(kind: Kind, setting: GradientSetting) -> tuple[Weights, Tensor, Tensor]:
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


def _path(gates: Gates) -> tuple[float, ...]:
    """The norms of the gradient that goes from cell state to cell state, by forget gates alone."""
    output, c = gates["output"][-1], gates["c"][-1]
    steps = [output * (1 - torch.tanh(c) ** 2) / len(c) ** 0.5]  # dL/dc_T, (H,)
    for f in gates["forget"][1:].flip(0):
        steps.append(steps[-1] * f)
    return _norms(torch.stack(steps[::-1]))


def _norms(gradients: Tensor) -> tuple[float, ...]:
    return tuple(gradients.double().norm(dim=1).tolist())
