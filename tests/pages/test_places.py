"""What a room answers by a tap: the page asks it, and the answer is what is computed there."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from streamlit.testing.v1 import AppTest

from core.room.question import RoomQuestion
from core.vision.attribution import WINDOW
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.slide import slide
from core.vision.hand import sample
from core.vision.models import normalise
from core.vision.networks import network
from core.vision.preprocess import render
from core.vision.question import DrawingQuestion
from pages.convolution_and_pooling.guess import place_of as conv
from pages.draw_a_digit.guess import place_of as draw
from pages.kit import place
from pages.kit.place import Place
from pages.kit.room import panel
from tests.patience import PATIENCE


def _asked(path: str) -> None:
    import streamlit as st

    from pages.kit import place, quiz
    from pages.kit.room import panel
    from pages.registry import PAGES

    quiz.begin()
    place.begin()
    next(entry for entry in PAGES if entry.path == path).module.page()
    st.session_state["asked"] = panel._questions()


def asked(path: str) -> list[dict[str, Any]]:
    app = AppTest.from_function(_asked, kwargs={"path": path}, default_timeout=PATIENCE).run()
    assert not app.exception
    found: list[dict[str, Any]] = app.session_state["asked"]
    return found


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("draw-a-digit", "draw-needed"),
        ("convolution-and-pooling", "conv-sees"),
        ("attention-step-by-step", "steps-most"),
        ("attention-in-a-trained-model", "trained-most"),
    ],
)
def test_a_page_asks_for_a_place_in_both_languages(path: str, name: str) -> None:
    found = asked(path)
    first, names = found[0], [each["name"].partition(":")[0] for each in found]
    assert names[0] == name and names.count(name) == 1
    read = RoomQuestion.read(first)
    assert read.answered and read.right([float(first["answer"].split()[0])]) == 1
    assert read.wordings[0].language == "ko" and read.wordings[0].prompt != read.prompt


def test_a_word_is_asked_for_where_the_weight_is_largest() -> None:
    words = RoomQuestion.read(asked("attention-in-a-trained-model")[0])
    assert words.words[:2] == ("the", "cat") and words.answered == "cat"
    assert words.counts([1.0, 1.0, 4.0]) == [("cat", 2), (words.words[4], 1)]


def test_a_cell_of_the_output_sees_what_moves_it() -> None:
    def made() -> ConvolutionQuestion:
        return ConvolutionQuestion(stride=2, padding=1, dilation=2, filters=("box",))

    at, columns = made().cell, made().input.shape[-1]
    before = slide(made()).before[0, at.row, at.column]
    moves = []
    for cell in range(made().input[0].numel()):
        other = made()
        vars(other)["input"] = other.input.clone()
        other.input[0, cell // columns, cell % columns] += 1
        if abs(float(slide(other).before[0, at.row, at.column] - before)) > 1e-6:
            moves.append(cell)
    assert len(moves) == 9 and sorted(conv(made()).right) == moves


def test_nothing_hurts_an_answer_as_much_as_what_is_covered_there() -> None:
    question = DrawingQuestion(sample(3))
    found = draw(question)
    assert found is not None
    model = network(question.model).model
    image = normalise(torch.from_numpy(render(question.drawing, question.stages)))
    logits = model(image[None, None])[0]
    digit, blank = int(logits.argmax()), float(normalise(torch.zeros(())))

    def fall(row: int, column: int) -> float:
        covered = image.clone()
        covered[row : row + WINDOW, column : column + WINDOW] = blank
        return float(logits[digit] - model(covered[None, None])[0][digit])

    falls = {(r, c): fall(r, c) for r in range(0, 25, 2) for c in range(0, 25, 2)}
    [at] = found.right
    row, column = divmod(at, 28)
    (r, c), _most = max(falls.items(), key=lambda each: each[1])
    assert max(abs(row - r), abs(column - c)) <= found.tolerance
    assert draw(DrawingQuestion.read({"drawing": []})) is None


def test_what_cannot_be_tapped_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "picture", lambda: None)
    question = Place("x", "", "Where?", [1], "There.")
    assert panel._tapped(question) is None
    words = Place("x", "", "Which?", [1], "This.", words=["a"] * 41)
    assert panel._tapped(words) is None
