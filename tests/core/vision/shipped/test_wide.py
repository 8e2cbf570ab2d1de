"""The stages in which the best single network is trained, on a handful of digits."""

from __future__ import annotations

from copy import deepcopy

import pytest
import torch
from torch.nn.functional import cross_entropy, log_softmax, softmax

from core.vision.mnist import Digits
from core.vision.nets import PLANS, DigitNet, Plan, build
from core.vision.shipped import wide
from core.vision.shipped.fitting import halved
from core.vision.shipped.wide import Stage, fit

SMALL = Plan(("conv 4 3 1", "max 2 2", "fc 16"), norm=True, dropout=0.5)
G = torch.Generator().manual_seed(0)
X = torch.randn(32, 1, 28, 28, generator=G)
LABELS = torch.randint(0, 10, (32,), generator=G)
OPINIONS = softmax(torch.randn(32, 10, generator=G), 1)


def digits() -> Digits:
    g = torch.Generator().manual_seed(1)
    images = torch.randint(0, 256, (256, 28, 28), generator=g, dtype=torch.uint8)
    return Digits(images, torch.randint(0, 10, (256,), generator=g))


def trained(begin: DigitNet | None, radius: float) -> DigitNet:
    return fit(
        begin,
        lambda: [build(PLANS["tiny"]()).eval()],
        digits(),
        Stage(3, 4, 0.05, radius),
        lambda net: "",
        steps=2,
    )


def test_a_stage_has_the_same_bits_twice_whatever_was_drawn_before() -> None:
    first = trained(None, 0.0)
    torch.randn(7)
    assert same(first, trained(None, 0.0))
    on = trained(first, 0.05)
    assert same(on, trained(first, 0.05)) and not same(on, first)
    assert not same(on, trained(first, 0.0))


def same(one: DigitNet, other: DigitNet) -> bool:
    both = zip(one.state_dict().values(), other.state_dict().values(), strict=True)
    return all(torch.equal(a, b) for a, b in both)


def gradients(net: DigitNet, radius: float) -> tuple[float, list[torch.Tensor]]:
    torch.manual_seed(5)
    loss = wide._gradients(net, X, LABELS, OPINIONS, radius)
    return loss, [p.grad.clone() for p in net.parameters() if p.grad is not None]


def test_the_gradient_is_taken_up_the_slope_and_nothing_else_moves() -> None:
    torch.manual_seed(2)
    net = build(SMALL).train()
    here, there, high = net, deepcopy(net), deepcopy(net)
    loss, slope = gradients(here, 0.0)
    said, found = gradients(there, 0.1)
    length = torch.sqrt(sum(((g**2).sum() for g in slope), torch.zeros(())))
    with torch.no_grad():
        for p, g in zip(high.parameters(), slope, strict=True):
            p += 0.1 * g / length
    _, expected = gradients(high, 0.0)
    assert said == loss
    for g, e, s in zip(found, expected, slope, strict=True):
        assert torch.allclose(g, e, atol=1e-3) and not torch.equal(g, s)
    for a, b in zip(here.state_dict().items(), there.state_dict().items(), strict=True):
        if not a[0].endswith("num_batches_tracked"):
            assert torch.allclose(a[1], b[1], atol=1e-6), a[0]


def test_half_of_the_target_is_the_opinion_of_the_teachers() -> None:
    said = 3 * torch.randn(32, 10, generator=torch.Generator().manual_seed(4))
    hard = float(cross_entropy(said, LABELS))
    own = softmax(said / wide.TEMPERATURE, 1)
    assert float(wide._loss(said, LABELS, own)) == pytest.approx(hard / 2, abs=1e-6)
    soft = log_softmax(said / wide.TEMPERATURE, 1)
    apart = (OPINIONS * (OPINIONS.log() - soft)).sum(1).mean()
    expected = (hard + wide.TEMPERATURE**2 * float(apart)) / 2
    assert float(wide._loss(said, LABELS, OPINIONS)) == pytest.approx(expected, rel=1e-5)


def test_a_network_is_halved_as_a_file_would_do_it() -> None:
    net = build(PLANS["tiny"]()).bare()
    for name, tensor in halved(net).state_dict().items():
        assert torch.equal(tensor, net.state_dict()[name].half().float())
