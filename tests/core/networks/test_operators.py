"""Each operator computes what onnxruntime computes, in the forms in which exporters write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from core.networks import opening, running
from core.networks.operators import supported

Array = NDArray[Any]


@dataclass(frozen=True)
class Case:
    """One node: its input is "x", what else it reads are weights."""

    op: str
    shape: tuple[int, ...] = (2, 3, 7, 6)
    weights: tuple[Any, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    outputs: int = 1
    opset: int = 17
    positive: bool = False

    def model(self) -> bytes:
        names = [f"w{at}" if w is not None else "" for at, w in enumerate(self.weights)]
        outputs = [f"y{at}" for at in range(self.outputs)]
        node = helper.make_node(self.op, ["x", *names], outputs, name="it", **self.attributes)
        stored = [
            numpy_helper.from_array(np.asarray(w), name)
            for name, w in zip(names, self.weights, strict=True)
            if w is not None
        ]
        given = [helper.make_tensor_value_info("x", TensorProto.FLOAT, self.shape)]
        out = [helper.make_empty_tensor_value_info(name) for name in outputs]
        graph = helper.make_graph([node], "g", given, out, stored)
        model = helper.make_model(
            onnx.shape_inference.infer_shapes(
                helper.make_model(graph, opset_imports=[helper.make_opsetid("", self.opset)])
            ).graph,
            opset_imports=[helper.make_opsetid("", self.opset)],
            ir_version=8,
        )
        return model.SerializeToString()


def noise(*shape: int, seed: int = 5) -> Array:
    """Numbers around zero."""
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def whole(*values: int) -> Array:
    """Whole numbers."""
    return np.array(values, np.int64)


def case(op: str, *weights: Any, shape: tuple[int, ...] = (2, 3, 7, 6), **attributes: Any) -> Case:
    """A case with what differs from the usual."""
    outputs, opset = attributes.pop("outputs", 1), attributes.pop("opset", 17)
    positive = attributes.pop("positive", False)
    return Case(op, shape, weights, attributes, outputs, opset, positive)


FUNCTIONS = (
    "Abs Atan Ceil Cos Cosh Erf Exp Floor HardSwish Identity Neg Reciprocal Relu Round "
    "Sigmoid Sign Sin Sinh Softplus Softsign Tan Tanh Elu Selu HardSigmoid LeakyRelu Shape Size"
).split()
LENGTHS = {"X": (5, 2, 3), "H": 4}


def _recurrent(op: str, gates: int, directions: int, **attributes: Any) -> Case:
    hidden = LENGTHS["H"]
    weights = (
        noise(directions, gates * hidden, 3), noise(directions, gates * hidden, hidden, seed=6),
        noise(directions, 2 * gates * hidden, seed=7), None, noise(directions, 2, hidden, seed=8),
    )  # fmt: skip
    both = {"direction": "bidirectional"} if directions == 2 else {}
    return case(op, *weights, shape=(5, 2, 3), hidden_size=hidden, outputs=2, **(both | attributes))


CASES = [
    *(case(op) for op in FUNCTIONS),
    case("Mish", opset=18),
    case("Log", positive=True), case("Sqrt", positive=True),
    case("Conv", noise(4, 3, 3, 2), noise(4)),
    case("Conv", noise(6, 1, 3, 3), group=3, strides=[2, 1], pads=[1, 0, 2, 1], dilations=[2, 1]),
    case("Conv", noise(4, 3, 3, 3), auto_pad="SAME_UPPER", strides=[2, 2]),
    case("Conv", noise(4, 3, 2, 2), auto_pad="SAME_LOWER"),
    case("Conv", noise(4, 3, 2, 2), auto_pad="VALID"),
    case("Conv", noise(5, 3, 4), noise(5), shape=(1, 3, 11), pads=[2, 1]),
    case("ConvTranspose", noise(3, 4, 3, 3), noise(4), strides=[2, 2], output_padding=[1, 0]),
    case("MaxPool", kernel_shape=[2, 3], strides=[2, 1]),
    case("MaxPool", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1], ceil_mode=1),
    case("MaxPool", kernel_shape=[2, 2], pads=[0, 0, 1, 1]),
    case("AveragePool", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]),
    case("AveragePool", kernel_shape=[3, 3], pads=[1, 1, 1, 1], count_include_pad=1),
    case("AveragePool", kernel_shape=[2, 2], pads=[0, 0, 1, 1]),
    case("AveragePool", kernel_shape=[2, 2], pads=[0, 0, 1, 1], count_include_pad=1),
    case("GlobalAveragePool"), case("GlobalMaxPool"),
    case("BatchNormalization", noise(3), noise(3), noise(3), np.abs(noise(3)), epsilon=1e-3),
    case("InstanceNormalization", noise(3), noise(3)),
    case("LayerNormalization", noise(6), noise(6)),
    case("LayerNormalization", noise(7, 6), axis=2),
    case("Gemm", noise(5, 6), noise(5), shape=(4, 6), transB=1, alpha=0.5, beta=2.0),
    case("Gemm", noise(4, 5), shape=(4, 6), transA=1),
    case("MatMul", noise(6, 5)), case("MatMul", noise(6), shape=(4, 6)),
    case("Softmax"), case("Softmax", axis=1), case("Softmax", axis=2, opset=11),
    case("LogSoftmax", axis=1), case("LogSoftmax", opset=11),
    case("Gelu", opset=20), case("Gelu", opset=20, approximate="tanh"),
    case("PRelu", noise(3, 1, 1)), case("Clip", np.float32(0), np.float32(0.5)),
    case("Clip", None, np.float32(0.5)), case("Clip", min=-0.5, opset=7), case("Dropout"),
    *(case(op, noise(3, 1, 6)) for op in ("Add", "Sub", "Mul", "Div", "Max", "Min", "Mean", "Sum")),
    case("Pow", np.float32(2)), case("Mod", noise(1), fmod=1),
    *(case(op, noise(6)) for op in ("Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Equal")),
    *(case(op, axes=[1, -1]) for op in ("ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1",
                                        "ReduceL2", "ReduceProd", "ReduceSumSquare")),
    case("ReduceMean", keepdims=0), case("ReduceLogSumExp", axes=[2]),
    case("ReduceSum", whole(1, 2), keepdims=0), case("ReduceMean", whole(-1), opset=18),
    case("ReduceSum", whole(), noop_with_empty_axes=1),
    case("ArgMax", axis=2), case("ArgMin", axis=-1, keepdims=0),
    case("Flatten"), case("Flatten", axis=2), case("Flatten", axis=-1), case("Flatten", axis=0),
    case("Reshape", whole(0, -1, 6)), case("Transpose", perm=[0, 2, 3, 1]), case("Transpose"),
    case("Squeeze", whole(0, 2), shape=(1, 3, 1)),
    case("Squeeze", axes=[0], shape=(1, 3), opset=11),
    case("Unsqueeze", whole(0, -1)), case("Unsqueeze", axes=[1], opset=11),
    case("Concat", noise(2, 1, 7, 6), axis=1), case("Concat", noise(2, 3, 7, 2), axis=-1),
    case("Slice", whole(1, -3), whole(2, 9999), whole(1, 3)),
    case("Slice", whole(-1), whole(-9999), whole(2), whole(-2)),
    case("Slice", whole(1), whole(6), whole(2), whole(2)),
    case("Slice", starts=[1], ends=[3], axes=[2], opset=9),
    case("Split", whole(1, 2), axis=1, outputs=2), case("Split", axis=3, outputs=3),
    case("Split", axis=2, outputs=2, num_outputs=2, opset=18),
    case("Gather", whole(0, -1), axis=2), case("Gather", np.int64(1), axis=1),
    case("GatherElements", np.array([[0, -1], [2, 1]]), shape=(3, 2), axis=0),
    case("Expand", whole(4, 1, 1, 7, 1), shape=(2, 7, 6)), case("Tile", whole(1, 2, 1, 3)),
    case("Shape", start=1, end=-1), case("Cast", to=TensorProto.INT32),
    case("Trilu", shape=(5, 6)), case("Trilu", np.int64(-1), shape=(5, 6), upper=0),
    case("Pad", whole(0, 0, 1, 2, 0, 1, 0, 3), np.float32(2)),
    case("Pad", whole(0, 0, 1, 2, 0, 0, 0, 3), mode="reflect"),
    case("Pad", whole(0, 0, 1, 2, 0, 0, 0, 3), mode="edge"),
    *(_recurrent("LSTM", 4, d) for d in (1, 2)),
    _recurrent("LSTM", 4, 1, direction="reverse"),
    *(_recurrent("GRU", 3, d, linear_before_reset=d - 1) for d in (1, 2)),
    *(_recurrent("RNN", 1, d) for d in (1, 2)),
    _recurrent("RNN", 1, 2, activations=["Relu", "Relu"]),
]  # fmt: skip


@pytest.mark.parametrize("which", CASES, ids=[f"{i}-{c.op}" for i, c in enumerate(CASES)])
def test_an_operator_is_onnxruntimes(which: Case) -> None:
    content = which.model()
    x = noise(*which.shape, seed=9)
    x = np.abs(x) + 0.1 if which.positive else x
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    expected = session.run(None, {"x": x})
    opened = opening.read("one.onnx", content)
    made = running.run(opened.graph, {"x": torch.from_numpy(x)})
    for name, theirs in zip(opened.graph.outputs, expected, strict=True):
        ours = made[name].numpy()
        assert ours.shape == theirs.shape == opened.sizes.shapes[name]
        assert ours.dtype == theirs.dtype
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-5)


def test_the_operators_that_the_page_names_are_those_that_are_computed() -> None:
    assert {"Conv", "LSTM", "GRU", "RNN", "Softmax", "Where", "Range"} <= set(supported())
    assert "Loop" not in supported()
