"""Nicknames, and what a room is not shown: words of a list that whoever runs the server names."""

from __future__ import annotations

import os
import re
import unicodedata
from functools import cache
from pathlib import Path

from core.schema import Refusal, mark

VARIABLE = "FORWARD_PASS_WORDS"
"""Names a file with one word on each line; what has one of them in it is not taken."""
LONGEST = 24
"""Characters of a nickname."""
MARKS = 3
"""Marks on one letter: no script needs more, and more would cover the line above."""
_UNSEEN = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters that look like nothing."""

A_NAME = mark("A nickname has at most {most} characters.")
NOT_SAID = mark("That is not shown here. Write it in other words.")


def cleaned(name: object) -> str:
    r"""A nickname as it is shown: on one line, without signs that nobody sees; "" for none.

    >>> cleaned("  Mina\u200b \n K. ")
    'Mina K.'

    Raises:
        Refusal: it is too long, or not to be shown.
    """
    if not isinstance(name, str) or len(name) > 4 * LONGEST:
        raise Refusal(A_NAME, most=LONGEST)
    found = seen(name)
    if len(found) > LONGEST:
        raise Refusal(A_NAME, most=LONGEST)
    check(found)
    return found


def seen(text: str) -> str:
    r"""A text as a room is shown it: on one line, without signs that nobody sees or that turn it.

    >>> seen("mina\u202e \u3164 ate")
    'mina ate'
    """
    found, marks = "", 0
    for sign in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(sign)
        marks = marks + 1 if kind.startswith("M") else 0
        if sign.isspace() or sign in _UNSEEN:
            found += " "
        elif not kind.startswith("C") and marks <= MARKS:
            found += sign
    return " ".join(found.split())


def check(text: str) -> None:
    """Hold a text to the list.

    A word of letters that come with spaces counts as a whole word; others, such as Hangul, count
    wherever they stand.

    Raises:
        Refusal: it has one of the words in it.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    whole = set(re.findall(r"\w+", plain))
    if any(word in whole or (not word.isascii() and word in plain) for word in _words()):
        raise Refusal(NOT_SAID)


@cache
def _words() -> frozenset[str]:
    """The list, read once; without a file it is empty."""
    file = os.environ.get(VARIABLE, "").strip()
    lines = Path(file).read_text(encoding="utf-8").splitlines() if file else []
    plain = (unicodedata.normalize("NFKC", line).casefold().strip() for line in lines)
    return frozenset(word for word in plain if word)
