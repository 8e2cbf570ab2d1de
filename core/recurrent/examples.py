"""Runs that were trained beforehand, for the first sight of a page: recordings with their cards.

The card NAME.json beside models/NAME.safetensors says what was trained, how it scores and
which command made it. `python -m core.recurrent.record NAME` makes both anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.training import shipped
from core.training.recording import Recording

FOLDER = Path(__file__).resolve().parents[2] / "models"

Card = dict[str, Any]


def load(name: str, folder: Path = FOLDER) -> Recording:
    """A shipped recording.

    Raises:
        ValueError: the files are missing or damaged; the sentence names the command.
    """
    return shipped.load(name, folder, command(name))


def save(name: str, recording: Recording, about: Mapping[str, Any], folder: Path = FOLDER) -> None:
    """Write a recording without what its optimisers remember, and its card."""
    path = folder / f"{name}.safetensors"
    recording.save(path, keep=lambda tensor: not tensor.startswith(("optimiser.", "generator.")))
    path.chmod(0o644)  # the library writes for its owner alone
    code = path.read_bytes()
    card = {
        "job": recording.job,
        "config": recording.config,
        **about,
        "marks": dict(recording.saved[-1].marks),
        "saved steps": [saved.step for saved in recording.saved],
        "command": command(name),
        "sha256": hashlib.sha256(code).hexdigest(),
        "bytes": len(code),
    }
    text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
    (folder / f"{name}.json").write_text(text, encoding="utf-8")


def command(name: str) -> str:
    """What makes a recording anew."""
    return f"python -m core.recurrent.record {name}"


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
