"""The socket of a live route: it answers as the route does, and refuses as the route does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from core.schema import mark
from core.vision.drawing import MAX_BYTES
from core.vision.hand import sample
from pages.draw_a_digit import api
from pages.kit import routes, sockets
from pages.kit.requests import Refused
from pages.kit.routes import GOALS, Live
from tests.pages.application import application

TRACE = "/forward-pass/trace"
GOOD = {"drawing": sample(3).lists(), "strip": True}
NOTHING: dict[str, Any] = {"drawing": []}


def _full(question: Any) -> Any:
    raise Refused(503, mark("Many are asking at once. Ask again in a moment."))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    full = Live("/full", _full, moves=True)
    with TestClient(application(routes.served([*api.LIVE, full]))) as client:
        yield client


def _ask(socket: WebSocketTestSession, question: str) -> tuple[int, dict[str, str], bytes]:
    socket.send_text(question)
    message = socket.receive_bytes()
    start = 4 + int.from_bytes(message[:4], "little")
    head = json.loads(message[4:start])
    return head["status"], head["headers"], message[start:]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    "question",
    [
        json.dumps(GOOD),
        json.dumps(NOTHING),
        "{",
        "null",
        "{}",
        '{"drawing": [[[NaN, 1]]]}',
        '{"drawing": "\ud800"}',
        "[" * 5_000,
        '{"drawing": []}' + " " * MAX_BYTES,
    ],
    ids=["digit", "nothing", "half", "null", "empty", "nan", "surrogate", "lists", "large"],
)
def test_a_message_gets_what_a_post_gets(client: TestClient, question: str, language: str) -> None:
    posted = client.post(
        TRACE,
        content=question.encode(errors="replace"),
        headers={"Content-Type": "application/json", "X-Forward-Pass-Language": language},
    )
    with client.websocket_connect(f"{TRACE}?language={language}") as socket:
        status, headers, body = _ask(socket, question)
    assert (status, body) == (posted.status_code, posted.content)
    assert headers.get(GOALS) == posted.headers.get(GOALS)
    assert headers["content-type"] == posted.headers["content-type"]


def test_a_socket_that_was_refused_goes_on(client: TestClient) -> None:
    with client.websocket_connect(TRACE) as socket:
        assert [_ask(socket, text)[0] for text in ("{", json.dumps(GOOD))] == [400, 200]


def test_who_is_to_ask_again_is_told_so(client: TestClient) -> None:
    with client.websocket_connect("/forward-pass/full") as socket:
        status, headers, _ = _ask(socket, "{}")
    assert (status, headers["retry-after"]) == (503, "1")


def test_bytes_are_no_question(client: TestClient) -> None:
    with client.websocket_connect(TRACE) as socket:
        socket.send_bytes(b"\0\1")
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_bytes()
    assert closed.value.code == 1003


def test_a_socket_that_asks_nothing_is_closed(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "IDLE", 0.01)
    with (
        client.websocket_connect(TRACE) as socket,
        pytest.raises(WebSocketDisconnect) as closed,
    ):
        socket.receive_bytes()
    assert closed.value.code == 1000


def test_only_what_a_hand_asks_has_a_socket(client: TestClient) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/forward-pass/why"),
    ):
        pass
