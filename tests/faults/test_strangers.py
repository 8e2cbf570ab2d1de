"""Sockets from other sites, on a network that swallows what goes out: nobody waits or is asked.

Streamlit looks the server's outside address up for each of them, in the event loop.
"""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.patience import PATIENCE
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


def test_its_own_socket_is_answered(server: Server) -> None:
    """The same handshake from the page itself goes through."""
    with connect(
        f"ws://{HOST}:{server.port}/_stcore/stream",
        origin=f"http://{HOST}:{server.port}",  # type: ignore[arg-type]
        open_timeout=PATIENCE,
    ) as own:
        assert own.response is not None and own.response.status_code == 101
