"""What the page asks of a sheet: its answers, the numbers behind them, and what is corrected."""

from __future__ import annotations

import io
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from core import goals
from core.intervals import interval
from core.schema import Refusal
from core.vision.finetune.prepared import ink
from core.vision.photo import answer
from core.vision.photo.goals import GOALS, MISTAKEN, NEEDED
from core.vision.photo.question import PhotoNumberQuestion, PhotoQuestion, StageQuestion
from core.vision.photo.sheet import read
from core.vision.photo.stages import STAGES

QUESTION = PhotoQuestion(shadow=0.3)
SHEET = QUESTION.example()


def test_the_answer_holds_digits_and_stages() -> None:
    body = answer.answer(SHEET, QUESTION)
    head = goals.read(body)
    code = body[4 + int.from_bytes(body[:4], "little") :]
    found = read(SHEET, QUESTION.setting)
    assert head["found"] == "digits" and head["count"] == len(head["digits"]) == 24
    assert head["lines"] == 4 and head["height"], head["width"] == (810, 1080)
    pictures = np.frombuffer(code[: 784 * 24], np.uint8).reshape(24, 28, 28)
    for picture, drawing in zip(pictures, found.drawings, strict=True):
        assert picture.tobytes() == ink(drawing.lists())  # what another page would learn from
    assert [each["stage"] for each in head["strip"]] == list(STAGES)
    for each in head["strip"]:
        with Image.open(io.BytesIO(code[each["at"] : each["at"] + each["size"]])) as image:
            assert image.format == "JPEG" and max(image.size) == answer.SMALL
    for each, verdict in zip(head["digits"], found.verdicts, strict=True):
        assert each["digit"] == verdict.probabilities.argmax()


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_is_a_picture(stage: str) -> None:
    question = StageQuestion.read({**QUESTION.write(), "stage": stage, "side": 512})
    with Image.open(io.BytesIO(answer.stage(SHEET, question))) as image:
        assert image.size == (512, 384)
        assert np.ptp(np.asarray(image.convert("L"))) > 100


NUMBERS = (
    "sheet.red.100.90", "sheet.grey.80.120", "sheet.background.80.120", "sheet.ratio.80.120",
    "sheet.dark.80.120", "sheet.threshold.0.0", "sheet.over.80.120",
    "digit.ink.0.14.14", "digit.distance.0.3.3", "digit.conv1.3.4.5", "digit.probabilities.3",
)  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("paper", ["lined", "board"])
def test_any_number_opens_and_its_program_prints_it(
    number: str, paper: str, capsys: pytest.CaptureFixture[str]
) -> None:
    question = PhotoNumberQuestion.read({"paper": paper, "digit": 5, "number": number})
    told = answer.number(question.example(), question)
    assert told["number"] == number
    exec(told["program"], {})
    printed = float(capsys.readouterr().out.split()[-1])
    assert printed == pytest.approx(told["opened"]["value"], abs=2e-5)
    assert told["latex"]


def test_a_chosen_threshold_is_not_computed() -> None:
    raw = {"number": "sheet.threshold.0.0", "threshold": 0.25}
    told = answer.number(SHEET, PhotoNumberQuestion.read(raw))["opened"]
    assert (told["kind"], told["origin"], told["value"]) == ("given", "slider", 0.25)


def test_a_digit_that_is_not_there_is_refused() -> None:
    raw = {"number": "digit.ink.0.1.1", "digit": 60}
    with pytest.raises(Refusal, match="no digit of that number"):
        answer.number(SHEET, PhotoNumberQuestion.read(raw))
    with pytest.raises(Refusal, match="is written as"):
        PhotoNumberQuestion.read({"number": "grey.1.1"})


def _corrected(places: dict[int, int]) -> PhotoQuestion:
    boxes = read(SHEET, QUESTION.setting).cut.boxes
    said = [
        {
            "row": int(boxes[i, [0, 2]].mean()),
            "column": int(boxes[i, [1, 3]].mean()),
            "label": label,
        }
        for i, label in places.items()
    ]
    return PhotoQuestion.read({**QUESTION.write(), "corrected": said})


def test_corrections_are_counted() -> None:
    before = goals.read(answer.answer(SHEET, QUESTION))
    wrong = (before["digits"][2]["digit"] + 1) % 10
    question = _corrected({2: wrong, 4: -1, 6: before["digits"][6]["digit"]})
    head = goals.read(answer.answer(SHEET, question))
    expected = {"right": 22, "of": 24, "share": 22 / 24, "interval": interval(22, 24)}
    assert head["score"] == expected
    assert [each["label"] for each in head["digits"][2:7:2]] == [
        wrong,
        -1,
        before["digits"][6]["digit"],
    ]


def test_the_last_correction_of_a_box_counts_and_follows_its_place() -> None:
    question = _corrected({3: 1})
    row, column = question.corrected[0].row, question.corrected[0].column
    again = PhotoQuestion.read(
        {**question.write(), "corrected": [*question.write()["corrected"],
                                           {"row": row, "column": column, "label": 8}]}
    )  # fmt: skip
    for setting in ({}, {"threshold": 0.4}):
        head = goals.read(answer.answer(SHEET, PhotoQuestion.read({**again.write(), **setting})))
        labelled = [each for each in head["digits"] if each["label"] is not None]
        assert [each["label"] for each in labelled] == [8]


def test_the_goals_are_reached_by_what_they_say() -> None:
    plain = answer.answer(SHEET, QUESTION)
    assert goals.reached(GOALS, QUESTION, plain) == []
    broken = PhotoQuestion(paper="squared", shadow=0.4, flatten=False)
    assert NEEDED.name in goals.reached(GOALS, broken, answer.answer(broken.example(), broken))
    sure = goals.read(plain)["digits"][0]
    wrong = _corrected({0: (sure["digit"] + 1) % 10})
    assert goals.reached(GOALS, wrong, answer.answer(SHEET, wrong)) == [MISTAKEN.name]


def test_boxes_are_numbered_in_the_order_of_reading() -> None:
    boxes = [
        (each["line"], each["box"][1])
        for each in goals.read(answer.answer(SHEET, QUESTION))["digits"]
    ]
    assert all(a < b for a, b in pairwise(boxes))
