"""Collections of drawings: whose they are, how full they become, and when they are forgotten."""

from __future__ import annotations

from contextlib import suppress

import pytest

from core.vision.finetune import collection
from core.vision.finetune.collection import (
    EACH,
    HOUR,
    LETTERS,
    MOST,
    PACE,
    ROOM_PACE,
    Collections,
    NotTaken,
)
from core.vision.hand import sample
from core.vision.ink import as_text
from tests.clock import Clock

LECTURER, STUDENT = "lecturer-of-the-room", "somebody-in-the-room"
DRAWING = sample(3).lists()


@pytest.fixture
def clock() -> Clock:
    return Clock(1000.0)


@pytest.fixture
def collections(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Collections:
    picture = collection.ink(DRAWING)
    monkeypatch.setattr(
        collection, "ink", lambda drawing: picture
    )  # each is the same, and costs nothing
    return Collections(clock)


def test_what_is_put_in_is_what_the_network_gets(clock: Clock) -> None:
    collections = Collections(clock)
    collections.add(LECTURER, 3, DRAWING)
    (told,) = collections.contents(LECTURER)["new"]
    assert told == {"id": 1, "label": 3, "image": as_text(collection.ink(DRAWING)), "own": True}
    assert sum(collection.ink(DRAWING)) > 0


def test_a_room_sends_to_an_open_collection_only(collections: Collections) -> None:
    with pytest.raises(NotTaken, match="closed") as caught:
        collections.send("ABCDEF", STUDENT, 3, DRAWING)
    assert caught.value.kind == "unknown"
    code = collections.open(LECTURER)
    assert len(code) == 6
    assert set(code) <= set(LETTERS)
    assert collections.open(LECTURER) == code
    assert [collections.send(code, STUDENT, 3, DRAWING) for _ in range(2)] == [1, 2]
    told = collections.contents(LECTURER)
    assert told["code"] == code
    assert [each["own"] for each in told["new"]] == [False, False]
    assert collections.contents(STUDENT)["ids"] == []
    collections.close(LECTURER)
    assert len(collections.contents(LECTURER)["ids"]) == 2
    with pytest.raises(NotTaken):
        collections.send(code, STUDENT, 3, DRAWING)
    assert collections.open(LECTURER) != code


def test_only_what_is_new_is_told(collections: Collections) -> None:
    for _ in range(3):
        collections.add(LECTURER, 3, DRAWING)
    told = collections.contents(LECTURER, after=2)
    assert told["ids"] == [1, 2, 3]
    assert [each["id"] for each in told["new"]] == [3]


def test_the_owner_takes_out_any_drawing(collections: Collections) -> None:
    code = collections.open(LECTURER)
    collections.add(LECTURER, 1, DRAWING)
    collections.send(code, STUDENT, 2, DRAWING)
    collections.send(code, STUDENT, 3, DRAWING)
    collections.remove(LECTURER, [2, 99])
    assert collections.contents(LECTURER)["ids"] == [1, 3]
    collections.remove(LECTURER)
    assert collections.contents(LECTURER)["ids"] == []
    collections.add(LECTURER, 1, DRAWING)
    assert collections.contents(LECTURER)["ids"] == [4], "a number is never used twice"


def test_a_collection_is_full_at_some_point(collections: Collections, clock: Clock) -> None:
    for i in range(MOST):
        collections.add(f"{LECTURER}", i % 10, DRAWING)
        clock.now += 1
    with pytest.raises(NotTaken, match=str(MOST)) as caught:
        collections.add(LECTURER, 1, DRAWING)
    assert caught.value.kind == "full"


def test_one_sender_does_not_fill_it(collections: Collections) -> None:
    code = collections.open(LECTURER)
    for _ in range(EACH):
        collections.send(code, STUDENT, 1, DRAWING)
    with pytest.raises(NotTaken, match=str(EACH)):
        collections.send(code, STUDENT, 1, DRAWING)
    assert collections.send(code, "another-one-in-the-room", 1, DRAWING) == 1


def test_nobody_draws_faster_than_a_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    collections = Collections(lambda: 5.0)
    for _ in range(PACE[0]):
        collections.add(LECTURER, 1, DRAWING)
    with pytest.raises(NotTaken) as caught:
        collections.add(LECTURER, 1, DRAWING)
    assert caught.value.kind == "fast"


def test_after_an_hour_everything_is_forgotten(collections: Collections, clock: Clock) -> None:
    code = collections.open(LECTURER)
    collections.add(LECTURER, 1, DRAWING)
    clock.now += HOUR - 30
    assert collections.contents(LECTURER)["ids"] == [1]
    clock.now += 60
    told = collections.contents(LECTURER)
    assert (told["code"], told["ids"], told["new"], told["most"]) == ("", [], [], MOST)
    with pytest.raises(NotTaken):
        collections.opened(code)


def test_memory_is_bounded_and_nobody_loses_anything_to_newcomers(
    collections: Collections, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection, "COLLECTIONS", 4)
    code = collections.open(LECTURER)
    collections.add("kept-drawings-of-one", 1, DRAWING)
    collections.add("empty-again", 1, DRAWING)
    collections.remove("empty-again")
    for i in range(20):
        with suppress(NotTaken):
            collections.add(f"nobody-with-number-{i}", 1, DRAWING)
    assert collections.opened(code)
    assert collections.contents("kept-drawings-of-one")["ids"] == [1]
    assert "empty-again" not in collections._all and len(collections._all) == 4
    with pytest.raises(NotTaken, match="as many drawings as it can") as caught:
        collections.open("one-too-many")
    assert caught.value.kind == "full"
    monkeypatch.setattr(collection, "ALL", 4)
    collections.send(code, STUDENT, 1, DRAWING)
    with pytest.raises(NotTaken, match="as many drawings as it can"):
        collections.send(code, STUDENT, 1, DRAWING)
    collections.remove(LECTURER)
    assert collections.send(code, STUDENT, 1, DRAWING) == 2


def test_one_address_leaves_room_for_the_others(
    collections: Collections, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection, "COLLECTIONS_HERE", 2)
    monkeypatch.setattr(collection, "ALL_HERE", 3)
    for name in ("a", "b"):
        collections.add(name, 1, DRAWING, "there")
    with pytest.raises(NotTaken):
        collections.open("c", "there")
    assert collections.open(LECTURER, "here")
    collections.add("a", 1, DRAWING, "there")
    with pytest.raises(NotTaken):
        collections.add("b", 1, DRAWING, "there")
    collections.add(LECTURER, 1, DRAWING, "here")


def test_a_script_with_many_names_neither_fills_a_collection_nor_outpaces_a_room(
    collections: Collections, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection, "HERE", 5)
    code = collections.open(LECTURER)
    for i in range(5):
        collections.send(code, f"made-up-{i}", 1, DRAWING, "there")
    with pytest.raises(NotTaken, match="holds 5"):
        collections.send(code, "made-up-5", 1, DRAWING, "there")
    assert collections.send(code, STUDENT, 1, DRAWING, "here") == 1
    at_once = Collections(lambda: 5.0)
    code = at_once.open(LECTURER)
    for i in range(ROOM_PACE[0]):
        at_once.send(code, f"made-up-{i}", 1, DRAWING, str(i))
    with pytest.raises(NotTaken, match="Many are sending") as caught:
        at_once.send(code, STUDENT, 1, DRAWING, "here")
    assert caught.value.kind == "fast"


def test_all_of_a_sender_or_of_an_address_is_taken_out_and_stays_out(
    collections: Collections,
) -> None:
    code = collections.open(LECTURER)
    own = collections.add(LECTURER, 1, DRAWING, "here")
    kept = [collections.send(code, "neighbour", 1, DRAWING, "there") for _ in range(2)]
    for name in ("nuisance", "nuisance", "another-name"):
        collections.send(code, name, 1, DRAWING, "elsewhere")
    collections.expel(LECTURER, "name")  # of nobody
    assert len(collections.contents(LECTURER)["ids"]) == 6
    collections.remove(LECTURER, [4])
    assert collections.contents(LECTURER)["others"] == {"name": 1, "client": 2}
    collections.expel(LECTURER, "name")
    assert collections.contents(LECTURER)["ids"] == [own, 2, 3, 6]
    with pytest.raises(NotTaken, match="taken out") as caught:
        collections.send(code, "nuisance", 1, DRAWING, "there")
    assert caught.value.kind == "out"
    collections.send(code, "third-name", 1, DRAWING, "elsewhere")
    collections.expel(LECTURER, "client")
    assert collections.contents(LECTURER)["ids"] == [own, 2, 3]
    with pytest.raises(NotTaken, match="taken out"):
        collections.send(code, "fourth-name", 1, DRAWING, "elsewhere")
    assert collections.send(code, "neighbour", 1, DRAWING, "there") == len(kept) + 1
    assert "elsewhere" not in repr(vars(collections)), "no address is kept"


def test_who_sent_is_forgotten_too(
    collections: Collections, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection, "COLLECTIONS", 50)
    for i in range(90):
        with suppress(NotTaken):
            collections.add(f"passing-by-number-{i}", 1, DRAWING)
    clock.now += HOUR
    collections.contents(LECTURER)
    assert len(collections._sent) == 0
    assert len(collections._all) == 0


@pytest.mark.parametrize("label", [None, -1, 10, 1.5, True, "3", [3]])
def test_a_label_is_a_digit(label: object) -> None:
    with pytest.raises(ValueError, match="0 to 9"):
        collection.prepared(label, DRAWING)


@pytest.mark.parametrize("drawing", [None, "<b>", {}, [], [[[0]]], [[[9000, 0]]], [[["a", "b"]]]])
def test_a_drawing_is_strokes_with_ink(drawing: object) -> None:
    with pytest.raises(ValueError, match=r"[.]$"):
        collection.prepared(3, drawing)
