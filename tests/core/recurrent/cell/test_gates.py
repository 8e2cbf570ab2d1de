"""The arithmetic of one number is the number that torch computes."""

import io
from contextlib import redirect_stdout

import pytest
import torch
from torch import nn

from core.recurrent.cell.gates import TOP, maps, number, opened, place_of
from core.recurrent.cell.place import Place
from core.recurrent.cells import BLOCKS, GATES, KINDS, NETWORKS, unroll


def build(kind, inputs=3, hidden=6, layers=2):
    with torch.random.fork_rng():
        torch.manual_seed(7)
        return NETWORKS[kind](inputs, hidden, layers, batch_first=True)


X = torch.randn(9, 3, generator=torch.Generator().manual_seed(8))
PLACES = [
    (kind, gate, layer, time, unit)
    for kind in KINDS
    for gate in GATES[kind]
    for layer in (0, 1)
    for time in (0, 5)
    for unit in (0, 5)
]


@pytest.mark.parametrize(("kind", "gate", "layer", "time", "unit"), PLACES)
def test_every_number_adds_up_to_the_tensor(kind, gate, layer, time, unit):
    network = build(kind)
    shown = number(network, X, Place(gate, layer, time, unit))
    with torch.no_grad():
        truth = unroll(network, X[None])[layer][gate][0, time, unit].item()
    assert shown["number"]["value"] == pytest.approx(truth, abs=1e-6)
    assert shown["number"]["total"] == pytest.approx(truth, abs=1e-6)
    assert (shown["cell"], shown["gate"], shown["layer"]) == (kind, gate, layer)
    assert (shown["time"], shown["unit"]) == (time, unit)


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_states_are_those_of_torch(kind):
    network = build(kind)
    with torch.no_grad():
        truth = network(X[None])[0][0]
    for time in range(len(X)):
        for unit in (0, 3):
            shown = opened(network, X, Place("h", 1, time, unit))
            assert shown.total == pytest.approx(truth[time, unit].item(), abs=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_the_largest_products_are_listed(kind):
    network = build(kind, inputs=5)
    x = torch.randn(4, 5, generator=torch.Generator().manual_seed(1))
    gate = BLOCKS[kind][-1]
    shown = number(network, x, Place(gate, 0, 3, 2))["number"]
    row = (len(BLOCKS[kind]) - 1) * 6 + 2
    largest = (network.weight_ih_l0[row] * x[3]).abs().topk(TOP).indices.tolist()
    terms = shown["x"]["terms"]
    assert [t["at"] for t in terms] == [[3, i] for i in largest]
    assert [t["right"] for t in terms] == [network.weight_ih_l0[row, i].item() for i in largest]
    assert [t["left"] for t in terms] == [x[3, i].item() for i in largest]
    assert len(shown["h"]["terms"]) == TOP
    assert shown["x"]["rest"] is not None


def test_nothing_is_left_over_where_all_products_are_listed():
    network = build("lstm", inputs=1, hidden=2, layers=1)
    shown = number(network, X[:, :1], Place("forget", 0, 4, 1))["number"]
    assert len(shown["x"]["terms"]) == 1 and len(shown["h"]["terms"]) == 2
    assert shown["x"]["rest"] is None and shown["h"]["rest"] is None


def test_before_the_first_step_the_states_are_zero():
    shown = number(build("lstm"), X, Place("c", 0, 0, 1))["number"]
    assert shown["products"][0]["factors"][1]["value"] == 0.0
    shown = number(build("gru"), X, Place("reset", 1, 0, 1))["number"]
    assert shown["h"]["sum"] == 0.0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("layer", "time"), [(0, 0), (1, 6)])
def test_the_program_prints_the_number(kind, layer, time):
    network = build(kind)
    for gate in GATES[kind]:
        shown = number(network, X, Place(gate, layer, time, 4))
        out = io.StringIO()
        with redirect_stdout(out):
            exec(shown["program"], {})
        assert float(out.getvalue()) == pytest.approx(shown["number"]["value"], abs=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_the_formula_ends_with_the_number(kind):
    for gate in GATES[kind]:
        shown = number(build(kind), X, Place(gate, 1, 3, 2))
        assert shown["latex"].endswith(f"= {shown['number']['value']:.3f}")
        assert shown["latex"].count("{") == shown["latex"].count("}")
        assert "_{4,2} =" in shown["latex"]


def test_two_formulas_to_read():
    network = nn.LSTM(1, 1, batch_first=True)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.zero_()
        network.bias_ih_l0[2] = -0.5  # the candidate
        network.weight_ih_l0[1] = 2.0  # the forget gate
    x = torch.ones(2, 1)
    forget = number(network, x, Place("forget", 0, 1, 0))["latex"]
    assert forget == (
        r"f_{2,0} = \sigma(W_{xf} x_t + b_{xf} + W_{hf} h_{t-1} + b_{hf}) "
        r"= \sigma(2.000 +0.000 +0.000 +0.000) = 0.881"
    )
    c = number(network, x, Place("c", 0, 1, 0))["latex"]
    assert c == (
        r"c_{2,0} = f_t\,c_{t-1} + i_t\,g_t "
        r"= 0.881 \cdot (-0.231) + 0.500 \cdot (-0.462) = -0.435"
    )


def test_maps_are_the_gates_over_time():
    network = build("gru")
    for layer in (0, 1):
        found = maps(network, X, layer)
        assert list(found) == list(GATES["gru"])
        assert all(gate.shape == (9, 6) for gate in found.values())
    assert (found["h"] - network(X[None])[0][0]).abs().max() < 1e-6


def test_what_is_not_there_is_refused():
    network = build("rnn")
    with pytest.raises(ValueError, match="The RNN has h; not forget"):
        number(network, X, Place("forget", 0, 0, 0))
    with pytest.raises(ValueError, match="no layer 2"):
        number(network, X, Place("h", 2, 0, 0))
    with pytest.raises(ValueError, match="no step 10"):
        number(network, X, Place("h", 0, 9, 0))
    with pytest.raises(ValueError, match="6 units; there is no 6"):
        number(network, X, Place("h", 0, 0, 6))
    with pytest.raises(ValueError, match="no layer 2"):
        maps(network, X, 2)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"gate": "h"},
        {"gate": "h", "time": "-1", "unit": "0"},
        {"gate": "h", "time": "1e3", "unit": "0"},
        {"gate": "h", "time": "0", "unit": "٣"},
        {"gate": "h.0.0.0", "time": "0", "unit": "0"},
        {"gate": "<b>", "time": "0", "unit": "0"},
        {"gate": "h", "time": "0", "unit": "9" * 10_000},
    ],
)
def test_questions_without_a_place_are_refused(query):
    with pytest.raises(ValueError, match=r"place|cell has|whole number"):
        place_of(query)
