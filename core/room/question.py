"""What is asked of a room: one of several, a number, a place; and how the answers are counted."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.schema import (
    Message,
    Record,
    Refusal,
    choice,
    flag,
    listed,
    mark,
    nested,
    number,
    text,
    whole,
)

KINDS = ("choice", "number", "place")
FEWEST, MOST = 2, 8
"""Choices of a question."""
BARS = 12
"""Bars that numbers are shown as, at most."""
LARGEST = 1e12
SIDE = 40
"""Rows and columns of a picture in which a place is shown."""
WORDS = 40
"""Words of which one is tapped."""

ONE_OF = mark("A question has {least} to {most} choices, each with a text of its own.")
NO_CHOICES = mark("A number is not chosen from a list.")
EMPTY = mark("A question needs a sentence.")
NOT_OFFERED = mark("This is none of the choices.")
NUMBER = mark("The answer is a number.")
NO_PICTURE = mark("A place is shown in a picture of {most} × {most} pixels at most.")
NO_PLACE = mark("That is no place in the picture.")


@dataclass(frozen=True)
class Wording(Record):
    """A question in another language.

    Attributes:
        language: its code.
        prompt, choices, explanation: as in the question.
    """

    language: str = text("", 8)
    prompt: str = text("", 400, lines=True, label=mark("the question"))
    choices: tuple[str, ...] = listed(text("", 160), 0, MOST, (), label=mark("the choices"))
    explanation: str = text("", 2000, lines=True)


@dataclass(frozen=True)
class RoomQuestion(Record):
    """A question to the room.

    Attributes:
        prompt: what is asked.
        kind: one of several, a number, or a place in a picture.
        choices: what there is to choose from.
        hidden: whether nobody but the lecturer sees the bars while the vote is open.
        name: which question of a page it is; "" for the lecturer's own.
        answer: what is right, where it is known: a choice as it is written, a number as text, or
            the numbers of all places that are right, with blanks between them.
        tolerance: how far a number or a place may be off and still be right.
        explanation: why.
        wordings: the same in other languages; a phone shows its own.
        rows, columns: of the picture.
        picture: its bytes of ink, row by row, as base64url.
        words: the places of one row, instead of a picture.
    """

    prompt: str = text("", 400, lines=True, label=mark("the question"))
    kind: str = choice(KINDS)
    choices: tuple[str, ...] = listed(text("", 160), 0, MOST, (), label=mark("the choices"))
    hidden: bool = flag(True)
    name: str = text("", 80)
    answer: str = text("", 2000, label=mark("the answer"))
    tolerance: float = number(0.0, 0.0, LARGEST)
    explanation: str = text("", 2000, lines=True)
    wordings: tuple[Wording, ...] = listed(nested(Wording), 0, 4, (), label=mark("the question"))
    rows: int = whole(0, 0, SIDE)
    columns: int = whole(0, 0, SIDE)
    picture: str = text("", 2 * SIDE**2)
    words: tuple[str, ...] = listed(text("", 40), 0, WORDS, (), label=mark("the words"))

    def check_together(self) -> None:
        """Hold the choices to their kind."""
        if not self.prompt.strip():
            raise Refusal(EMPTY)
        if self.kind != "choice" and self.choices:
            raise Refusal(NO_CHOICES)
        if self.kind == "choice":
            texts = {each.strip() for each in self.choices}
            if len(texts) != len(self.choices) or "" in texts or len(texts) < FEWEST:
                raise Refusal(ONE_OF, least=FEWEST, most=MOST)
        if any(len(each.choices) != len(self.choices) for each in self.wordings):
            raise Refusal(ONE_OF, least=FEWEST, most=MOST)
        if self.kind == "place":
            shown = len(self.words) or len(self.picture) * 3 // 4
            if not 0 < self.rows * self.columns == shown or (self.words and self.picture):
                raise Refusal(NO_PICTURE, most=SIDE)
        _ = self._right

    def vote(self, given: Any) -> float:
        """A vote as it is stored: the number of a choice or of a place, or a number.

        >>> RoomQuestion("Which?", choices=("a", "b")).vote(1)
        1.0
        >>> RoomQuestion("How many?", "number").vote("1,000.5")
        1000.5

        Raises:
            Refusal: it answers another question.
        """
        if self.kind == "choice":
            return float(_counted(given, len(self.choices), NOT_OFFERED))
        if self.kind == "place":
            return float(_counted(given, self.rows * self.columns, NO_PLACE))
        try:
            value = float(str(given).replace(",", "")) if not isinstance(given, bool) else math.nan
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or abs(value) > LARGEST:
            raise Refusal(NUMBER)
        return value

    def right(self, votes: Sequence[float]) -> int:
        """How many of the votes are right; none where nobody knows.

        >>> RoomQuestion("How many?", "number", answer="10", tolerance=0.5).right([9.5, 10.4, 11])
        2
        """
        return sum(any(self._apart(v, a) <= self.tolerance for a in self._right) for v in votes)

    @property
    def _right(self) -> list[float]:
        """The answers as they would be voted; none where nobody knows."""
        if self.kind == "place":
            return [self.vote(int(at) if at.isdecimal() else at) for at in self.answer.split()]
        if not self.answer:
            return []
        known = self.answer in self.choices
        return [self.vote(self.choices.index(self.answer) if known else self.answer)]

    def _apart(self, one: float, other: float) -> float:
        """How far a vote is from another; of places in steps of a king."""
        if self.kind != "place":
            return abs(one - other)
        (row, column), (r, c) = divmod(int(one), self.columns), divmod(int(other), self.columns)
        return max(abs(row - r), abs(column - c))

    def counts(self, votes: Sequence[float]) -> list[tuple[str, int]]:
        """Each answer that was given, as it is written, and how often.

        >>> RoomQuestion("How many?", "number").counts([9, 9, 10.5])
        [('9', 2), ('10.5', 1)]
        """
        return [(self._written_out(value), n) for value, n in sorted(Counter(votes).items())]

    def correct(self, votes: Sequence[float]) -> list[str]:
        """Those of the answers that are right, as they are written."""
        return [self._written_out(value) for value in sorted(set(votes)) if self.right([value])]

    @property
    def answered(self) -> str:
        """What is right, as it is written; "" where nobody knows."""
        if self.kind == "place":
            return "; ".join(self._written_out(at) for at in self._right)
        return self.answer

    def _written_out(self, vote: float) -> str:
        if self.kind == "choice":
            return self.choices[int(vote)]
        if self.words:
            return self.words[int(vote)]
        if self.kind == "place":
            row, column = divmod(int(vote), self.columns)
            return f"{row + 1}, {column + 1}"
        return f"{vote:.12g}"

    def bars(self, *rounds: Sequence[float]) -> list[list[Any]]:
        """What is drawn: a label (of a place its number), then how many chose it in each round.

        >>> RoomQuestion("Which?", choices=("a", "b")).bars([1, 1, 0], [1])
        [['a', 1, 0], ['b', 2, 1]]
        >>> RoomQuestion("How many?", "number").bars([9, 9, 10.5])
        [['9', 2], ['10.5', 1]]
        """
        if self.kind == "choice":
            counts = [Counter(int(each) for each in votes) for votes in rounds]
            return [[name, *(c[i] for c in counts)] for i, name in enumerate(self.choices)]
        if self.kind == "place":
            counts = [Counter(int(each) for each in votes) for votes in rounds]
            return [[str(at), *(c[at] for c in counts)] for at in sorted(set().union(*counts))]
        values = sorted({value for votes in rounds for value in votes})
        if len(values) <= BARS:
            single = [Counter(votes) for votes in rounds]
            return [[shown(value), *(c[value] for c in single)] for value in values]
        low, width = values[0], (values[-1] - values[0]) / BARS
        within = [Counter(min(BARS - 1, int((v - low) / width)) for v in votes) for votes in rounds]
        return [
            [f"{shown(low + i * width)} – {shown(low + (i + 1) * width)}", *(c[i] for c in within)]
            for i in range(BARS)
        ]


def _counted(given: Any, count: int, rule: Message) -> int:
    """The number of one of so many."""
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given < count:
        raise Refusal(rule)
    return given


def shown(value: float) -> str:
    """A number as a label.

    >>> shown(1000.0), shown(0.125)
    ('1,000', '0.125')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.4g}"
