"""Further views of a run on a series."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from core.recurrent.cells import GATES, KINDS
from core.recurrent.sine.broadcast import compared
from core.recurrent.sine.forecast import seeded
from core.recurrent.sine.job import JOB
from core.recurrent.sine.setting import SineSetting
from core.training.job import State

SMALL: dict[str, Any] = {"samples": 40, "length": 12, "hidden": 4, "cell": "race", "layers": 2}
Run = tuple[SineSetting, State]


@pytest.fixture(scope="module")
def run() -> Run:
    setting = SineSetting.read(SMALL)
    return setting, JOB.advance(setting, JOB.start(setting)[0], 5, 0.01)[0]


def inspect(run: Run, name: str, **query: str) -> Any:
    return JOB.inspections[name](*run, query)


def test_the_forecast_of_the_drawn_window_is_the_picture(run: Run) -> None:
    _, log = JOB.advance(run[0], run[1], 1, 0.0)
    found = inspect(run, "forecast")
    assert (found["example"], found["examples"], found["warm"], found["horizon"]) == (0, 8, 12, 150)
    for cell in KINDS:
        assert np.allclose(
            found["cells"][cell]["one_step"], log.pictures[f"{cell}.one_step"], atol=1e-6
        )
        assert np.allclose(
            found["cells"][cell]["free_run"], log.pictures[f"{cell}.free_run"], atol=1e-6
        )
        assert found["cells"][cell]["free_run_mse"] == pytest.approx(
            log.marks[f"{cell}.free_run.drawn"]
        )
        assert found["cells"][cell]["one_step_mse"] == pytest.approx(
            log.marks[f"{cell}.one_step.drawn"], rel=1e-5
        )
    assert found["two_tap"]["one_step_mse"] < 1e-13
    assert found["persistence"]["free_run"].tolist() == [found["truth"][11]] * 150


def test_another_warm_up_and_horizon(run: Run) -> None:
    found = inspect(run, "forecast", part="train", example="3", warm="30", horizon="500")
    assert found["truth"].shape == (530,) and found["targets"].shape == (30,)
    assert all(cell["free_run"].shape == (500,) for cell in found["cells"].values())


def test_the_gates_are_those_of_the_network(run: Run) -> None:
    for layer in (0, 1):
        found = inspect(run, "gates", layer=str(layer), example="2")
        assert found["layers"] == 2 and found["words"] is None
        for cell in KINDS:
            assert set(found["cells"][cell]) == set(GATES[cell])
            assert all(gate.shape == (12, 4) for gate in found["cells"][cell].values())
    from core.recurrent.sine.members import models

    model = models(*run)["lstm"]
    with torch.no_grad():
        out, _ = model.rnn(torch.tensor(found["series"])[None, :, None])
    assert np.abs(found["cells"]["lstm"]["h"] - out[0].numpy()).max() < 1e-6
    shown = model.head(out)[0, :, 0].detach().numpy()
    assert np.allclose(found["prediction"]["lstm"], shown, atol=1e-6)


def test_one_number_is_the_one_in_the_map(run: Run) -> None:
    gates = inspect(run, "gates", layer="1")["cells"]["gru"]
    found = inspect(run, "number", cell="gru", gate="update", layer="1", time="4", unit="2")
    value = pytest.approx(float(gates["update"][4, 2]), abs=1e-6)
    assert found["number"]["value"] == value


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("forecast", {"example": "8"}),
        ("forecast", {"example": "-1"}),
        ("forecast", {"warm": "1"}),
        ("forecast", {"warm": "201"}),
        ("forecast", {"horizon": "501"}),
        ("forecast", {"horizon": "1e2"}),
        ("forecast", {"horizon": "٣"}),
        ("forecast", {"part": "test"}),
        ("gates", {"layer": "2"}),
        ("gates", {"example": "9999999999"}),
        ("number", {"cell": "transformer"}),
        ("broadcast", {"windows": "0"}),
        ("broadcast", {"cell": ""}),
    ],
)
def test_bad_queries_are_refused(run: Run, name: str, query: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"\w{3}"):
        inspect(run, name, **query)


def test_the_notes_own_sizes_do_not_broadcast() -> None:
    last, targets = torch.zeros(1000, 1), torch.zeros(1000, 50, 1)
    found = compared(last, targets)
    assert found.reported is found.perfect is found.least is None and found.true == 0
    assert "1000" in str(found.refused) and "50" in str(found.refused)


def test_as_many_windows_as_steps_do() -> None:
    """By hand: output j against every window's target at time j."""
    targets = torch.randn(6, 6, 1, generator=torch.Generator().manual_seed(0))
    last = torch.randn(6, 1, generator=torch.Generator().manual_seed(1))
    found = compared(last, targets)
    by_hand = sum((last[j, 0] - targets[i, j, 0]).item() ** 2 for i in range(6) for j in range(6))
    assert found.reported == pytest.approx(by_hand / 36, rel=1e-5)
    assert found.true == pytest.approx((last[:, 0] - targets[:, -1, 0]).square().mean().item())
    assert found.refused is None and found.least is not None and found.perfect is not None
    assert 0 < found.least < min(found.reported, found.perfect)


def test_the_least_that_can_be_reported_is_reached_by_descent() -> None:
    targets = torch.randn(5, 5, 1, generator=torch.Generator().manual_seed(2))
    last = torch.zeros(5, 1, requires_grad=True)
    optimiser = torch.optim.SGD([last], lr=1.0)
    for _ in range(200):
        loss = (last - targets).square().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert compared(last, targets).least == pytest.approx(loss.item(), rel=1e-5)


def test_one_window_meets_all_its_targets() -> None:
    targets = torch.arange(5.0).reshape(1, 5, 1)
    found = compared(torch.tensor([[4.0]]), targets)
    assert found.true == 0 and found.reported == found.perfect == 6 and found.least == 2


def test_a_good_network_gets_a_bad_number() -> None:
    setting = SineSetting.read(
        {"cell": "lstm", "output": "last", "samples": 100, "batch": 20, "epochs": 40}
    )
    state, _ = JOB.advance(setting, JOB.start(setting)[0], 10**6, 0.01)
    found = JOB.inspections["broadcast"](setting, state, {})
    assert found["windows"] == found["length"] == 50 and found["cell"] == "lstm"
    assert found["true"] < 0.01 < 0.3 < found["reported"]
    assert found["all"]["reported"] is None and "80" in found["all"]["refused"]


def test_looks_work_on_a_state_without_its_optimiser(run: Run) -> None:
    from safetensors.torch import load, save

    setting, state = run
    kept = {k: t for k, t in load(state.tensors).items() if not k.startswith("optimiser")}
    found = JOB.inspections["forecast"](setting, State(state.step, save(kept)), {})
    assert np.array_equal(
        found["cells"]["rnn"]["free_run"], inspect(run, "forecast")["cells"]["rnn"]["free_run"]
    )


def test_the_look_of_a_network_is_without_dropout() -> None:
    model = seeded("lstm", 4, 2, 0.5, 0)
    assert isinstance(model.rnn, nn.LSTM) and model.rnn.dropout == 0.5
    setting = SineSetting.read(SMALL | {"dropout": 0.5})
    state, _ = JOB.start(setting)
    one, two = (JOB.inspections["forecast"](setting, state, {}) for _ in range(2))
    assert np.array_equal(one["cells"]["lstm"]["one_step"], two["cells"]["lstm"]["one_step"])
