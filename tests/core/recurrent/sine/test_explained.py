"""The notes' sine program explained: the class is the network, and the plot is what they plot."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
import torch
from torch import nn

from core.recurrent.cells import KINDS, Kind
from core.recurrent.sine.explained import LEAST, PLOTTED, forgotten, notes, printed, written
from core.recurrent.sine.forecast import Forecaster, seeded
from core.recurrent.sine.job import JOB
from core.recurrent.sine.series import data
from core.recurrent.sine.setting import SineSetting


@pytest.mark.parametrize("output", ["every", "last"])
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("kind", KINDS)
def test_the_class_computes_what_the_network_computes(kind: str, layers: int, output: str) -> None:
    setting = SineSetting(cell=kind, layers=layers, hidden=5, output=output)
    known: dict[str, type[nn.Module]] = {}
    exec(written(setting, cast(Kind, kind)), {"nn": nn, "torch": torch}, known)
    (network,) = known.values()
    mine, theirs = network().eval(), Forecaster(cast(Kind, kind), 5, layers).eval()
    named = {k.replace("head.", "fc."): v for k, v in theirs.state_dict().items()}
    mine.load_state_dict(named)
    x = torch.rand(3, setting.length, 1)
    expected = theirs(x)
    wanted = expected[:, -1] if output == "last" else expected
    assert torch.allclose(mine(x), wanted, atol=1e-6)  # another shape adds up in another order


def test_the_notes_plot_glues_windows_together() -> None:
    setting = SineSetting(samples=200, cell="lstm", hidden=4)
    state, _log = JOB.start(setting)
    found = notes(setting, state, {})
    x, y = data(setting).train
    model = seeded("lstm", 4, 1, 0.0, setting.seed)
    out = model(x).detach()
    assert np.array_equal(found["true"], y.numpy().flatten()[:100])
    assert np.array_equal(found["every"], out.numpy().flatten()[:100])
    assert np.array_equal(found["last"], out[:, -1].numpy().flatten()[:100])
    assert len(found["last"]) == PLOTTED
    # two windows of 50: at the seam the curve jumps from the end of one to the start of the next
    assert found["jump"] == pytest.approx(abs(float(y[1, 0, 0] - y[0, -1, 0])))
    assert found["step"] == pytest.approx(float(y[:2, :, 0].diff(dim=1).abs().max()))
    assert found["train"] == pytest.approx(float((out - y).square().mean()), rel=1e-5)
    assert (found["least"], found["most"]) == (float(x.min()), float(x.max()))
    assert found["std"] == pytest.approx(float(x.numpy().std()))


@pytest.mark.parametrize("kind", KINDS)
def test_from_the_step_that_is_named_on_the_start_makes_no_difference(kind: str) -> None:
    model = seeded(cast(Kind, kind), 8, 1, 0.0, 0)
    x = torch.sin(torch.arange(50.0)).expand(2, 50)[..., None]
    step = forgotten(model, x)
    assert step
    ones = torch.ones(1, 2, 8)
    begun = (ones, torch.zeros_like(ones)) if kind == "lstm" else ones
    apart = (model(x) - model.head(model.rnn(x, begun)[0])).detach().abs().amax(dim=(0, 2))
    assert bool((apart[step:] < 0.01).all()) and float(apart[step - 1]) >= 0.01


def test_a_start_that_is_never_forgotten_is_told() -> None:
    model = seeded("rnn", 1, 1, 0.0, 0)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
        model.rnn.weight_hh_l0.fill_(5.0)  # tanh keeps 1 near 1, and 0 at 0
        model.head.weight.fill_(1.0)
    assert forgotten(model, torch.zeros(1, 50, 1)) is None


def test_the_printed_lines_are_those_of_the_notes_loop() -> None:
    setting = SineSetting(epochs=25)
    losses = [1 / (i + 1) for i in range(setting.steps)]
    theirs = [
        f"Epoch [{epoch + 1}/25], Loss: {losses[(epoch + 1) * setting.batches - 1]:.4f}"
        for epoch in range(25)
        if (epoch + 1) % 10 == 0
    ]
    assert printed(setting, losses) == [*theirs, "Finished Training"]
    assert printed(setting, losses[: 10 * setting.batches]) == theirs[:1]
    assert f"{LEAST:.4f}" == "0.0001" and f"{0.999 * LEAST:.4f}" == "0.0000"
