r"""How good answers are: the share of them that is right, and the loss, down to single answers.

    N answers, each one of V; T tokens of an answer that is written

>>> import torch
>>> from core.opened import Cell
>>> found = answers(torch.tensor([[2.0, 0.0], [1.0, 3.0], [1.0, 0.0]]), torch.tensor([0, 1, 1]))
>>> share = found.open(Cell("accuracy", ()))
>>> round(share.value, 4), share["x"].tolist()
(0.6667, [1.0, 1.0, 0.0])
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.opened.functions import Gather, Hit, Ramp, Softmax
from core.opened.latex import latex
from core.opened.linked import NUMBER_FIELD
from core.opened.measures import Combination, Logarithm, Total
from core.opened.parts import Cell, Opened, Rule, Rules
from core.opened.program import program
from core.opened.rules import Given
from core.opened.wire import wire
from core.schema import choice

SYMBOLS = {
    "accuracy": r"\bar r",
    "right": "r",
    "logits": "z",
    "probabilities": r"\pi",
    "log_p": r"\ln p",
    "logs": r"\ln \pi",
    "log_mean": r"\overline{\ln \pi}",
    "surprise": r"\ell",
    "loss": r"\mathcal{L}",
    "whole": "w",
    "missed": "m",
    "wrong": "f",
}


@dataclass(frozen=True)
class Scored:
    """Answers, and how good they are.

    Attributes:
        rules, trace: of all numbers.
        texts: what each answer was given to, (N,); none where they are only counted.
        names: what the possible answers are called, (V,).
    """

    rules: Rules
    trace: dict[str, Tensor]
    texts: Sequence[str] = ()
    names: Sequence[str] = ()

    def open(self, cell: Cell) -> Opened:
        """One of the numbers.

        Raises:
            Refusal: there is no such number.
        """
        return self.rules.open(self.trace, cell)

    def reply(self, cell: Cell | None = None) -> dict[str, Any]:
        """One of the numbers as plain values, with the texts of the answers that it speaks of.

        Without a number it is the share that is right.
        """
        cell = cell or Cell("accuracy", ())
        shown = self.open(cell)
        opened = wire(shown)
        rows = {at["at"][0] for at in opened.get("terms", ()) if isinstance(at, dict) and at["at"]}
        rows |= set(cell.index[:1])
        return {
            "opened": opened,
            "texts": {str(row): self.texts[row] for row in sorted(rows) if self.texts},
            "names": list(self.names),
            "latex": latex(shown),
            "program": program(shown),
        }


def answers(
    logits: Tensor,
    truth: Tensor,
    smoothing: float = 0.0,
    texts: Sequence[str] = (),
    names: Sequence[str] = (),
) -> Scored:
    """Answers that are chosen among V.

    Args:
        logits: (N, V).
        truth: (N,) what is right.
        smoothing: the share of the truth that is dealt out to all answers alike in the loss.
        texts: see `Scored`.
        names: see `Scored`.

    Returns:
        "accuracy" and "loss" (), the means of "right" and "surprise" (N,); "log_p", "p" (N,);
        "probabilities", "logits" (N, V), and with smoothing "logs" (N, V), "log_mean" (N,).
    """
    trace = answered(logits, truth)
    if smoothing:
        logs = logits.log_softmax(-1)
        trace |= {"logs": logs, "log_mean": logs.mean(-1)}
        trace["surprise"] = (smoothing - 1.0) * trace["log_p"] - smoothing * trace["log_mean"]
        trace["loss"] = trace["surprise"].mean()
    return Scored(Rules(*answer_rules(smoothing), symbols=SYMBOLS), trace, texts, names)


def answered(logits: Tensor, truth: Tensor) -> dict[str, Tensor]:
    """The arrays of answers that are chosen among V, as `answers` names them."""
    row = torch.arange(len(truth))
    logs = logits.log_softmax(-1)
    log_p = logs[row, truth]
    right = (logits.argmax(-1) == truth).float()
    return {
        "row": row,
        "truth": truth,
        "logits": logits,
        "right": right,
        "accuracy": right.mean(),
        "probabilities": logs.exp(),
        "p": log_p.exp(),
        "log_p": log_p,
        "surprise": -log_p,
        "loss": -log_p.mean(),
    }


def answer_rules(smoothing: float = 0.0) -> list[Rule]:
    """How these arrays come about."""
    made: list[Rule] = [
        Total("accuracy", "right", mean=True),
        Hit("right", "logits", "truth"),
        Total("loss", "surprise", mean=True),
        Logarithm("log_p", "p"),
        Gather("p", "probabilities", ("row", "truth")),
        Softmax("probabilities", "logits"),
        Given("logits", "scored"),
    ]
    if smoothing:
        return [
            *made,
            Combination("surprise", ("log_p", "log_mean"), (smoothing - 1.0, -smoothing)),
            Total("log_mean", "logs", mean=True),
            Logarithm("logs", "probabilities"),
        ]
    return [*made, Combination("surprise", ("log_p",), (-1.0,))]


def whole_answers(wrong: Tensor, texts: Sequence[str] = ()) -> Scored:
    """Answers that are written token by token, and right only as a whole.

    Args:
        wrong: (N, T) bool, tokens that are not what is right.
        texts: see `Scored`.

    Returns:
        "accuracy" (), the mean of "whole" (N,): 1 where nothing is "missed" (N,), which counts what
        is "wrong" (N, T).
    """
    missed = wrong.float().sum(1)
    whole = (1.0 - missed).clamp(0.0, 1.0)
    trace = {"wrong": wrong.float(), "missed": missed, "whole": whole, "accuracy": whole.mean()}
    made = (
        Total("accuracy", "whole", mean=True),
        Ramp("whole", "missed", 1.0),
        Total("missed", "wrong"),
        Given("wrong", "wrong_token"),
    )
    return Scored(Rules(*made, symbols=SYMBOLS), trace, texts)


def score(query: Mapping[str, str], parts: Mapping[str, Callable[[], Scored]]) -> dict[str, Any]:
    """The arithmetic of "number" of the answers that "part" names.

    Args:
        query: texts; the number as in a link, "accuracy" without one.
        parts: what makes the answers of each part; the first one without a part.

    Returns:
        "number" as it was asked, and what `Scored.reply` says.

    Raises:
        Refusal: the question cannot be read, or there is no such number.
    """
    part = choice(tuple(parts)).named("part").parse(query.get("part", next(iter(parts))))
    number = query.get("number", "") or "accuracy"
    return {"number": number} | parts[part]().reply(NUMBER_FIELD.parse(number))
