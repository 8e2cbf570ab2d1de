"""Train the shipped races, and write each with its card."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import torch

from core.recurrent.adding import job as adding
from core.recurrent.sine import job as sine
from core.recurrent.sine import presets
from core.recurrent.words import job as words
from core.training import shipped
from core.training.job import Job
from core.training.learner import GENERATOR, OPTIMISER
from core.training.record import record
from core.weights import FOLDER


class Example(NamedTuple):
    """What is trained, with which config, how many of its states are kept, and on what data."""

    job: Job
    config: Mapping[str, Any]
    keep: int
    data: str


EXAMPLES: Mapping[str, Example] = {
    "sine_race": Example(
        sine.JOB, presets.PRESETS["race"], 12, "a sine in steps of 0.1, by formula"
    ),
    "words_race": Example(
        words.JOB, {"language": "en", "distance": 8, "steps": 320}, 9, "sentences, by grammar"
    ),
    "words_race_ko": Example(
        words.JOB, {"language": "ko", "distance": 14, "steps": 480}, 9, "sentences, by grammar"
    ),
    "adding_race": Example(adding.JOB, {"steps": 1500}, 11, "the adding problem, by formula"),
}


def make(name: str, folder: Path = FOLDER) -> None:
    """Train on one thread and write the recording, without its optimisers, with its card."""
    torch.set_num_threads(1)
    example = EXAMPLES[name]
    recording = record(example.job, example.job.read(example.config), keep=example.keep)
    shipped.write(
        recording,
        name,
        folder,
        keep=lambda tensor: not tensor.startswith((OPTIMISER, GENERATOR)),
        data=example.data,
    )
