"""The first token that a shipped transformer says, among those that it finds likely."""

from __future__ import annotations

from dataclasses import dataclass

from core.language.transformer.lesson import greedy

OFFERED = 4


@dataclass(frozen=True)
class FirstToken:
    """What is known before anything has been said.

    Attributes:
        text: that was read.
        offered: the likeliest tokens with their probabilities, the likeliest first.
        said: all tokens of the answer.
    """

    text: str
    offered: list[tuple[str, float]]
    said: list[str]


def first_token(task: str, text: str) -> FirstToken:
    """Decode greedily.

    >>> first_token("reverse", "1 2 3").offered[0][0]
    '3'

    Raises:
        Refusal: the text cannot be read.
    """
    found = greedy(task, text)
    top = found["steps"][0]["top"][:OFFERED]
    return FirstToken(
        found["text"], [(each["token"], each["p"]) for each in top], found["target"][1:]
    )
