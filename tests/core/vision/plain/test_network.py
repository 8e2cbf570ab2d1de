"""What a plain network costs, and what becomes of neighbours."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from core.vision.hand import sample
from core.vision.ink import as_image, as_ink
from core.vision.plain import network as plain
from core.vision.plain.answer import PlainQuestion, answer, drawn
from core.vision.plain.network import Layers
from core.vision.preprocess import render
from core.vision.shuffled.data import as_input, order, shuffle


def test_the_notes_picture_costs_a_billion_weights() -> None:
    layers = Layers()
    found = plain.cost(layers.connected(), layers.side)
    assert found.parameters == 1_000_000 * 1_000 + 1_000
    assert found.memory == 4 * found.parameters and found.training == 4 * found.memory
    assert found.products == 1_000_000_000 and found.outputs == 1_000
    small = plain.cost(layers.convolution(), layers.side)
    assert small.parameters == 64 * 9 + 64 and small.products == 64 * 9 * 1_000_000
    assert small.outputs == 64 * 1_000_000


@pytest.mark.parametrize("layers", [Layers(30, 3, 7, 5, 4), Layers(8, 1, 1, 3, 1)])
def test_the_counts_are_those_of_layers_that_exist(layers: Layers) -> None:
    connected = nn.Linear(layers.side**2 * layers.channels, layers.units)
    convolution = nn.Conv2d(layers.channels, layers.maps, layers.kernel, padding="same")
    out = convolution(torch.zeros(1, layers.channels, layers.side, layers.side))
    for made, counted in (
        (connected, layers.connected()),
        (convolution, layers.convolution()),
    ):
        wanted = sum(p.numel() for p in made.parameters())
        assert plain.cost(counted, layers.side).parameters == wanted
        assert all(p.device.type == "meta" for p in counted.parameters())
    assert plain.cost(layers.convolution(), layers.side).outputs == out.numel()


def test_neighbours_are_a_row_apart() -> None:
    assert plain.apart(28) == (1, 28) and plain.apart(1_000) == (1, 1_000)
    assert plain.mean_distance(28, None) == pytest.approx((1 + 28) / 2)


def test_a_shuffle_tears_neighbours_apart_and_loses_nothing() -> None:
    assert sorted(order(3).tolist()) == list(range(784))
    pictures = torch.arange(784.0).view(1, 28, 28)
    mixed = shuffle(pictures, 3)
    assert torch.equal(mixed.flatten(), order(3).float())  # place i shows pixel order[i]
    assert plain.broken(3) > 0.98 and plain.mean_distance(28, 3) > 200
    at = mixed.flatten().long().argsort()
    wanted = sum(abs(int(at[i]) - int(at[i + 1])) for i in range(784) if i % 28 < 27)
    wanted += sum(abs(int(at[i]) - int(at[i + 28])) for i in range(756))
    assert plain.mean_distance(28, 3) == pytest.approx(wanted / (2 * 27 * 28), rel=1e-5)


def test_the_answer_holds_the_drawing_and_its_shuffle() -> None:
    found = answer(PlainQuestion(sample(3), shuffle=5))["drawing"]
    values = torch.tensor(found["values"])
    assert torch.allclose(values, torch.from_numpy(render(sample(3))))
    assert torch.equal(torch.tensor(found["shuffled"]), shuffle(values[None], 5)[0])
    assert found["order"] == order(5).tolist()


def test_a_drawing_travels_as_bytes() -> None:
    back = as_input(as_image(as_ink(drawn(sample(3)))))
    assert torch.allclose(back, torch.from_numpy(render(sample(3))) * 2 - 1, atol=1.01 / 255)
    for damaged in ("", "AAAA", "*" * 1046, "é"):
        with pytest.raises(ValueError, match="28 x 28 bytes"):
            as_ink(damaged)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ([], "an object"),
        ({"layers": 3}, "Layers is an object"),
        ({"layers": {"side": 10**9}}, "Side is a whole number"),
        ({"layers": {"units": 0}}, "Units is a whole number"),
        ({"layers": {"kernel": 1.5}}, "Kernel is a whole number"),
        ({"shuffle": -1}, "Seed of the shuffle is a whole number"),
        ({"shuffle": True}, "Seed of the shuffle is a whole number"),
        ({"drawing": "3"}, "list of strokes"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(asked: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        PlainQuestion.read(asked)
