"""A training of the job "translate" that ships, so that the page has one to look at at once.

python -m core.language.transformer.example    make it anew: a quarter of a minute
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import torch
from safetensors.torch import load, save

from core.language.transformer.job import JOB
from core.language.transformer.setting import Setting
from core.training import shipped
from core.training.packing import GENERATOR, OPTIMISER
from core.training.record import record
from core.training.recording import Recording
from core.weights import FOLDER

NAME = "transformer_run"
COMMAND = "python -m core.language.transformer.example"
SETTING = Setting(steps=400)
_KEPT = 9


def example(folder: Path = FOLDER) -> Recording:
    """English to Korean, as the job's defaults make it.

    Raises:
        ValueError: the files are missing or damaged; the sentence names the command.
    """
    return shipped.load(NAME, folder, COMMAND)


def make(folder: Path = FOLDER) -> None:
    """Train on one thread and write the recording with its card; weights as float16."""
    torch.set_num_threads(1)
    found = record(JOB, SETTING, keep=_KEPT, chunk=SETTING.steps // (_KEPT - 1))
    for i, saved in enumerate(found.saved):
        tensors = load(saved.state.tensors)
        halves = {
            name: tensor.half()
            for name, tensor in tensors.items()
            if not name.startswith((OPTIMISER, GENERATOR))
        }
        found.saved[i] = replace(saved, state=replace(saved.state, tensors=save(halves)))
    path = folder / f"{NAME}.safetensors"
    found.save(path)
    path.chmod(0o644)  # the library writes for its owner alone
    code = path.read_bytes()
    card = {
        "job": found.job,
        "config": found.config,
        "data": "sentences of core/language/transformer/grammar.py; a fifth of the pairs held out",
        "versions": {package: version(package) for package in ("torch", "numpy", "safetensors")},
        "marks": dict(found.saved[-1].marks),
        "saved steps": [saved.step for saved in found.saved],
        "command": COMMAND,
        "sha256": hashlib.sha256(code).hexdigest(),
        "bytes": len(code),
    }
    text = json.dumps(card, indent=2) + "\n"
    (folder / f"{NAME}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    make()
