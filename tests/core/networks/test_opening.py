"""What is opened, and what is refused: with a sentence, before it takes room."""

from __future__ import annotations

import json
import pickle
from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st
from onnx import NodeProto, TensorProto, helper, numpy_helper
from safetensors.torch import save
from torch import nn

from core.networks import limits, opening, running
from core.networks.graph import brief
from core.schema import Refusal
from tests.core.networks.zoo import EXAMPLES

NODE = helper.make_node("Relu", ["x"], ["y"], name="first")


def model(
    *nodes: NodeProto,
    shape: Sequence[Any] = (1, 4),
    weights: Sequence[TensorProto] = (),
    kind: int = TensorProto.FLOAT,
    output: str = "y",
    **more: Any,
) -> bytes:
    """A file with these nodes from "x" to "y"."""
    graph = helper.make_graph(
        list(nodes),
        "graph",
        [helper.make_tensor_value_info("x", kind, shape)],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, [None])],
        list(weights),
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("my.own", 1)]
    made = helper.make_model(graph, opset_imports=opsets, ir_version=8, **more)
    return made.SerializeToString()


def refused(content: bytes, name: str = "network.onnx", beside: bytes | None = None) -> str:
    """The sentence of its refusal."""
    with pytest.raises(Refusal) as error:
        opening.read(name, content, beside)
    return str(error.value)


def number(value: Any, name: str) -> TensorProto:
    """A weight."""
    return numpy_helper.from_array(np.asarray(value), name)


def test_a_pickle_is_refused_by_name_and_by_content_and_never_opened() -> None:
    class Bomb:
        def __reduce__(self) -> Any:
            return pytest.fail, ("A pickle was opened.",)

    content = pickle.dumps(Bomb())
    for name in ("network.pt", "network.PTH", "network.onnx", "weights.safetensors"):
        said = refused(content, name)
        assert "can run any program" in said and "torch.onnx.export(" in said
    assert "pickle" in refused(b"PK\x03\x04 a zip of PyTorch", "network.onnx")


def test_the_two_lines_of_the_refusal_make_a_file_that_opens(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    network = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
    exec("\n".join(opening.EXPORT), {"network": network, "torch": torch})
    opened = opening.read("network.onnx", (tmp_path / "network.onnx").read_bytes())
    assert list(opened.shapes.values()) == [(1, 1, 28, 28)]


def test_what_is_no_network_is_refused() -> None:
    assert "empty" in refused(b"")
    for content in (b"\0", b"hello there, this is text", b"\x08\x08", b"\xff" * 50):
        assert "no ONNX file" in refused(content)
    assert "no ONNX file" in refused(model(NODE)[:-7])


@hypothesis_given(st.binary(max_size=300))
def test_no_bytes_are_more_than_a_refusal(content: bytes) -> None:
    for name in ("a.onnx", "a.safetensors"):
        with pytest.raises(Refusal):
            opening.read(name, content)


@hypothesis_given(st.data())
def test_a_damaged_file_opens_or_is_refused(data: st.DataObject) -> None:
    content = bytearray(model(NODE, helper.make_node("Add", ["x", "y"], ["z"]), output="z"))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        opening.read("a.onnx", bytes(content))
    except Refusal:
        pass


def test_a_file_that_is_too_large_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE", 10)
    monkeypatch.setattr("onnx.ModelProto.ParseFromString", None)
    assert "at most 10 bytes" in refused(model(NODE))


def test_what_would_unfold_in_memory_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STRUCTURE", 5000)
    heavy = model(NODE, weights=[number(np.zeros(20_000, np.float32), "w")])
    assert opening.read("a.onnx", heavy).bytes == 80_000  # numbers are not structure
    attributes = helper.make_node("Relu", ["x"], ["y"], doc_string="a" * 6000)
    assert "beside its numbers" in refused(model(attributes))
    strings = helper.make_tensor("s", TensorProto.STRING, [3000], ["a"] * 3000)
    assert "beside its numbers" in refused(model(NODE, weights=[strings]))
    monkeypatch.setattr(limits, "FIELDS", 20)
    many = [helper.make_node("Relu", ["x" if i == 0 else f"{i}"], [f"{i + 1}"]) for i in range(30)]
    assert "more than 20 nodes" in refused(model(*many, output="30"))


def test_nothing_of_another_file_is_read() -> None:
    outside = number(np.zeros(4, np.float32), "w")
    outside.data_location = TensorProto.EXTERNAL
    outside.external_data.add(key="location", value="/etc/passwd")
    outside.raw_data = b""
    add = helper.make_node("Add", ["x", "w"], ["y"])
    assert "lie in another file" in refused(model(add, weights=[outside]))
    constant = helper.make_node("Constant", [], ["c"], value=outside)
    assert "lie in another file" in refused(model(constant, NODE))


def test_loops_functions_and_strange_operators_are_named_with_their_place() -> None:
    body = helper.make_graph([NODE], "body", [], [])
    loop = helper.make_node("Loop", ["", "", "x"], ["y"], name="again", body=body)
    assert "Loop at again" in refused(model(loop))
    branch = helper.make_node("If", ["x"], ["y"], then_branch=body, else_branch=body)
    assert "If at y" in refused(model(branch))
    unknown = helper.make_node("NonMaxSuppression", ["x", "x"], ["y"], name="nms")
    assert "NonMaxSuppression at nms" in refused(model(unknown))
    own = helper.make_node("Relu", ["x"], ["y"], domain="my.own")
    assert "my.own.Relu" in refused(model(own))
    function = helper.make_function(
        "my.own", "Twice", ["a"], ["b"], [helper.make_node("Add", ["a", "a"], ["b"])],
        [helper.make_opsetid("", 17)],
    )  # fmt: skip
    called = helper.make_node("Twice", ["x"], ["y"], domain="my.own")
    assert "Twice" in refused(model(called, functions=[function]))
    form = helper.make_node("LSTM", ["x", "w", "r"], ["y"], hidden_size=1, clip=1.0, name="deep")
    lstm = [
        number(np.zeros((1, 4, 2), np.float32), "w"),
        number(np.zeros((1, 4, 1), np.float32), "r"),
    ]
    assert "LSTM with clip" in refused(model(form, shape=(3, 1, 2), weights=lstm))


def test_a_circle_and_what_is_made_twice_are_refused() -> None:
    one = helper.make_node("Add", ["x", "b"], ["a"])
    two = helper.make_node("Relu", ["a"], ["b"])
    assert refused(model(one, two, output="b"))
    assert refused(model(NODE, NODE))
    assert refused(model(NODE, output="nowhere"))


def test_weights_that_are_no_numbers_are_refused() -> None:
    add = helper.make_node("Add", ["x", "w"], ["y"])
    broken = number(np.array([1, np.nan, 1, 1], np.float32), "w")
    assert "no numbers" in refused(model(add, weights=[broken]))
    short = number(np.zeros(4, np.float32), "w")
    short.raw_data = short.raw_data[:8]
    assert refused(model(add, weights=[short]))
    wide = number(np.zeros(4, np.complex64), "w")
    assert refused(model(add, weights=[wide]))


@pytest.mark.parametrize(
    "nodes",
    [
        [
            helper.make_node("ConstantOfShape", ["s"], ["c"]),
            helper.make_node("Add", ["x", "c"], ["y"]),
        ],
        [helper.make_node("Expand", ["x", "s"], ["y"])],
        [helper.make_node("Tile", ["x", "s"], ["y"])],
        [helper.make_node("Pad", ["x", "p"], ["y"])],
    ],
    ids=["ConstantOfShape", "Expand", "Tile", "Pad"],
)  # fmt: skip
def test_what_needs_more_room_than_there_is_is_refused_before_it_runs(
    nodes: list[NodeProto], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "run", None)
    weights = [number(np.array([200_000, 400_000]), "s"), number(np.array([0, 0, 2**33, 9]), "p")]
    assert "would need more than" in refused(model(*nodes, shape=(1, 1), weights=weights))


def test_what_takes_too_long_is_refused() -> None:
    conv = helper.make_node("Conv", ["x", "w"], ["y"], kernel_shape=[31, 31])
    weights = [number(np.zeros((64, 64, 31, 31), np.float32), "w")]
    said = refused(model(conv, shape=(1, 64, 100, 100), weights=weights))
    assert "multiplications" in said


def test_shapes_that_do_not_fit_are_named() -> None:
    matmul = helper.make_node("MatMul", ["x", "w"], ["y"], name="head")
    said = refused(model(matmul, weights=[number(np.zeros((5, 2), np.float32), "w")]))
    assert "MatMul at head" in said and "1×4, 5×2" in said


def test_a_shape_that_depends_on_numbers_is_refused() -> None:
    to = helper.make_node("Cast", ["x"], ["s"], to=TensorProto.INT64)
    fill = helper.make_node("ConstantOfShape", ["s"], ["y"])
    assert "depends on the numbers" in refused(model(to, fill, shape=(2,)))


def test_the_batch_is_one_and_other_open_sizes_are_asked_for() -> None:
    content = model(NODE, shape=("batch", "time", 3))
    with pytest.raises(opening.OpenAxes) as error:
        opening.read("a.onnx", content)
    assert error.value.names == ("time",)
    opened = opening.read("a.onnx", content, axes={"time": 5})
    assert opened.shapes == {"x": (1, 5, 3)}
    late = opening.read("a.onnx", model(NODE, shape=("T", "batch", 2)), axes={"T": 4})
    assert late.shapes == {"x": (4, 1, 2)}


def test_names_are_cut_and_what_cannot_be_printed_is_replaced() -> None:
    hostile = "<img src=x onerror=alert(1)>" + "\x00\n" + "a" * 100_000
    node = helper.make_node("Relu", ["x"], ["y"], name=hostile)
    (made,) = opening.read("a.onnx", model(node)).graph.nodes
    assert len(made.place) == limits.NAME and "\x00" not in made.place
    assert brief("weight") == "weight"


def test_half_precision_is_computed_with_as_float32() -> None:
    add = helper.make_node("Add", ["x", "w"], ["y"])
    weights = [number(np.array([1, 2, 3, 4], np.float16), "w")]
    opened = opening.read("a.onnx", model(add, weights=weights, kind=TensorProto.FLOAT16))
    made = running.run(opened.graph, {"x": torch.zeros(1, 4)})["y"]
    assert made.dtype == torch.float32 and made.tolist() == [[1, 2, 3, 4]]


# -- safetensors with a list of layers -------------------------------------------------------------


LIST = {
    "input": [1, 28, 28],
    "layers": [
        {"kind": "conv", "name": "0", "padding": 2}, "tanh", {"kind": "average_pool"},
        {"kind": "conv", "name": "3"}, "tanh", {"kind": "average_pool", "window": 2}, "flatten",
        {"kind": "linear", "name": "7"}, "tanh", {"kind": "linear", "name": "9"}, "tanh",
        {"kind": "linear", "name": "11"},
    ],
}  # fmt: skip


@pytest.mark.parametrize("inside", [True, False], ids=["metadata", "beside"])
def test_safetensors_with_a_list_of_layers_are_the_network(inside: bool) -> None:
    network, given = EXAMPLES[0].built()
    text = json.dumps(LIST)
    content = save(network.state_dict(), {"layers": text} if inside else None)
    beside = None if inside else text.encode()
    opened = opening.read("lenet.safetensors", content, beside)
    made = running.run(opened.graph, {"input": given[0]})[opened.graph.outputs[0]]
    with torch.no_grad():
        torch.testing.assert_close(made, network(*given), rtol=0, atol=1e-5)


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        (None, "do not say how they are used"),
        ("{", "not valid JSON"),
        ([], "is an object"),
        ({"input": [0], "layers": ["relu"]}, "is an object"),
        ({"input": [4], "layers": [3]}, "neither a kind nor an object"),
        ({"input": [4], "layers": ["loop"]}, "of the kind loop"),
        (
            {"input": [4], "layers": [{"kind": "linear", "name": "up"}]},
            "needs the tensor up.weight",
        ),
        ({"input": [4], "layers": [{"kind": "conv", "name": "fc"}]}, "has 2 axes"),
        ({"input": [4], "layers": [{"kind": "linear", "nme": "fc"}]}, "has a field nme"),
        ({"input": [4], "layers": [{"kind": "max_pool", "window": -1}]}, "says -1 for window"),
        ({"input": [4], "layers": [{"kind": "leaky_relu", "slope": "a"}]}, "a number"),
        ({"input": [5], "layers": [{"kind": "linear", "name": "fc"}]}, "Gemm at fc"),
    ],
)
def test_a_list_that_does_not_fit_is_refused(listed: Any, said: str) -> None:
    content = save(nn.ModuleDict({"fc": nn.Linear(4, 2)}).state_dict())
    text = listed if isinstance(listed, str) else json.dumps(listed)
    assert said in refused(content, "a.safetensors", None if listed is None else text.encode())


def test_every_kind_of_the_list_is_torchs() -> None:
    network = nn.Sequential(
        nn.Conv2d(2, 4, 3, 2, 1, 1, 2), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2, 1, 1),
        nn.GELU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(), nn.Linear(4, 6),
        nn.LayerNorm(6), nn.LeakyReLU(0.2), nn.Sigmoid(), nn.Softmax(-1), nn.LogSoftmax(-1),
    ).eval()  # fmt: skip
    layers: list[Any] = [
        {"kind": "conv", "name": "0", "stride": 2, "padding": 1, "groups": 2},
        {"kind": "batch_norm", "name": "1"}, "relu",
        {"kind": "max_pool", "window": 2, "stride": 1, "padding": 1}, "gelu",
        "global_average_pool", "flatten", "dropout", {"kind": "linear", "name": "8"},
        {"kind": "layer_norm", "name": "9"}, {"kind": "leaky_relu", "slope": 0.2}, "sigmoid",
        "softmax", "log_softmax",
    ]  # fmt: skip
    listed = json.dumps({"input": [2, 9, 9], "layers": layers}).encode()
    opened = opening.read("a.safetensors", save(network.state_dict()), listed)
    x = torch.randn(1, 2, 9, 9)
    made = running.run(opened.graph, {"input": x})[opened.graph.outputs[0]]
    with torch.no_grad():
        torch.testing.assert_close(made, network(x), rtol=0, atol=1e-6)


def test_damaged_safetensors_are_refused() -> None:
    content = save({"w": torch.zeros(3)})
    assert "damaged" in refused(content[:-2], "a.safetensors")
    nan = save({"w": torch.tensor([float("nan")])})
    assert "no numbers" in refused(nan, "a.safetensors", b"{}")


def test_the_file_says_its_own_kind() -> None:
    assert onnx.load_from_string(model(NODE)).ir_version == 8
    content = save({"fc.weight": torch.zeros(2, 4)})
    listed = json.dumps({"input": [4], "layers": [{"kind": "linear", "name": "fc"}]}).encode()
    assert opening.read("without-an-end", content, listed).shapes == {"input": (1, 4)}
