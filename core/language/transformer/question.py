"""What the page asks: a text, how to decode it, and what to open."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.language.transformer import texts
from core.language.transformer.tasks import LONGEST, Task, task
from core.language.transformer.views import Address

MODES = ("greedy", "beam", "sample")
_KEYS = {
    "task",
    "text",
    "mode",
    "beams",
    "temperature",
    "seed",
    "prefix",
    "block",
    "head",
    "cell",
}


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        about: the task.
        text: as it was typed.
        source: its tokens, without <end>.
        mode: one of `MODES`.
        beams: targets that a beam search follows, 2 to 5.
        temperature: 0.1 to 5, for "sample".
        seed: for "sample".
        prefix: tokens that the target begins with; decoding goes on behind them.
        block: to be opened, see `views`.
        head: of its attention.
        cell: matrix, row and column of the block whose arithmetic is wanted.
    """

    about: Task
    text: str
    source: tuple[str, ...]
    mode: str = "greedy"
    beams: int = 3
    temperature: float = 1.0
    seed: int = 0
    prefix: tuple[str, ...] = ()
    block: str | None = None
    head: int = 0
    cell: tuple[str, int, int] | None = None

    @classmethod
    def of(cls, raw: object, layers: int, heads: int) -> Question:
        """Validate what came in as JSON.

        Args:
            raw: the object.
            layers: of the network that is asked.
            heads: of each.

        Raises:
            ValueError: with a sentence that says what is wrong.
        """
        if not isinstance(raw, dict) or not {"task", "text"} <= set(raw) <= _KEYS:
            raise ValueError(f"A question has a task and a text, and {', '.join(sorted(_KEYS))}.")
        name, mode, block = raw["task"], raw.get("mode", "greedy"), raw.get("block")
        if not isinstance(name, str):
            raise ValueError("The task is a text.")
        about = task(name)
        if mode not in MODES:
            raise ValueError(f"A target is decoded {', '.join(MODES)}.")
        if block is not None:
            if not isinstance(block, str):
                raise ValueError("A block is named by a text.")
            Address.of(block, layers)
        source = tuple(texts.read(about, raw["text"]))
        return cls(
            about,
            raw["text"].strip(),
            source,
            mode,
            _whole(raw, "beams", 3, 2, 5),
            _number(raw, "temperature", 1.0, 0.1, 5.0),
            _whole(raw, "seed", 0, 0, 999_999),
            _prefix(about, raw.get("prefix", [])),
            block,
            _whole(raw, "head", 0, 0, heads - 1),
            _cell(raw.get("cell")),
        )


def _prefix(about: Task, raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list) or len(raw) >= LONGEST:
        raise ValueError(f"A target is begun with a list of at most {LONGEST - 1} tokens.")
    known = set(about.target_words)
    for token in raw:
        if not isinstance(token, str) or token not in known:
            raise ValueError("A target is begun with tokens that can be said in this task.")
    return tuple(raw)


def _cell(raw: object) -> tuple[str, int, int] | None:
    if raw is None:
        return None
    if not isinstance(raw, dict) or set(raw) != {"matrix", "row", "column"}:
        raise ValueError("A cell has a matrix, a row and a column.")
    if not isinstance(raw["matrix"], str):
        raise ValueError("A matrix is named by a text.")
    return (
        raw["matrix"],
        _whole(raw, "row", 0, 0, 10_000),
        _whole(raw, "column", 0, 0, 10_000),
    )


def _whole(raw: Mapping[str, Any], name: str, default: int, low: int, high: int) -> int:
    value = raw.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(f"“{name}” is a whole number from {low} to {high}.")
    return value


def _number(raw: Mapping[str, Any], name: str, default: float, low: float, high: float) -> float:
    value = raw.get(name, default)
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isfinite(value)
        or not low <= value <= high
    ):
        raise ValueError(f"“{name}” is a number from {low:g} to {high:g}.")
    return float(value)
