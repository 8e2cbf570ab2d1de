"""The written-out optimisers are torch's."""

import copy

import pytest
import torch
from torch import nn

from core.recurrent.optimiser import MEMORIES, Optimiser
from core.recurrent.sine.forecast import seeded

THEIRS = {"adam": torch.optim.Adam, "rmsprop": torch.optim.RMSprop, "sgd": torch.optim.SGD}


def gradients(model: nn.Module, step: int) -> None:
    x = torch.randn(4, 9, 1, generator=torch.Generator().manual_seed(step))
    (10 * model(x)).square().mean().backward()


@pytest.mark.parametrize("name", list(MEMORIES))
@pytest.mark.parametrize("clip", [0.0, 0.5])
def test_equal_to_torch(name: str, clip: float) -> None:
    model = seeded("gru", 6, 2, 0.0, 0)
    their_model = copy.deepcopy(model)
    ours = Optimiser(name, model)
    theirs = THEIRS[name](their_model.parameters(), lr=0.01)
    for step in range(20):
        rate = 0.01 / (1 + step)
        ours.forget_gradient()
        gradients(model, step)
        length = ours.clip(clip)
        ours.step(step, rate)
        theirs.zero_grad()
        gradients(their_model, step)
        norm = nn.utils.clip_grad_norm_(their_model.parameters(), clip or 1e30)
        theirs.param_groups[0]["lr"] = rate
        theirs.step()
        assert length == pytest.approx(norm.item(), rel=1e-3)
    for mine, other in zip(model.parameters(), their_model.parameters(), strict=True):
        assert (mine - other).abs().max() < 2e-6


@pytest.mark.parametrize("name", list(MEMORIES))
def test_what_it_remembers_is_all_it_needs(name: str) -> None:
    model = seeded("rnn", 5, 1, 0.0, 0)
    one = Optimiser(name, model)
    for step in range(3):
        one.forget_gradient()
        gradients(model, step)
        one.step(step, 0.01)
    copied = copy.deepcopy(model)
    other = Optimiser(name, copied, one.memory)
    for optimiser, network in ((one, model), (other, copied)):
        optimiser.forget_gradient()
        gradients(network, 3)
        optimiser.step(3, 0.01)
    assert torch.equal(one.values, other.values)


def test_the_parameters_are_views_of_one_vector() -> None:
    model = seeded("lstm", 3, 2, 0.0, 0)
    optimiser = Optimiser("sgd", model)
    optimiser.values.zero_()
    assert all((p == 0).all() for p in model.parameters())
    assert optimiser.values.numel() == sum(p.numel() for p in model.parameters())


def test_a_gradient_beyond_float32_is_told() -> None:
    model = seeded("rnn", 3, 1, 0.0, 0)
    optimiser = Optimiser("adam", model)
    optimiser.gradient.fill_(1e30)
    assert optimiser.clip(1.0) == float("inf")
