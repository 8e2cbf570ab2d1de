"""LSTM, GRU and RNN, step by step.

https://onnx.ai/onnx/operators/onnx__LSTM.html and its neighbours. Shapes: X (T, N, I), with g gates
stacked W (D, g H, I) and R (D, g H, H), B (D, 2 g H), states (D, N, H); Y (T, D, N, H).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from core.networks import limits
from core.networks.operators.call import Call, operator
from core.schema import Refusal, mark

TOO_LONG = mark("A sequence has at most {most} places here; this one has {count}.")

Step = Callable[[Tensor, tuple[Tensor, ...]], tuple[Tensor, ...]]
"""What enters at a step (N, I) and the states (N, H) before it -> the states after it."""


def _products(call: Call, inputs: Sequence[Tensor | None], out: Sequence[Tensor]) -> int:
    x, w, r = inputs[:3]
    assert x is not None and w is not None and r is not None
    return x.shape[0] * x.shape[1] * (w.numel() + r.numel())


def _unrolled(
    call: Call, x: Tensor, lengths: Tensor | None, states: Sequence[Tensor | None],
    step: Callable[[int], Step], directions: int, hidden: int,
) -> tuple[Tensor, ...]:  # fmt: skip
    """Every direction through all steps: Y, then the last states, (D, N, H) each."""
    if call.get("layout", 0) or call["clip"] is not None:
        raise call.refuse("layout" if call.get("layout", 0) else "clip")
    if lengths is not None and lengths.device.type != "meta":
        if any(int(each) != len(x) for each in lengths.flatten().tolist()):
            raise call.refuse("sequence_lens")
    if len(x) > limits.STEPS:
        raise Refusal(TOO_LONG, most=limits.STEPS, count=len(x))
    direction = call.get("direction", "forward")
    over, last = [], []
    for at in range(directions):
        zero = torch.zeros(x.shape[1], hidden, dtype=x.dtype, device=x.device)
        now = tuple(zero if each is None else each[at] for each in states)
        back = direction == "reverse" or at == 1
        one = step(at)
        outputs = []
        for place in reversed(range(len(x))) if back else range(len(x)):
            now = one(x[place], now)
            outputs.append(now[0])
        over.append(torch.stack(outputs[::-1] if back else outputs))
        last.append(now)
    whole = torch.stack(over, 1)
    return (whole, *(torch.stack(each) for each in zip(*last, strict=True)))


def _biases(b: Tensor | None, w: Tensor, at: int) -> tuple[Tensor, Tensor]:
    if b is None:
        zero = torch.zeros(w.shape[1], dtype=w.dtype, device=w.device)
        return zero, zero
    of_input, of_state = b[at].chunk(2)
    return of_input, of_state


def _only(call: Call, usual: Sequence[str]) -> None:
    """Refuse other functions than the usual ones, in each direction."""
    given = call["activations"]
    if given and [name.lower() for name in given] != [*usual] * (len(given) // len(usual)):
        raise call.refuse(f"activations {', '.join(given)}")


@operator("LSTM", products=_products)
def lstm(
    call: Call,
    x: Tensor,
    w: Tensor,
    r: Tensor,
    b: Tensor | None = None,
    lengths: Tensor | None = None,
    h: Tensor | None = None,
    c: Tensor | None = None,
    peepholes: Tensor | None = None,
) -> tuple[Tensor, ...]:
    """Gates in the order input, output, forget, cell."""
    _only(call, ("sigmoid", "tanh", "tanh"))
    if peepholes is not None or call.get("input_forget", 0):
        raise call.refuse("peepholes" if peepholes is not None else "input_forget")

    def step(at: int) -> Step:
        of_input, of_state = _biases(b, w, at)

        def one(x: Tensor, now: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
            h, c = now
            sums = x @ w[at].mT + h @ r[at].mT + of_input + of_state
            i, o, f, g = sums.chunk(4, -1)
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            return torch.sigmoid(o) * torch.tanh(c), c

        return one

    return _unrolled(call, x, lengths, (h, c), step, len(w), r.shape[-1])


@operator("GRU", products=_products)
def gru(
    call: Call,
    x: Tensor,
    w: Tensor,
    r: Tensor,
    b: Tensor | None = None,
    lengths: Tensor | None = None,
    h: Tensor | None = None,
) -> tuple[Tensor, ...]:
    """Gates in the order update, reset, new; torch sets "linear_before_reset"."""
    _only(call, ("sigmoid", "tanh"))
    size = r.shape[-1]

    def step(at: int) -> Step:
        of_input, of_state = _biases(b, w, at)

        def one(x: Tensor, now: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
            (h,) = now
            entering = x @ w[at].mT + of_input
            kept = h @ r[at, : 2 * size].mT + of_state[: 2 * size]
            z, reset = torch.sigmoid(entering[:, : 2 * size] + kept).chunk(2, -1)
            own, bias = r[at, 2 * size :].mT, of_state[2 * size :]
            if call.get("linear_before_reset", 0):
                remembered = reset * (h @ own + bias)
            else:
                remembered = (reset * h) @ own + bias
            new = torch.tanh(entering[:, 2 * size :] + remembered)
            return ((1 - z) * new + z * h,)

        return one

    return _unrolled(call, x, lengths, (h,), step, len(w), size)


@operator("RNN", products=_products)
def rnn(
    call: Call,
    x: Tensor,
    w: Tensor,
    r: Tensor,
    b: Tensor | None = None,
    lengths: Tensor | None = None,
    h: Tensor | None = None,
) -> tuple[Tensor, ...]:
    """Tanh of all sums, or ReLU."""
    given = [name.lower() for name in call.get("activations", ["tanh"])]
    if set(given) not in ({"tanh"}, {"relu"}):
        raise call.refuse(f"activations {', '.join(given)}")
    function = torch.relu if given[0] == "relu" else torch.tanh

    def step(at: int) -> Step:
        of_input, of_state = _biases(b, w, at)

        def one(x: Tensor, now: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
            return (function(x @ w[at].mT + now[0] @ r[at].mT + of_input + of_state),)

        return one

    return _unrolled(call, x, lengths, (h,), step, len(w), r.shape[-1])
