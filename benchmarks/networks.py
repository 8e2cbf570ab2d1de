"""Networks of one's own: how many of twenty open, and how far they are from PyTorch."""

from __future__ import annotations

import torch

from benchmarks.figures import Figure, Values, measures
from core.networks import opening, running
from core.schema import Refusal
from tests.core.networks.zoo import EXAMPLES


@measures(
    Figure(
        "networks.own_open",
        "of 20 networks in plain PyTorch, exported to ONNX, those that open",
        "found",
        at_least=18,
    ),
    Figure(
        "networks.own_error",
        "largest difference of their outputs from PyTorch's",
        "error",
        at_most=1e-5,
    ),
)
def own() -> Values:
    """Each is exported by PyTorch, read, and run on noise."""
    found, error = 0, 0.0
    for example in EXAMPLES:
        network, given, content = example.exported()
        try:
            opened = opening.read("network.onnx", content)
        except Refusal:
            continue
        inputs = zip(opened.graph.inputs, given, strict=True)
        made = running.run(opened.graph, {each.name: x for each, x in inputs})
        with torch.no_grad():
            difference = made[opened.graph.outputs[0]] - network(*given)
        found += 1
        error = max(error, float(difference.abs().max()))
    return {"networks.own_open": found, "networks.own_error": error}
