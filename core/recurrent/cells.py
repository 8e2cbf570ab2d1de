"""RNN, LSTM and GRU written out, so that every gate can be seen.

`nn.RNN`, `nn.LSTM` and `nn.GRU` return the hidden states and keep their gates to themselves. Here
the same parameters are run step by step with the equations of torch's own documentation, and what
comes out equals torch within 1e-6. Networks take the batch first, as in the notes.

    x (B, T, I) inputs, h and c (B, H) of each layer; B batch, T time, I inputs, H hidden size
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn

from core.schema import Refusal, mark

Kind = Literal["rnn", "gru", "lstm"]
KINDS: tuple[Kind, ...] = ("rnn", "gru", "lstm")
NETWORKS: Mapping[Kind, type[nn.RNN] | type[nn.GRU] | type[nn.LSTM]] = {
    "rnn": nn.RNN,
    "gru": nn.GRU,
    "lstm": nn.LSTM,
}
GATES: Mapping[Kind, tuple[str, ...]] = {
    "rnn": ("h",),
    "gru": ("reset", "update", "candidate", "h"),
    "lstm": ("input", "forget", "candidate", "output", "c", "h"),
}
"""What `step` returns, in the order in which it is computed. "c" and "h" are states, the rest are
gates and candidates."""
BLOCKS: Mapping[Kind, tuple[str, ...]] = {
    "rnn": ("h",),
    "gru": ("reset", "update", "candidate"),
    "lstm": ("input", "forget", "candidate", "output"),
}
"""The blocks of H rows in torch's weight_ih and weight_hh, from the top."""

Gates = dict[str, Tensor]

NO_LAYER = mark("The network has {count} layers; there is no layer {layer}.")
HAS = mark("This run has {names}.")
"""The refusal of a cell that a run does not have."""


@dataclass(frozen=True)
class Weights:
    """The parameters of one layer: W_ih (G*H, I), W_hh (G*H, H), b_ih and b_hh (G*H,)."""

    w_ih: Tensor
    w_hh: Tensor
    b_ih: Tensor
    b_hh: Tensor


def kind_of(network: nn.RNNBase) -> Kind:
    """Which of the three cells a network is made of.

    >>> kind_of(nn.GRU(1, 2))
    'gru'
    """
    for kind, network_type in NETWORKS.items():
        if isinstance(network, network_type):
            return kind
    raise ValueError(f"{type(network).__name__} is none of RNN, GRU and LSTM.")


def weights(network: nn.RNNBase, layer: int) -> Weights:
    """The parameters of one layer, counted from 0 at the input.

    Raises:
        ValueError: the network has no such layer, or it is of a kind that is not written out here.
    """
    if not 0 <= layer < network.num_layers:
        raise Refusal(NO_LAYER, count=network.num_layers, layer=layer)
    if network.bidirectional or not network.bias or network.proj_size:
        raise ValueError("Only networks with biases, one direction and no projection are shown.")
    if isinstance(network, nn.RNN) and network.nonlinearity != "tanh":
        raise ValueError("Only the RNN with tanh is shown.")
    parts = (getattr(network, f"{name}_l{layer}") for name in _NAMES)
    return Weights(*parts)


_NAMES = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def step(kind: Kind, w: Weights, x: Tensor, h: Tensor, c: Tensor) -> Gates:
    """One layer, one time step: every gate by name, each (B, H).

    Args:
        kind: which equations.
        w: the parameters of the layer.
        x: input of this step, (B, I).
        h: hidden state of the step before, (B, H).
        c: cell state of the step before, (B, H); only the LSTM has one.
    """
    return _STEPS[kind](w, x, h, c)


def _rnn(w: Weights, x: Tensor, h: Tensor, c: Tensor) -> Gates:
    """h_t = tanh(W_ih x_t + b_ih + W_hh h_(t-1) + b_hh), Elman (1990)."""
    return {"h": torch.tanh(x @ w.w_ih.T + w.b_ih + h @ w.w_hh.T + w.b_hh)}


def _lstm(w: Weights, x: Tensor, h: Tensor, c: Tensor) -> Gates:
    """c_t = f * c_(t-1) + i * g, h_t = o * tanh(c_t), Gers et al. (2000): with a forget gate."""
    i, f, g, o = (x @ w.w_ih.T + w.b_ih + h @ w.w_hh.T + w.b_hh).chunk(4, dim=-1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c = f * c + i * g
    return {
        "input": i, "forget": f, "candidate": g, "output": o, "c": c, "h": o * torch.tanh(c),
    }  # fmt: skip


def _gru(w: Weights, x: Tensor, h: Tensor, c: Tensor) -> Gates:
    """h_t = (1 - z) * n + z * h_(t-1), Cho et al. (2014); as in torch, r acts after the product."""
    from_x, from_h = x @ w.w_ih.T + w.b_ih, h @ w.w_hh.T + w.b_hh
    r_x, z_x, n_x = from_x.chunk(3, dim=-1)
    r_h, z_h, n_h = from_h.chunk(3, dim=-1)
    r, z = torch.sigmoid(r_x + r_h), torch.sigmoid(z_x + z_h)
    n = torch.tanh(n_x + r * n_h)
    return {"reset": r, "update": z, "candidate": n, "h": (1 - z) * n + z * h}


_STEPS: Mapping[Kind, Callable[[Weights, Tensor, Tensor, Tensor], Gates]] = {
    "rnn": _rnn,
    "gru": _gru,
    "lstm": _lstm,
}


def unroll(
    network: nn.RNNBase, x: Tensor, h: Tensor | None = None, c: Tensor | None = None
) -> list[Gates]:
    """Run a network over a series, as in evaluation (no dropout), and keep every gate.

    Args:
        network: `nn.RNN`, `nn.GRU` or `nn.LSTM` with `batch_first=True`.
        x: inputs, (B, T, I).
        h: hidden states to begin with, (layers, B, H); zeros by default, as in torch.
        c: cell states to begin with, likewise.

    Returns:
        For each layer the gates of `GATES` by name, each (B, T, H). The last layer's "h" is what
        the network itself returns as its output.

    Raises:
        ValueError: a network that is not written out here, or inputs that do not fit it.

    >>> network, x = nn.LSTM(1, 4, batch_first=True), torch.randn(2, 7, 1)
    >>> (gates,) = unroll(network, x)
    >>> {name: tuple(gate.shape) for name, gate in gates.items()}["forget"]
    (2, 7, 4)
    >>> output, _ = network(x)  # torch's own
    >>> bool(torch.allclose(gates["h"], output, atol=1e-6))
    True
    >>> bool(torch.allclose(gates["h"], gates["output"] * gates["c"].tanh()))
    True
    """
    kind = kind_of(network)
    if x.ndim != 3 or x.shape[2] != network.input_size or not x.shape[1]:
        raise ValueError(f"Inputs are (B, T, {network.input_size}), not {tuple(x.shape)}.")
    zeros = x.new_zeros(network.num_layers, x.shape[0], network.hidden_size)
    h, c = zeros if h is None else h, zeros if c is None else c
    layers = []
    for layer in range(network.num_layers):
        w, h_t, c_t = weights(network, layer), h[layer], c[layer]
        steps: list[Gates] = []
        for x_t in x.unbind(1):  # (B, I)
            gates = step(kind, w, x_t, h_t, c_t)
            h_t, c_t = gates["h"], gates.get("c", c_t)
            steps.append(gates)
        layers.append({name: torch.stack([s[name] for s in steps], 1) for name in GATES[kind]})
        x = layers[-1]["h"]  # (B, T, H), the next layer's inputs
    return layers
