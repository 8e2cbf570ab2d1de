"""The LSTM that follows the pen: torch's own numbers, each of which opens."""

from __future__ import annotations

import pytest
import torch

from core import weights
from core.recurrent.cells import unroll
from core.schema import Refusal
from core.vision import number
from core.vision.drawing import Drawing
from core.vision.hand import sample
from core.vision.question import DrawingQuestion
from core.vision.strokes import rules, training
from core.vision.strokes.path import path
from core.vision.strokes.reader import StrokeReader, padded
from tests.core.vision.test_people import TWO


def test_padding_changes_nothing() -> None:
    torch.manual_seed(0)
    reader = StrokeReader(hidden=8)
    paths = [path(sample(i)) for i in range(6)]
    together = reader(*padded(paths))
    for row, one in zip(together, paths, strict=True):
        alone = reader(torch.from_numpy(one)[None], torch.tensor([len(one)]))[0]
        torch.testing.assert_close(row, alone, atol=1e-6, rtol=1e-5)


@pytest.mark.parametrize("which", [0, 4, 7, 13])
def test_what_is_shown_is_torchs_and_opens(which: int) -> None:
    drawing = sample(which)
    said = rules.answer(DrawingQuestion(drawing))
    found = rules.arrays(drawing)
    shares = torch.tensor(said["probabilities"])
    torch.testing.assert_close(found["probabilities"], shares, atol=1e-5, rtol=1e-4)
    assert said["digit"] == which % 10 == int(shares[-1].argmax())
    assert said["probability"] == pytest.approx(float(shares[-1].max()))
    assert len(said["points"]) == len(shares)
    (gates,) = unroll(rules.reader().lstm, torch.from_numpy(path(drawing))[None])
    torch.testing.assert_close(found["h"], gates["h"][0])
    last = len(shares) - 1
    for text in (
        f"strokes.probabilities.{last}.{which % 10}",
        f"strokes.logits.{last}.3",
        f"strokes.h.{last}.17",
        "strokes.c.3.5",
        "strokes.forget.0.2",
        "strokes.candidate.2.95",
    ):
        shown = number.opened(DrawingQuestion(drawing), number.read(text))
        assert shown.total == pytest.approx(shown.value, abs=1e-4)


def test_the_answer_at_a_point_is_the_answer_of_what_was_written_until_then() -> None:
    """Nothing looks ahead: a path that ends earlier gives the same shares so far."""
    points = torch.from_numpy(path(sample(5)))
    net = rules.reader()
    whole, _ = net.lstm(points[None])
    part, _ = net.lstm(points[None, :7])
    torch.testing.assert_close(whole[:, :7], part)


def test_of_a_blank_canvas_there_is_nothing() -> None:
    blank = DrawingQuestion(Drawing())
    said = rules.answer(blank)
    assert said == {"points": [], "probabilities": [], "digit": None, "probability": 0.0}
    for text in ("strokes.probabilities.0.0", "strokes.h.0.0"):
        with pytest.raises(Refusal):
            number.opened(blank, number.read(text))
    with pytest.raises(Refusal):
        number.opened(DrawingQuestion(sample(3)), number.read("strokes.logits.79.0"))


def test_training_repeats_bit_for_bit_and_learns() -> None:
    torch.set_num_threads(1)
    from core.vision.hand import people

    who = people.read(TWO.splitlines())
    some, others = training.written(who), training.generated(200, 3)
    recipe = training.Recipe(steps=30, batch=(1, 31))
    made = [training.fit(some, others, 5, recipe, lambda _: None) for _ in range(2)]
    for one, two in zip(made[0].parameters(), made[1].parameters(), strict=True):
        assert torch.equal(one, two)
    right = training.logits(made[0], others).argmax(1) == others.labels
    assert right.double().mean() > 0.25


def test_the_card_is_true() -> None:
    reader, card = weights.load("strokes_lstm")
    assert isinstance(reader, StrokeReader)
    assert card["parameters"] == sum(p.numel() for p in reader.parameters()) == 40522
    drawn = training.generated(5_000, 31)
    share = float((training.logits(reader, drawn).argmax(1) == drawn.labels).double().mean())
    assert share == pytest.approx(card["scores"]["strokes"]["share"], abs=2e-4)
