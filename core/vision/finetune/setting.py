"""What a fine-tuning is: a shipped network, somebody's own digits, and how it learns them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from core.schema import Record, Refusal, choice, custom, listed, mark, number, whole
from core.vision.ink import as_ink, as_text
from core.vision.models import CLASSES
from core.vision.training.data import Data
from core.weights import FOLDER

Network = Literal["lenet5", "notes", "tiny"]
NETWORKS: Mapping[Network, str] = {
    "lenet5": "mnist_lenet5",
    "notes": "simple_cnn_notes",
    "tiny": "mnist_tiny",
}
"""What a run can begin with, and the name of its shipped weights: none has seen anybody's pen."""
Frozen = Literal["none", "body"]

FEWEST, MOST = 5, 200
"""Drawings in a run."""


PAIR = mark("A drawing is a pair: the digit, and its picture.")
LABEL = mark("A drawing is labelled with a digit from 0 to 9.")
BLANK = mark("The drawing is blank.")


class Drawn(NamedTuple):
    """One labelled drawing: which digit it is meant to be, and its 784 bytes of ink, row by row."""

    label: int
    ink: bytes

    @classmethod
    def of(cls, raw: object) -> Drawn:
        """Read what `written` wrote, a pair of label and base64url text.

        Raises:
            Refusal: it is no such pair, or there is no ink.
        """
        if not isinstance(raw, Sequence) or isinstance(raw, str | bytes) or len(raw) != 2:
            raise Refusal(PAIR)
        label, text = raw
        if isinstance(label, bool) or not isinstance(label, int) or not 0 <= label < CLASSES:
            raise Refusal(LABEL)
        ink = as_ink(text)
        if not any(ink):
            raise Refusal(BLANK)
        return cls(label, ink)

    def written(self) -> list[Any]:
        """The pair as plain JSON."""
        return [self.label, as_text(self.ink)]


def _drawn(text: str) -> Drawn:
    label, _, ink = text.partition(".")
    return Drawn.of([int(label), ink])


def _text(drawn: Drawn) -> str:
    return f"{drawn.label}.{as_text(drawn.ink)}"


@dataclass(frozen=True)
class FinetuneSetting(Record):
    """What a run is made of.

    Attributes:
        drawings: the new digits, 5 to 200.
        network: which shipped network goes on; "notes" is the SimpleCNN of the notes.
        learning_rate: of plain gradient descent.
        steps: batches of 32.
        rehearsal: share of each batch that comes from the digits that the network has learned
            before.
        frozen: "body": only the last layer learns.
        seed: of the batches and of which drawings are held back.
        data: where the old digits come from: "mnist", or "pen": generated pen digits.
    """

    drawings: tuple[Drawn, ...] = listed(
        custom(None, _drawn, _text, Drawn.of, Drawn.written),
        FEWEST,
        MOST,
        label=mark("the list of drawings"),
    )
    network: Network = choice(tuple(NETWORKS))
    learning_rate: float = number(0.1, 1e-5, 1.0)
    steps: int = whole(100, 1, 1000)
    rehearsal: float = number(0.0, 0.0, 0.9, step=0.1, label=mark("share of old digits"))
    frozen: Frozen = choice(("none", "body"), label=mark("frozen layers"))
    seed: int = whole(0)
    data: Data = choice(("mnist", "pen"))


def shipped(folder: Path = FOLDER) -> tuple[str, ...]:
    """The networks whose weights are there."""
    return tuple(n for n, file in NETWORKS.items() if (folder / f"{file}.safetensors").is_file())
