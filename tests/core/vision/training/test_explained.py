"""The notes' program explained: the class computes what the network does, and slopes are slopes."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from core.training.record import record
from core.vision.nets import PLANS, build
from core.vision.training import data
from core.vision.training.explained import FEW, batch, gradient, printed, written
from core.vision.training.job import JOB
from core.vision.training.layers import layers
from core.vision.training.setting import OWN, CnnSetting

SETTING = CnnSetting(data="pen", images=200, architecture="tiny", batch=20, epochs=1.0)


@pytest.mark.parametrize("norm", [False, True])
@pytest.mark.parametrize("architecture", [*PLANS, OWN])
def test_the_class_computes_what_the_network_computes(architecture: str, norm: bool) -> None:
    setting = CnnSetting(architecture=architecture, norm=norm)
    source = written(setting)
    known: dict[str, type[nn.Module]] = {}
    exec(source, {"nn": nn}, known)
    (network,) = known.values()
    mine, theirs = network().eval(), build(setting.plan).eval()
    mine.load_state_dict(theirs.state_dict())
    x = torch.rand(2, 1, 28, 28)
    assert torch.allclose(mine(x), theirs(x), atol=1e-6)
    assert "(N, 1, 28, 28)" in source and source.count("# (N,") == 1 + len(layers(setting.plan))


def test_a_batch_is_the_run_s_own() -> None:
    state = record(JOB, SETTING, keep=1, chunk=10).saved[-1].state
    found = batch(SETTING, state, {})
    assert found["images"] == {"size": [20, 1, 28, 28], "type": "torch.FloatTensor"}
    assert found["labels"] == {"size": [20], "type": "torch.LongTensor"}
    _, labels = data.batch(SETTING, 0)
    assert found["first"] == labels[:5].tolist()
    lightest, between, darkest = found["pixels"]
    assert (lightest["byte"], lightest["normalised"]) == (0, -1.0)
    assert 0 < between["byte"] <= darkest["byte"] <= 255
    for pixel in found["pixels"]:
        assert pixel["ink"] == pytest.approx(pixel["byte"] / 255, abs=1e-6)
        assert pixel["normalised"] == pytest.approx((pixel["ink"] - 0.5) / 0.5, abs=1e-6)
    x, labels = data.batch(SETTING, 0)
    assert found["gradient"] == gradient(SETTING, state, x[:FEW], labels[:FEW])


def test_a_gradient_is_the_slope_that_a_small_move_shows() -> None:
    state = record(JOB, SETTING, keep=1, chunk=10).saved[-1].state
    found = batch(SETTING, state, {})["gradient"]
    assert found["gradient"] != 0
    assert found["slope"] == pytest.approx(found["gradient"], rel=1e-5)


def test_the_printed_lines_are_those_of_the_notes_loop() -> None:
    setting = CnnSetting(data="mnist", images=13_000, batch=64, epochs=2.0)  # 204 batches each
    losses = [float(i) for i in range(setting.steps)]
    theirs = []
    for epoch in range(2):  # as the notes have it
        running_loss = 0.0
        for i in range(setting.batches):
            running_loss += losses[epoch * setting.batches + i]
            if i % 100 == 99:
                theirs.append(f"[Epoch {epoch + 1}, Batch {i + 1}] loss: {running_loss / 100:.3f}")
                running_loss = 0.0
    assert printed(setting, losses) == [*theirs, "Finished Training"]
    assert printed(setting, losses[:150]) == theirs[:1]
