"""What the tab "Why not a plain network" asks while something is moved, and what it paints."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import torch

from core.schema import Record, mark, nested, whole
from core.vision.drawing import Drawing, strokes
from core.vision.ink import as_bytes, as_text
from core.vision.plain import network as plain
from core.vision.plain.network import Layers
from core.vision.preprocess import render
from core.vision.shuffled.data import order, shuffle


@dataclass(frozen=True)
class PlainQuestion(Record):
    """One question of the tab.

    Attributes:
        drawing: strokes; it is flattened and shuffled.
        layers: the two layers whose cost is compared.
        shuffle: seed of the shuffle.
    """

    drawing: Drawing = strokes()
    layers: Layers = nested(Layers, Layers())
    shuffle: int = whole(1, label=mark("seed of the shuffle"))


def answer(question: PlainQuestion) -> dict[str, Any]:
    """Everything that the tab paints.

    "order" tells for each of the 784 places of the shuffled picture which pixel stands there.
    "neighbour" is how far a pixel's right and lower neighbour lie from it once it is flattened.
    """
    layers = question.layers
    picture = torch.from_numpy(render(question.drawing))
    return {
        "connected": asdict(plain.cost(layers.connected(), layers.side)),
        "convolution": asdict(plain.cost(layers.convolution(), layers.side)),
        "inputs": layers.side**2 * layers.channels,
        "neighbour": plain.apart(layers.side),
        "drawing": {
            "values": picture.tolist(),
            "shuffled": shuffle(picture[None], question.shuffle)[0].tolist(),
            "order": order(question.shuffle).tolist(),
            "neighbour": plain.apart(plain.PIXELS),
            "distance": [
                plain.mean_distance(plain.PIXELS, None),
                plain.mean_distance(plain.PIXELS, question.shuffle),
            ],
            "broken": plain.broken(question.shuffle),
        },
    }


def drawn(drawing: Drawing) -> str:
    """The drawing's 784 pixels as text, as the job "shuffled" takes them."""
    return as_text(as_bytes(render(drawing)))
