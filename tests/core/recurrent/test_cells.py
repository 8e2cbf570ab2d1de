"""The cells written out are torch's own cells."""

import math

import pytest
import torch
from torch import nn

from core.recurrent.cells import BLOCKS, GATES, KINDS, NETWORKS, kind_of, step, unroll, weights


def build(kind, inputs=2, hidden=5, layers=1):
    with torch.random.fork_rng():
        torch.manual_seed(3)
        return NETWORKS[kind](inputs, hidden, layers, batch_first=True)


def inputs(*shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(4))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layers", [1, 2, 3])
@pytest.mark.parametrize(("size", "hidden"), [(1, 1), (1, 32), (3, 128)])
def test_equal_to_torch(kind, layers, size, hidden):
    network = build(kind, size, hidden, layers)
    x = inputs(4, 50, size)
    with torch.no_grad():
        output, last = network(x)
        found = unroll(network, x)
    assert len(found) == layers
    assert all(set(gates) == set(GATES[kind]) for gates in found)
    assert all(gate.shape == (4, 50, hidden) for gates in found for gate in gates.values())
    assert (found[-1]["h"] - output).abs().max() < 1e-6
    h, c = last if kind == "lstm" else (last, None)
    for layer, gates in enumerate(found):
        assert (gates["h"][:, -1] - h[layer]).abs().max() < 1e-6
        if c is not None:
            assert (gates["c"][:, -1] - c[layer]).abs().max() < 1e-6


@pytest.mark.parametrize("kind", KINDS)
def test_goes_on_from_given_states(kind):
    network, x = build(kind, layers=2), inputs(3, 20, 2)
    with torch.no_grad():
        whole = unroll(network, x)
        first = unroll(network, x[:, :7])
        h = torch.stack([gates["h"][:, -1] for gates in first])
        c = torch.stack([gates.get("c", gates["h"])[:, -1] for gates in first])
        second = unroll(network, x[:, 7:], h, c)
    for name in GATES[kind]:
        joined = torch.cat([first[1][name], second[1][name]], 1)
        assert (joined - whole[1][name]).abs().max() < 1e-6


def test_an_lstm_by_hand():
    """One unit, one step: sigmoid(0) = 0.5 for every gate but those that a bias opens."""
    network = nn.LSTM(1, 1, batch_first=True)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.zero_()
        network.bias_ih_l0[2] = 0.5  # the candidate
        network.weight_ih_l0[1] = 2.0  # the forget gate
        gates = step(
            "lstm", weights(network, 0), torch.ones(1, 1), torch.zeros(1, 1), torch.ones(1, 1)
        )
    assert gates["input"].item() == gates["output"].item() == 0.5
    assert gates["forget"].item() == pytest.approx(0.8807970780)
    assert gates["candidate"].item() == pytest.approx(0.4621171573)
    assert gates["c"].item() == pytest.approx(0.8807970780 + 0.5 * 0.4621171573)
    assert gates["h"].item() == pytest.approx(0.5 * math.tanh(0.8807970780 + 0.5 * 0.4621171573))


@pytest.mark.parametrize("kind", KINDS)
def test_gates_stay_in_their_ranges_and_gradients_pass(kind):
    network, x = build(kind), inputs(2, 9, 2).requires_grad_()
    (gates,) = unroll(network, x)
    for name, gate in gates.items():
        low = 0.0 if name in ("input", "forget", "output", "reset", "update") else -1.0
        assert name == "c" or (gate.min() >= low and gate.max() <= 1.0)
    explicit = torch.autograd.grad(gates["h"][:, -1].sum(), x)[0]
    theirs = torch.autograd.grad(network(x)[0][:, -1].sum(), x)[0]
    assert (explicit - theirs).abs().max() < 1e-6


def test_kinds_and_blocks():
    for kind in KINDS:
        network = build(kind)
        assert kind_of(network) == kind
        assert network.weight_hh_l0.shape == (5 * len(BLOCKS[kind]), 5)


def test_what_does_not_fit_is_refused():
    network = build("rnn")
    with pytest.raises(ValueError, match=r"Inputs are \(B, T, 2\)"):
        unroll(network, torch.zeros(2, 3, 1))
    with pytest.raises(ValueError, match="Inputs"):
        unroll(network, torch.zeros(2, 0, 2))
    with pytest.raises(ValueError, match="no layer 1"):
        weights(network, 1)
    with pytest.raises(ValueError, match="one direction"):
        unroll(nn.LSTM(2, 3, bidirectional=True, batch_first=True), torch.zeros(1, 2, 2))
    with pytest.raises(ValueError, match="tanh"):
        unroll(nn.RNN(2, 3, nonlinearity="relu", batch_first=True), torch.zeros(1, 2, 2))
    with pytest.raises(ValueError, match="none of"):
        kind_of(nn.Linear(1, 1))
