"""The forecasting network, ahead by one step and running freely."""

import pytest
import torch

from core.recurrent.cells import KINDS
from core.recurrent.sine.forecast import Forecaster, free_run, seeded


def shown(batch: int = 3, time: int = 20) -> torch.Tensor:
    return torch.randn(batch, time, 1, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layers", [1, 2, 3])
def test_running_freely_is_feeding_back(kind: str, layers: int) -> None:
    """The slow way: the whole network again over everything so far, for each further value."""
    model, x = seeded(kind, 8, layers, 0.3, 1).eval(), shown()
    found = free_run(model, x, 12)
    assert found.shape == (3, 12)
    with torch.no_grad():
        for _ in range(12):
            x = torch.cat([x, model(x)[:, -1:]], 1)
    assert (found - x[:, 20:, 0]).abs().max() < 1e-5


def test_it_leaves_the_model_as_it_was() -> None:
    model = seeded("lstm", 4, 2, 0.5, 0).train()
    before = [p.clone() for p in model.parameters()]
    one, two = free_run(model, shown(), 5), free_run(model, shown(), 5)
    assert torch.equal(one, two) and model.training
    assert all(torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))


def test_the_first_free_value_is_the_one_step_value() -> None:
    model, x = seeded("gru", 8, 1, 0.0, 1), shown()
    with torch.no_grad():
        assert torch.allclose(free_run(model, x, 1)[:, 0], model(x)[:, -1, 0], atol=1e-6)


def test_the_seed_makes_the_notes_network_and_touches_no_other_chance() -> None:
    torch.manual_seed(5)
    before = torch.get_rng_state()
    model = seeded("rnn", 32, 1, 0.0, 7)
    assert torch.equal(before, torch.get_rng_state())
    torch.manual_seed(7)
    rnn, head = torch.nn.RNN(1, 32, batch_first=True), torch.nn.Linear(32, 1)
    assert torch.equal(model.rnn.weight_hh_l0, rnn.weight_hh_l0)
    assert torch.equal(model.head.weight, head.weight)


def test_sizes() -> None:
    sizes = {kind: sum(p.numel() for p in Forecaster(kind, 32).parameters()) for kind in KINDS}
    assert sizes == {"rnn": 1153, "gru": 3393, "lstm": 4513}
