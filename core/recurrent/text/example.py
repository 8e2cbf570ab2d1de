"""Train the shipped runs on the shipped texts, and write each with its card."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from core.recurrent.text.job import JOB
from core.training import shipped
from core.training.record import record
from core.weights import FOLDER

KEPT = 5
"""States of a run that are kept."""
EXAMPLES: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "text_en": (
        {"cell": "gru", "hidden": 256, "context": 48, "learning_rate": 0.004, "steps": 1600},
        "Lewis Carroll, Alice's Adventures in Wonderland, public domain",
    ),
    "text_ko": (
        {"language": "ko", "unit": "jamo", "dropout": 0.5, "steps": 600},
        "the Constitution of the Republic of Korea, public domain",
    ),
}
"""What is trained, and on what."""


def make(name: str, folder: Path = FOLDER) -> None:
    """Train on one thread; of each state the weights are kept, as float16."""
    torch.set_num_threads(1)
    config, data = EXAMPLES[name]
    recording = record(JOB, JOB.read(config), keep=KEPT)
    shipped.ship(recording, name, folder, data=data)
