"""A labelled drawing as a network sees it, or a sentence about what it is not."""

from __future__ import annotations

import pytest

from core.vision.drawing import Drawing
from core.vision.finetune.prepared import ink, prepared
from core.vision.hand import sample
from core.vision.ink import as_bytes
from core.vision.preprocess import render

DRAWING = sample(3).lists()


def test_it_is_what_draw_a_digit_shows_the_network() -> None:
    drawn = prepared(3, DRAWING)
    assert (drawn.label, drawn.ink) == (3, ink(DRAWING))
    assert drawn.ink == as_bytes(render(Drawing.of(DRAWING)))
    assert sum(drawn.ink) > 0


@pytest.mark.parametrize("label", [None, -1, 10, 1.5, True, "3", [3]])
def test_a_label_is_a_digit(label: object) -> None:
    with pytest.raises(ValueError, match="0 to 9"):
        prepared(label, DRAWING)


@pytest.mark.parametrize("drawing", [None, "<b>", {}, [], [[[0]]], [[[9000, 0]]], [[["a", "b"]]]])
def test_a_drawing_is_strokes_with_ink(drawing: object) -> None:
    with pytest.raises(ValueError, match=r"[.]$"):
        prepared(3, drawing)
