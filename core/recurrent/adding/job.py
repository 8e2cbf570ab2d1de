"""The job "adding": RNN, GRU and LSTM learn the adding problem, one of them or all in a race.

Names of what a run reports, for each CELL that takes part ("rnn", "gru", "lstm"):
    series   "CELL.loss"    mean squared error of each step's batch
    marks    "CELL.test"    mean squared error on 256 fixed sequences that are not trained on
             "trivial"      the error there of always saying the mean
    pictures "values" (6, T), "marked" (6, T), "truth" (6,), "CELL.says" (6,): test sequences
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from core.recurrent.adding.opened import number
from core.recurrent.adding.program import program
from core.recurrent.adding.task import BATCH, Adding, networks, sequences, test_set
from core.recurrent.cells import Kind
from core.recurrent.race import Race
from core.training import carried
from core.training.carried import Carried
from core.training.job import State
from core.training.learner import job, loaded

SHOWN = 6


class Adders(Race):
    """The members of a run."""

    def __init__(self, config: Adding) -> None:
        """Stand at the start."""
        self.config = config
        models = networks(config)
        generator = torch.Generator().manual_seed(config.seed)
        super().__init__(models, "adam", config.clip, generator)
        self.series = tuple(f"{kind}.loss" for kind in models)

    def batch(self, count: int) -> tuple[Tensor, Tensor]:
        """Sequences and their sums."""
        assert self.batches
        return sequences(BATCH, self.config.length, self.batches)

    def loss(self, batch: tuple[Tensor, Tensor], kind: Kind, count: int) -> Tensor:
        """Mean squared error."""
        x, truth = batch
        return F.mse_loss(self.models[kind](x), truth)

    def seen(self) -> tuple[dict[str, float], dict[str, Any]]:
        """What each member says to the test sequences."""
        x, truth = test_set(self.config.length)
        marks = {"trivial": float(truth.var(correction=0))}
        pictures: dict[str, Any] = {
            "values": x[:SHOWN, :, 0].numpy(),
            "marked": x[:SHOWN, :, 1].numpy(),
            "truth": truth[:SHOWN].numpy(),
        }
        with torch.no_grad():
            for kind, model in self.models.items():
                predicted = model(x)
                marks[f"{kind}.test"] = float(F.mse_loss(predicted, truth))
                pictures[f"{kind}.says"] = predicted[:SHOWN].numpy()
        return marks, pictures


def _carried(config: Adding, state: State) -> Carried:
    models = {str(kind): model for kind, model in networks(config).items()}
    loaded(state, models)
    return carried.members(models, test_set(config.length)[0][:1])


JOB = job(
    "adding",
    Adders,
    read=Adding.read,
    write=Adding.write,
    inspections={"number": number},
    program=program,
    carried=_carried,
)
