"""The shipped training of the job "it", there to be seen before any other has begun."""

from __future__ import annotations

from pathlib import Path

import torch

from core.attention.trained.sentences.grammar import data
from core.attention.trained.training.job import JOB
from core.attention.trained.training.setting import ReferentSetting
from core.training import shipped
from core.training.record import record
from core.weights import FOLDER

NAME = "it_run"
_STATES = 9


def make(folder: Path = FOLDER) -> None:
    """Train on one thread and write the recording with its card; weights as float16."""
    torch.set_num_threads(1)
    recording = record(JOB, ReferentSetting(), keep=_STATES)
    shipped.ship(
        recording,
        NAME,
        folder,
        data("en"),
    )
