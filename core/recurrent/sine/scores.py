"""How good the networks of a run are, beside what needs no network, and what they draw."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.recurrent.cells import Kind
from core.recurrent.sine.baselines import TwoTap, two_tap
from core.recurrent.sine.forecast import Forecaster, free_run
from core.recurrent.sine.series import HORIZON, Course, Data, data
from core.recurrent.sine.setting import SineSetting

FREE = 8
"""Validation windows that are run freely after each chunk."""

Marks = dict[str, float]
Pictures = dict[str, NDArray[np.float32]]


def scored(setting: SineSetting, series: Tensor) -> Tensor:
    """The part of (B, T, 1) that loss and scores count: after the warm-up, or the last alone."""
    return series[:, -1:] if setting.output == "last" else series[:, setting.warm_up :]


def loss_of(setting: SineSetting, output: Tensor, targets: Tensor) -> Tensor:
    """Mean squared error over what is scored."""
    return (scored(setting, output) - scored(setting, targets)).square().mean()


@torch.inference_mode()
def outputs(model: Forecaster, x: Tensor) -> Tensor:
    """One-step outputs as in evaluation, (B, T, 1) -> (B, T, 1)."""
    training = model.training
    model.eval()
    output: Tensor = model(x)
    model.train(training)
    return output


def error(setting: SineSetting, output: Tensor, targets: Tensor) -> float:
    """Mean squared error over what is scored of (B, T, 1), in float64."""
    wrong = scored(setting, output).double() - scored(setting, targets).double()
    return float(wrong.square().mean())


def validation(setting: SineSetting, known: Data, model: Forecaster) -> float:
    """One-step mean squared error on all validation windows."""
    x, y = known.validation
    return error(setting, outputs(model, x), y)


def measure(setting: SineSetting, models: Mapping[Kind, Forecaster]) -> tuple[Marks, Pictures]:
    """All marks and pictures of the job "sine"; their names are listed there."""
    known = data(setting)
    fixed, drawn, course = _baselines(setting)
    marks, pictures, after = dict(fixed), dict(drawn), course.after
    x, y = known.validation
    train_x, train_y = known.train[0][:1], known.train[1][:1]
    shown = torch.tensor(course.shown, dtype=torch.float32)[..., None]
    for cell, model in models.items():
        out, trained = outputs(model, x), outputs(model, train_x)
        freely = free_run(model, shown, after.shape[1]).double().numpy()
        wrong = (freely - after) ** 2  # (examples, horizon)
        marks[f"{cell}.one_step"] = error(setting, out, y)
        marks[f"{cell}.free_run"] = float(wrong.mean())
        marks[f"{cell}.one_step.drawn"] = error(setting, out[:1], y[:1])
        marks[f"{cell}.free_run.drawn"] = float(wrong[0].mean())
        marks[f"{cell}.train.drawn"] = error(setting, trained, train_y)
        pictures[f"{cell}.one_step"] = as_drawn(setting, out[0])
        pictures[f"{cell}.train"] = as_drawn(setting, trained[0])
        pictures[f"{cell}.free_run"] = freely[0].astype(np.float32)
    return marks, pictures


def rule_of(setting: SineSetting) -> TwoTap:
    """The two-tap rule that a run is held against."""
    return two_tap(data(setting), sine=setting.kind in ("notes", "sine"))


def courses(known: Data, warm: int, horizon: int) -> Course:
    """The true series of the first validation windows together: shown (E, W), after (E, F).

    Windows near the end of a table, which have less after them than the first, are left out.
    """
    windows = range(min(FREE, len(known.validation[0])))
    first = known.course("validation", 0, warm, horizon)
    stretches = [first]
    for window in windows[1:]:
        course = known.course("validation", window, warm, horizon)
        if len(course.after) == len(first.after):
            stretches.append(course)
    return Course(
        np.stack([course.shown for course in stretches]),
        np.stack([course.targets for course in stretches]),
        np.stack([course.after for course in stretches]),
    )


@lru_cache(8)
def _baselines(setting: SineSetting) -> tuple[Marks, Pictures, Course]:
    """What does not depend on the networks: computed once for a run."""
    known, rule = data(setting), rule_of(setting)
    course = courses(known, setting.length, HORIZON)
    shown, after = course.shown, course.after
    horizon = after.shape[1]
    x, y = known.validation
    # The rule needs two values and is scored where it has them.
    taps = scored(setting, torch.from_numpy(rule.one_step(x.double().numpy()[..., 0]))[..., None])
    wrong = (taps - scored(setting, y).double()).square()
    freely = np.stack([rule.free_run(series, horizon) for series in shown])
    marks = {
        "warm": float(setting.length),
        "horizon": float(horizon),
        "persistence": error(setting, x, y),
        "two_tap": float(wrong[~wrong.isnan()].mean()),
        "persistence.free_run": float(((shown[:, -1:] - after) ** 2).mean()),
        "two_tap.free_run": float(((freely - after) ** 2).mean()),
    }
    train_x, train_y = known.train
    pictures = {
        "train.input": train_x[0, :, 0].numpy(),
        "train.truth": train_y[0, :, 0].numpy(),
        "input": x[0, :, 0].numpy(),
        "truth": y[0, :, 0].numpy(),
        "free.truth": np.concatenate([shown[0], after[0]]).astype(np.float32),
        "two_tap.free_run": freely[0].astype(np.float32),
    }
    return marks, pictures, course


def as_drawn(setting: SineSetting, series: Tensor) -> NDArray[np.float32]:
    """(T, 1) -> (T,); where only the last output is trained, the others are left out."""
    drawn = series[:, 0].numpy().copy()
    if setting.output == "last":
        drawn[:-1] = np.nan
    return drawn
