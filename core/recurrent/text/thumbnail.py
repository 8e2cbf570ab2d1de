"""What the shipped network writes, early and at the end, as one small picture for the map."""

from __future__ import annotations

from core.figures.sketch import Sketch
from core.recurrent.text.job import JOB
from core.recurrent.text.shown import CARDS
from core.training import shipped

WIDE = {"en": 38, "ko": 21}
"""Characters of a line."""


def lines(language: str) -> list[list[str]]:
    """Two lines of the first saved state, and two of the last."""
    run = shipped.load(CARDS[language])
    config, wide = JOB.read(run.config), WIDE[language]
    found = []
    for saved in (run.saved[0], run.saved[-1]):
        answer = JOB.inspections["sample"](config, saved.state, {"temperature": "0.5"})
        written = " ".join("".join(char for char, _ in answer["written"]).split())
        found.append([written[:wide], written[wide : 2 * wide]])
    return found


def written(language: str) -> str:
    """Both below each other, the data URL of an SVG."""
    sketch = Sketch(320, 112)
    early, late = lines(language)
    for place, line in enumerate(early):
        sketch.text(8, 18 + 25 * place, line, tone="grey")
    for place, line in enumerate(late):
        sketch.text(8, 76 + 25 * place, line)
    return sketch.url()
