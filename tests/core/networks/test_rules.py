"""Numbers of networks that somebody brought, opened."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.networks import opening, rules, running
from core.networks.layers import arrays, bare, layers
from core.opened import Cell, Given, latex, program, wire
from tests.core.networks.zoo import EXAMPLES, Example

OPEN = {
    "lenet": 1.0, "lenet_relu": 0.8, "residual": 1.0, "letters": 0.2, "gpt": 0.8, "encoder": 0.7,
    "patches": 0.7, "regression": 0.5,
}  # fmt: skip
"""Least shares of layers that open into arithmetic."""


@pytest.mark.parametrize("example", EXAMPLES, ids=[each.name for each in EXAMPLES])
def test_numbers_add_up(example: Example, capsys: pytest.CaptureFixture[str]) -> None:
    _network, given, content = example.exported()
    network = opening.read("a.onnx", content)
    feeds = {each.name: x for each, x in zip(network.graph.inputs, given, strict=True)}
    known = running.run(network.graph, feeds)
    names = arrays(network)
    chance = np.random.default_rng(4)
    opened, rows = 0, layers(network)
    for layer in rows:
        tensor = bare(known[names[layer.array]])
        index = tuple(int(chance.integers(size)) for size in tensor.shape)
        shown = rules.opened(network, known, Cell(layer.array, index))
        assert shown.value == float(tensor[index])
        if not isinstance(shown.rule, Given):
            opened += 1
            assert shown.total == pytest.approx(shown.value, rel=1e-4, abs=1e-5), layer
            assert latex(shown) and wire(shown)["kind"]
            if tensor.is_floating_point():
                exec(program(shown))
                printed = float(capsys.readouterr().out.strip().removeprefix("tensor(").rstrip(")"))
                assert printed == pytest.approx(shown.value, rel=2e-3, abs=2e-3), layer
    assert opened / len(rows) >= OPEN.get(example.name, 0.0), (opened, len(rows))


def test_what_is_not_opened_says_so() -> None:
    _network, given, content = next(e for e in EXAMPLES if e.name == "lstm").exported()
    network = opening.read("a.onnx", content)
    known = running.run(network.graph, {network.graph.inputs[0].name: given[0]})
    lstm = next(layer for layer in layers(network) if layer.node.op == "LSTM")
    index = (0,) * bare(known[lstm.node.outputs[0]]).dim()
    shown = rules.opened(network, known, Cell(lstm.array, index))
    assert wire(shown)["origin"] == "operator"


def test_the_input_is_given() -> None:
    network, given, content = EXAMPLES[0].exported()
    del network
    opened = opening.read("a.onnx", content)
    known = running.run(opened.graph, {opened.graph.inputs[0].name: given[0]})
    shown = rules.opened(opened, known, Cell("input", (0, 3, 4)))
    assert shown.value == float(given[0][0, 0, 3, 4])
    with pytest.raises(ValueError, match="no number"):
        rules.opened(opened, known, Cell("layer_99", (0,)))
    with pytest.raises(ValueError, match="no number"):
        rules.opened(opened, known, Cell("layer_1", (0, 999, 0)))
    assert torch.equal(known[opened.graph.inputs[0].name], given[0])
