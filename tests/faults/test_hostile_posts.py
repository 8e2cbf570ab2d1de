"""Hostile clients of the running application: a 4xx and a sentence, and nobody else notices."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from core.vision import answer, drawing
from core.vision.hand import sample
from core.vision.question import DrawingQuestion
from pages.kit import assets
from tests.patience import PATIENCE
from tests.served import HOST, Server

TRACE = "/forward-pass/trace"
WHY = "/forward-pass/why"
GOOD: dict[str, Any] = {"drawing": sample(3).lists(), "strip": False}
JSON = {"Content-Type": "application/json"}


def _ask(
    server: Server, body: bytes, path: str = TRACE, method: str = "POST", **headers: str
) -> tuple[int, bytes]:
    """One request on a connection of its own: status and body of the answer."""
    connection = http.client.HTTPConnection(HOST, server.port, timeout=PATIENCE)
    try:
        sent = JSON | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _is_refused(answer: tuple[int, bytes], *, with_sentence: bool = True) -> None:
    status, body = answer
    assert 400 <= status < 500
    if with_sentence:
        text = body.decode()
        assert text.endswith(".") and len(text) < 300 and "\n" not in text
        assert "Traceback" not in text


@pytest.fixture(autouse=True)
def _bystander(server: Server) -> Iterator[None]:
    """Somebody else draws on meanwhile, and gets the same answer all the time."""
    expected = answer.answer(DrawingQuestion.read(GOOD))
    head = json.loads(expected[4 : 4 + int.from_bytes(expected[:4], "little")])
    wrong: list[Any] = []
    done = threading.Event()

    def draw() -> None:
        body = json.dumps(GOOD).encode()
        while True:
            status, found = _ask(server, body)
            if status == 200:
                shown = json.loads(found[4 : 4 + int.from_bytes(found[:4], "little")])
                if shown["logits"] != pytest.approx(head["logits"], rel=1e-4, abs=1e-4):
                    wrong.append(shown["logits"])
            else:
                wrong.append(status)
            if done.wait(0.02):
                return

    other = threading.Thread(target=draw)
    other.start()
    yield
    done.set()
    other.join()
    assert wrong == []
    assert server.healthy()


def _drawing(text: str) -> bytes:
    return b'{"drawing": ' + text.encode() + b"}"


HOSTILE = {
    "no body": b"",
    "a space": b" ",
    "null": b"null",
    "empty object": b"{}",
    "empty list": b"[]",
    "a number": b"7",
    "half an object": b'{"drawing": [[[1, 2]',
    "not utf-8": b'{"drawing": "\xff\xfe"}',
    "a zero byte": b'{"drawing": [[[1, 2]]]}\x00',
    "NaN": _drawing("[[[NaN, 1]]]"),
    "Infinity": _drawing("[[[Infinity, 1]]]"),
    "larger than a float": _drawing("[[[1e999, 1]]]"),
    "larger than an integer": _drawing(f"[[[{10**40}, 1]]]"),
    "far away": _drawing("[[[40000, 1]]]"),
    "null for a drawing": _drawing("null"),
    "text for a drawing": _drawing('"' + "x" * 1000 + '"'),
    "object for a drawing": _drawing('{"0": [[1, 2]]}'),
    "text for a point": _drawing('[[["1", "2"]]]'),
    "true for a number": _drawing("[[[true, false]]]"),
    "three coordinates": _drawing("[[[1, 2, 3]]]"),
    "points of unequal length": _drawing("[[[1, 2], [3]]]"),
    "a stroke of nothing": _drawing("[[]]"),
    "too many strokes": _drawing("[" + ",".join(["[[1,2]]"] * 300) + "]"),
    "too many points": _drawing("[[" + ",".join(["[1,2]"] * 10_001) + "]]"),
    "a million points": _drawing("[[" + ",".join(["[1,2]"] * 1_000_000) + "]]"),
    "deep": _drawing("[" * 500 + "]" * 500),
    "deeper than a parser goes": b"[" * 100_000,
    "deep in an unknown place": b'{"a": ' * 900 + b"1" + b"}" * 900,
    "unknown model": b'{"drawing": [], "model": "../../etc/passwd"}',
    "list for a model": b'{"drawing": [], "model": ["ours"]}',
    "object for a model": b'{"drawing": [], "model": {}}',
    "unknown stage": b'{"drawing": [], "stages": {"__class__": true}}',
    "number for a stage": b'{"drawing": [], "stages": {"crop": 1}}',
    "text for stages": b'{"drawing": [], "stages": "crop"}',
    "unknown layer to switch off": b'{"drawing": [], "off": {"fc1": [1]}}',
    "negative filter": b'{"drawing": [], "off": {"conv1": [-1]}}',
    "a true filter": b'{"drawing": [], "off": {"conv1": [true]}}',
    "a list for a filter": b'{"drawing": [], "off": {"conv1": [[1]]}}',
    "unknown place": b'{"drawing": [], "place": {"layer": "conv9", "map": 0}}',
    "a place outside": b'{"drawing": [], "place": {"layer": "conv1", "map": 32}}',
    "a place between": b'{"drawing": [], "place": {"layer": "conv1", "map": 1.5}}',
    "a place of lists": b'{"drawing": [], "place": {"layer": [], "map": 0}}',
    "a place without a layer": b'{"drawing": [], "place": {}}',
    "text for a place": b'{"drawing": [], "place": "conv1.1.1.1"}',
}


@pytest.mark.parametrize("path", [TRACE, WHY])
@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_body_gets_a_sentence(server: Server, body: bytes, path: str) -> None:
    _is_refused(_ask(server, body, path))


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "json"])
def test_another_content_type_is_refused(server: Server, kind: str) -> None:
    _is_refused(_ask(server, json.dumps(GOOD).encode(), Content_Type=kind))


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "http://127.0.0.1:1", "http://[", "%00"]
)
def test_another_origin_is_refused(server: Server, origin: str) -> None:
    _is_refused(_ask(server, json.dumps(GOOD).encode(), Origin=origin))


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "BREW"])
def test_only_a_post_is_answered(server: Server, method: str) -> None:
    _is_refused(_ask(server, b"", method=method), with_sentence=False)


@pytest.mark.parametrize(
    "path",
    [
        f"/forward-pass/assets/{assets.VERSION}/../live.py",
        f"/forward-pass/assets/{assets.VERSION}/..%2flive.py",
        f"/forward-pass/assets/{assets.VERSION}/%2e%2e/%2e%2e/frame.py",
        f"/forward-pass/assets/{assets.VERSION}/....//live.py",
        f"/forward-pass/assets/{assets.VERSION}//etc/passwd",
        f"/forward-pass/assets/{assets.VERSION}/%00",
        f"/forward-pass/assets/{assets.VERSION}/draw_a_digit/view.js%00.css",
        f"/forward-pass/assets/{assets.VERSION}/..%5c..%5cframe.py",
        f"/forward-pass/assets/{assets.VERSION}/" + "a" * 5000,
        "/forward-pass/sample/-1",
        "/forward-pass/sample/1e3",
        "/forward-pass/sample/99999999999999999999",
        "/forward-pass/sample/..%2f..%2fetc",
        "/forward-pass/sample/%C2%B2",
        "/forward-pass/sample/%D9%A3",
        "/forward-pass/sample/%00",
    ],
)
def test_paths_lead_nowhere_else(server: Server, path: str) -> None:
    status, body = _ask(server, b"", path, "GET")
    assert 400 <= status < 500
    assert b"import" not in body and b"root:" not in body


@contextmanager
def _raw(server: Server, head: str) -> Iterator[socket.socket]:
    """A connection on which the request line and the headers have been sent."""
    with socket.create_connection((HOST, server.port), timeout=PATIENCE) as line:
        line.sendall(
            f"POST {TRACE} HTTP/1.1\r\nHost: {HOST}:{server.port}\r\n"
            f"Content-Type: application/json\r\n{head}\r\n\r\n".encode()
        )
        yield line


def _status(line: socket.socket) -> int:
    return int(line.recv(4096).split()[1])


@pytest.mark.parametrize("length", ["-1", "1e3", "abc", "9" * 400, "1, 2", ""])
def test_a_length_that_is_none_is_refused(server: Server, length: str) -> None:
    with _raw(server, f"Content-Length: {length}\r\nConnection: close") as line:
        line.sendall(b"{}")
        assert 400 <= _status(line) < 500


def test_a_length_that_is_too_long_is_refused_before_the_body_comes(server: Server) -> None:
    with _raw(server, f"Content-Length: {1 << 40}") as line:
        assert _status(line) == 413


def test_a_body_longer_than_it_says_is_another_request_and_no_harm(server: Server) -> None:
    with _raw(server, "Content-Length: 2\r\nConnection: close") as line:
        line.sendall(b"{}" + b"x" * 1000)
        assert 400 <= _status(line) < 500


def test_chunks_without_end_are_read_no_further_than_the_limit(server: Server) -> None:
    piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    with _raw(server, "Transfer-Encoding: chunked") as line:
        for _ in range(drawing.MAX_BYTES // 0x10000 + 1):
            line.sendall(piece)
        assert _status(line) == 413  # and the body has not come to its end


def test_a_body_that_never_comes_holds_up_nobody(server: Server) -> None:
    with _raw(server, "Content-Length: 1000") as line:
        line.sendall(b"{")
        for _ in range(5):
            assert _ask(server, json.dumps(GOOD).encode())[0] == 200


def test_a_client_that_leaves_in_the_middle_is_forgotten(server: Server) -> None:
    for _ in range(20):
        with _raw(server, "Content-Length: 1000") as line:
            line.sendall(b'{"drawing": [')
    for _ in range(5):
        with _raw(server, f"Content-Length: {len(json.dumps(GOOD))}") as line:
            line.sendall(json.dumps(GOOD).encode())
