"""How the gradient's norms open: Jacobians equal torch's, factors multiply to the norm."""

import math

import pytest
import torch

from core.recurrent.cells import KINDS, Gates, Kind, step
from core.recurrent.through_time.gradient import GradientSetting, passed, way
from core.recurrent.through_time.rules import (
    GradientNumber,
    GradientQuestion,
    answer,
    arrays,
    opened,
    written,
)
from core.schema import Refusal
from tests.core.opened.test_opened import printed

SETTING = GradientSetting(length=9, hidden=5, forget_bias=1.0, scale=1.5, seed=3)


def state(gates: Gates) -> torch.Tensor:
    return torch.cat([gates["h"], gates["c"]], -1) if "c" in gates else gates["h"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("at", [1, 4, 8])
def test_a_jacobian_is_torchs(kind: Kind, at: int) -> None:
    run = passed(kind, SETTING)
    x = torch.randn(SETTING.length, 1, 1, generator=_after_the_weights(kind))

    def next_state(before: torch.Tensor) -> torch.Tensor:
        h, c = before[:5], before[5:] if kind == "lstm" else before
        return state(step(kind, run.weights, x[at], h[None], c[None]))[0]

    before = state({name: gate[at - 1] for name, gate in run.gates.items()})
    wanted = torch.func.jacrev(next_state)(before)
    torch.testing.assert_close(arrays(kind, SETTING, at)["jacobian"], wanted)


def _after_the_weights(kind: Kind) -> torch.Generator:
    """The generator of the setting, where the inputs are drawn from it."""
    generator = torch.Generator().manual_seed(SETTING.seed)
    for values in vars(passed(kind, SETTING).weights).values():
        torch.empty(values.shape).uniform_(generator=generator)
    return generator


@pytest.mark.parametrize("kind", KINDS)
def test_the_factors_multiply_to_every_norm_however_small(kind: Kind) -> None:
    setting = GradientSetting(length=60)
    norms = way(kind, setting).norms
    for at in (1, 20, 60):
        shown = opened(setting, GradientNumber(kind, at))
        assert shown.value == norms[at - 1]
        assert shown.total == pytest.approx(norms[at - 1], rel=1e-6)
        factor = opened(setting, GradientNumber(kind, 60, at))
        assert factor.total == pytest.approx(factor.value, rel=1e-4)
    text = written(setting, GradientNumber(kind, 1))
    assert text["latex"].endswith(f"10^{{{math.floor(math.log10(norms[0]))}}}")
    (value,) = printed(text["program"])
    assert value == pytest.approx(norms[0], rel=1e-5)


def test_the_mean_of_the_forget_gate_opens_into_its_steps_and_units() -> None:
    setting = GradientSetting(length=6, hidden=4, forget_bias=1.0)
    shown = opened(setting, GradientNumber("lstm", gate=True))
    assert shown.value == pytest.approx(way("lstm", setting).forget)
    assert shown.total == pytest.approx(shown.value)
    assert shown["x"].shape == (6, 4)
    (value,) = printed(written(setting, GradientNumber("lstm", gate=True))["program"])
    assert value == pytest.approx(shown.value, rel=1e-6)


def test_the_picture_gets_the_number_that_was_asked_for() -> None:
    query = {"cell": "gru", "step": 2, "factor": 3, "unit": 4, "row": None, "gate": None}
    found = answer(GradientQuestion.read({"setting": SETTING.write(), "number": query}))
    assert found["query"] == query and found["hidden"] == 5
    assert found["number"]["kind"] == "dot" and found["number"]["count"] == 5


@pytest.mark.parametrize(
    "number", [{"step": 10}, {"step": 2, "factor": 10}, {"factor": 2, "unit": 10}]
)
def test_what_is_not_there_is_refused(number: dict[str, int]) -> None:
    with pytest.raises(Refusal, match=r"no number|no step"):
        opened(SETTING, GradientNumber.read({"cell": "gru"} | number))
