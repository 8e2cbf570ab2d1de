"""The page in small: the cat, and what the first layer's maps make of it."""

from __future__ import annotations

from core.figures.sketch import Sketch
from core.vision.imagenet.pictures import SET, shipped


def thumbnail() -> str:
    """The first picture of the set and, without any weights, its edges: a data URL."""
    grey = shipped(SET[0]).mean(0)
    side = min(grey.shape)
    left = (grey.shape[1] - side) // 2
    square = grey[:side, left : left + side]
    small = square[: side // 5 * 5, : side // 5 * 5].unfold(0, 5, 5).unfold(1, 5, 5).mean((2, 3))
    sketch = Sketch(320, 112)
    sketch.pixels((1 - small).numpy(), 8, 8, 96, 96, largest=1.0)
    down, across = small.diff(dim=0)[:, :-1], small.diff(dim=1)[:-1]
    edges = (across.abs(), down.abs(), (across + down).abs(), (across - down).abs())
    for place, edge in enumerate(edges):
        x, y = 128 + 52 * (place % 2), 8 + 50 * (place // 2)
        sketch.pixels(edge.numpy(), x, y, 46, 46)
    sketch.text(240, 60, "1,000")
    return sketch.url()
