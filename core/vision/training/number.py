"""One number of a run's network on one picture, after its edits: how it comes about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from core.opened import Cell, Opened, Rules, Trace, latex, wire
from core.opened import program as written
from core.training.job import State
from core.vision.models import normalise
from core.vision.rules import net_arrays, net_rules, read_cell, write_cell
from core.vision.training.edits import Edited, stretch
from core.vision.training.inspections import Inspection, edited_net, ink_of
from core.vision.training.setting import CnnSetting


def declared(net: Edited) -> Rules:
    """The rules of a network after the edits."""
    return net_rules(net.net, off=net.off, stretched=net.resized is not None)


def arrays(net: Edited, ink: torch.Tensor) -> Trace:
    """Every array that the rules speak of.

    Args:
        net: the network.
        ink: of the picture, (28, 28) in [0, 1].
    """
    maps = net.maps(normalise(ink)[None, None])
    trace = net_arrays(net.net, ink, maps)
    if net.resized is None:
        return trace
    matrix = stretch(*net.resized)
    last = list(maps)[list(maps).index("stretched") - 1]
    rows = torch.einsum("cij,hi->chj", trace[last], matrix)
    return trace | {"stretch": matrix, "stretched_rows": rows}


def opened(setting: CnnSetting, state: State, query: Mapping[str, str]) -> Opened:
    """The number "number" of the picture "image" in the network after "edits".

    Without a number it is the largest of the probabilities.

    Raises:
        Refusal: it cannot be read, or there is no such number.
    """
    net = edited_net(setting, state, query)
    trace = arrays(net, ink_of(query))
    likeliest = Cell("probabilities", (int(trace["probabilities"].argmax()),))
    return declared(net).open(trace, read_cell(query.get("number", "")) or likeliest)


def number(setting: CnnSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """Its arithmetic, for the picture: "number" as in a link, and "opened"."""
    shown = opened(setting, state, query)
    return {"number": write_cell(shown.cell), "opened": wire(shown)}


def formula(setting: CnnSetting, state: State, query: Mapping[str, str]) -> dict[str, str]:
    """The same as LaTeX and as a program that prints it: "number", "latex", "program"."""
    shown = opened(setting, state, query)
    note = f"Of a network after {state.step} steps"
    return {
        "number": write_cell(shown.cell),
        "latex": latex(shown),
        "program": written(shown, note=note),
    }


INSPECTIONS: dict[str, Inspection] = {"number": number, "formula": formula}
