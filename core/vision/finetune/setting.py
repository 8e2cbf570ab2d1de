"""What a fine-tuning is: a shipped network, somebody's own digits, and how it learns them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, NamedTuple

from core.checked import number, one_of, whole
from core.vision.finetune.data import Data, available
from core.vision.models import CLASSES
from core.weights import FOLDER

Network = Literal["lenet5", "notes", "tiny"]
NETWORKS: Mapping[Network, str] = {
    "lenet5": "lenet5",
    "notes": "simple_cnn_notes",
    "tiny": "tiny",
}
"""What a run can begin with, and the name of its shipped weights."""
Frozen = Literal["none", "body"]
FROZEN: tuple[Frozen, ...] = ("none", "body")
DATA: tuple[Data, ...] = ("mnist", "pen")

PIXELS = 28 * 28
FEWEST, MOST = 5, 200
"""Drawings in a run."""
STEPS = (1, 1000)
MOST_REHEARSAL = 0.9
RATES = (1e-5, 1.0)
SEEDS = (0, 999_999)


class Drawn(NamedTuple):
    """One labelled drawing: which digit it is meant to be, and its 784 bytes of ink, row by row."""

    label: int
    ink: bytes

    @classmethod
    def of(cls, raw: object, place: str = "A drawing") -> Drawn:
        """Read what `written` wrote.

        Args:
            raw: a pair of label and base64url text.
            place: what the drawing is called where something is wrong with it.

        Raises:
            ValueError: it is no such pair, or there is no ink.
        """
        if not isinstance(raw, Sequence) or isinstance(raw, str | bytes) or len(raw) != 2:
            raise ValueError(f"{place} is a pair: the digit, and its picture.")
        label, text = raw
        if isinstance(label, bool) or not isinstance(label, int) or not 0 <= label < CLASSES:
            raise ValueError(f"{place} is labelled with a digit from 0 to 9.")
        ink = as_ink(text, place)
        if not any(ink):
            raise ValueError(f"{place} is blank.")
        return cls(label, ink)

    def written(self) -> list[Any]:
        """The pair as plain JSON."""
        return [self.label, as_text(self.ink)]


def as_ink(text: object, place: str = "A drawing") -> bytes:
    """784 bytes from their base64url text.

    Raises:
        ValueError: it is something else.
    """
    try:
        if not isinstance(text, str):
            raise ValueError
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        ink = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        ink = b""
    if len(ink) != PIXELS:
        raise ValueError(f"{place} has 28 x 28 bytes of ink, as base64url.")
    return ink


def as_text(ink: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(ink).rstrip(b"=").decode()


@dataclass(frozen=True)
class Tuning:
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

    Raises:
        ValueError: a value is out of bounds, in a sentence.
    """

    drawings: tuple[Drawn, ...]
    network: Network = "lenet5"
    learning_rate: float = 0.1
    steps: int = 100
    rehearsal: float = 0.0
    frozen: Frozen = "none"
    seed: int = 0
    data: Data = "mnist"

    def __post_init__(self) -> None:
        """Hold the limits."""
        if not FEWEST <= len(self.drawings) <= MOST:
            raise ValueError(
                f"A network goes on with {FEWEST} to {MOST} drawings, "
                f"not with {len(self.drawings)}."
            )
        one_of("network", self.network, tuple(NETWORKS))
        one_of("frozen", self.frozen, FROZEN)
        one_of("data", self.data, DATA)
        whole("steps", self.steps, *STEPS)
        whole("seed", self.seed, *SEEDS)
        number("learning rate", self.learning_rate, *RATES)
        number("rehearsal", self.rehearsal, 0.0, MOST_REHEARSAL)


def shipped(folder: Path = FOLDER) -> tuple[str, ...]:
    """The networks whose weights are there."""
    return tuple(n for n, file in NETWORKS.items() if (folder / f"{file}.safetensors").is_file())


def read(asked: Mapping[str, Any]) -> Tuning:
    """Make the config from what a browser sent; without `data`, of what this machine has.

    Raises:
        ValueError: an unknown field, or a value out of bounds.
    """
    unknown = set(asked) - {field.name for field in fields(Tuning)}
    if unknown:
        raise ValueError(f"Fine-tuning has no {sorted(unknown)[0]!r}.")
    drawings = asked.get("drawings")
    if not isinstance(drawings, list | tuple):
        raise ValueError("The drawings are a list.")
    if len(drawings) <= MOST:  # otherwise the config refuses them, unread
        drawings = [Drawn.of(each, f"Drawing {i}") for i, each in enumerate(drawings, 1)]
    chosen = {"data": available()} | dict(asked) | {"drawings": tuple(drawings)}
    return Tuning(**chosen)


def write(config: Tuning) -> dict[str, Any]:
    """The inverse of `read`, as plain JSON."""
    drawings = [each.written() for each in config.drawings]
    return asdict(config) | {"drawings": drawings}
