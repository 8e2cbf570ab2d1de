"""The job "series": RNN, GRU and LSTM learn to forecast a real series, and are judged.

Config: `core.recurrent.series.setting.SeriesSetting`. One step is one step of the optimiser. CELL
stands for each member of the run, WHO for each of them and for persistence, seasonal and
autoregression.

Series, one value a step:
    CELL.loss        training loss before the step, as outputs are measured
    CELL.validation  the same on the calibration part after the step, about 25 times; nan between
Marks, at the end of a chunk, on the held-out part:
    WHO.error     root mean squared error, in units
    WHO.over      the same over that of persistence
    WHO.coverage  share within intervals that are to hold nine of ten
    WHO.width     half the width of an interval on average, in units
    WHO.lag       which shift of the truth fits best what was said
    WHO.repeats   1 where that is an earlier row, and those before it fit worse again
    WHO.stands    1 better than persistence, 0 alike, -1 worse
    outside       share of the held-out part beyond all that was trained on
    drifts        1 where that is more than a tenth, else 0
    first_calibrated, first_judged   the rows at which these parts begin
Pictures, float32:
    times, truth, scaled (T,)   the series: days since 1970, in units, as a network reads it
    WHO.forecast (N,)           what was said of the held-out part
    CELL.low, CELL.high (N,)    its intervals
    CELL.lags (S,)              its error against the truth of 0, 1, ... rows before
"""

from __future__ import annotations

from core.recurrent.series.goals import BEYOND
from core.recurrent.series.members import Members
from core.recurrent.series.opened import number
from core.recurrent.series.program import program
from core.recurrent.series.setting import SeriesSetting
from core.training.learner import job

JOB = job(
    "series",
    Members,
    read=SeriesSetting.read,
    write=SeriesSetting.write,
    inspections={"number": number},
    program=program,
    goals=(BEYOND,),
)
