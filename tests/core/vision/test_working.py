"""The arithmetic on show adds up to the tensor, for every layer and any place in it."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.vision.models import SimpleCNN
from core.vision.trace import trace
from core.vision.working import SHAPES, TOP, Place, working

torch.manual_seed(3)
MODEL = SimpleCNN().eval()
RUN = trace(
    MODEL, torch.rand(1, 28, 28, generator=torch.Generator().manual_seed(4)), {"conv1": [7]}
)


@st.composite
def places(draw: st.DrawFn) -> Place:
    layer = draw(st.sampled_from(list(SHAPES)))
    return Place(layer, *(draw(st.integers(0, size - 1)) for size in SHAPES[layer]))


@settings(deadline=None, max_examples=400)
@given(places())
def test_the_parts_add_up_to_the_tensor(place: Place) -> None:
    shown = working(MODEL, RUN, place, temperature=1.3)
    if place.layer == "probabilities":
        expected = float(torch.softmax(RUN["logits"][0].double() / 1.3, 0)[place.map])
    else:
        expected = float(RUN[place.layer][0][place.index])
    assert shown.value == pytest.approx(expected, abs=1e-12)
    assert shown.total == pytest.approx(expected, abs=1e-5)
    plain = shown.as_json()
    assert math.isclose(plain["total"], shown.total)
    assert plain["layer"] == place.layer


def test_padding_is_shown_as_zeros() -> None:
    shown = working(MODEL, RUN, Place("conv1", 0, 0, 0))
    assert shown.patch is not None
    assert (shown.patch[0, 0] == 0).all()
    assert (shown.patch[0, :, 0] == 0).all()
    assert (shown.patch[0, 1:, 1:] == RUN["input"][0, 0, :2, :2]).all()


def test_the_winner_of_a_window_is_its_largest_value() -> None:
    shown = working(MODEL, RUN, Place("pool1", 3, 4, 5))
    assert shown.patch is not None and shown.winner is not None
    assert shown.patch[0][shown.winner] == shown.patch.max() == RUN["pool1"][0, 3, 4, 5]


def test_contributions_are_the_largest_first_and_can_be_followed() -> None:
    shown = working(MODEL, RUN, Place("fc1", 9))
    sizes = [abs(part[-1]) for part in shown.parts]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == TOP
    for channel, row, column, value, weight, product in shown.parts:
        assert value == pytest.approx(float(RUN["pool2"][0, channel, row, column]))
        assert weight == pytest.approx(
            float(MODEL.fc1.weight.detach()[9].reshape(64, 7, 7)[channel, row, column])
        )
        assert product == pytest.approx(value * weight)


def test_a_silent_filter_says_so() -> None:
    row, column = divmod(int(RUN["conv1"][0, 7].argmax()), 28)
    assert RUN["conv1"][0, 7, row, column] > 0
    shown = working(MODEL, RUN, Place("relu1", 7, row, column))
    assert shown.silent
    assert shown.total == shown.value == 0.0


@pytest.mark.parametrize(
    "wrong",
    [
        ("conv9", 0),
        ("conv1", 32),
        ("conv1", 0, 28),
        ("conv1", 0, 0, -1),
        ("fc1", 512),
        ("fc1", 0, 1),
        ("conv1", True),
        ("conv1", 0.0),
    ],
)
def test_places_outside_the_network_are_refused(wrong: tuple) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        Place(*wrong)
