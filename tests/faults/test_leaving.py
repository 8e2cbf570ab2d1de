"""Visitors who leave before they are answered, or send what nobody can read: no trace is left."""

from __future__ import annotations

import base64
import json
import os
import socket
import struct
from collections.abc import Iterator

import pytest

from core.vision.hand import sample
from pages.kit import assets
from pages.kit.strangers import SHORT, UNSEEN
from tests.patience import PATIENCE, until
from tests.served import HOST, Server

TRACE = "/forward-pass/trace"
STREAMLIT = "/_stcore/stream"
QUESTION = json.dumps({"drawing": sample(3).lists(), "strip": True}).encode()
READ = (
    "/draw-a-digit",
    f"/forward-pass/assets/{assets.VERSION}/kit/view.js",
    "/forward-pass/runs/shipped-sine/events",
    "/forward-pass/runs/shipped-sine/export/csv",
    "/forward-pass/fair",
    "/j",
)


@pytest.fixture(autouse=True)
def _nothing_in_the_log(server: Server) -> Iterator[None]:
    yield
    assert _is_answered(server)
    log = server.log()
    assert "Traceback" not in log and UNSEEN not in log


def _is_answered(server: Server) -> bool:
    """Whether somebody else is answered, after all that came before has been seen to."""
    with _open(server) as line:
        line.sendall(_posted(server))
        return line.recv(4096).startswith(b"HTTP/1.1 200")


def _open(server: Server) -> socket.socket:
    return socket.create_connection((HOST, server.port), timeout=PATIENCE)


def _posted(server: Server) -> bytes:
    head = f"POST {TRACE} HTTP/1.1\r\nHost: {HOST}:{server.port}\r\nConnection: close\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(QUESTION)}\r\n\r\n"
    return head.encode() + QUESTION


def _reset(line: socket.socket) -> None:
    """Leave as a browser that was killed does."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


@pytest.mark.parametrize("path", [*READ, TRACE])
def test_who_leaves_at_any_time_leaves_no_trace(server: Server, path: str) -> None:
    head = f"GET {path} HTTP/1.1\r\nHost: {HOST}:{server.port}\r\nAccept: text/html\r\n"
    for coding in ("identity", "gzip"):
        whole = f"{head}Accept-Encoding: {coding}\r\n\r\n".encode()
        if path == TRACE:
            whole = _posted(server)
        for part in (len(whole) // 3, len(whole) - 1, len(whole)):
            line = _open(server)
            line.sendall(whole[:part])
            _reset(line)
        line = _open(server)
        line.sendall(whole)
        assert line.recv(1)
        _reset(line)


def _socket(server: Server, path: str) -> socket.socket:
    """A web socket, opened by hand: it can then send what no library would."""
    line = _open(server)
    key = base64.b64encode(os.urandom(16)).decode()
    line.sendall(
        f"GET {path} HTTP/1.1\r\nHost: {HOST}:{server.port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
        f"Origin: http://{HOST}:{server.port}\r\n\r\n".encode()
    )
    assert b"101" in line.recv(4096)
    return line


def _frame(kind: int, content: bytes) -> bytes:
    """One message of a browser; its mask is of zeros, which changes nothing."""
    size = len(content)
    long = bytes([0x80 | 126]) + struct.pack(">H", size)
    return (
        bytes([0x80 | kind]) + (bytes([0x80 | size]) if size < 126 else long) + b"\0" * 4 + content
    )


def test_a_tab_that_closes_in_mid_stroke_leaves_no_trace(server: Server) -> None:
    for sent in (_frame(1, QUESTION) * 20, _frame(1, QUESTION)[:-9], _frame(1, QUESTION)[:3]):
        for leave in (_reset, socket.socket.close):
            line = _socket(server, TRACE)
            line.sendall(sent)
            leave(line)


BAD_TEXT, NO_MESSAGE = SHORT


ODD = {
    "a text to Streamlit": (STREAMLIT, _frame(1, b"a text"), ""),
    "an empty one": (STREAMLIT, _frame(1, b""), ""),
    "no text": (STREAMLIT, _frame(1, b"\xff"), BAD_TEXT),
    "no message": (STREAMLIT, _frame(2, b"\xff\xff\xff"), NO_MESSAGE),
    "a surrogate": (TRACE, _frame(1, b"\xed\xa0\x80"), BAD_TEXT),
    "bytes": (TRACE, _frame(2, b"bytes"), ""),
    "of no kind": (TRACE, _frame(3, b"?"), ""),
    "half a farewell": (TRACE, _frame(8, b"\x00"), ""),
}


@pytest.mark.parametrize(("path", "sent", "says"), ODD.values(), ids=ODD)
def test_what_cannot_be_read_ends_the_socket_and_is_worth_a_line(
    server: Server, path: str, sent: bytes, says: str
) -> None:
    with _socket(server, path) as line:
        line.sendall(sent)
        until(lambda: _ended(line))
    assert says in server.log()


def _ended(line: socket.socket) -> bool:
    return not line.recv(4096)


@pytest.mark.parametrize("path", [STREAMLIT, TRACE, "/forward-pass/why", "/draw-a-digit"])
def test_a_socket_that_is_refused_is_not_in_the_log(server: Server, path: str) -> None:
    with _open(server) as line:
        line.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {HOST}:{server.port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nOrigin: https://evil.example\r\n"
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n\r\n".encode()
        )
        assert b" 403 " in line.recv(4096)
