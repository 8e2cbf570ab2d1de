"""What the LSTM over pen points makes of a drawing, and how each of its numbers comes about.

T points of the path, H hidden size, 10 digits.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import torch
from torch import Tensor

from core import weights
from core.opened import Dot, Given, Rules, Softmax
from core.recurrent.cell import gates
from core.vision.drawing import Drawing
from core.vision.question import DrawingQuestion
from core.vision.strokes.path import path
from core.vision.strokes.reader import NAME, StrokeReader

RULES = Rules(
    Softmax("probabilities", "logits"),
    Dot("logits", "t k, v k, v -> t v", "h", "w_out", "b_out"),
    *gates.rules("lstm").by_name.values(),
    Given("x", "point"),
    *(Given(name, "weight") for name in ("w_ih", "w_hh", "b_ih", "b_hh", "w_out", "b_out")),
    symbols={
        **gates.rules("lstm").symbols,
        "probabilities": "p",
        "logits": "z",
        "w_out": "W",
        "b_out": "b",
    },
)


def answer(question: DrawingQuestion) -> dict[str, Any]:
    """How the digit is read as the pen goes on.

    Returns:
        "points" [x, y, lifted] of the path, T of them, as `path` scales them; "probabilities"
        (T, 10), what the network would answer if the pen stopped there; "digit", the likeliest in
        the end, and its "probability". Of a blank canvas "points" and "probabilities" are empty,
        "digit" is null and "probability" 0.

    >>> from core.vision.hand import sample
    >>> answer(DrawingQuestion(sample(3)))["digit"]
    3
    """
    steps = torch.from_numpy(path(question.drawing))
    if not len(steps):
        return {"points": [], "probabilities": [], "digit": None, "probability": 0.0}
    net = reader()
    with torch.no_grad():
        states, _ = net.lstm(steps[None])
        shares = net.fc(states[0]).softmax(-1)
    digit = int(shares[-1].argmax())
    return {
        "points": steps[:, [0, 1, 4]].tolist(),
        "probabilities": shares.tolist(),
        "digit": digit,
        "probability": float(shares[-1, digit]),
    }


def arrays(drawing: Drawing) -> dict[str, Tensor]:
    """Every array that the rules speak of: "x" (T, 5), gates and states (T, H), and so on.

    Of a blank canvas there is none.
    """
    steps = torch.from_numpy(path(drawing))
    if not len(steps):
        return {}
    net = reader()
    found = gates.arrays(net.lstm, steps, 0)
    with torch.no_grad():
        logits = net.fc(found["h"])
    found |= {"w_out": net.fc.weight.detach(), "b_out": net.fc.bias.detach()}
    return found | {"logits": logits, "probabilities": logits.softmax(-1)}


@cache
def reader() -> StrokeReader:
    """The shipped network.

    Raises:
        WeightsError: its weights are missing or damaged; the next call looks again.
    """
    net, _ = weights.load(NAME)
    assert isinstance(net, StrokeReader)
    return net
