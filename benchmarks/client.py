"""A connection that stays open and asks one question after the other, as a browser's tab does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import urlsplit

TRACE = "/forward-pass/trace"
JSON = {"Content-Type": "application/json"}


class Client:
    """HTTP/1.1 with as little of its own work as can be: the server is what is measured."""

    def __init__(self, address: str) -> None:
        self.host, self.port = urlsplit(address).hostname, urlsplit(address).port
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def connect(self) -> Client:
        """Open the connection, anew if there was one."""
        self.close()
        self._open = await asyncio.open_connection(self.host, self.port, limit=1 << 20)
        return self

    def close(self) -> None:
        """Leave."""
        if self._open is not None:
            self._open[1].close()
            self._open = None

    async def post(
        self,
        body: bytes,
        headers: Mapping[str, str] = JSON,
        path: str = TRACE,
        length: int | None = None,
    ) -> tuple[int, bytes]:
        """Ask, and read the whole answer: its status and its body.

        Args:
            body: what is sent.
            headers: besides Host and Content-Length.
            path: the route.
            length: what is claimed to be sent, if that is not the truth; the connection is of no
                use afterwards.
        """
        assert self._open is not None
        reader, writer = self._open
        claimed = len(body) if length is None else length
        lines = {"Host": f"{self.host}:{self.port}", "Content-Length": str(claimed)} | dict(headers)
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        writer.write(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        status, *fields = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        size = next(
            int(value)
            for name, _, value in (field.partition(":") for field in fields)
            if name.lower() == "content-length"
        )
        return int(status.split()[1]), await reader.readexactly(size)
