"""The routes of collections: what a room sends arrives, and what is hostile gets a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from core.room.pieces import judge
from core.room.shown import Shown
from core.room.tables import VARIABLE
from core.vision import drawing
from core.vision.finetune.collection import Collections, ink
from core.vision.hand import sample
from core.vision.ink import as_text
from pages.kit.room import api as rooms_api
from pages.train_a_cnn.hand import api
from tests.pages.application import application

OWNER, STUDENT = "a-lecturer-of-the-room", "somebody-in-the-room"
DRAWING = sample(3).lists()
POT = "/forward-pass/pot"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(api, "COLLECTIONS", Collections())
    with TestClient(application(api.LIVE), raise_server_exceptions=False) as client:
        yield client


def _told(client: TestClient, **query: Any) -> Any:
    answer = client.get(POT, params={"owner": OWNER} | query)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return answer.json()


def test_what_a_room_sends_arrives_with_its_lecturer(client: TestClient) -> None:
    code = client.post(f"{POT}/open", json={"owner": OWNER}).json()["code"]
    assert client.get(f"{POT}/room/{code.lower()}").json() == {"open": True}
    sent = client.post(
        f"{POT}/room/{code}", json={"owner": STUDENT, "label": 3, "drawing": DRAWING}
    )
    assert (sent.status_code, sent.json()) == (201, {"sent": 1})
    own = client.post(f"{POT}/add", json={"owner": OWNER, "label": 4, "drawing": DRAWING})
    assert own.status_code == 201
    told = _told(client)
    assert [(each["label"], each["own"]) for each in told["new"]] == [(3, False), (4, True)]
    assert told["new"][0]["image"] == as_text(ink(DRAWING))
    assert set(told["new"][0]) == {"id", "label", "image", "own"}, "nothing about the sender"
    assert _told(client, after=1)["new"][0]["id"] == 2
    assert client.post(f"{POT}/remove", json={"owner": OWNER, "ids": [1]}).json()["ids"] == [2]
    assert client.post(f"{POT}/close", json={"owner": OWNER}).json()["code"] == ""
    assert client.get(f"{POT}/room/{code}").status_code == 404
    assert client.post(f"{POT}/remove", json={"owner": OWNER}).json()["ids"] == []


def test_the_digits_of_a_room_are_taken_as_they_hang_there(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(VARIABLE, f"sqlite:///{tmp_path / 'rooms.sqlite3'}")
    rooms_api.rooms.cache_clear()
    rooms = rooms_api.rooms()
    code, token = rooms.open()
    key = rooms.join(code)
    for label, kind in ((3, "digit"), (4, "digit")):
        rooms.show(code, token, Shown(taking=kind))
        rooms.send(code, key, judge(kind, {"label": label, "drawing": DRAWING}))
    asked = {"owner": OWNER, "code": code, "token": token}
    client.post(f"{POT}/add", json={"owner": OWNER, "label": 5, "drawing": DRAWING})
    for _ in range(2):  # the second time there is nothing new
        assert len(client.post(f"{POT}/room", json=asked).json()["ids"]) == 3
    told = _told(client)["new"]
    assert [(each["label"], each["own"]) for each in told] == [(5, True), (3, False), (4, False)]
    rooms.take_out(code, token, rooms.wall(code, token, "digit")["ids"][0])
    assert client.post(f"{POT}/room", json=asked).json()["ids"] == [1, 3]
    assert client.post(f"{POT}/room", json=asked | {"token": "x"}).status_code == 403
    assert client.post(f"{POT}/room", json=asked | {"code": "AAAAAA"}).status_code == 404
    rooms_api.rooms.cache_clear()


def test_a_drawing_is_prepared_without_being_kept(client: TestClient) -> None:
    answer = client.post(f"{POT}/prepared", json={"drawing": DRAWING})
    assert answer.json() == {"image": as_text(ink(DRAWING))}
    assert _told(client)["ids"] == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("add", {"owner": OWNER, "label": 3}, 422),
        ("add", {"owner": OWNER, "label": "<img src=x>", "drawing": DRAWING}, 422),
        ("add", {"owner": OWNER, "label": 3, "drawing": []}, 422),
        ("add", {"owner": "short", "label": 3, "drawing": DRAWING}, 422),
        ("add", {"owner": [OWNER] * 9, "label": 3, "drawing": DRAWING}, 422),
        ("remove", {"owner": OWNER, "ids": "all"}, 422),
        ("remove", {"owner": OWNER, "ids": [-1]}, 422),
        ("remove", {"owner": OWNER, "ids": [1.5]}, 422),
        ("remove", {"owner": OWNER, "ids": list(range(501))}, 422),
        ("open", {"owner": OWNER, "after": "x"}, 422),
        ("expel", {"owner": OWNER}, 422),
        ("expel", {"owner": OWNER, "all": ["name"]}, 422),
        ("prepared", {}, 422),
        ("steal", {"owner": OWNER}, 404),
        ("room/ABCDEF", {"owner": STUDENT, "label": 3, "drawing": DRAWING}, 404),
        ("room/..%2Fadd", {"owner": STUDENT}, 404),
        ("room/IIIIII", {"owner": STUDENT}, 404),
        ("add", [], 422),
    ],
)
def test_what_cannot_be_used_gets_a_sentence(
    client: TestClient, path: str, body: object, status: int
) -> None:
    answer = client.post(f"{POT}/{path}", json=body)
    assert answer.status_code == status
    if answer.headers["content-type"].startswith("text/plain") and path != "room/..%2Fadd":
        assert answer.text.endswith(".")
    assert _told(client)["ids"] == []


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"[" * 20_000, 413), (b" " * (drawing.MAX_BYTES + 1), 413), (b"\xff", 400)],
)
def test_hostile_bodies(client: TestClient, body: bytes, status: int) -> None:
    answer = client.post(f"{POT}/add", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert answer.text.endswith(".")


def test_other_sites_cannot_send(client: TestClient) -> None:
    good = {"owner": OWNER, "label": 3, "drawing": DRAWING}
    elsewhere = client.post(f"{POT}/add", json=good, headers={"Origin": "https://other.example"})
    assert elsewhere.status_code == 403
    assert client.post(f"{POT}/add", content=b"{}").status_code == 415
    assert client.get(f"{POT}/add").status_code == 405
    assert client.delete(POT).status_code == 405


def test_a_flood_is_slowed_down_and_the_others_are_not(client: TestClient) -> None:
    code = client.post(f"{POT}/open", json={"owner": OWNER}).json()["code"]
    body = {"owner": STUDENT, "label": 3, "drawing": DRAWING}
    found = [client.post(f"{POT}/room/{code}", json=body).status_code for _ in range(14)]
    assert found == [201] * 10 + [429] * 4
    other = body | {"owner": "another-one-in-the-room"}
    assert client.post(f"{POT}/room/{code}", json=other).status_code == 201


def test_a_lecturer_takes_out_all_of_a_sender(client: TestClient) -> None:
    code = client.post(f"{POT}/open", json={"owner": OWNER}).json()["code"]
    body = {"owner": STUDENT, "label": 3, "drawing": DRAWING}
    for _ in range(3):
        client.post(f"{POT}/room/{code}", json=body)
    told = client.post(f"{POT}/remove", json={"owner": OWNER, "ids": [1]}).json()
    assert (told["ids"], told["others"]) == ([2, 3], {"name": 2, "client": 2})
    assert client.post(f"{POT}/expel", json={"owner": OWNER, "all": "name"}).json()["ids"] == []
    answer = client.post(f"{POT}/room/{code}", json=body)
    assert answer.status_code == 403 and answer.text.endswith(".")


@pytest.mark.parametrize("query", [{}, {"owner": "x"}, {"owner": OWNER, "after": "-1"}])
def test_a_collection_is_asked_for_by_its_owner(client: TestClient, query: dict[str, str]) -> None:
    assert client.get(POT, params=query).status_code == 422
