"""Further views of a run on a series: other windows, longer forecasts, gates, the broadcast loss.

A query holds texts only; what it leaves out has a default. A bad one raises `Refusal`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import torch
from torch import Tensor

from core.recurrent.cell import gates as cell
from core.recurrent.cells import HAS
from core.recurrent.sine.broadcast import compared
from core.recurrent.sine.forecast import free_run
from core.recurrent.sine.members import models
from core.recurrent.sine.scores import as_drawn, error, outputs, rule_of
from core.recurrent.sine.series import HORIZON, data
from core.recurrent.sine.setting import SineSetting
from core.schema import Refusal, mark, whole
from core.training.job import State

Query = Mapping[str, str]
Shown = dict[str, Any]

LABELS = {
    "example": mark("example"),
    "warm": mark("warm-up"),
    "horizon": mark("horizon"),
    "layer": mark("layer"),
    "windows": mark("windows"),
}
MAX_WARM = 200
MAX_HORIZON = 500


def forecast(setting: SineSetting, state: State, query: Query) -> Shown:
    """Any window, warm-up and horizon: what follows one step ahead and freely.

    Query: part (validation), example (0), warm (the window's length) 2 to 200, horizon (150) 1 to
    500. In the answer W is the warm-up and F the horizon, which is shorter where a table ends.

    Returns:
        "part", "example", "examples" (how many there are), "warm", "horizon", "truth" (W + F,),
        "targets" (W,) of the one-step outputs; in "cells" for each member "one_step" (W,),
        "free_run" (F,), "one_step_mse" (over what the loss counts; nan where that is nothing) and
        "free_run_mse"; likewise "two_tap" and "persistence", over all that they can say.
    """
    known, part = data(setting), query.get("part", "validation")
    count = len(known.windows(part)[0])
    window = _whole(query, "example", 0, 0, count - 1)
    warm = _whole(query, "warm", setting.length, 2, MAX_WARM)
    horizon = _whole(query, "horizon", HORIZON, 1, MAX_HORIZON)
    shown, right, after = known.course(part, window, warm, horizon)
    x, y = (torch.tensor(v, dtype=torch.float32)[None, :, None] for v in (shown, right))
    cells = {}
    for kind, model in models(setting, state).items():
        out = outputs(model, x)
        freely = free_run(model, x, len(after))[0].double().numpy()
        cells[kind] = _both(as_drawn(setting, out[0]), error(setting, out, y), freely, after)
    rule = rule_of(setting)
    taps = rule.one_step(shown)
    still = np.full(len(after), shown[-1])
    return {
        "part": part,
        "example": window,
        "examples": count,
        "warm": warm,
        "horizon": len(after),
        "truth": np.concatenate([shown, after]),
        "targets": right,
        "cells": cells,
        "two_tap": _both(
            taps, float(np.nanmean((taps - right) ** 2)), rule.free_run(shown, len(after)), after
        ),
        "persistence": _both(shown, float(np.mean((shown - right) ** 2)), still, after),
    }


def _both(one_step: Any, one_step_error: float, freely: Any, after: Any) -> Shown:
    return {
        "one_step": one_step,
        "free_run": freely,
        "one_step_mse": one_step_error,
        "free_run_mse": float(np.mean((freely - after) ** 2)),
    }


def gates(setting: SineSetting, state: State, query: Query) -> Shown:
    """Every gate of one layer over one window, for each member.

    Query: part (validation), example (0), layer (0).

    Returns:
        "words" None, "series" (T,), "truth" (T,), "layers", "part", "example", "examples",
        "prediction": member -> (T,), "cells": member -> gate -> (T, H).
    """
    x, y, place = _window(setting, query)
    layer = _whole(query, "layer", 0, 0, setting.layers - 1)
    networks = models(setting, state)
    return place | {
        "words": None,
        "series": x[:, 0].numpy(),
        "truth": y[:, 0].numpy(),
        "layers": setting.layers,
        "prediction": {
            k: outputs(model, x[None])[0, :, 0].numpy() for k, model in networks.items()
        },
        "cells": {
            kind: {name: gate.numpy() for name, gate in cell.maps(model.rnn, x, layer).items()}
            for kind, model in networks.items()
        },
    }


def number(setting: SineSetting, state: State, query: Query) -> Shown:
    """The arithmetic of one gate or state, see `core.recurrent.cell.gates`, of the query's cell."""
    kind = query.get("cell", setting.cells[0])
    if kind not in setting.cells:
        raise Refusal(HAS, names=setting.cells)
    x, _, _ = _window(setting, query)
    model = {str(k): m for k, m in models(setting, state).items()}[kind]
    return cell.number(model.rnn, x, cell.place_of(query))


def broadcast(setting: SineSetting, state: State, query: Query) -> Shown:
    """The notes' broadcast with the numbers of this run.

    Query: cell (the LSTM if there is one), windows (as many as time steps): how many training
    windows are in the batch.

    Returns:
        The fields of `core.recurrent.sine.broadcast.Broadcast`, "cell", and "all": the same for all
        training windows at once, as the notes' full batch.
    """
    x, y = data(setting).train
    kind = query.get("cell", setting.cells[-1])
    if kind not in setting.cells:
        raise Refusal(HAS, names=setting.cells)
    count = _whole(query, "windows", min(setting.length, len(x)), 1, len(x))
    model = {str(k): m for k, m in models(setting, state).items()}[kind]
    last = outputs(model, x)[:, -1]  # (N, 1)
    some, everything = compared(last[:count], y[:count]), compared(last, y)
    return asdict(some) | {"cell": kind, "all": asdict(everything)}


def _window(setting: SineSetting, query: Query) -> tuple[Tensor, Tensor, Shown]:
    """The inputs and targets (T, 1) that a query names, and where they stand."""
    part = query.get("part", "validation")
    x, y = data(setting).windows(part)
    window = _whole(query, "example", 0, 0, len(x) - 1)
    return x[window], y[window], {"part": part, "example": window, "examples": len(x)}


def _whole(query: Query, name: str, default: int, least: int, most: int) -> int:
    field = whole(low=least, high=most, label=LABELS[name]).named(name)
    value: int = field.parse(query.get(name, str(default)))
    return value
