"""What is counted is what the cells do."""

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from core.recurrent.cells import BLOCKS, KINDS, NETWORKS, unroll
from core.recurrent.cost import cost, measure


class Counted(TorchDispatchMode):
    """Counts the multiply-adds of matrix products as torch carries them out."""

    def __init__(self):
        super().__init__()
        self.products = 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        if function.overloadpacket.__name__ in ("mm", "addmm"):
            left, right = args[-2:]
            self.products += left.shape[0] * left.shape[1] * right.shape[1]
        return function(*args, **(kwargs or {}))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("inputs", "hidden"), [(1, 1), (1, 32), (16, 24), (7, 3)])
def test_counts_are_those_of_torch(kind, inputs, hidden):
    network = NETWORKS[kind](inputs, hidden, batch_first=True)
    steps = 4
    with torch.no_grad(), Counted() as counted:
        unroll(network, torch.zeros(1, steps, inputs))
    found = cost(kind, inputs, hidden)
    assert found.parameters == sum(parameter.numel() for parameter in network.parameters())
    assert counted.products == steps * found.products
    assert found.blocks == len(BLOCKS[kind])


def test_known_figures():
    """The networks of the notes' sine, with the 33 parameters of the line behind them."""
    assert [cost(kind, 1, 32).parameters + 33 for kind in KINDS] == [1153, 3393, 4513]


def test_measured_times_are_those_of_a_step():
    found = measure(1, 8)
    assert tuple(found) == KINDS
    for each in found.values():
        assert 0.1 < each.forward < each.both < 100_000


@pytest.mark.parametrize("sizes", [(0, 1), (1, 0), (1, 1000), (1, 2.5), (True, 1)])
def test_sizes_out_of_bounds_are_refused(sizes):
    with pytest.raises(ValueError, match="whole number"):
        cost("rnn", *sizes)
    with pytest.raises(ValueError, match="whole number"):
        measure(*sizes)
