"""Numbers of networks that somebody brought, opened."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from core.networks import opening, rules, running
from core.networks.layers import arrays, bare, layers
from core.networks.unrolled import CELLS
from core.opened import Cell, Given, latex, program, wire
from tests.core.networks.zoo import EXAMPLES, Example, onnx_of

OPEN = {
    "norms": 10 / 13, "perceptron": 5 / 6, "dilated": 6 / 8, "unet": 8 / 9, "waves": 3 / 8,
    "encoder": 80 / 81, "regression": 3 / 5,
}  # fmt: skip
"""Least shares of layers that open into arithmetic; of all other networks every one does."""


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
    assert opened / len(rows) >= OPEN.get(example.name, 1.0), (opened, len(rows))


def test_what_is_not_opened_says_so() -> None:
    _network, given, content = next(e for e in EXAMPLES if e.name == "perceptron").exported()
    network = opening.read("a.onnx", content)
    known = running.run(network.graph, {network.graph.inputs[0].name: given[0]})
    elu = next(layer for layer in layers(network) if layer.node.op == "Elu")
    assert wire(rules.opened(network, known, Cell(elu.array, (0,))))["origin"] == "operator"


RECURRENT = [
    each for each in EXAMPLES if each.name in ("lstm", "lstm_both", "gru", "rnn", "letters")
]


@pytest.mark.parametrize("example", RECURRENT, ids=[each.name for each in RECURRENT])
def test_a_recurrent_layer_opens_down_to_what_it_reads(example: Example) -> None:
    """From one output through all gates of all steps before it, each held to its own arithmetic."""
    _network, given, content = example.exported()
    network = opening.read("a.onnx", content)
    known = running.run(network.graph, {network.graph.inputs[0].name: given[0]})
    layer = next(each for each in layers(network) if each.node.op in CELLS)
    made = bare(known[layer.node.outputs[0]])
    for last in {(3, *(size - 1 for size in made.shape[1:])), (3, *(0 for _ in made.shape[1:]))}:
        seen = _opened_through(network, known, Cell(layer.array, last), layer.array)
        gates = {"LSTM": 7, "GRU": 5, "RNN": 2}[layer.node.op]
        assert len({array for array, _index in seen}) == 1 + gates  # the layer, its gates and x
        forward = last[1] == 0
        steps = 4 if forward else len(made) - 3
        assert len({index for array, index in seen if array.endswith("_h")}) >= steps
    if layer.node.op == "LSTM" and made.shape[1] == 1:
        _, of_torch = next(m for m in _network.modules() if isinstance(m, torch.nn.LSTM))(
            _network.table(given[0]) if example.name == "letters" else given[0]
        )
        shown = rules.opened(network, known, Cell(f"{layer.array}_forward_c", (len(made) - 1, 5)))
        assert shown.value == pytest.approx(of_torch[1][0, 0, 5].item(), abs=1e-5)


def _opened_through(
    network: opening.Network, known: Mapping[str, torch.Tensor], first: Cell, within: str
) -> set[tuple[str, tuple[int, ...]]]:
    seen: set[tuple[str, tuple[int, ...]]] = set()
    left = [(first.array, first.index)]
    while left:
        array, index = place = left.pop()
        if place in seen:
            continue
        seen.add(place)
        shown = rules.opened(network, known, Cell(array, index))
        assert shown.total == pytest.approx(shown.value, rel=1e-4, abs=2e-6), place
        left += [
            (part.array, tuple(side.start for side in part.box))
            for part in shown.parts
            if part.array.startswith(f"{within}_") and part.box and all(map(len, part.box))
        ]
    return seen


class States(nn.Module):
    """Scores from the last hidden and cell states."""

    def __init__(self) -> None:
        super().__init__()
        self.rnn, self.head = nn.LSTM(3, 5, batch_first=True), nn.Linear(10, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        _, (h, c) = self.rnn(x)
        return F.log_softmax(self.head(torch.cat([h[-1], c[-1]], 1)), 1)


def test_last_states_open_too() -> None:
    torch.manual_seed(1)
    model, x = States().eval(), torch.randn(1, 6, 3)
    network = opening.read("a.onnx", onnx_of(model, (x,)))
    known = running.run(network.graph, {network.graph.inputs[0].name: x})
    array = next(each.array for each in layers(network) if each.node.op == "LSTM")
    _, (h, c) = model.rnn(x)
    for name, truth in (("h", h), ("c", c)):
        shown = rules.opened(network, known, Cell(f"{array}_last_{name}", (0, 4)))
        assert shown.value == shown.total == pytest.approx(truth[0, 0, 4].item(), abs=1e-6)
        (part,) = shown.parts
        assert (part.array, part.box) == (f"{array}_forward_{name}", (range(5, 6), range(4, 5)))
    with pytest.raises(ValueError, match="no number"):
        rules.opened(network, known, Cell(f"{array}_last_h", (7, 4)))
    with pytest.raises(ValueError, match="no number"):
        rules.opened(network, known, Cell(f"{array}_forward_reset", (0, 0)))


def test_a_cell_that_does_not_begin_with_zeros_is_not_opened_wrongly() -> None:
    class Begun(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.rnn, self.h = nn.GRU(3, 5, batch_first=True), nn.Parameter(torch.ones(1, 1, 5))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.rnn(x, self.h)[0]

    x = torch.randn(1, 6, 3)
    network = opening.read("a.onnx", onnx_of(Begun().eval(), (x,)))
    known = running.run(network.graph, {network.graph.inputs[0].name: x})
    layer = next(each for each in layers(network) if each.node.op == "GRU")
    index = (0,) * bare(known[layer.node.outputs[0]]).dim()
    assert wire(rules.opened(network, known, Cell(layer.array, index)))["origin"] == "operator"


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
