"""Strangers stop nobody: sockets from other sites, and questions that never come to their end.

For a foreign socket Streamlit looks the server's outside address up, in the event loop; here on a
network that swallows what goes out.
"""

from __future__ import annotations

import http.client
import logging
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from starlette.websockets import WebSocketDisconnected
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from pages.kit.strangers import LOGS, quiet_about_strangers
from tests.nginx import Nginx
from tests.patience import PATIENCE, until
from tests.served import HOST, Server


class BlackHole:
    """A proxy that takes every connection, answers none, and counts them."""

    def __init__(self) -> None:
        self.connections = 0
        self._socket = socket.create_server((HOST, 0))
        self._held: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self._socket.getsockname()[1]}"

    def _accept(self) -> None:
        while True:
            try:
                self._held.append(self._socket.accept()[0])
            except OSError:
                return
            self.connections += 1

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def black_hole() -> Iterator[BlackHole]:
    hole = BlackHole()
    yield hole
    hole.close()


def test_foreign_sockets_stop_nobody_and_nothing_phones_home(black_hole: BlackHole) -> None:
    """From the start of the server on: not one connection leaves it."""
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    proxies = {name: black_hole.url for name in (*names, *(name.lower() for name in names))}
    server = Server(bound="0.0.0.0", **proxies, NO_PROXY="", no_proxy="")
    server.start()
    try:
        for _ in range(10):
            with (
                pytest.raises(InvalidStatus) as refused,
                connect(
                    f"ws://{HOST}:{server.port}/_stcore/stream",
                    origin="https://evil.example",  # type: ignore[arg-type]
                    proxy=None,
                    open_timeout=PATIENCE,
                ),
            ):
                pass
            assert refused.value.response.status_code == 403
        visitor = http.client.HTTPConnection(HOST, server.port, timeout=PATIENCE)
        visitor.request("GET", "/_stcore/health")
        assert visitor.getresponse().status == 200
        assert black_hole.connections == 0
    finally:
        server.kill()
    assert "Traceback" not in server.log()


def test_a_socket_that_has_ended_is_closed_without_a_line_in_the_log() -> None:
    log = logging.getLogger(LOGS[0])
    before = list(log.filters)
    quiet_about_strangers()
    try:
        for error, said in ((WebSocketDisconnected("closed"), False), (ValueError("x"), True)):
            about = (type(error), error, None)
            record = log.makeRecord(log.name, 40, "", 0, "Exception in ASGI application", (), about)
            assert bool(log.filter(record)) is said
    finally:
        log.filters = before


def test_its_own_socket_is_answered(server: Server) -> None:
    """The same handshake from the page itself goes through."""
    with connect(
        f"ws://{HOST}:{server.port}/_stcore/stream",
        origin=f"http://{HOST}:{server.port}",  # type: ignore[arg-type]
        open_timeout=PATIENCE,
    ) as own:
        assert own.response is not None and own.response.status_code == 101


HALF = b"POST /forward-pass/trace HTTP/1.1\r\nHost: localhost\r\nContent-Le"
WHOLE = b"GET /_stcore/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
UPLOAD = (
    b"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n"
    b"Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
)
EVENTS = b"GET /forward-pass/runs/shipped-sine/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
MANY = 500


def _line(port: int, *sent: bytes) -> socket.socket:
    line = socket.create_connection((HOST, port), timeout=PATIENCE)
    for part in sent:
        line.sendall(part)
        if part is WHOLE:
            assert line.recv(4096)
    return line


def _has_ended(line: socket.socket) -> bool:
    line.setblocking(False)
    try:
        while line.recv(1 << 16):
            pass
    except BlockingIOError:
        return False
    except OSError:  # it was ended at once
        pass
    return True


def _healthy(port: int) -> bool:
    visitor = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        visitor.request("GET", "/_stcore/health")
        return visitor.getresponse().status == 200
    finally:
        visitor.close()


def test_who_asks_nothing_to_its_end_does_not_stay(server: Server) -> None:
    """Half a header five hundred times, no question, half of a second one, a file that stops."""
    lines = [_line(server.port, HALF) for _ in range(MANY)]
    lines += [_line(server.port, *sent) for sent in ((), (WHOLE, HALF), (UPLOAD,))]
    listener = _line(server.port, EVENTS)
    try:
        assert _healthy(server.port)
        until(lambda: all(map(_has_ended, lines)))
        assert not _has_ended(listener)
        assert _healthy(server.port)
    finally:
        for line in (*lines, listener):
            line.close()


def test_who_reads_no_answer_does_not_stay(server: Server) -> None:
    """The answers to many questions at once are more than the system keeps for who is slow."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect((HOST, server.port))
    with line:
        line.sendall(b"GET /forward-pass/fair HTTP/1.1\r\nHost: localhost\r\n\r\n" * 1000)
        until(lambda: (HOST, line.getsockname()[1]) not in _peers(server))


def _peers(server: Server) -> set[tuple[str, int]]:
    return {(each.raddr.ip, each.raddr.port) for each in _connections(server) if each.raddr}


def _connections(server: Server) -> list[Any]:
    return psutil.Process(server.pid).net_connections("tcp")


def test_nginx_does_not_hold_them_either(server: Server, tmp_path: Path) -> None:
    with Nginx(tmp_path, "plain", server) as nginx:
        lines = [_line(nginx.port, HALF) for _ in range(200)]
        assert _healthy(nginx.port)
        until(lambda: all(map(_has_ended, lines)))
