"""The shipped trainings of the job "bert", there to be seen before any other has begun."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from core.language.bert.job import JOB
from core.language.bert.setting import BertSetting
from core.training import shipped
from core.training.record import record
from core.weights import FOLDER

RUNS: dict[str, dict[str, Any]] = {
    "bert_run": {},
    "bert_sentiment_run": {"objective": "sentiment"},
    "bert_sentiment_scratch_run": {"objective": "sentiment", "start": "scratch"},
}
_STORED = {"bert_run": 5}
"""Saved states, by run; of the others 3."""


def make(name: str, folder: Path = FOLDER) -> None:
    """Train on one thread and write the recording with its card; weights as float16."""
    torch.set_num_threads(1)
    recording = record(JOB, BertSetting.read(RUNS[name]), keep=_STORED.get(name, 3))
    shipped.ship(recording, name, folder, "stories of core/language/bert/stories.py")
