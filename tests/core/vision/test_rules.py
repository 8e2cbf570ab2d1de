"""The declaration of SimpleCNN: what is shown of padding and silence, and the page's program."""

import contextlib
import io

import pytest
import torch

from core.opened import latex, wire
from core.vision import forward
from core.vision.drawing import Drawing
from core.vision.hand import sample
from core.vision.models import SimpleCNN
from core.vision.off import Off
from core.vision.place import SHAPES, Place
from core.vision.preprocess import Stages
from core.vision.question import DrawingQuestion
from core.vision.rules import opened
from core.vision.trace import trace

torch.manual_seed(3)
MODEL = SimpleCNN().eval()
OFF = {"conv1": (7,)}
RUN = trace(MODEL, torch.rand(1, 28, 28, generator=torch.Generator().manual_seed(4)), OFF)
PLACES = [Place(layer, *(size // 3 for size in shape)) for layer, shape in SHAPES.items()]


def test_padding_is_shown_as_zeros() -> None:
    shown = opened(MODEL, RUN, Place("conv1", 0, 0, 0))
    patch = shown.part("patch").values
    assert (patch[0, 0] == 0).all() and (patch[0, :, 0] == 0).all()
    assert (patch[0, 1:, 1:] == RUN["input"][0, 0, :2, :2]).all()
    assert shown.part("patch").box == (range(1), range(2), range(2))


def test_the_winner_of_a_window_is_its_largest_value() -> None:
    found = wire(opened(MODEL, RUN, Place("pool1", 3, 4, 5)))
    row, column = found["winner"]
    assert found["window"][row][column] == found["value"] == float(RUN["pool1"][0, 3, 4, 5])


def test_contributions_can_be_followed() -> None:
    found = wire(opened(MODEL, RUN, Place("fc1", 9)))
    weight = MODEL.fc1.weight.detach()[9].reshape(64, 7, 7)
    for term in found["terms"]:
        assert term["left"] == pytest.approx(float(RUN["pool2"][0][tuple(term["at"])]))
        assert term["right"] == pytest.approx(float(weight[tuple(term["at"])]))


def test_a_silent_filter_says_so() -> None:
    row, column = divmod(int(RUN["conv1"][0, 7].argmax()), 28)
    assert RUN["conv1"][0, 7, row, column] > 0
    shown = opened(MODEL, RUN, Place("relu1", 7, row, column), OFF)
    assert wire(shown)["silent"] and shown.total == shown.value == 0.0


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.layer)
@pytest.mark.parametrize("off", [{}, {"conv1": (10,), "conv2": (21,)}], ids=["all on", "some off"])
def test_the_program_prints_the_number(place: Place, off: dict[str, tuple[int, ...]]) -> None:
    question = DrawingQuestion(sample(2), "notes", Stages(pen=False), Off(**off), place)
    shown = forward.opened(question)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(forward.program(question), "program", "exec"), {})
    numbers = [float(line) for line in printed.getvalue().split()]
    assert numbers
    assert numbers == pytest.approx([shown.value] * len(numbers), abs=1e-5)
    assert latex(shown).endswith(f"{shown.value:.3f}")


def test_a_program_for_the_blank_canvas_runs_too() -> None:
    question = DrawingQuestion(Drawing.empty())
    exec(forward.program(question), {"print": lambda *_: None})


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
        ("conv1", 0.5),
    ],
)
def test_places_outside_the_network_are_refused(wrong: tuple) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        Place(*wrong)
