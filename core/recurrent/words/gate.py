"""Whether a gate of the shipped example is open while it reads a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.recurrent.cell.gates import HALF, SQUEEZED
from core.recurrent.words import job as words
from core.recurrent.words.sentences import Language
from core.schema import mark
from core.schema.refusal import Refusal
from core.training import shipped

EXAMPLES: Mapping[Language, str] = {"en": "words_race", "ko": "words_race_ko"}


@dataclass(frozen=True)
class Gate:
    """A gate's value, and the word that the cell reads then."""

    value: float
    word: str

    @property
    def open(self) -> bool:
        """Whether it lets more than half through."""
        return self.value > HALF


def gate(language: Language, place: Mapping[str, str]) -> Gate:
    """Look at the last state of the shipped run.

    Args:
        language: of the example.
        place: texts: "cell", "gate", "layer", "time", "unit" of one number, and which sentence it
            is of, as the inspections of the job "words" take them.

    >>> place = {"cell": "lstm", "gate": "forget", "layer": "0", "time": "3", "unit": "0"}
    >>> found = gate("en", place | {"distance": "8", "talk": "3"})
    >>> found.word, 0 < found.value < 1
    ('Conan', True)

    Raises:
        Refusal: there is no such gate, or the run has no such place.
    """
    if place["gate"] not in SQUEEZED:
        raise Refusal(mark("{gate} is no gate between 0 and 1."), gate=place["gate"])
    return _gate(language, tuple(place.items()))


@lru_cache(64)
def _gate(language: Language, place: tuple[tuple[str, str], ...]) -> Gate:
    run = shipped.load(EXAMPLES[language])
    setting, state, query = words.JOB.read(run.config), run.saved[-1].state, dict(place)
    value = words.JOB.inspections["number"](setting, state, query)["number"]["value"]
    read = words.JOB.inspections["reading"](setting, state, query)["words"]
    return Gate(value, read[int(query["time"])])
