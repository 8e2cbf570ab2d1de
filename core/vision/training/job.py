"""The job "cnn": a convolutional network learns digits, live.

Names of what a run reports:
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
Inspections: see `core.vision.training.inspections`, `judging`, `scores`,
`rescoring`, `number` and `explained`.
"""

from __future__ import annotations

import torch

from core.training.carried import Carried
from core.training.job import State
from core.training.learner import job
from core.vision.training import (
    data,
    explained,
    inspections,
    judging,
    number,
    program,
    rescoring,
    scores,
)
from core.vision.training.goals import GOALS
from core.vision.training.setting import CnnSetting
from core.vision.training.trainer import Trainer


def _carried(setting: CnnSetting, state: State) -> Carried:
    net = inspections.net_of(setting, state)
    return Carried(net, {"image": torch.zeros(1, 1, 28, 28)}, ("logits",), batch=True)


JOB = job(
    "cnn",
    Trainer,
    read=data.with_data(CnnSetting),
    write=CnnSetting.write,
    inspections={
        **inspections.INSPECTIONS,
        **judging.INSPECTIONS,
        **scores.INSPECTIONS,
        **rescoring.INSPECTIONS,
        **number.INSPECTIONS,
        "batch": explained.batch,
    },
    long=frozenset({*judging.INSPECTIONS, *scores.INSPECTIONS}),
    program=program.source,
    carried=_carried,
    goals=GOALS,
)
