"""The influence of an input is the size of the Jacobian, by finite differences."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from core.recurrent.cell.influence import influence
from core.recurrent.cells import KINDS, NETWORKS, Kind


@pytest.mark.parametrize("kind", KINDS)
def test_influence_is_the_size_of_the_jacobian(kind: Kind) -> None:
    torch.manual_seed(2)
    net: nn.RNNBase = NETWORKS[kind](3, 7, 2, batch_first=True).double()
    x = torch.randn(6, 3, generator=torch.Generator().manual_seed(1)).double()
    found = influence(net, x)

    def last(values: torch.Tensor) -> torch.Tensor:
        return net(values[None])[0][0, -1].detach()

    step = 1e-5
    for t in range(len(x)):
        columns = []
        for i in range(x.shape[1]):
            change = torch.zeros_like(x)
            change[t, i] = step
            columns.append((last(x + change) - last(x - change)) / (2 * step))
        assert float(found[t]) == pytest.approx(float(torch.stack(columns).norm()), rel=1e-5)
