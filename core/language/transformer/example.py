"""A training of the job "translate" that ships, so that the page has one to look at at once.

python -m core.language.transformer.example    make it anew: a quarter of a minute
"""

from __future__ import annotations

from pathlib import Path

import torch

from core.language.transformer.job import JOB
from core.language.transformer.setting import Setting
from core.training import shipped
from core.training.record import record
from core.training.recording import Recording
from core.weights import FOLDER

NAME = "transformer_run"
COMMAND = "python -m core.language.transformer.example"
SETTING = Setting(steps=400)
_KEPT = 9


def example(folder: Path = FOLDER) -> Recording:
    """English to Korean, as the job's defaults make it.

    Raises:
        ValueError: the files are missing or damaged; the sentence names the command.
    """
    return shipped.load(NAME, folder, COMMAND)


def make(folder: Path = FOLDER) -> None:
    """Train on one thread and write the recording with its card; weights as float16."""
    torch.set_num_threads(1)
    found = record(JOB, SETTING, keep=_KEPT, chunk=SETTING.steps // (_KEPT - 1))
    shipped.ship(
        found,
        NAME,
        folder,
        "sentences of core/language/transformer/grammar.py; a fifth of the pairs held out",
        COMMAND,
    )


if __name__ == "__main__":
    make()
