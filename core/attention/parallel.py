"""How many operations must come one after the other: in a recurrent network, and in attention.

Both are computed for T steps, and the graph that autograd keeps is followed: its longest chain is
what no amount of hardware can do at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

WIDTH = 8
LENGTHS = (5, 10, 20, 40, 80)


@dataclass(frozen=True)
class Chain:
    """T steps through both.

    Attributes:
        length: T.
        recurrent: operations in the longest chain of the recurrent network.
        attention: likewise of self-attention.
        weights: attention weights that are computed, T * T.
    """

    length: int
    recurrent: int
    attention: int
    weights: int


@lru_cache
def chains() -> tuple[Chain, ...]:
    """Both, for sequences of these lengths."""
    return tuple(_chain(length) for length in LENGTHS)


def _chain(length: int) -> Chain:
    draw = torch.Generator().manual_seed(0)
    x = torch.randn(length, WIDTH, generator=draw)
    w, u, v = (
        torch.randn(WIDTH, WIDTH, generator=draw).mul_(WIDTH**-0.5).requires_grad_()
        for _ in range(3)
    )
    weights = attended(x, w, u, v)[1]
    return Chain(
        length,
        longest(read(x, w, u)),
        longest(attended(x, w, u, v)[0]),
        weights.numel(),
    )


def read(x: Tensor, w: Tensor, u: Tensor) -> Tensor:
    """Elman's network over x, (T, D): the last hidden state, (D,)."""
    h = torch.zeros(x.shape[1])
    for x_t in x:
        h = torch.tanh(x_t @ w + h @ u)
    return h


def attended(x: Tensor, w: Tensor, u: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
    """Self-attention over x, (T, D): all new rows, (T, D), and the weights, (T, T)."""
    weights = ((x @ w) @ (x @ u).T * WIDTH**-0.5).softmax(1)
    return weights @ (x @ v), weights


def longest(result: Tensor) -> int:
    """How many operations of autograd's graph lie on the longest way to a result."""
    depth: dict[Any, int] = {}
    stack: list[Any] = [result.grad_fn]
    while stack:
        node = stack[-1]
        before = [n for n, _ in node.next_functions if n is not None]
        waiting = [n for n in before if n not in depth]
        if waiting:
            stack += waiting
            continue
        # what hands a parameter in computes nothing
        own = 0 if type(node).__name__ == "AccumulateGrad" else 1
        depth[node] = own + max((depth[n] for n in before), default=0)
        stack.pop()
    return depth[result.grad_fn]
