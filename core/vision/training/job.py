"""The job "cnn": a convolutional network learns digits, live.

Names of what a run tells:
    series   "loss", "accuracy"   cross-entropy (nats) and share right of each step's batch
             "rate"               the learning rate of the step
             "validation_loss", "validation_accuracy"   on fixed digits never learned from, after
                                  every `CnnSetting.every`-th step and the last; nan between
    marks    "validation_accuracy"   when it was last measured
             "epoch"                 passes over the digits so far
             "images_per_second"     learned from, in the steps of this chunk
             "share.data", "share.forward", "share.loss", "share.backward", "share.update"
                                     of the time of these steps; they add up to 1
    pictures "kernels" (C, k, k)     of the first convolution
             "gradients" (L, 2)      of the last batch: norm, and norm over the weights' norm, for
                                     each layer with weights
             "confusion" (10, 10)    validation digits with label i called j
Looks: see `core.vision.training.looks`, `judging` and `rescoring`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from core.training.job import Failure, Job, Log, State
from core.vision.training import data, judging, looks, program, rescoring
from core.vision.training.setting import CnnSetting
from core.vision.training.trainer import PARTS, Trainer, rate_of


def _read(given: Mapping[str, Any]) -> CnnSetting:
    """As `CnnSetting.read`; without "data", of what this machine has."""
    return CnnSetting.read({"data": data.available()} | dict(given))


def start(setting: CnnSetting) -> tuple[State, Log]:
    """The state before the first step; see `core.training.job.Job`."""
    trainer = Trainer(setting)
    trainer.judge(data.judged(setting.data, "validation", data.SEEN))
    return trainer.pack(), Log({}, _marks(trainer), _pictures(trainer))


def advance(
    setting: CnnSetting, state: State, budget: int, learning_rate: float
) -> tuple[State, Log]:
    """Go on; see `core.training.job.Job`."""
    with torch.random.fork_rng(devices=[]):  # dropout draws from torch's global generator
        return _advance(setting, Trainer(setting, state), budget, learning_rate)


def _advance(
    setting: CnnSetting, trainer: Trainer, budget: int, highest: float
) -> tuple[State, Log]:
    names = ("loss", "accuracy", "rate", "validation_loss", "validation_accuracy")
    series: dict[str, list[float]] = {name: [] for name in names}
    failure: Failure | None = None
    for _ in range(min(budget, setting.steps - trainer.step)):
        rate = rate_of(setting, trainer.step, highest)
        found = trainer.learn(highest)
        if found is None:
            failure = "diverged"
            break
        judged = (math.nan, math.nan)
        if trainer.step % setting.every == 0 or trainer.step == setting.steps:
            loss = trainer.judge(data.judged(setting.data, "validation", data.SEEN))
            judged = loss, trainer.accuracy
        for name, value in zip(names, (*found, rate, *judged), strict=True):
            series[name].append(value)
    arrays = {name: np.array(values, np.float32) for name, values in series.items()}
    return trainer.pack(), Log(arrays, _marks(trainer), _pictures(trainer), failure=failure)


def _marks(trainer: Trainer) -> dict[str, float]:
    marks = {
        "validation_accuracy": trainer.accuracy,
        "epoch": trainer.step / trainer.setting.batches,
    }
    if total := sum(trainer.seconds.values()):
        marks["images_per_second"] = trainer.digits / total
        marks |= {f"share.{part}": trainer.seconds[part] / total for part in PARTS}
    return marks


def _pictures(trainer: Trainer) -> Mapping[str, NDArray[np.float32]]:
    first = next(layer for layer in trainer.net.children() if isinstance(layer, nn.Conv2d))
    gradients = []
    none = [None] * len(trainer.parameters)  # before the first step
    named = zip(trainer.net.named_parameters(), trainer.gradients or none, strict=True)
    for (name, weight), gradient in named:
        if name.endswith(".weight") and not name.startswith("norm"):
            length = math.nan if gradient is None else float(gradient.float().norm())
            gradients.append((length, length / max(float(weight.detach().norm()), 1e-30)))
    return {
        "kernels": first.weight.detach()[:, 0].contiguous().numpy().copy(),
        "gradients": np.array(gradients, np.float32),
        "confusion": trainer.confusion.numpy().astype(np.float32),
    }


JOB = Job(
    name="cnn",
    read=_read,
    write=CnnSetting.write,
    steps=lambda setting: setting.steps,
    learning_rate=lambda setting: setting.learning_rate,
    start=start,
    advance=advance,
    looks={**looks.LOOKS, **judging.LOOKS, **rescoring.LOOKS},
    long=frozenset(judging.LOOKS),
    program=program.source,
)
