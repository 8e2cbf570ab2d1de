"""The job "text": an RNN, GRU or LSTM learns a text letter by letter, and writes.

Config: `core.recurrent.text.setting.TextSetting`. One step is one stretch of BATCH streams.

Series, one value a step:
    loss       cross-entropy of the batch before the step, nats per letter
    held_out   nats per character of the held-out text, at about 25 steps; nan between
Marks, at the end of a chunk, perplexities per held-out character:
    perplexity         of the network
    gram1 ... gram5    of n-grams, which only count
Looks:
    sample     what it writes -> `core.recurrent.text.writing.sample`
    number     a number of that, opened -> `core.recurrent.text.opened.number`
    units      what its units follow -> `core.recurrent.text.units.units`
    reach      how far back a letter is felt -> `core.recurrent.text.reach.reach`
"""

from __future__ import annotations

import torch

from core.recurrent.text.goals import AGAIN, BETTER
from core.recurrent.text.learning import Learning
from core.recurrent.text.opened import number
from core.recurrent.text.program import source
from core.recurrent.text.reach import reach
from core.recurrent.text.setting import TextSetting
from core.recurrent.text.units import units
from core.recurrent.text.writer import trained
from core.recurrent.text.writing import sample
from core.training.carried import Carried
from core.training.job import State
from core.training.learner import job


def _carried(setting: TextSetting, state: State) -> Carried:
    model = trained(setting, state)
    letters = torch.zeros(1, setting.context, dtype=torch.int64)
    given = {
        "letters": model.pieces.numbered(letters),
        "states": model.begin(1),
    }
    return Carried(model, given, ("scores", "left"))


JOB = job(
    "text",
    Learning,
    read=TextSetting.read,
    write=TextSetting.write,
    inspections={"sample": sample, "number": number, "units": units, "reach": reach},
    looked={"sample": (AGAIN,)},
    goals=(BETTER,),
    program=source,
    carried=_carried,
)
