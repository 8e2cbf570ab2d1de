"""Phones without a screen: they join a room, listen, vote and draw, as kit/room/phone.js does."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from core.vision.hand import sample
from tests.patience import PATIENCE

BELOW = "/forward-pass/room"


class Refused(Exception):
    """The server has answered with another status than 2xx."""

    def __init__(self, status: int, text: str) -> None:
        """Keep both."""
        super().__init__(f"{status}: {text[:300]}")
        self.status = status


class Line:
    """A connection that stays open: one question after the other, or events."""

    def __init__(self, address: str, cookie: str = "") -> None:
        """To the server at an address; with a cookie, a proxy sends it to the same process."""
        self.cookie = cookie
        self.host, self.port = urlsplit(address).hostname, urlsplit(address).port
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, body: Any = None) -> bytes:
        """Post JSON, or read an address; the body of the answer."""
        content = b"" if body is None else json.dumps(body).encode()
        reader = await self._send("GET" if body is None else "POST", path, content)
        status, fields = await _head(reader)
        size = int(fields.get("content-length", 0))
        if fields.get("transfer-encoding") == "chunked":
            found = b""
            while size := int(await reader.readline(), 16):
                found += await reader.readexactly(size)
                await reader.readexactly(2)
            await reader.readexactly(2)
        else:
            found = await reader.readexactly(size)
        if status not in (200, 201):
            raise Refused(status, found.decode())
        return found

    async def events(self, path: str, heard: Callable[[dict[str, Any]], object]) -> None:
        """Listen until the line ends."""
        reader = await self._send("GET", path, b"")
        status, _ = await _head(reader)
        if status != 200:
            raise Refused(status, "")
        while line := await reader.readline():
            if line.startswith(b"data: {"):
                heard(json.loads(line[6:]))

    def close(self) -> None:
        """Hang up."""
        if self._ends is not None:
            self._ends[1].close()
            self._ends = None

    async def _send(self, method: str, path: str, content: bytes) -> asyncio.StreamReader:
        if self._ends is not None and self._ends[0].at_eof():
            self.close()  # a server hangs up on whoever has nothing to say
        if self._ends is None:
            self._ends = await asyncio.open_connection(self.host, self.port, limit=1 << 20)
        reader, writer = self._ends
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n"
            + (f"Cookie: {self.cookie}\r\n" if self.cookie else "")
            + "\r\n"
        )
        writer.write(head.encode() + content)
        await writer.drain()
        return reader


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    text = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = text.strip().split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in pairs}


class Listener:
    """Whoever hears what is so in a room.

    Attributes:
        state: what was told last.
        times: when each of the things that were told came, in `time.perf_counter()`, with it.
    """

    def __init__(self, address: str, code: str, token: str = "", cookie: str = "") -> None:
        """Listen to a room; with the token as its lecturer."""
        self.state: dict[str, Any] = {}
        self.times: list[tuple[float, dict[str, Any]]] = []
        self._line, self._came = Line(address, cookie), asyncio.Event()
        query = f"?token={token}" if token else ""
        self._task = asyncio.create_task(
            self._line.events(f"{BELOW}/{code}/events{query}", self._heard)
        )

    def _heard(self, state: dict[str, Any]) -> None:
        self.state = state
        self.times.append((time.perf_counter(), state))
        self._came.set()

    async def until(self, holds: Callable[[dict[str, Any]], object]) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(PATIENCE):
            while not (self.state and holds(self.state)):
                if self._task.done():
                    self._task.result()
                    raise RuntimeError("The line has ended.")
                self._came.clear()
                await self._came.wait()

    def close(self) -> None:
        """Listen no more."""
        self._task.cancel()
        self._line.close()


class Lecturer:
    """Whoever opened a room, and hears all of it."""

    def __init__(self, address: str, code: str, token: str) -> None:
        """Lead it."""
        self.code, self.token, self._line = code, token, Line(address)
        self.heard = Listener(address, code, token)

    @classmethod
    async def opened(cls, address: str) -> Lecturer:
        """Open a room."""
        line = Line(address)
        told = json.loads(await line.ask(BELOW, {"at": f"{address}/j"}))
        line.close()
        return cls(address, told["code"], told["token"])

    async def do(self, verb: str, /, **body: Any) -> Any:
        """Do something with the room."""
        path = f"{BELOW}/{self.code}/{verb}"
        return json.loads(await self._line.ask(path, {"token": self.token} | body))

    def close(self) -> None:
        """Leave; the room stays."""
        self.heard.close()
        self._line.close()


class Phone:
    """A phone in a room."""

    def __init__(self, address: str, code: str, key: str, line: Line | None = None) -> None:
        """With the key that it got."""
        self.code, self.key, self._line = code, key, line or Line(address)
        self.heard = Listener(address, code, cookie=self._line.cookie)

    @classmethod
    async def joined(cls, address: str, code: str, cookie: str = "") -> Phone:
        """From the typed letters to what the room shows: the page, the key, the first state."""
        line = Line(address, cookie)
        await line.ask(f"/j/{code}")
        told = json.loads(await line.ask(f"{BELOW}/{code}/join", {}))
        phone = cls(address, code, told["key"], line)
        await phone.heard.until(bool)
        return phone

    async def do(self, verb: str, /, **body: Any) -> Any:
        """Vote, send, ask what is known."""
        path = f"{BELOW}/{self.code}/{verb}"
        return json.loads(await self._line.ask(path, {"key": self.key} | body))

    async def draw(self, number: int) -> Any:
        """Send a digit to the wall."""
        digit = number % 10
        return await self.do("send", kind="digit", label=digit, drawing=sample(number).lists())

    def close(self) -> None:
        """Leave."""
        self.heard.close()
        self._line.close()
