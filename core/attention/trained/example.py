"""The shipped training of the job "it", there to be seen before any other has begun."""

from __future__ import annotations

from pathlib import Path

import torch

from core.attention.trained.job import JOB
from core.attention.trained.setting import ReferentSetting
from core.training import shipped
from core.training.record import record
from core.weights import FOLDER

NAME = "it_run"
_KEPT = 9


def make(folder: Path = FOLDER) -> None:
    """Train on one thread and write the recording with its card; weights as float16."""
    torch.set_num_threads(1)
    found = record(JOB, ReferentSetting(), keep=_KEPT)
    shipped.ship(
        found,
        NAME,
        folder,
        "sentences of core/attention/trained/grammar.py; a fifth of the noun pairs held out",
    )
