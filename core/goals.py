"""Goals that a visitor can reach on a page, and that the answers to the page's own questions tell.

A goal is declared beside what it is about, in a module `goals` of its subject. The routes check it
against every answer that they give anyway (pages/kit/routes.py, core/training/run_json.py); what is
said about it on the page comes from here as well.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from core.schema.refusal import Message

Reached = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Goal:
    """Something that can be brought about on a page.

    Attributes:
        name: tells it from the goals of all pages; browsers remember it.
        sentence: what is to be brought about; names in braces stand for `values`.
        hint: where to begin.
        reached: of a question and the answer to it, whether they reach the goal. Of a binary answer
            it is given the head. Of a view of a run the question is its config, and of a run itself
            the answer is the run.
        values: limits that the sentence and the hint name, the ones that are checked.
    """

    name: str
    sentence: Message
    hint: Message
    reached: Reached
    values: Mapping[str, object] = field(default_factory=dict)


def reached(goals: Iterable[Goal], question: Any, answer: Any) -> list[str]:
    """The names of the goals that an answer reaches.

    >>> from core.schema import mark
    >>> big = Goal("big", mark("Big."), mark("Count."), lambda question, answer: answer > 9)
    >>> reached([big], None, 10), reached([big], None, 9)
    (['big'], [])
    """
    wanted = tuple(goals)
    if wanted and isinstance(answer, bytes):
        answer = read(answer)
    return [goal.name for goal in wanted if goal.reached(question, answer)]


def read(answer: bytes) -> Any:
    """JSON, or the head of a binary answer.

    Its length comes first, as uint32; JSON has no zero byte.
    """
    if 0 not in answer[:4]:
        return orjson.loads(answer)
    (length,) = struct.unpack_from("<I", answer)
    return orjson.loads(answer[4 : 4 + length])
