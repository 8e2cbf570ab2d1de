"""Pots of drawings: whose they are, how full they become, and when they are forgotten."""

from __future__ import annotations

import pytest

from core.vision.finetune import pot
from core.vision.finetune.pot import EACH, HOUR, LETTERS, MOST, PACE, NotTaken, Pots
from core.vision.finetune.setting import as_text
from core.vision.hand import sample

LECTURER, STUDENT = "lecturer-of-the-room", "somebody-in-the-room"
DRAWING = sample(3).lists()


class Clock:
    """Time that passes when it is told to; every look takes a second."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pots(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Pots:
    picture = pot.ink(DRAWING)
    monkeypatch.setattr(pot, "ink", lambda drawing: picture)  # each is the same, and costs nothing
    return Pots(clock)


def test_what_is_put_in_is_what_the_network_gets(clock: Clock) -> None:
    pots = Pots(clock)
    pots.add(LECTURER, 3, DRAWING)
    (told,) = pots.told(LECTURER)["new"]
    assert told == {"id": 1, "label": 3, "image": as_text(pot.ink(DRAWING)), "own": True}
    assert sum(pot.ink(DRAWING)) > 0


def test_a_room_sends_to_an_open_pot_only(pots: Pots) -> None:
    with pytest.raises(NotTaken, match="closed") as caught:
        pots.send("ABCDEF", STUDENT, 3, DRAWING)
    assert caught.value.kind == "unknown"
    code = pots.open(LECTURER)
    assert len(code) == 6
    assert set(code) <= set(LETTERS)
    assert pots.open(LECTURER) == code
    assert [pots.send(code, STUDENT, 3, DRAWING) for _ in range(2)] == [1, 2]
    told = pots.told(LECTURER)
    assert told["code"] == code
    assert [each["own"] for each in told["new"]] == [False, False]
    assert pots.told(STUDENT)["ids"] == []
    pots.close(LECTURER)
    assert len(pots.told(LECTURER)["ids"]) == 2
    with pytest.raises(NotTaken):
        pots.send(code, STUDENT, 3, DRAWING)
    assert pots.open(LECTURER) != code


def test_only_what_is_new_is_told(pots: Pots) -> None:
    for _ in range(3):
        pots.add(LECTURER, 3, DRAWING)
    told = pots.told(LECTURER, after=2)
    assert told["ids"] == [1, 2, 3]
    assert [each["id"] for each in told["new"]] == [3]


def test_the_owner_takes_out_any_drawing(pots: Pots) -> None:
    code = pots.open(LECTURER)
    pots.add(LECTURER, 1, DRAWING)
    pots.send(code, STUDENT, 2, DRAWING)
    pots.send(code, STUDENT, 3, DRAWING)
    pots.remove(LECTURER, [2, 99])
    assert pots.told(LECTURER)["ids"] == [1, 3]
    pots.remove(LECTURER)
    assert pots.told(LECTURER)["ids"] == []
    pots.add(LECTURER, 1, DRAWING)
    assert pots.told(LECTURER)["ids"] == [4], "a number is never used twice"


def test_a_pot_is_full_at_some_point(pots: Pots, clock: Clock) -> None:
    for i in range(MOST):
        pots.add(f"{LECTURER}", i % 10, DRAWING)
        clock.now += 1
    with pytest.raises(NotTaken, match=str(MOST)) as caught:
        pots.add(LECTURER, 1, DRAWING)
    assert caught.value.kind == "full"


def test_one_sender_does_not_fill_it(pots: Pots) -> None:
    code = pots.open(LECTURER)
    for _ in range(EACH):
        pots.send(code, STUDENT, 1, DRAWING)
    with pytest.raises(NotTaken, match=str(EACH)):
        pots.send(code, STUDENT, 1, DRAWING)
    assert pots.send(code, "another-one-in-the-room", 1, DRAWING) == 1


def test_nobody_draws_faster_than_a_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    pots = Pots(lambda: 5.0)
    for _ in range(PACE[0]):
        pots.add(LECTURER, 1, DRAWING)
    with pytest.raises(NotTaken) as caught:
        pots.add(LECTURER, 1, DRAWING)
    assert caught.value.kind == "fast"


def test_after_an_hour_everything_is_forgotten(pots: Pots, clock: Clock) -> None:
    code = pots.open(LECTURER)
    pots.add(LECTURER, 1, DRAWING)
    clock.now += HOUR - 30
    assert pots.told(LECTURER)["ids"] == [1]
    clock.now += 60
    assert pots.told(LECTURER) == {"code": "", "ids": [], "new": [], "most": MOST}
    with pytest.raises(NotTaken):
        pots.open_pot(code)


def test_memory_is_bounded_and_an_open_pot_goes_last(
    pots: Pots, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pot, "POTS", 3)
    code = pots.open(LECTURER)
    pots.add("kept-drawings-of-one", 1, DRAWING)
    for i in range(20):
        pots.remove(f"nobody-with-number-{i}")
    assert pots.open_pot(code)
    assert pots.told("kept-drawings-of-one")["ids"] == [1]
    monkeypatch.setattr(pot, "ALL", 4)
    for i in range(9):
        pots.add(f"drawing-with-number-{i}", 1, DRAWING)
    assert sum(len(each.drawings) for each in pots._pots.values()) <= 4
    assert pots.open_pot(code)


def test_who_sent_is_forgotten_too(pots: Pots, clock: Clock) -> None:
    for i in range(2 * pot.POTS + 40):
        pots.add(f"passing-by-number-{i}", 1, DRAWING)
    clock.now += HOUR
    pots.told(LECTURER)
    assert len(pots._sent) == 0
    assert len(pots._pots) == 0


@pytest.mark.parametrize("label", [None, -1, 10, 1.5, True, "3", [3]])
def test_a_label_is_a_digit(label: object) -> None:
    with pytest.raises(ValueError, match="0 to 9"):
        pot.prepared(label, DRAWING)


@pytest.mark.parametrize("drawing", [None, "<b>", {}, [], [[[0]]], [[[9000, 0]]], [[["a", "b"]]]])
def test_a_drawing_is_strokes_with_ink(drawing: object) -> None:
    with pytest.raises(ValueError, match=r"[.]$"):
        pot.prepared(3, drawing)
