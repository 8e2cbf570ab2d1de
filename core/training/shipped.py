"""Recordings that ship: NAME.safetensors with a card NAME.json that holds its SHA-256."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from safetensors.torch import load as decode
from safetensors.torch import save as encode

from core import catalogue
from core.schema import Refusal, mark
from core.training.learner import GENERATOR, OPTIMISER
from core.training.recording import Recording
from core.weights import FOLDER

MISSING = mark("The recording {name} is missing or damaged. Make it with: {command}")


def card(name: str, folder: Path = FOLDER) -> dict[str, Any]:
    """What the card says, once the recording has been found to be the one that it describes.

    Raises:
        Refusal: the files are missing or damaged; the sentence names the command.
    """
    try:
        code = (folder / f"{name}.safetensors").read_bytes()
        fields: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        whole = fields["sha256"] == hashlib.sha256(code).hexdigest()
    except (OSError, ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        raise Refusal(MISSING, name=name, command=catalogue.command(name))
    return fields


def load(name: str, folder: Path = FOLDER) -> Recording:
    """The recording.

    Raises:
        Refusal: as for `card`.
    """
    card(name, folder)
    return Recording.load(folder / f"{name}.safetensors")


def ship(recording: Recording, name: str, folder: Path, data: str) -> None:
    """Write a recording with its card: of its states the weights, as float16.

    Args:
        recording: all of it; its states are changed to what is written.
        name: of the files.
        folder: where they go.
        data: what was learned from, in a sentence.
    """
    for i, saved in enumerate(recording.saved):
        halves = {
            key: tensor.half()
            for key, tensor in decode(saved.state.tensors).items()
            if not key.startswith((OPTIMISER, GENERATOR))
        }
        recording.saved[i] = replace(saved, state=replace(saved.state, tensors=encode(halves)))
    write(recording, name, folder, data=data)


def write(
    recording: Recording,
    name: str,
    folder: Path,
    keep: Callable[[str], bool] = lambda tensor: True,
    **about: Any,
) -> None:
    """Write a recording with its card, which says `about` as well.

    Args:
        recording: all of it.
        name: of the files.
        folder: where they go.
        keep: whether a tensor of the states is written, by its name.
        about: what else the card says, "data" at least.
    """
    path = folder / f"{name}.safetensors"
    recording.save(path, keep)
    path.chmod(0o644)  # the library writes for its owner alone
    code = path.read_bytes()
    card = {
        "job": recording.job,
        "config": recording.config,
        **about,
        "versions": {package: version(package) for package in ("torch", "numpy", "safetensors")},
        "marks": dict(recording.saved[-1].marks),
        "saved steps": [saved.step for saved in recording.saved],
        "command": catalogue.command(name),
        "sha256": hashlib.sha256(code).hexdigest(),
        "bytes": len(code),
    }
    text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
    (folder / f"{name}.json").write_text(text, encoding="utf-8")
