"""Where the parameters of a network for digits are: in its convolutions, or in its head."""

from __future__ import annotations

from torch import nn

from core.vision.architectures.heads import heads
from core.vision.models import SimpleCNN
from core.vision.nets import PLANS, build


def test_the_parameters_are_those_of_the_networks() -> None:
    found = {head.name: head for head in heads()}
    assert list(found) == list(PLANS)
    for name, head in found.items():
        net = build(PLANS[name]())
        linear = [layer for layer in net if isinstance(layer, nn.Linear)]
        assert head.head == sum(p.numel() for layer in linear for p in layer.parameters())
        assert head.features + head.head == sum(p.numel() for p in net.parameters())
        assert head.inputs == linear[0].in_features
        assert 0.98 < head.accuracy < 1
    simple = found["simple"]
    assert simple.features + simple.head == sum(p.numel() for p in SimpleCNN().parameters())
    assert found["tiny"].pooled and not simple.pooled
    assert found["tiny"].head < simple.head / 1000
