"""What each layer of a network that runs here makes of a drawing: one map of each, as bytes.

The answer has the form of `core.vision.answer`: a head, then the codes. Of a convolution's maps the
one that varies most is shown, since blank paper makes some of them even; a pooling shows the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from core.headed import headed
from core.schema import REQUIRED, Record, choice
from core.vision.architectures.answer import network
from core.vision.architectures.table import ASIDE, KINDS, table
from core.vision.codes import codes
from core.vision.drawing import Drawing, strokes
from core.vision.models import normalise
from core.vision.nets import DigitNet
from core.vision.preprocess import render

RUNNING = {"simple": "simple", "lenet5": "lenet5", "alexnet_small": "alexnet", "vgg_small": "vgg"}
"""Networks of `published` that are trained and run here, each with its name in `answer.NETS`."""


@dataclass(frozen=True)
class StackQuestion(Record):
    """What does each layer of this network make of the drawing?"""

    net: str = choice(tuple(RUNNING), REQUIRED)
    drawing: Drawing = strokes()


@dataclass(frozen=True)
class Layer:
    """What one row of a network's table makes.

    Attributes:
        array: its name among the arrays of `core.vision.rules.net_arrays`.
        output: (C, H, W) or (N,), after its activation where it has one.
        front: which of its maps is shown; 0 of units.
    """

    array: str
    output: Tensor
    front: int

    @property
    def shown(self) -> Tensor:
        """(1, H, W) of that map, or all units (N,)."""
        return self.output[self.front, None] if self.output.dim() > 1 else self.output


def layers(net: DigitNet, x: Tensor) -> list[Layer]:
    """One entry for each row of the network's table.

    Args:
        net: which network.
        x: (1, 1, 28, 28), normalised.
    """
    made = net.maps(x)
    found: list[Layer] = []
    for name, layer in net.named_children():
        output = made[name][0]
        if isinstance(layer, nn.Conv2d | nn.Linear):
            found.append(Layer(name, output, _varied(output)))
        elif type(layer) in KINDS:
            found.append(Layer(name, output, found[-1].front))
        elif type(layer) in ASIDE:
            found[-1] = Layer(name, output, _varied(output))
    return found


def _varied(output: Tensor) -> int:
    return int(output.flatten(1).var(1).argmax()) if output.dim() > 1 else 0


@torch.inference_mode()
def answer(question: StackQuestion) -> bytes:
    """The picture, one map of each layer, and the ten probabilities.

    Raises:
        WeightsError: the network's weights are missing or damaged.
    """
    known = network(RUNNING[question.net])
    ink = torch.from_numpy(render(question.drawing))
    found = layers(known.net, normalise(ink)[None, None])
    rows = table(question.net).rows
    shown = {"": ink[None]} | {
        row.name: layer.shown for row, layer in zip(rows, found, strict=True)
    }
    signed = {name for name, tensor in shown.items() if tensor.min() < 0}
    sent, code = codes(shown, signed)
    head: dict[str, Any] = {
        "layers": sent,
        "net": question.net,
        "running": RUNNING[question.net],
        "arrays": [layer.array for layer in found],
        "fronts": [layer.front for layer in found],
        "blank": not question.drawing.strokes,
        "probabilities": torch.softmax(found[-1].output / known.temperature, 0).tolist(),
    }
    return headed(head, code)
