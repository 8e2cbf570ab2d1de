"""Runs that were trained beforehand, for the first sight of a page: recordings with their cards.

The card NAME.json beside models/NAME.safetensors says what was trained, how it scores and
which command makes both again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.training import shipped
from core.training.recording import Recording
from core.weights import FOLDER

Card = dict[str, Any]


def load(name: str, folder: Path = FOLDER) -> Recording:
    """A shipped recording.

    Raises:
        ValueError: the files are missing or damaged; the sentence names the command.
    """
    return shipped.load(name, folder)


def sine() -> Recording:
    """The race of the three cells on a sine: `PRESETS["race"]`."""
    return load("sine_race")


def words() -> Recording:
    """The race of the three cells on English sentences, the answer eight steps behind the name."""
    return load("words_race")


def words_ko() -> Recording:
    """The same in Korean, fourteen steps."""
    return load("words_race_ko")


def adding() -> Recording:
    """The race of the three cells on the adding problem of length 50."""
    return load("adding_race")
