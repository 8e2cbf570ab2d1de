"""`python -m core.recurrent.record NAME`: train a shipped example anew, write it with its card."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, NamedTuple

import torch

from core.recurrent import adding, examples
from core.recurrent.sine import job as sine
from core.recurrent.sine import presets
from core.recurrent.words import job as words
from core.training.job import Job
from core.training.record import record


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


def make(name: str) -> None:
    """Train one example on one thread and write it."""
    torch.set_num_threads(1)
    example = EXAMPLES[name]
    recording = record(example.job, example.job.read(example.config), keep=example.keep)
    about = {
        "data": example.data,
        "versions": {package: version(package) for package in ("torch", "numpy", "safetensors")},
    }
    examples.save(name, recording, about)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m core.recurrent.record", description=__doc__)
    parser.add_argument("name", choices=list(EXAMPLES))
    make(parser.parse_args().name)
