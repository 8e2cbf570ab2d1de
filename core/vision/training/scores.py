"""How good a saved state is: accuracies, the confusion matrix and the loss, down to single digits.

N digits that the network answers, 10 classes
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from safetensors.torch import load
from torch import Tensor
from torch.nn.functional import one_hot

from core.opened import Dot, Gather, Given, Monomial, Rules, Total
from core.opened.scored import SYMBOLS, Scored, answer_rules, answered
from core.schema import choice
from core.training.job import State
from core.vision import costs
from core.vision.models import CLASSES
from core.vision.rules import read_cell, write_cell
from core.vision.training import data, rescoring, update
from core.vision.training.inspections import Inspection, net_of
from core.vision.training.judging import answers
from core.vision.training.setting import CnnSetting
from core.vision.training.trainer import SEEN, chain, forward

PARTS = ("validation", "seen", "batch", "test", "before", "after")
PART = choice(PARTS).named("part")
"""Which digits were answered: all of the validation digits, those of them that a run looks at while
it learns, those of its last batch, the test digits, or the first of these before and after the
"edits" of the network."""
OF_RATE = ("rate", "highest", "part", "progress", "step", "steps", "now", "all", "fallen")
OF_GRADIENTS = ("norm", "norms", "_ratio", "_length", "_weight")
RULES = Rules(
    *answer_rules(),
    Total("share", "right", mean=True),
    # of the digits that a run looked at while it learned
    Given("seen", "counted_digits"),
    Gather("diagonal", "seen", ("each", "each")),
    Total("hits", "diagonal"),
    Total("digits", "seen"),
    Monomial("accuracy", ("hits", "digits"), (1, -1.0)),
    # of all digits of a part, by what they are and what they were called
    Given("labels", "label"),
    Given("called", "called"),
    Dot("confusion", "i n, j n -> i j", "labels", "called"),
    Total("all_right", "right"),
    Dot("class_hits", "i n, n -> i", "labels", "right"),
    Total("class_digits", "labels"),
    Monomial("class_accuracy", ("class_hits", "class_digits"), (1, -1.0)),
    symbols=SYMBOLS,
)
"""Those of any answers, and of these: here "accuracy" is the one that the run counted, and "share"
that of the digits which the network answers now."""


def arrays(seen: Tensor, logits: Tensor, labels: Tensor) -> dict[str, Tensor]:
    """Every array that the rules speak of.

    Args:
        seen: the confusion matrix of the run, (10, 10).
        logits: what the network answers to each digit, (N, 10).
        labels: what each digit is, (N,).
    """
    found = answered(logits, labels)
    seen, right = seen.float(), found["right"]
    is_, says = (one_hot(each, CLASSES).T.float() for each in (labels, logits.argmax(1)))
    hits, count = is_ @ right, is_.sum(1)
    return found | {
        "share": found["accuracy"],
        "seen": seen,
        "each": torch.arange(CLASSES),
        "diagonal": seen.diagonal(),
        "hits": seen.trace(),
        "digits": seen.sum(),
        "accuracy": seen.trace() / seen.sum(),
        "labels": is_,
        "called": says,
        "confusion": is_ @ says.T,
        "all_right": right.sum(),
        "class_hits": hits,
        "class_digits": count,
        "class_accuracy": hits / count,
    }


def score(setting: CnnSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """The arithmetic of "number" for the digits of "part", or of what the network costs and learns.

    Returns:
        "number" as it was asked, and what `Scored.reply` says.

    Raises:
        Refusal: it cannot be read, or there is no such number.
    """
    part = PART.parse(query.get("part", PARTS[0]))
    cell = read_cell(query.get("number", "") or "accuracy")
    assert cell is not None
    found = Scored(*_declared(setting, state, query, cell.array, part))
    return {"number": write_cell(cell)} | found.reply(cell)


def _declared(
    setting: CnnSetting, state: State, query: Mapping[str, str], array: str, part: str
) -> tuple[Rules, dict[str, Tensor]]:
    """Rules and arrays among which an array is: of scores, of the network's costs, of its step."""
    known, counts = costs.declared(setting.plan)
    if array in counts:
        return known, counts
    if array in OF_RATE:
        return update.of_rate(setting, state, query)
    if array.endswith(OF_GRADIENTS):
        return update.of_gradients(setting, state, query)
    # of a shipped state there is nothing that it would take to learn on
    seen = load(state.tensors)[SEEN]
    return RULES, arrays(seen, *_answered(setting, state, part, query))


def _answered(
    setting: CnnSetting, state: State, part: str, query: Mapping[str, str]
) -> tuple[Tensor, Tensor]:
    """Logits (N, 10) and labels (N,) of the digits of a part."""
    if part in ("before", "after"):
        return rescoring.answers(setting, state, query if part == "after" else {})
    if part == "batch":
        x, labels = data.batch(setting, max(state.step - 1, 0))
        layers = chain(net_of(setting, state))
        with torch.no_grad():
            return forward(layers, x, setting.precision), labels
    if part == "seen":
        digits = data.judged(data.here(setting), "validation", data.SEEN)
        return answers(setting, state, "validation")[1][: len(digits)], digits.labels
    digits, logits = answers(setting, state, "test" if part == "test" else "validation")
    return logits, digits.labels


INSPECTIONS: dict[str, Inspection] = {"score": score}
