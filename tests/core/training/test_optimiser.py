"""The one copy of each optimiser is torch's, number by number, and so is its line in a program."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from core.recurrent.sine.setting import SineSetting
from core.training.optimiser import ADAMW, RULES, Optimiser, Options, Rule, torch_line
from core.training.record import record
from core.vision.training.job import JOB as CNN
from core.vision.training.program import pieces
from core.vision.training.setting import CnnSetting

ROOT = Path(__file__).resolve().parents[3]
EVERY: dict[str, Rule] = {**RULES, "adamw": ADAMW}
CHOICES = {
    "defaults": Options(),
    "momentum": Options(momentum=0.7),
    "decay": Options(decay=0.1),
    "all": Options(momentum=0.8, beta=0.98, decay=0.01),
}


def network() -> nn.Module:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return nn.Sequential(nn.Linear(5, 33), nn.Tanh(), nn.Linear(33, 7))


def loss(model: nn.Module, step: int) -> torch.Tensor:
    x = torch.randn(4, 5, generator=torch.Generator().manual_seed(step))
    return (10 * model(x)).square().mean()


def theirs(rule: Rule, model: nn.Module, options: Options) -> Any:
    more: dict[str, Any] = {"weight_decay": options.decay}
    if rule.torch.startswith("Adam"):
        more["betas"] = (options.beta_1, options.beta)
    elif options.momentum:
        more["momentum"] = options.momentum
    if rule is ADAMW:
        more["fused"] = True
    return getattr(torch.optim, rule.torch)(model.parameters(), lr=0.01, **more)


@pytest.mark.parametrize("options", list(CHOICES.values()), ids=list(CHOICES))
@pytest.mark.parametrize("name", list(EVERY))
def test_equal_to_torch(name: str, options: Options) -> None:
    model, other = network(), network()
    ours = Optimiser(EVERY[name], list(model.parameters()), options)
    reference = theirs(EVERY[name], other, options)
    for step in range(20):
        rate = 0.01 / (1 + step)
        ours.descend(loss(model, step), step, rate)
        reference.zero_grad()
        loss(other, step).backward()  # type: ignore[no-untyped-call]
        reference.param_groups[0]["lr"] = rate
        reference.step()
    for mine, their in zip(model.parameters(), other.parameters(), strict=True):
        if name == "adamw":  # what it replaced was this kernel: the shipped runs need its bits
            assert torch.equal(mine, their)
        assert (mine - their).abs().max() < 2e-6


@pytest.mark.parametrize("name", list(RULES))
@pytest.mark.parametrize("options", list(CHOICES.values()), ids=list(CHOICES))
def test_its_line_in_a_program_makes_the_same_one(name: str, options: Options) -> None:
    model, other = network(), network()
    line = torch_line(name, "net.parameters()", "0.02", options)
    reference = eval(f"torch.optim.{line}", {"torch": torch, "net": other})
    ours = Optimiser(name, list(model.parameters()), options)
    for step in range(3):
        ours.descend(loss(model, step), step, 0.02)
        reference.zero_grad()
        loss(other, step).backward()  # type: ignore[no-untyped-call]
        reference.step()
    for mine, their in zip(model.parameters(), other.parameters(), strict=True):
        assert (mine - their).abs().max() < 2e-6


@pytest.mark.parametrize("name", list(EVERY))
def test_what_it_remembers_is_all_it_needs(name: str) -> None:
    model = network()
    one = Optimiser(EVERY[name], list(model.parameters()), CHOICES["all"])
    for step in range(3):
        one.descend(loss(model, step), step, 0.01)
    copied = copy.deepcopy(model)
    other = Optimiser(EVERY[name], list(copied.parameters()), CHOICES["all"])
    for key, tensor in other.tensors().items():
        tensor.copy_(one.tensors()[key])
    one.descend(loss(model, 3), 3, 0.01)
    other.descend(loss(copied, 3), 3, 0.01)
    for mine, their in zip(model.parameters(), copied.parameters(), strict=True):
        assert torch.equal(mine, their)


@pytest.mark.parametrize("name", list(EVERY))
def test_rows_move_as_the_whole_does(name: str) -> None:
    whole, rows = torch.ones(8, 3), torch.ones(8, 3)
    gradient = torch.randn(8, 3, generator=torch.Generator().manual_seed(1))
    one, other = (Optimiser(EVERY[name], [values], CHOICES["all"]) for values in (whole, rows))
    one.step([gradient], 0, 0.1)
    for part in (slice(3), slice(3, None)):
        other.move(0, part, gradient[part], 0, 0.1)
    assert torch.equal(whole, rows)


@pytest.mark.parametrize("name", list(EVERY))
def test_what_has_no_gradient_stays(name: str) -> None:
    moved, still = torch.ones(3), torch.ones(3)
    Optimiser(EVERY[name], [still, moved], CHOICES["all"]).step([None, torch.ones(3)], 0, 0.1)
    assert torch.equal(still, torch.ones(3)) and not torch.equal(moved, still)


def test_a_new_one_is_written_in_one_place() -> None:
    """Settings, programs and pages read it from the table: nothing else spells its name."""
    for setting in (SineSetting, CnnSetting):
        assert setting.schema["optimiser"].kind.options == tuple(RULES)
    files = [path for folder in ("core", "pages") for path in (ROOT / folder).rglob("*")]
    spelled = {
        path.relative_to(ROOT).as_posix()
        for path in files
        if path.suffix in (".py", ".js") and "rmsprop" in path.read_text("utf-8").lower()
    }
    assert spelled == {"core/training/optimiser.py"}


@pytest.mark.parametrize("name", list(RULES))
def test_every_job_with_a_choice_learns_with_it(name: str) -> None:
    """Also its program, which is run: it prints the losses of the run."""
    setting = CnnSetting(
        data="pen", images=100, architecture="own", channels=4, optimiser=name, epochs=0.2
    )
    recording = record(CNN, setting)
    assert np.isfinite(recording.series["loss"]).all() and recording.step == setting.steps
    assert CNN.program is not None
    line = f"torch.optim.{RULES[name].torch}("
    assert line in CNN.program(setting, ((0, 0.01),))
    (optimiser,) = (each for each in pieces(setting)["loss"] if "optimizer = " in each)
    assert optimiser.startswith(f"optimizer = {RULES[name].torch}(model.parameters(), lr=0.01")
