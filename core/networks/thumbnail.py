"""A network's layers as bars, for the map of the course."""

from __future__ import annotations

import math

from core.figures.sketch import Sketch
from core.networks.layers import layers
from core.networks.opening import Network


def sketch(network: Network) -> str:
    """A data URL: each layer as high as the logarithm of what it makes, those with weights dark."""
    drawn = Sketch(320, 112)
    rows = layers(network)
    wide = 300 / len(rows)
    for at, layer in enumerate(rows):
        high = 12 * math.log10(max(2, math.prod(layer.shape)))
        tone = "ink" if layer.parameters else "line"
        drawn.rectangle(10 + at * wide, 100 - high, wide * 0.8, high, fill=f"{tone}")
    return drawn.url()
