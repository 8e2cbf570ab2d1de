"""A shared weight's gradient is the sum over the steps, and a change of it moves all of them."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from core.recurrent.through_time.gradient import GradientSetting, drawn
from core.recurrent.through_time.sharing import LATE, shared


@pytest.mark.parametrize(
    "setting", [GradientSetting(), GradientSetting(length=7, hidden=3, seed=4)]
)
def test_the_gradient_is_the_sum_over_the_steps(setting: GradientSetting) -> None:
    found = shared(setting, 0.5)
    w, x, _ = drawn("rnn", setting)
    rnn = nn.RNN(1, setting.hidden)
    with torch.no_grad():
        for name, value in (("weight_ih", w.w_ih), ("weight_hh", w.w_hh), ("bias_ih", w.b_ih)):
            getattr(rnn, f"{name}_l0").copy_(value)
        rnn.bias_hh_l0.copy_(w.b_hh)
    out, _ = rnn(x)
    (out[-1].sum() / setting.hidden**0.5).backward()
    gradient = rnn.weight_hh_l0.grad
    assert gradient is not None
    assert found.gradient == pytest.approx(float(gradient[found.place]), rel=1e-4)
    assert found.terms.sum() == pytest.approx(found.gradient, rel=1e-4)
    assert abs(found.gradient) == pytest.approx(float(gradient.abs().max()), rel=1e-4)
    assert found.terms[0] == 0  # before the first step there is nothing to multiply


def test_a_change_at_every_step_moves_them_all_and_at_one_it_fades() -> None:
    found = shared(GradientSetting(), 0.5)
    assert found.all_move[0] == 0 and (found.all_move[1:] > 0).all()
    assert found.one_moves[1] == pytest.approx(found.all_move[1])
    assert found.one_moves[-1] < found.one_moves[1] / 1000
    sizes = np.abs(found.terms)
    assert sizes[-LATE:].sum() / sizes.sum() == pytest.approx(found.late)
    unchanged = shared(GradientSetting(), 0.0)
    assert not unchanged.all_move.any() and not unchanged.one_moves.any()
