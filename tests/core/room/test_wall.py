"""The wall of a room: what is sent hangs there with its verdict, until it is taken out."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.nn import functional as F

from core.room import limits
from core.room.limits import NotTaken
from core.room.pieces import AFTER, EXAMPLES, SHOWN, Piece, judge
from core.room.shown import Shown
from core.room.tables import database
from core.room.wall import Walls
from core.schema import Refusal
from core.vision.drawing import Drawing
from core.vision.finetune.prepared import ink
from core.vision.forward import verdict
from core.vision.hand import sample
from core.vision.ink import as_text
from core.vision.preprocess import render
from core.vision.question import DrawingQuestion


def digit(label: int, taken: int, image: str = "A") -> Piece:
    return Piece("digit", {"image": image}, {"label": label, "digit": taken, "share": 0.9})


SEVEN = digit(7, 7)


@pytest.fixture
def walls(tmp_path: Path) -> Walls:
    return Walls(database(f"sqlite:///{tmp_path / 'rooms.sqlite3'}"))


@pytest.fixture
def room(walls: Walls) -> tuple[str, str]:
    code, token = walls.open()
    walls.show(code, token, Shown(taking="digit"))
    return code, token


def test_a_drawing_is_judged_as_on_the_page_that_draws() -> None:
    drawing = sample(3).lists()
    piece = judge("digit", {"label": 3, "drawing": drawing})
    found = verdict(DrawingQuestion(Drawing.of(drawing)))
    assert (piece.made["label"], piece.sent["image"]) == (3, as_text(ink(drawing)))
    assert piece.made["digit"] == int(found.probabilities.argmax())
    assert piece.made["share"] == float(found.probabilities.max())
    scribble = [[[100, 100], [900, 900]], [[100, 900], [900, 100]], [[500, 0], [500, 1000]]]
    none = judge("digit", {"label": 1, "drawing": scribble}).made["digit"] < 0
    assert none != verdict(DrawingQuestion(Drawing.of(scribble))).is_digit


@pytest.mark.parametrize(("language", "answer"), [("en", "cat"), ("ko", "고양이")])
def test_a_sentence_is_told_what_it_stands_for(language: str, answer: str) -> None:
    made = judge("sentence", {"text": EXAMPLES[language]["sentence"]}, language).made
    assert made["answer"] == answer and made["share"] > 0.9
    assert sum(made["weights"]) == pytest.approx(1, abs=0.001)
    assert made["words"][made["at"]] in ("it", "그것")


@pytest.mark.parametrize(("language", "place"), [("en", "soup"), ("ko", "뜨거운")])
def test_a_hidden_word_is_guessed(language: str, place: str) -> None:
    made = judge("hidden", {"text": EXAMPLES[language]["hidden"]}, language).made
    assert place in [word for word, _ in made["guesses"]]


def test_a_sine_goes_on_as_a_sine_and_what_is_none_does_not() -> None:
    """In steps of 0.1, as the network has learned it."""
    sine = [0.6 * math.sin(0.1 * i) for i in range(SHOWN + AFTER)]
    made = judge("series", {"values": sine}).made
    assert len(made["forecast"]) == AFTER
    assert made["error"] < 0.1 * made["persistence"]
    steps = [0.5 if i % 7 < 3 else -0.5 for i in range(SHOWN + AFTER)]
    assert judge("series", {"values": steps}).made["error"] > 0.1


def test_a_kernel_makes_the_map_that_torch_makes() -> None:
    weights = [1, 0, -1, 2, 0, -2, 1, 0, -1]
    rows = torch.tensor(judge("kernel", {"weights": weights}).made["rows"])
    picture = torch.from_numpy(render(sample(3)))[None, None]
    kernel = torch.tensor(weights, dtype=torch.float32).view(1, 1, 3, 3)
    expected = F.conv2d(picture, kernel, padding=1)[0, 0]
    assert torch.equal(rows, (expected / expected.abs().max() * 127).round().int())


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("digit", {"label": 10, "drawing": sample(3).lists()}),
        ("digit", {"label": True, "drawing": sample(3).lists()}),
        ("digit", {"label": 3, "drawing": "x"}),
        ("digit", {}),
        ("sentence", {"text": "Hello there"}),
        ("sentence", {"text": "The cat sat on the mat."}),
        ("sentence", {"text": 7}),
        ("hidden", {"text": "mina ate the soup."}),
        ("hidden", {"text": "_ ate the _."}),
        ("hidden", {"text": "_" + "a" * 300}),
        ("series", {"values": [0.5] * (SHOWN + AFTER)}),
        ("series", {"values": [0.5]}),
        ("series", {"values": [math.nan] * (SHOWN + AFTER)}),
        ("series", {"values": 7}),
        ("kernel", {"weights": [0] * 9}),
        ("kernel", {"weights": [3] * 9}),
        ("kernel", {}),
        ("picture", {}),
    ],
)
def test_what_cannot_be_judged_is_refused(kind: str, body: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        judge(kind, body)


def test_what_is_sent_hangs_on_the_wall_without_its_sender(
    walls: Walls, room: tuple[str, str]
) -> None:
    code, token = room
    first, second = walls.join(code), walls.join(code)
    assert walls.send(code, first, SEVEN) == 1
    assert walls.send(code, first, digit(7, 1, "B")) == 2
    assert walls.send(code, second, digit(4, -1, "C")) == 1
    told = walls.wall(code, token, "digit")
    verdicts = [(each["made"]["label"], each["made"]["digit"]) for each in told["new"]]
    assert verdicts == [(7, 7), (7, 1), (4, -1)]
    assert set(told["new"][0]) == {"id", "sent", "made"}
    assert (told["score"]["right"], told["score"]["of"]) == (1, 3)
    assert told["score"]["hardest"] == [4, 0, 1]
    assert walls.told(code, lecturer=True)["pieces"] == {"digit": 3}
    assert walls.told(code)["pieces"] == {}, "whoever draws does not hear of each other drawing"
    after = walls.wall(code, token, "digit", told["ids"][1])["new"]
    assert [each["sent"]["image"] for each in after] == ["C"]


def test_each_kind_has_a_wall_of_its_own(walls: Walls, room: tuple[str, str]) -> None:
    code, token = room
    key = walls.join(code)
    walls.send(code, key, SEVEN)
    kernel = Piece("kernel", {"weights": [1.0]}, {"rows": [[1]]})
    with pytest.raises(NotTaken, match="Nothing of that kind"):
        walls.send(code, key, kernel)
    walls.show(code, token, Shown(taking="kernel"))
    walls.send(code, key, kernel)
    assert walls.told(code, lecturer=True)["pieces"] == {"digit": 1, "kernel": 1}
    assert walls.wall(code, token, "kernel")["score"] is None
    walls.clear(code, token, "kernel")
    assert walls.told(code, lecturer=True)["pieces"] == {"digit": 1}


def test_the_lecturer_takes_out_one_or_all_of_a_sender(walls: Walls, room: tuple[str, str]) -> None:
    code, token = room
    first, second = walls.join(code), walls.join(code)
    for key in (first, first, second):
        walls.send(code, key, SEVEN)
    one, two, three = walls.wall(code, token, "digit")["ids"]
    walls.take_out(code, token, three)
    walls.take_out(code, token, three)
    assert walls.wall(code, token, "digit")["ids"] == [one, two]
    walls.take_out(code, token, one, all_of_sender=True)
    assert walls.wall(code, token, "digit")["ids"] == []
    with pytest.raises(NotTaken, match="taken out"):
        walls.send(code, first, SEVEN)
    walls.send(code, second, SEVEN)
    assert walls.wall(code, token, "digit")["ids"][0] > three, "a number does not come again"
    walls.clear(code, token, "digit")
    assert walls.wall(code, token, "digit")["ids"] == []


def test_students_cannot_see_steer_or_fill_a_wall(
    walls: Walls, room: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EACH", 2)
    monkeypatch.setattr(limits, "PIECES_HERE", 3)
    code, token = room
    first, second = walls.join(code, "here"), walls.join(code, "here")
    other = walls.join(code, "there")
    for _ in range(2):
        walls.send(code, first, SEVEN)
    with pytest.raises(NotTaken, match="as many as one person"):
        walls.send(code, first, SEVEN)
    walls.send(code, second, SEVEN)
    with pytest.raises(NotTaken, match="The wall is full"):
        walls.send(code, second, SEVEN)
    walls.send(code, other, SEVEN)
    for do in (walls.wall, walls.clear):
        with pytest.raises(NotTaken, match="Only whoever opened"):
            do(code, first, "digit")
    with pytest.raises(NotTaken, match="Only whoever opened"):
        walls.take_out(code, first, 1)
    walls.show(code, token, Shown())
    with pytest.raises(NotTaken, match="Nothing of that kind"):
        walls.send(code, other, SEVEN)
