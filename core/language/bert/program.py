"""PyTorch to take away: a program that repeats a run of the job "bert"."""

from __future__ import annotations

from typing import Any

_RUN = '''"""Repeats a training of the small BERT, bit by bit on the same machine.

Run it in the folder of Forward Pass.
"""

import torch

from core.language.bert.job import JOB
from core.training.record import record

torch.set_num_threads(1)
config = {config}
recording = record(JOB, JOB.read(config), rates={rates})
for name, value in recording.saved[-1].marks.items():
    print(f"{{name}}: {{value:.4f}}")
'''


def run(config: dict[str, Any], rates: tuple[tuple[int, float], ...]) -> str:
    """A program that repeats a run."""
    return _RUN.format(config=config, rates=rates)
