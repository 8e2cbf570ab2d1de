"""A program to take away that repeats a run."""

from __future__ import annotations

from typing import Any

_RUN = '''"""Repeats a training of word vectors, bit by bit on the same machine.

Run it in the folder of Forward Pass.
"""

import torch

from core.language.embeddings import similarity
from core.language.embeddings.job import JOB, model_of
from core.training.record import record

torch.set_num_threads(1)
setting = JOB.read({config})
recording = record(JOB, setting, rates={rates})
for name, value in recording.saved[-1].marks.items():
    print(f"{{name}}: {{value:.4f}}")
vectors = model_of(setting, recording.saved[-1].state).words()
words = setting.corpus().words
for word in range(min(5, len(words))):
    found = similarity.near(vectors, word, 5)
    print(words[word], *(f"{{words[i]}} {{cosine:.3f}}" for i, cosine in found), sep="  ")
'''


def run(config: dict[str, Any], rates: tuple[tuple[int, float], ...]) -> str:
    """A program that repeats a run of the job "vectors"."""
    return _RUN.format(config=config, rates=rates)
