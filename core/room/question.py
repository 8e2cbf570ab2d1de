"""What is asked of a room: one of several, or a number; and how the answers are counted."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.schema import Record, Refusal, choice, flag, listed, mark, number, text

KINDS = ("choice", "number")
FEWEST, MOST = 2, 8
"""Choices of a question."""
BARS = 12
"""Bars that numbers are shown as, at most."""
LARGEST = 1e12

ONE_OF = mark("A question has {least} to {most} choices, each with a text of its own.")
NO_CHOICES = mark("A number is not chosen from a list.")
EMPTY = mark("A question needs a sentence.")
NOT_OFFERED = mark("This is none of the choices.")
NUMBER = mark("The answer is a number.")


@dataclass(frozen=True)
class RoomQuestion(Record):
    """A question to the room.

    Attributes:
        prompt: what is asked.
        kind: one of several, or a number.
        choices: what there is to choose from.
        hidden: whether nobody but the lecturer sees the bars while the vote is open.
        name: which question of a page it is; "" for the lecturer's own.
        answer: what is right, where it is known: a choice as it is written, or a number as text.
        tolerance: how far a number may be off and still be right.
        explanation: why.
    """

    prompt: str = text("", 400, lines=True, label=mark("the question"))
    kind: str = choice(KINDS)
    choices: tuple[str, ...] = listed(text("", 160), 0, MOST, (), label=mark("the choices"))
    hidden: bool = flag(True)
    name: str = text("", 80)
    answer: str = text("", 160, label=mark("the answer"))
    tolerance: float = number(0.0, 0.0, LARGEST)
    explanation: str = text("", 2000, lines=True)

    def check_together(self) -> None:
        """Hold the choices to their kind."""
        if not self.prompt.strip():
            raise Refusal(EMPTY)
        if self.kind == "number" and self.choices:
            raise Refusal(NO_CHOICES)
        if self.kind == "choice":
            texts = {each.strip() for each in self.choices}
            if len(texts) != len(self.choices) or "" in texts or len(texts) < FEWEST:
                raise Refusal(ONE_OF, least=FEWEST, most=MOST)
        if self.answer:
            self.vote(self._written(self.answer))

    def vote(self, given: Any) -> float:
        """A vote as it is stored: the number of a choice, or a number.

        >>> RoomQuestion("Which?", choices=("a", "b")).vote(1)
        1.0
        >>> RoomQuestion("How many?", "number").vote("1,000.5")
        1000.5

        Raises:
            Refusal: it answers another question.
        """
        if self.kind == "choice":
            whole = isinstance(given, int) and not isinstance(given, bool)
            if not whole or not 0 <= given < len(self.choices):
                raise Refusal(NOT_OFFERED)
            return float(given)
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
        if not self.answer:
            return 0
        answer = self.vote(self._written(self.answer))
        return sum(math.isclose(v, answer, rel_tol=0, abs_tol=self.tolerance) for v in votes)

    def _written(self, answer: str) -> int | str:
        """An answer in words as it would be voted."""
        return self.choices.index(answer) if answer in self.choices else answer

    def bars(self, *rounds: Sequence[float]) -> list[list[Any]]:
        """What is drawn: a label, then how many chose it in each round.

        >>> RoomQuestion("Which?", choices=("a", "b")).bars([1, 1, 0], [1])
        [['a', 1, 0], ['b', 2, 1]]
        >>> RoomQuestion("How many?", "number").bars([9, 9, 10.5])
        [['9', 2], ['10.5', 1]]
        """
        if self.kind == "choice":
            counts = [Counter(int(each) for each in votes) for votes in rounds]
            return [[name, *(c[i] for c in counts)] for i, name in enumerate(self.choices)]
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


def shown(value: float) -> str:
    """A number as a label.

    >>> shown(1000.0), shown(0.125)
    ('1,000', '0.125')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.4g}"
