"""The routes of a room: what is acknowledged is kept, and what is hostile gets a sentence."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from core.room.limits import VARIABLE
from core.room.pieces import EXAMPLES
from core.vision.hand import sample
from pages.kit import assets
from pages.kit.deployment import Deployment
from pages.kit.room import api, doors
from tests.pages.application import application

ROOM = "/forward-pass/room"
AT = "http://testserver/j"
ASKED = {"prompt": "Which <b>digit</b>?", "choices": ["three", "eight"], "name": "draw:1"}


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[TestClient]:
    monkeypatch.setenv(VARIABLE, f"sqlite:///{tmp_path / 'rooms.sqlite3'}")
    api.rooms.cache_clear()
    with TestClient(application(api.routes()), raise_server_exceptions=False) as client:
        yield client
    api.rooms.cache_clear()


def _posted(client: TestClient, path: str, **body: Any) -> Any:
    answer = client.post(f"{ROOM}{path}", json=body)
    assert answer.status_code in (200, 201), answer.text
    assert answer.headers["cache-control"] == "no-store"
    return answer.json()


def _opened(client: TestClient) -> tuple[str, str]:
    answer = _posted(client, "", at=AT)
    return answer["code"], answer["token"]


def test_a_room_is_opened_joined_asked_and_answered(client: TestClient) -> None:
    code, token = _opened(client)
    joined = _posted(client, f"/{code.lower()}/join")
    assert joined["room"] == code, "however it was typed"
    number = _posted(client, f"/{code}/ask", token=token, question=ASKED)["id"]
    key = joined["key"]
    assert _posted(client, f"/{code}/vote", key=key, question=number, value=1) == {"value": 1.0}
    known = {"question": number, "votes": {"1": 1.0}, "name": ""}
    assert _posted(client, f"/{code}/known", key=key) == known
    steer = {"token": token, "question": number}
    _posted(client, f"/{code}/steer", verb="close", **steer)
    late = client.post(f"{ROOM}/{code}/vote", json={"key": key, "question": number, "value": 0})
    assert (late.status_code, late.text) == (409, "The vote is closed.")
    _posted(client, f"/{code}/show", token=token, shown={"page": "draw-a-digit", "link": "seed=4"})
    _posted(client, f"/{code}/end", token=token)
    assert client.post(f"{ROOM}/{code}/join", json={}).status_code == 404


def test_what_was_acknowledged_is_there_in_another_process(client: TestClient) -> None:
    code, token = _opened(client)
    key = _posted(client, f"/{code}/join")["key"]
    number = _posted(client, f"/{code}/ask", token=token, question=ASKED)["id"]
    _posted(client, f"/{code}/vote", key=key, question=number, value=0)
    api.rooms.cache_clear()  # all that a process knows
    assert _posted(client, f"/{code}/known", key=key)["votes"] == {"1": 0.0}


def test_a_drawing_goes_to_the_wall_and_its_sender_hears_the_verdict(client: TestClient) -> None:
    code, token = _opened(client)
    key = _posted(client, f"/{code}/join")["key"]
    sent = {"key": key, "kind": "digit", "label": 3, "drawing": sample(3).lists()}
    assert client.post(f"{ROOM}/{code}/send", json=sent).status_code == 409
    _posted(client, f"/{code}/show", token=token, shown={"taking": "digit"})
    answer = _posted(client, f"/{code}/send", **sent)
    verdict = answer["made"]
    assert (verdict["label"], verdict["digit"], answer["count"]) == (3, 3, 1)
    blank = client.post(f"{ROOM}/{code}/send", json=sent | {"drawing": []})
    assert blank.status_code == 422
    told = _posted(client, f"/{code}/wall", token=token, kind="digit")
    assert told["score"]["right"] == 1 and told["new"][0]["made"] == verdict
    _posted(client, f"/{code}/out", token=token, piece=told["ids"][0], all=True)
    assert client.post(f"{ROOM}/{code}/send", json=sent).status_code == 403
    _posted(client, f"/{code}/clear", token=token, kind="digit")


def test_what_the_room_did_is_taken_away_as_text(client: TestClient) -> None:
    code, token = _opened(client)
    key = _posted(client, f"/{code}/join")["key"]
    number = _posted(client, f"/{code}/ask", token=token, question=ASKED)["id"]
    _posted(client, f"/{code}/vote", key=key, question=number, value=1)
    for kind, body in (
        ("digit", {"label": 3, "drawing": sample(3).lists()}),
        ("sentence", {"text": EXAMPLES["en"]["sentence"]}),
        ("hidden", {"text": EXAMPLES["en"]["hidden"]}),
        ("series", {"values": [0.5 if i % 9 < 4 else -0.5 for i in range(80)]}),
        ("kernel", {"weights": [0, 0, 0, 0, 1, 0, 0, 0, 0]}),
    ):
        _posted(client, f"/{code}/show", token=token, shown={"taking": kind})
        _posted(client, f"/{code}/send", key=key, kind=kind, **body)

    def file(name: str, who: str = token) -> Any:
        body, headers = {"token": who}, {"Accept-Language": "ko"}
        return client.post(f"{ROOM}/{code}/{name}", json=body, headers=headers)

    votes, pieces, page = (file(name) for name in ("votes.csv", "pieces.csv", "record.html"))
    assert "eight,1," in votes.text and len(pieces.text.splitlines()) == 6
    assert "&lt;b&gt;digit" in page.text and "<b>digit" not in page.text
    assert not page.headers["content-type"].startswith("text/html"), "a browser takes it away"
    assert '<html lang="ko"' in page.text and page.text.count("<section>") == 6
    assert file("votes.csv", key).status_code == 403


def test_a_sentence_is_read_in_the_language_of_the_phone(client: TestClient) -> None:
    code, token = _opened(client)
    sent = {"key": _posted(client, f"/{code}/join")["key"], "kind": "sentence"}
    _posted(client, f"/{code}/show", token=token, shown={"taking": "sentence"})
    body = sent | {"text": EXAMPLES["ko"]["sentence"]}
    korean = client.post(f"{ROOM}/{code}/send", json=body, headers={"Accept-Language": "ko"})
    assert korean.json()["made"]["answer"] == "고양이"
    assert client.post(f"{ROOM}/{code}/send", json=body).status_code == 422


@pytest.mark.parametrize(
    ("verb", "body", "status"),
    [
        ("send", {"key": "x", "label": 3, "drawing": []}, 403),
        ("wall", {"token": "x"}, 403),
        ("wall", {"token": "x", "after": -1}, 422),
        ("out", {"token": "x", "piece": 1}, 403),
        ("clear", {"token": "x"}, 403),
        ("ask", {"token": "x", "question": ASKED}, 403),
        ("ask", {"token": 1, "question": ASKED}, 422),
        ("ask", {"token": "x", "question": {"prompt": 1}}, 422),
        ("steer", {"token": "x", "question": 1, "verb": "close"}, 403),
        ("steer", {"token": "x", "question": -1, "verb": "close"}, 422),
        ("show", {"token": "x", "shown": {"page": "p"}}, 403),
        ("show", {"token": "x", "shown": {"page": "p" * 100}}, 422),
        ("end", {"token": "x"}, 403),
        ("doors", {"token": "x", "at": AT}, 403),
        ("known", {"key": "x"}, 403),
        ("vote", {"key": "x", "question": 1, "value": 1}, 403),
        ("vote", {"key": "x" * 1000, "question": 1, "value": 1}, 422),
        ("vote", {"key": "x", "question": True, "value": 1}, 422),
        ("fly", {}, 404),
    ],
)
def test_a_stranger_gets_a_sentence(client: TestClient, verb: str, body: Any, status: int) -> None:
    code, _ = _opened(client)
    answer = client.post(f"{ROOM}/{code}/{verb}", json=body, headers={"Accept-Language": "ko"})
    assert answer.status_code == status
    assert "다." in answer.text or "요." in answer.text


@pytest.mark.parametrize("code", ["AAAAAA", "nothing", "O0I1L1", "%00", "x" * 500])
def test_letters_that_are_of_no_room(client: TestClient, code: str) -> None:
    assert client.post(f"{ROOM}/{code}/join", json={}).status_code == 404
    assert client.get(f"{ROOM}/{code}/events").status_code == 404


def test_a_room_that_nobody_could_enter_is_not_opened(client: TestClient) -> None:
    for at in (None, 3, "javascript:alert(1)", "http://x/" + "y" * 400):
        assert client.post(ROOM, json={"at": at}).status_code == 422


def test_a_database_that_is_away_is_said(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "sqlite:////proc/nothing/rooms.sqlite3")
    answer = client.post(ROOM, json={"at": AT})
    assert (answer.status_code, answer.text[:27]) == (503, "Rooms cannot be kept now: t")
    assert answer.headers["retry-after"] == "1", "whoever asks asks again by itself"


def test_a_phone_gets_a_small_page_of_its_own_in_its_language(client: TestClient) -> None:
    for path, base in (("/j", "./forward-pass"), ("/j/fbkqmz", "../forward-pass")):
        answer = client.get(path, headers={"Accept-Language": "ko-KR,ko"})
        assert answer.status_code == 200 and '<html lang="ko"' in answer.text
        sent = json.loads(answer.text.partition('id="words">')[2].partition("<")[0])
        assert (sent["base"], sent["other"]) == (base, ["en", "English"])
        assert sent["code"] == ("FBKQMZ" if "fbk" in path else "")
    assert '<html lang="en"' in client.get("/j?lang=en", headers={"Accept-Language": "ko"}).text
    modules, styles = assets.needed("kit/room/phone.js")
    files = [(assets.ROOT / name).read_bytes() for name in (*modules, *styles)]
    assert sum(len(gzip.compress(file)) for file in files) < 60_000


def test_a_plan_is_checked_and_the_presenter_gets_a_small_page(client: TestClient) -> None:
    answer = client.post(f"{ROOM}/plan", json={"plan": {"steps": [{"link": "bert?seed=2"}]}})
    assert answer.json()["plan"]["steps"][0]["minutes"] == 5.0
    assert client.post(f"{ROOM}/plan", json={"plan": {"steps": [{}]}}).status_code == 422
    assert client.post(f"{ROOM}/plan", json={"text": "steps: [{link: bert?seed=2}]"}).json() == (
        answer.json()
    )
    assert client.post(f"{ROOM}/plan", json={"text": "steps: [{}]"}).status_code == 422
    page = client.get("/plan?lang=ko")
    assert '<html lang="ko"' in page.text and "kit/room/plan.js" in page.text


def test_an_address_never_says_localhost() -> None:
    own = ["10.0.0.7", "192.168.1.5"]
    for here in ("localhost", "127.0.0.1", "[::1]", "fp.localhost"):
        found = doors.reachable(f"http://{here}:8501/x/j", Deployment(), "", own)
        assert found == ["http://10.0.0.7:8501/x/j", "http://192.168.1.5:8501/x/j"]
        assert doors.reachable(f"http://{here}:8501/j", Deployment(), "localhost", own) == []
    named = Deployment.of({"FORWARD_PASS_URL": "https://learn.example.edu/fp/"})
    assert doors.reachable("http://localhost:8501/j", named, "127.0.0.1", own) == [
        "https://learn.example.edu/fp/j"
    ]


def test_a_qr_code_is_drawn_from_its_modules() -> None:
    side, _, path = doors.qr("http://10.0.0.7:8501/j/FBKQMZ").partition(" ")
    assert int(side) >= 21 and path.startswith("M0 0h1v1h-1zM1 0")
