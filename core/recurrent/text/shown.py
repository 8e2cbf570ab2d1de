"""What the page says of the shipped runs."""

from __future__ import annotations

from core.recurrent.text.job import JOB
from core.training import shipped
from core.training.recording import Saved

CARDS = {"en": "text_en", "ko": "text_ko"}
RUNS = {"en": "text", "ko": "text_ko"}
"""The shipped run of each language: its card, and its name on the page."""


def kinds(language: str) -> int:
    """How many different letters the text of a language has."""
    return len(JOB.read(shipped.load(CARDS[language]).config).read_text().kinds)


def last(language: str) -> Saved:
    """The last state of a language's shipped run."""
    return shipped.load(CARDS[language]).saved[-1]
