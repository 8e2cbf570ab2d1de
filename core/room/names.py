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
    seen = "".join(
        " " if sign.isspace() else sign
        for sign in unicodedata.normalize("NFC", name)
        if sign.isspace() or not unicodedata.category(sign).startswith("C")
    )
    found = " ".join(seen.split())
    if len(found) > LONGEST:
        raise Refusal(A_NAME, most=LONGEST)
    check(found)
    return found


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
