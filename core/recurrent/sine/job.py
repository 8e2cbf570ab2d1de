"""The job "sine": RNN, LSTM and GRU learn to forecast a series, one of them or all in a race.

Config: `core.recurrent.sine.setting.SineSetting`. One step is one step of the optimiser. CELL
stands for each member of the run.

Series, one value a step:
    CELL.loss        training loss before the step
    CELL.validation  mean squared error on the validation windows after the step, at about 25 steps
                     of the run that the config fixes; nan between
Marks, at the end of a chunk, mean squared errors on validation windows:
    CELL.one_step, CELL.free_run                 over all windows; over 150 steps after 8 of them
    CELL.one_step.drawn, CELL.free_run.drawn     of the window that is drawn
    CELL.train.drawn                             of the training window that is drawn
    persistence, two_tap, persistence.free_run, two_tap.free_run   the baselines, likewise
    warm, horizon                                lengths of the two parts of "free.truth"
Pictures, float32:
    train.input, train.truth, CELL.train (L,)    one training window, its targets, the outputs
    input, truth, CELL.one_step (L,)             one validation window, likewise
    free.truth (warm + horizon,)                 the series that is shown, and how it goes on
    CELL.free_run, two_tap.free_run (horizon,)   how each of them goes on
Where only the last output is trained, one-step pictures are nan before it.
"""

from __future__ import annotations

from core.recurrent.sine import attending, explained, inspections, members, opened
from core.recurrent.sine.goals import GOALS
from core.recurrent.sine.members import Members
from core.recurrent.sine.program import program
from core.recurrent.sine.series import data
from core.recurrent.sine.setting import SineSetting
from core.training import carried
from core.training.carried import Carried
from core.training.job import State
from core.training.learner import job


def _carried(setting: SineSetting, state: State) -> Carried:
    models = {str(kind): model for kind, model in members.models(setting, state).items()}
    return carried.members(models, data(setting).train[0][:1])


JOB = job(
    "sine",
    Members,
    read=SineSetting.read,
    write=SineSetting.write,
    inspections={
        "forecast": inspections.forecast,
        "gates": inspections.gates,
        "number": inspections.number,
        "score": opened.number,
        "broadcast": inspections.broadcast,
        "notes": explained.notes,
        "attention": attending.attention,
    },
    program=program,
    carried=_carried,
    goals=GOALS,
)
