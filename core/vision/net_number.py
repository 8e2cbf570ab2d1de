"""One number of one of several networks that see a picture: how it comes about.

It is written as the network's name, the layer and the place: "now.probabilities.3".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from torch import Tensor

from core.opened import Opened, wire
from core.schema import Refusal, mark
from core.vision.nets import DigitNet
from core.vision.rules import net_arrays, net_rules, read_cell

Seen = Mapping[str, tuple[DigitNet, Tensor]]
"""Networks by name, each with the ink that it sees, (28, 28) in [0, 1]."""


def opened(nets: Seen, text: str) -> Opened:
    """The arithmetic of a number.

    Raises:
        Refusal: it cannot be read, or there is no such number.
    """
    name, _, place = text.partition(".")
    cell = read_cell(place)
    if name not in nets or cell is None:
        raise Refusal(mark("There is no number {place} here."), place=text[:40])
    net, ink = nets[name]
    net.eval()
    return net_rules(net).open(net_arrays(net, ink), cell)


def answer(nets: Seen, text: str) -> dict[str, Any]:
    """Its arithmetic, for the picture: "number" as it was asked, and "opened"."""
    return {"number": text, "opened": wire(opened(nets, text))}
