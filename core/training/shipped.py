"""Recordings that ship: NAME.safetensors with a card NAME.json that holds its SHA-256."""

import hashlib
import json
from pathlib import Path
from typing import Any

from core.training.recording import Recording


def card(name: str, folder: Path, command: str) -> dict[str, Any]:
    """What the card says, once the recording has been found to be the one that it describes.

    Raises:
        ValueError: the files are missing or damaged; the sentence names the command.
    """
    try:
        code = (folder / f"{name}.safetensors").read_bytes()
        found: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        whole = found["sha256"] == hashlib.sha256(code).hexdigest()
    except (OSError, ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        raise ValueError(f"The recording {name} is missing or damaged. Make it with: {command}")
    return found


def load(name: str, folder: Path, command: str) -> Recording:
    """The recording.

    Raises:
        ValueError: as for `card`.
    """
    card(name, folder, command)
    return Recording.load(folder / f"{name}.safetensors")
