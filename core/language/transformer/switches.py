"""What each switch of the training does, measured: medians of three seeds, shipped as JSON."""

from __future__ import annotations

import json
import statistics
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import torch

from core import catalogue
from core.language.transformer.job import JOB
from core.language.transformer.setting import TransformerSetting
from core.training.record import record

FILE = Path(__file__).with_name("switches.json")
SEEDS = (1, 2, 3)
BASES = (
    TransformerSetting("copy", steps=300),
    TransformerSetting("sort", steps=500),
    TransformerSetting("en-ko", steps=300),
)
CHANGES: dict[str, dict[str, Any]] = {
    "as it is": {},
    "positions": {"positions": False},
    "mask": {"mask": False},
    "scaling": {"scaling": False},
    "one head": {"heads": 1},
    "smoothing": {"smoothing": 0.1},
    "warm-up": {"warm_up": 0},
}
_MEASURED = ("loss", "token_accuracy", "exact")


@cache
def results() -> list[dict[str, Any]]:
    """For each task and change: its name, the steps, and at their end three medians.

    "loss" of the last 20 batches, and on held-out pairs "token_accuracy" (fed the truth) and
    "exact" (whole sentences, decoded greedily).

    Raises:
        ValueError: the file is missing or damaged; the sentence names the command.
    """
    try:
        rows: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
        whole = all({"task", "change", "steps", *_MEASURED} <= set(row) for row in rows)
    except (OSError, ValueError, TypeError):
        whole = False
    if not whole:
        again = catalogue.command("transformer_switches")
        raise ValueError(f"What the switches do is missing. Measure it with: {again}") from None
    return rows


def measure() -> None:
    """Train every task with every change, and write what came out."""
    torch.set_num_threads(1)
    rows = []
    for base in BASES:
        for name, change in CHANGES.items():
            ends = [_end(replace(base, seed=seed, **change)) for seed in SEEDS]
            middle = {key: statistics.median(end[key] for end in ends) for key in _MEASURED}
            rows.append({"task": base.task, "change": name, "steps": base.steps, **middle})
            print(rows[-1], flush=True)
    FILE.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def _end(setting: TransformerSetting) -> dict[str, float]:
    """The last marks, and the loss of the last 20 batches."""
    recording = record(JOB, setting, keep=2, chunk=100)
    return {**recording.saved[-1].marks, "loss": float(recording.series["loss"][-20:].mean())}
