"""One number of a cell: its terms add up, its program prints it, and torch agrees."""

from __future__ import annotations

import io
import math
from contextlib import redirect_stdout

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from core.recurrent.cells import GATES, KINDS, NETWORKS, Kind
from core.recurrent.cost import cost, measure
from core.recurrent.gates import MOST, maps, moment, number, place_of, program
from core.recurrent.influence import influence
from core.recurrent.place import Place


def network(kind: Kind, inputs: int = 3, hidden: int = 7, layers: int = 2) -> nn.RNNBase:
    torch.manual_seed(2)
    made = NETWORKS[kind](inputs, hidden, layers, batch_first=True)
    for parameter in made.parameters():
        nn.init.normal_(parameter, std=0.6)
    return made


X = torch.randn(6, 3, generator=torch.Generator().manual_seed(1))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KINDS), st.data())
def test_a_number_is_what_its_parts_say(kind: Kind, data: st.DataObject) -> None:
    place = Place(
        data.draw(st.sampled_from(GATES[kind])),
        data.draw(st.integers(0, 1)),
        data.draw(st.integers(0, 5)),
        data.draw(st.integers(0, 6)),
    )
    net = network(kind)
    found = number(net, X, place)
    shown = float(maps(net, X, place.layer)[place.gate][place.time, place.unit])
    assert found["value"] == pytest.approx(shown, abs=1e-6)
    if found["kind"] == "gate":
        act = {"sigmoid": lambda v: 1 / (1 + math.exp(-v)), "tanh": math.tanh}
        assert act[found["activation"]](found["before"]) == pytest.approx(shown, abs=1e-5)
        parts = sum(term["product"] for term in found["terms"]) + found["rest"]
        assert parts == pytest.approx(found["x_sum"] + found["h_sum"], abs=1e-5)
        assert len(found["terms"]) == MOST
        sizes = [abs(term["product"]) for term in found["terms"]]
        assert sizes == sorted(sizes, reverse=True)
    out = io.StringIO()
    with redirect_stdout(out):
        exec(program(moment(net, X, place)), {})
    assert float(out.getvalue()) == pytest.approx(shown, abs=1e-5)
    assert f"{shown:.3f}".lstrip("-") in found["latex"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_last_layers_h_is_what_torch_returns(kind: Kind) -> None:
    net = network(kind)
    with torch.no_grad():
        expected = net(X[None])[0][0]
    assert torch.allclose(maps(net, X, 1)["h"], expected, atol=1e-6)


@pytest.mark.parametrize(
    "place",
    [Place("forget", 0, 0, 0), Place("h", 2, 0, 0), Place("h", 0, 6, 0), Place("h", 0, 0, 7)],
)
def test_a_number_that_is_not_there_is_refused_in_a_sentence(place: Place) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        number(network("gru"), X, place)


@pytest.mark.parametrize("query", [{"gate": "gate"}, {"time": "x"}, {"unit": "-1"}, {"time": "٣"}])
def test_a_question_for_no_place_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"^A.*\.$"):
        place_of(query)


@pytest.mark.parametrize("kind", KINDS)
def test_influence_is_the_size_of_the_jacobian(kind: Kind) -> None:
    net, x = network(kind).double(), X.double()
    found = influence(net, x)

    def last(values: torch.Tensor) -> torch.Tensor:
        return net(values[None])[0][0, -1]

    step = 1e-5
    for t in range(len(x)):
        columns = []
        for i in range(x.shape[1]):
            change = torch.zeros_like(x)
            change[t, i] = step
            columns.append((last(x + change) - last(x - change)) / (2 * step))
        assert float(found[t]) == pytest.approx(float(torch.stack(columns).norm()), rel=1e-5)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("inputs", "hidden"), [(1, 32), (16, 24), (2, 1)])
def test_the_cost_is_that_of_torchs_own_matrices(kind: Kind, inputs: int, hidden: int) -> None:
    net = NETWORKS[kind](inputs, hidden)
    counted = cost(kind, inputs, hidden)
    assert counted.parameters == sum(p.numel() for p in net.parameters())
    assert counted.products == net.weight_ih_l0.numel() + net.weight_hh_l0.numel()


def test_a_way_back_takes_longer_than_the_way_there() -> None:
    for timing in measure(2, 8).values():
        assert 0 < timing.forward < timing.both
