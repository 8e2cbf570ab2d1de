"""The shipped training of the job "translate", there to be seen before any other has begun."""

from __future__ import annotations

from pathlib import Path

import torch

from core.language.transformer.job import JOB
from core.language.transformer.setting import TransformerSetting
from core.training import shipped
from core.training.record import record
from core.weights import FOLDER

NAME = "transformer_run"
SETTING = TransformerSetting(steps=400)
_STATES = 9


def make(folder: Path = FOLDER) -> None:
    """Train on one thread and write the recording with its card; weights as float16."""
    torch.set_num_threads(1)
    recording = record(JOB, SETTING, keep=_STATES, chunk=SETTING.steps // (_STATES - 1))
    shipped.ship(
        recording,
        NAME,
        folder,
        "sentences of core/language/transformer/grammar.py; a fifth of the pairs held out",
    )
