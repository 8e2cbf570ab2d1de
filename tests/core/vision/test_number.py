"""What stands beside the layers on "Draw a digit" opens: each number is the one on show."""

from __future__ import annotations

import pytest
import torch

from core.schema import Refusal
from core.vision import number
from core.vision.drawing import Drawing
from core.vision.hand import sample
from core.vision.off import Off
from core.vision.preprocess import Stages, strip
from core.vision.question import DrawingQuestion
from core.vision.reasons import CONV_LAYERS, reasons


def value(question: DrawingQuestion, text: str) -> float:
    return number.opened(question, number.read(text)).value


def test_a_pixel_of_each_stage_is_that_of_the_strip() -> None:
    question = DrawingQuestion(sample(5), stages=Stages(fit=False))
    for stage, picture in zip(number.STAGES, strip(question.drawing, question.stages), strict=True):
        for row, column in ((14, 14), (7, 13), (20, 9)):
            shown = number.opened(question, number.read(f"{stage}.ink.0.{row}.{column}"))
            assert shown.value == picture[row, column]
            assert shown.total == pytest.approx(float(picture[row, column]), abs=1e-5)


def test_each_reason_on_show_is_the_number_that_opens() -> None:
    question = DrawingQuestion(sample(8), off=Off((1,), (4,)))
    said = reasons(question)
    for name, array, side in (
        ("occlusion", "occlusion", 1),
        ("conv1", "cam1", 1),
        ("conv2", "cam2", 2),
    ):
        shown = torch.tensor(said[name]).view(28, 28)
        for row, column in ((13, 12), (8, 17), (21, 10)):
            found = value(question, f"why.{array}.{row // side}.{column // side}")
            assert found == pytest.approx(float(shown[row, column]), abs=1e-4)
    for at, layer in zip("12", CONV_LAYERS, strict=True):
        for effect in said["filters"][layer]:
            found = value(question, f"why.effect{at}.{effect['map']}")
            assert found == pytest.approx(effect["logit"], abs=1e-4)
    assert value(question, "piece.share") == pytest.approx(said["piece"]["share"])


def test_what_is_blank_or_not_there_is_refused_or_paper() -> None:
    blank = DrawingQuestion(Drawing.of([]))
    assert value(blank, "drawn.ink.0.3.4") == 0.0
    for text in ("pen.ink.0.28.0", "pen.distance.0.3.4", "piece.share", "why.falls"):
        with pytest.raises(Refusal):
            number.opened(blank, number.read(text))
    for text in ("ink.0.3.4", "pen", "why.", "pen.ink.x"):
        with pytest.raises(Refusal, match=r"drawn\.ink"):
            number.read(text)
