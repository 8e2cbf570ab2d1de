"""The program that the page offers prints the number on the page, and the formula names it."""

import contextlib
import io

import pytest

from core.vision import formula, live
from core.vision.drawing import Drawing
from core.vision.hand import sample
from core.vision.preprocess import Stages
from core.vision.working import SHAPES, Place

PLACES = [Place(layer, *(size // 3 for size in shape)) for layer, shape in SHAPES.items()]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.layer)
@pytest.mark.parametrize("off", [{}, {"conv1": (10,), "conv2": (21,)}], ids=["all on", "some off"])
def test_the_program_prints_the_number(place: Place, off: dict[str, tuple[int, ...]]) -> None:
    question = live.Question(sample(2), "notes", Stages(pen=False), off, place)
    shown = live.worked(question)
    source = formula.program(shown, question.model, question.drawing, question.stages, off)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(source, "program", "exec"), {})
    numbers = [float(line) for line in printed.getvalue().split()]
    assert numbers
    assert numbers == pytest.approx([shown.value] * len(numbers), abs=1e-5)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.layer)
def test_the_formula_ends_in_the_number(place: Place) -> None:
    shown = live.worked(live.Question(sample(2), place=place))
    text = formula.latex(shown)
    assert text.endswith(f"{shown.value:.3f}")
    assert text.count("{") == text.count("}")


def test_a_program_for_the_blank_canvas_runs_too() -> None:
    shown = live.worked(live.Question(Drawing.empty()))
    exec(formula.program(shown, "ours", Drawing.empty(), Stages(), {}), {"print": lambda *_: None})
