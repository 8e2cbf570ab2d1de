"""How good a saved state is, counted: accuracies and the confusion matrix, down to single digits.

N digits that the network answers, 10 classes
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import one_hot

from core.opened import Dot, Gather, Given, Mean, Monomial, Rules, Total, wire
from core.schema import choice
from core.training.job import State
from core.vision.models import CLASSES
from core.vision.rules import read_cell, write_cell
from core.vision.training.inspections import Inspection
from core.vision.training.judging import answers
from core.vision.training.setting import CnnSetting
from core.vision.training.trainer import Trainer

PART = choice(("validation", "test"), "validation").named("part")
"""Which digits were answered."""
RULES = Rules(
    # of the digits that a run looks at while it learns
    Given("seen", "counted_digits"),
    Gather("diagonal", "seen", ("each", "each")),
    Total("hits", "diagonal"),
    Total("digits", "seen"),
    Monomial("accuracy", ("hits", "digits"), (1, -1.0)),
    # of all of them
    Given("labels", "label"),
    Given("called", "called"),
    Dot("confusion", "i n, j n -> i j", "labels", "called"),
    Given("right", "answered_digit"),
    Total("all_right", "right"),
    Mean("share", "right"),
    Dot("class_hits", "i n, n -> i", "labels", "right"),
    Total("class_digits", "labels"),
    Monomial("class_accuracy", ("class_hits", "class_digits"), (1, -1.0)),
)


def arrays(seen: Tensor, called: Tensor, labels: Tensor) -> dict[str, Tensor]:
    """Every array that the rules speak of.

    Args:
        seen: the confusion matrix of the run, (10, 10).
        called: what each digit was called, (N,).
        labels: what each digit is, (N,).
    """
    seen, right = seen.float(), (called == labels).float()
    is_, says = (one_hot(each, CLASSES).T.float() for each in (labels, called))
    hits, count = is_ @ right, is_.sum(1)
    return {
        "seen": seen,
        "each": torch.arange(CLASSES),
        "diagonal": seen.diagonal(),
        "hits": seen.trace(),
        "digits": seen.sum(),
        "accuracy": seen.trace() / seen.sum(),
        "labels": is_,
        "called": says,
        "confusion": is_ @ says.T,
        "right": right,
        "all_right": right.sum(),
        "share": right.mean(),
        "class_hits": hits,
        "class_digits": count,
        "class_accuracy": hits / count,
    }


def score(setting: CnnSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """The arithmetic of "number" for the digits of "part": "number" as it was asked, "opened".

    Raises:
        Refusal: it cannot be read, or there is no such number.
    """
    part = PART.parse(query.get("part", "validation"))
    cell = read_cell(query.get("number", "") or "accuracy")
    assert cell is not None
    trainer = Trainer(setting)
    trainer.unpack(state)
    digits, outputs = answers(setting, state, part)
    trace = arrays(trainer.confusion, outputs.argmax(1), digits.labels)
    return {"number": write_cell(cell), "opened": wire(RULES.open(trace, cell))}


INSPECTIONS: dict[str, Inspection] = {"score": score}
