"""What somebody brings is recognised, read, and held to what can be run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.networks import layer_list, limits, onnx_file
from core.networks.graph import Graph, brief
from core.networks.running import Sizes, sizes
from core.schema import Refusal, mark

PICKLE = mark(
    "A .pt or .pth file is a pickle, and opening one can run any program that somebody hid in it; "
    "so it is not opened. Where you trained, save the network as ONNX instead, with two lines: "
    "{line1} and {line2}"
)
EXPORT = (
    "network.eval()",
    'torch.onnx.export(network, torch.zeros(1, 1, 28, 28), "network.onnx", dynamo=False)',
)
"""The two lines, for pictures as large as those of MNIST."""
LARGE = mark("A file has at most {most:large} bytes here; this one has {size:large}.")
EMPTY = mark("This file is empty.")
OPEN = mark("This network leaves a size open: {axes}. Say how large it is to be.")
LARGE_INPUT = mark("The input {name} has {count:large} numbers; at most {most:large} are read.")

_PICKLES = (".pt", ".pth", ".bin", ".pkl", ".pickle", ".ckpt", ".joblib")
_PICKLED = (b"PK\x03\x04", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05", b"\x1f\x8b")
"""How a zip of PyTorch, a bare pickle and a packed one begin; no ONNX file does."""


@dataclass(frozen=True)
class Network:
    """A network that can be run.

    Attributes:
        name: of the file.
        graph: what it computes.
        shapes: of its inputs, in their order.
        sizes: what a pass takes.
        bytes: of its weights.
    """

    name: str
    graph: Graph
    shapes: Mapping[str, tuple[int, ...]]
    sizes: Sizes
    bytes: int = field(default=0)


def read(
    name: str, content: bytes, beside: bytes | None = None, axes: Mapping[str, int] | None = None
) -> Network:
    """The network of a file.

    Args:
        name: of the file; only its end counts.
        content: ONNX, or safetensors.
        beside: of safetensors, the list of layers.
        axes: sizes of axes that the network leaves open.

    Raises:
        Refusal: it is not opened; the sentence says why, and what can be done.
        OpenAxes: it leaves sizes open that `axes` does not give.
    """
    if name.lower().endswith(_PICKLES) or content.startswith(_PICKLED):
        raise Refusal(PICKLE, line1=EXPORT[0], line2=EXPORT[1])
    if len(content) > limits.FILE:
        raise Refusal(LARGE, most=limits.FILE, size=len(content))
    if not content:
        raise Refusal(EMPTY)
    safe = name.lower().endswith(".safetensors") or content[8:9] == b"{"
    graph = layer_list.read(content, beside) if safe else onnx_file.read(content)
    return network(brief(name), graph, axes)


class OpenAxes(Refusal):
    """Sizes are left open.

    Attributes:
        names: of the axes.
        name, graph: of the file, for `network` once they are known.
    """

    names: tuple[str, ...] = ()
    name: str = ""
    graph: Graph


def network(name: str, graph: Graph, axes: Mapping[str, int] | None = None) -> Network:
    """A graph with all sizes, held to the limits.

    Raises:
        OpenAxes: it leaves sizes open.
        Refusal: it cannot be run within the limits.
    """
    missing = tuple(axis for axis in graph.open_axes if axis not in (axes or {}))
    if missing:
        error = OpenAxes(OPEN, axes=tuple(map(brief, missing)))
        error.names, error.name, error.graph = missing, name, graph
        raise error
    shapes = {each.name: graph.shape(each, axes) for each in graph.inputs}
    for each, shape in shapes.items():
        count = 1
        for length in shape:
            count *= length
        if count > limits.INPUT:
            raise Refusal(LARGE_INPUT, name=brief(each), count=count, most=limits.INPUT)
    taken = sum(w.numel() * w.element_size() for w in graph.weights.values())
    return Network(name, graph, shapes, sizes(graph, shapes), taken)
