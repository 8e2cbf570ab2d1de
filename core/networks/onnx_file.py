"""A file in the format ONNX becomes a `Graph`: nothing of it is run, no other file is opened.

Limits come first, read off the bytes: a message of protocol buffers can take a hundred times its
bytes once it is parsed. Then `onnx.checker` holds it to the specification.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import onnx
import torch
from onnx import AttributeProto, GraphProto, ModelProto, TensorProto, numpy_helper
from torch import Tensor

from core.networks import limits
from core.networks.graph import Graph, Input, Node, brief, refuse_nan
from core.networks.operators.call import OPERATORS
from core.networks.operators.shapes import DTYPES
from core.schema import Refusal, mark

NO_ONNX = mark("This is no ONNX file, or it is damaged: it cannot be read to its end.")
BROKEN = mark("This ONNX file does not keep to the specification, so it is not run: {why}")
STRUCTURE = mark(
    "This ONNX file has more than {most:large} bytes beside its numbers. Export it without the "
    "notes of the exporter."
)
MANY = mark("This network has more than {most} nodes and weights.")
MANY_NODES = mark("This network has {count} nodes; at most {most} are run here.")
HEAVY = mark("The weights of this network take {size:large} bytes; at most {most:large} are held.")
EXTERNAL = mark(
    "The weights of this network lie in another file, and only one file is read here. Save it in "
    "one: onnx.save(onnx.load(file), name, save_as_external_data=False)."
)
FLOW = mark(
    "{op} at {place} runs a part of the network in a loop or under a condition, which is not done "
    "here. Export the network for one fixed input, so that the loop is unrolled."
)
FUNCTIONS = mark(
    "This network has functions of its own, {names}, which are not run here. Inline them: "
    "onnx.inliner.inline_local_functions(model)."
)
UNKNOWN = mark(
    "The operator {op} at {place} is not among those that are computed here. Export the network "
    "without that layer, or write the layer with others; the page lists all that are known."
)
TYPE = mark("{name} has numbers of the type {type}, which are not computed with here.")
UNSORTED = mark(
    "{op} at {place} reads {name}, which nothing has made before it: the network goes in a circle, "
    "or its nodes are out of order."
)
TWICE = mark("Two parts of this network make {name}.")
NO_INPUT = mark("This network has no input.")
NO_OUTPUT = mark("This network has no output.")
MANY_INPUTS = mark("This network has {count} inputs; at most {most} are read.")

_INPUTS = 16
_GRAPH, _INITIALIZER = 7, 5
_PACKED = frozenset({4, 5, 7, 9, 10, 11})
"""Fields of TensorProto that hold nothing but numbers, packed: float_data, int32_data, ..."""


def read(content: bytes) -> Graph:
    """The network of a file of at most `limits.FILE` bytes.

    Raises:
        Refusal: it is damaged, too large, or asks for what is not done here; the sentence says
            where, and what can be done.
    """
    _weigh(content)
    model = ModelProto()
    try:
        model.ParseFromString(content)
    except Exception:  # an error of protocol buffers, whose package is not one of ours
        raise Refusal(NO_ONNX) from None
    graph = model.graph
    if not graph.node and not graph.output:
        raise Refusal(NO_ONNX)
    _refuse_strange(model)
    try:
        onnx.checker.check_model(model)
    except Exception as error:  # of its C++ side: several kinds, none with a common base
        first = next((line for line in str(error).splitlines() if line.strip()), "")
        raise Refusal(BROKEN, why=brief(first)) from None
    versions = [each.version for each in model.opset_import if _is_standard(each.domain)]
    return _graph(graph, max(versions, default=17))


# -- how large it is, before it is parsed ----------------------------------------------------------


def _weigh(content: bytes) -> None:
    """Refuse what would take much more room than its bytes once it is parsed."""
    fields = beside = 0
    for number, start, end in _fields(content, 0, len(content)):
        if number != _GRAPH:
            beside += end - start
            continue
        for inner, begin, stop in _fields(content, start, end):
            fields += 1
            if fields > limits.FIELDS:
                raise Refusal(MANY, most=limits.FIELDS)
            beside += stop - begin
            if inner == _INITIALIZER:
                numbers = sum(
                    last - first
                    for field, first, last in _fields(content, begin, stop)
                    if field in _PACKED
                )
                beside -= numbers
            if beside > limits.STRUCTURE:
                raise Refusal(STRUCTURE, most=limits.STRUCTURE)


def _fields(content: bytes, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Number and span of each field of a message (protobuf.dev/programming-guides/encoding)."""
    while at < end:
        tag, at = _varint(content, at, end)
        kind = tag & 7
        if kind == 0:
            start = at
            _, at = _varint(content, at, end)
        else:
            length = {1: 8, 5: 4}.get(kind, -1)
            if kind == 2:
                length, at = _varint(content, at, end)
            if length < 0 or at + length > end:
                raise Refusal(NO_ONNX)
            start, at = at, at + length
        yield tag >> 3, start, at


def _varint(content: bytes, at: int, end: int) -> tuple[int, int]:
    value = shift = 0
    while at < end and shift < 70:
        byte = content[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
    raise Refusal(NO_ONNX)


# -- what it asks for ------------------------------------------------------------------------------


def _is_standard(domain: str) -> bool:
    return domain in ("", "ai.onnx")


def _refuse_strange(model: ModelProto) -> None:
    """Refuse what is not done here, before anything looks at it more closely."""
    graph = model.graph
    if not all(isinstance(name, str) for name in _names(model)):
        raise Refusal(NO_ONNX)  # bytes that are no text
    if model.functions:
        names = [brief(each.name) for each in model.functions[:5]]
        raise Refusal(FUNCTIONS, names=names)
    if len(graph.node) > limits.NODES:
        raise Refusal(MANY_NODES, count=len(graph.node), most=limits.NODES)
    for node in graph.node:
        op, place = brief(node.op_type), brief(node.name or next(iter(node.output), ""))
        for each in node.attribute:
            if each.type in (AttributeProto.GRAPH, AttributeProto.GRAPHS) or each.HasField("g"):
                raise Refusal(FLOW, op=op, place=place)
            for tensor in [each.t, *each.tensors] if each.HasField("t") else each.tensors:
                _refuse_external(tensor)
        if not _is_standard(node.domain):
            raise Refusal(UNKNOWN, op=brief(f"{node.domain}.{node.op_type}"), place=place)
        if node.op_type not in OPERATORS:
            raise Refusal(UNKNOWN, op=op, place=place)
    for tensor in graph.initializer:
        _refuse_external(tensor)
    if graph.sparse_initializer:
        name = brief(graph.sparse_initializer[0].values.name)
        raise Refusal(TYPE, name=name, type="sparse")


def _names(model: ModelProto) -> Iterator[Any]:
    """All texts of a file that are read here; protocol buffers hand out broken ones as bytes."""
    graph = model.graph
    for opset in model.opset_import:
        yield opset.domain
    for function in model.functions:
        yield function.name
    for node in graph.node:
        yield from (node.op_type, node.name, node.domain, *node.input, *node.output)
        yield from (each.name for each in node.attribute)
    for value in (*graph.input, *graph.output):
        yield value.name
        yield from (axis.dim_param for axis in value.type.tensor_type.shape.dim)
    yield from (tensor.name for tensor in graph.initializer)


def _refuse_external(tensor: TensorProto) -> None:
    if tensor.data_location == TensorProto.EXTERNAL or tensor.external_data:
        raise Refusal(EXTERNAL)


def _graph(graph: GraphProto, opset: int) -> Graph:
    weights = _weights(graph.initializer)
    inputs = tuple(_input(each) for each in graph.input if each.name not in weights)
    if not inputs:
        raise Refusal(NO_INPUT)
    if len(inputs) > _INPUTS:
        raise Refusal(MANY_INPUTS, count=len(inputs), most=_INPUTS)
    outputs = tuple(each.name for each in graph.output)
    if not outputs:
        raise Refusal(NO_OUTPUT)
    nodes = tuple(_node(each, opset) for each in graph.node)
    check(nodes, outputs, {*weights, *(each.name for each in inputs)})
    return Graph(inputs, outputs, nodes, weights)


def check(nodes: Sequence[Node], outputs: Sequence[str], known: set[str]) -> None:
    """Hold nodes to their order: each reads what is known, and makes what is new.

    Raises:
        Refusal: one reads what comes later or never, or makes what is there already.
    """
    for node in nodes:
        for name in node.inputs:
            if name and name not in known:
                op = brief(node.op)
                raise Refusal(UNSORTED, op=op, place=node.place, name=brief(name))
        for name in filter(None, node.outputs):
            if name in known:
                raise Refusal(TWICE, name=brief(name))
            known.add(name)
    if missing := [name for name in outputs if name not in known]:
        raise Refusal(UNSORTED, op="output", place=brief(missing[0]), name=brief(missing[0]))


def _weights(given: Sequence[TensorProto]) -> dict[str, Tensor]:
    size, found = 0, {}
    for tensor in given:
        size += _bytes(tensor)
        if size > limits.WEIGHTS:
            raise Refusal(HEAVY, size=size, most=limits.WEIGHTS)
        found[tensor.name] = _tensor(tensor)
    return found


def _bytes(tensor: TensorProto) -> int:
    """Of a tensor, from what it says of itself; torch holds half precision as float32."""
    count = 1
    for length in tensor.dims:
        count *= max(0, length)
    return 4 * count


def _tensor(given: TensorProto) -> Tensor:
    """A tensor of the file; floating point as float32, float64 as it is.

    Raises:
        Refusal: it has numbers of a strange type, none at all, or fewer than it says.
    """
    kind = DTYPES.get(given.data_type)
    name = brief(given.name or "Constant")
    if kind is None:
        types = TensorProto.DataType
        known = given.data_type in types.values()
        raise Refusal(TYPE, name=name, type=types.Name(given.data_type) if known else "?")
    if len(given.dims) > limits.RANK or _bytes(given) > limits.WEIGHTS:
        raise Refusal(HEAVY, size=_bytes(given), most=limits.WEIGHTS)
    try:
        values = numpy_helper.to_array(given)
        values = values.astype("float32") if kind is torch.bfloat16 else values.copy()
        tensor = torch.from_numpy(values)
    except (TypeError, ValueError):
        raise Refusal(NO_ONNX) from None
    if tensor.dtype == torch.float16:
        tensor = tensor.float()
    refuse_nan(name, tensor)
    return tensor


def _input(given: Any) -> Input:
    kind = given.type.tensor_type
    name = brief(given.name)
    if not given.type.HasField("tensor_type") or kind.elem_type not in DTYPES:
        raise Refusal(TYPE, name=name, type=given.type.WhichOneof("value") or "?")
    shape: list[int | str] = []
    for at, axis in enumerate(kind.shape.dim):
        if axis.HasField("dim_value") and axis.dim_value > 0:
            shape.append(axis.dim_value)
        else:
            shape.append(axis.dim_param or f"{given.name}.{at}")
    dtype = DTYPES[kind.elem_type]
    return Input(given.name, tuple(shape), _whole(dtype))


def _whole(dtype: torch.dtype) -> torch.dtype:
    """What is computed with in its place: half precision is read as float32."""
    return torch.float32 if dtype in (torch.float16, torch.bfloat16) else dtype


def _node(given: onnx.NodeProto, opset: int) -> Node:
    return Node(
        given.op_type,
        tuple(given.input),
        tuple(given.output),
        _attributes(given.attribute),
        given.name,
        opset,
    )


def _attributes(given: Sequence[AttributeProto]) -> Mapping[str, Any]:
    return {each.name: _value(each) for each in given}


def _value(given: AttributeProto) -> Any:
    if given.type == AttributeProto.TENSOR:
        return _tensor(given.t)
    value = onnx.helper.get_attribute_value(given)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (int, float)):
        return value
    return [each.decode("utf-8", "replace") if isinstance(each, bytes) else each for each in value]
