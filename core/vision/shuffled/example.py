"""The experiment with shuffled pixels as it ships: three seeds, and the first one's run in full."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load, save

from core import catalogue
from core.training import shipped
from core.training.record import record
from core.vision import mnist
from core.vision.shuffled.job import JOB, MEMBERS, ShuffledSetting, accuracies, members
from core.weights import FOLDER

NAME = "shuffled_run"
SEEDS = (0, 1, 2)
CONFIG = ShuffledSetting(steps=1718)
"""Two epochs."""


@cache
def card(folder: Path = FOLDER) -> dict[str, Any]:
    """What was trained and how it came out.

    "steps" are those at which accuracy was measured; "accuracy" holds for each member one list for
    each seed.

    Raises:
        ValueError: the files are missing or damaged; the sentence names the command.
    """
    return shipped.card(NAME, folder)


def make(config: ShuffledSetting = CONFIG, folder: Path = FOLDER) -> None:
    """Train with each seed and write the first run with the card of all."""
    torch.set_num_threads(1)
    runs = [record(JOB, replace(config, seed=seed), keep=2) for seed in SEEDS]
    judged = mnist.split()[1]
    final = [accuracies(members(config, run.saved[-1].state), config, judged) for run in runs]
    first = runs[0]
    for i, saved in enumerate(first.saved):
        tensors = load(saved.state.tensors)
        halves = {k: t.half() for k, t in tensors.items() if not k.startswith("optimiser.")}
        first.saved[i] = replace(saved, state=replace(saved.state, tensors=save(halves)))
    path = folder / f"{NAME}.safetensors"
    first.save(path)
    path.chmod(0o644)  # the library writes for its owner alone
    code = path.read_bytes()
    measured = np.flatnonzero(np.isfinite(first.series[f"{MEMBERS[0]}.accuracy"]))
    card = {
        "job": first.job,
        "config": config.write(),
        "seeds": list(SEEDS),
        "parameters": {n: int(first.saved[-1].marks[f"{n}.parameters"]) for n in MEMBERS},
        "judged on": "1,000 digits of MNIST's training set that were not learned from",
        "final judged on": len(judged),
        "final": {name: [round(f[name], 4) for f in final] for name in MEMBERS},
        "steps": (measured + 1).tolist(),
        "accuracy": {
            name: [
                [round(float(a), 4) for a in run.series[f"{name}.accuracy"][measured]]
                for run in runs
            ]
            for name in MEMBERS
        },
        "versions": {package: version(package) for package in ("torch", "numpy", "safetensors")},
        "command": catalogue.command(NAME),
        "sha256": hashlib.sha256(code).hexdigest(),
        "bytes": len(code),
    }
    (folder / f"{NAME}.json").write_text(json.dumps(card) + "\n", encoding="utf-8")
