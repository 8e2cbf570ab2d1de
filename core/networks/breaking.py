"""A kernel or a unit of a network is broken: its weights become zero, its bias stays."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from core.networks.graph import Graph
from core.networks.layers import broken_axis, layers
from core.networks.opening import Network
from core.schema import Refusal, mark

MOST = 64
_WRITTEN = re.compile(r"(?:layer_\d{1,4}\.\d{1,5})(?:,layer_\d{1,4}\.\d{1,5})*")

FORM = mark("What is broken is written as {example}.")
NO_KERNEL = mark("There is no kernel {name} here.")
MANY = mark("At most {most} kernels can be broken at once.")


@dataclass(frozen=True)
class Broken:
    """A kernel: of which layer, and which of its maps or units."""

    layer: str
    at: int


def read(text: str) -> tuple[Broken, ...]:
    """Kernels as a question and a link write them.

    >>> read("layer_1.3,layer_4.0")
    (Broken(layer='layer_1', at=3), Broken(layer='layer_4', at=0))

    Raises:
        Refusal: they are not written so, or are too many.
    """
    if not text:
        return ()
    if not _WRITTEN.fullmatch(text):
        raise Refusal(FORM, example="layer_1.3,layer_4.0")
    parts = [part.split(".") for part in text.split(",")]
    if len(parts) > MOST:
        raise Refusal(MANY, most=MOST)
    return tuple(Broken(layer, int(at)) for layer, at in parts)


def broken(network: Network, kernels: tuple[Broken, ...]) -> Network:
    """The network with those weights at zero; the one that is given stays as it is.

    Raises:
        Refusal: it has no such kernel.
    """
    if not kernels:
        return network
    by_name = {layer.array: layer for layer in layers(network)}
    weights = dict(network.graph.weights)
    for each in kernels:
        layer = by_name.get(each.layer)
        axis = broken_axis(network, layer.node) if layer else None
        if layer is None or axis is None:
            raise Refusal(NO_KERNEL, name=f"{each.layer}.{each.at}")
        name = layer.node.inputs[1]
        if each.at >= weights[name].shape[axis]:
            raise Refusal(NO_KERNEL, name=f"{each.layer}.{each.at}")
        weight = weights[name].clone()
        weight.select(axis, each.at).zero_()
        weights[name] = weight
    graph = network.graph
    return replace(network, graph=Graph(graph.inputs, graph.outputs, graph.nodes, weights))
