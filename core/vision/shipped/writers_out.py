"""How digits of people are read whom no network has seen: leave-writers-out over five folds.

Five times the whole of ours is made from 24 writers and judged on the other six, and so is the LSTM
over pen points; in the end every digit has been judged once by a network that knows nobody's hand
from its writer. What ships is made in the same way from all 30. A digit that is refused counts as
wrong. Measured once and shipped, for it takes an hour.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from core import catalogue, weights
from core.vision import doubt as doubts
from core.vision import measure, refusal
from core.vision.doubt import Doubt
from core.vision.hand import people, rendered
from core.vision.hand.people import People
from core.vision.models import SimpleCNN
from core.vision.shipped import hands, simple_cnn
from core.vision.strokes import training
from core.vision.strokes.reader import StrokeReader
from core.vision.unseen import FILE


@dataclass(frozen=True)
class Judged:
    """What a network said of N digits of people whom it had not seen.

    Attributes:
        probabilities: (N, 10).
        labels: (N,).
        refused: bool (N,), it would not answer.
    """

    probabilities: Tensor
    labels: Tensor
    refused: Tensor


def summary(judged: Judged, writers: np.ndarray[Any, Any]) -> dict[str, Any]:
    """Rates over all digits with their 95% intervals, by writer, and calibration.

    Returns:
        "answers": right and not refused; "right": right, refused or not; "refused"; each with
        "share", "interval" and "of". "by_writer": answers of each. "worst": the lowest of them.
        "calibration_error" and "bins": of the probability, over the digits that are not refused.
    """
    right = judged.probabilities.argmax(1) == judged.labels
    answers = right & ~judged.refused
    shares = {
        int(writer): round(float(answers[torch.from_numpy(writers == writer)].double().mean()), 4)
        for writer in np.unique(writers)
    }
    answered = ~judged.refused
    groups = doubts.bins(judged.probabilities[answered], judged.labels[answered])
    return {
        "answers": measure.share(answers),
        "right": measure.share(right),
        "refused": measure.share(judged.refused),
        "worst": min(shares.values()),
        "by_writer": shares,
        "calibration_error": round(doubts.calibration_error(groups), 6),
        "bins": doubts.plain(groups),
    }


def judge(model: SimpleCNN, doubt: Doubt, who: People) -> Judged:
    """What ours says of people's digits."""
    digits = rendered.written(who)
    features, logits = refusal.features(model, digits.images)
    refused = doubt.score(features) > doubt.threshold
    return Judged(doubt.probabilities(logits), digits.labels, refused)


def read(reader: StrokeReader, who: People) -> Judged:
    """What the LSTM says of them; it refuses nothing."""
    paths = training.written(who)
    probabilities = torch.softmax(training.logits(reader, paths), 1)
    return Judged(probabilities, paths.labels, torch.zeros(len(who), dtype=torch.bool))


def main() -> None:
    """Train five times both ways, measure, and write the results."""
    torch.set_num_threads(1)
    who = people.load()
    pictures, accepted = by_picture(who)
    write(who, pictures, accepted, by_strokes(who))


def by_picture(who: People) -> tuple[Judged, float]:
    """Ours on all digits, each judged without its writer; and the share of non-digits accepted."""
    judged, accepted = [], []
    for known, unseen in _folds(who):
        model, doubt = simple_cnn.made(known, hands.Hands())
        judged.append(judge(model, doubt, unseen))
        accepted.append(measure.accepted(model, doubt))
    return _joined(judged), float(np.mean(accepted))


def by_strokes(who: People) -> Judged:
    """The LSTM over pen points on all digits, each judged without its writer."""
    return _joined([read(training.made(known), unseen) for known, unseen in _folds(who)])


def write(who: People, pictures: Judged, accepted: float, strokes: Judged) -> None:
    """Sum up and write the results; the notes' network, which has seen no pens, is measured too."""
    writers = np.concatenate([unseen.writers for _, unseen in _folds(who)])
    model, _ = weights.load(simple_cnn.NAMES["notes"])
    assert isinstance(model, SimpleCNN)
    notes = judge(model, doubts.load(simple_cnn.NAMES["notes"]), who)
    told = {
        "ours": summary(pictures, writers) | {"nondigits_accepted": round(accepted, 6)},
        "strokes_lstm": summary(strokes, writers),
        "notes": summary(notes, who.writers),
        "about": {
            "data": people.LICENCE,
            "command": catalogue.command("writers_out"),
            "folds": people.FOLDS,
            "seed": simple_cnn.SEED,
        },
    }
    FILE.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def _folds(who: People) -> Iterator[tuple[People, People]]:
    """Those who are known and those who are not, in each fold."""
    for held in people.folds(who.writers):
        yield who.where(~held), who.where(held)


def _joined(judged: Sequence[Judged]) -> Judged:
    fields = ("probabilities", "labels", "refused")
    return Judged(*(torch.cat([getattr(one, name) for one in judged]) for name in fields))
