"""What strangers send that nobody can read or that never comes to its end: it costs no more.

Streamlit fails where a message of a web socket is text, and for each unreadable one it or uvicorn
writes a traceback: whoever wants to could bury what the log has to say, and fill the disk. Nor does
the server wait, by day or at its end, for the rest of what somebody has begun to send.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from weakref import WeakKeyDictionary

import uvicorn
from starlette.types import Message, Receive, Scope
from starlette.websockets import WebSocketDisconnected
from uvicorn.protocols.http.auto import AutoHTTPProtocol

THEIRS = "/_stcore/stream"
"""How the address of Streamlit's own socket ends."""
UNREADABLE = 1003
UNSEEN = "ASGI callable returned without completing handshake."
"""What uvicorn says of a socket that was refused in a sentence, as it is meant to be."""
SHORT = ("Invalid UTF-8 sequence received from client.", "Error deserializing back message")
END = 3
"""Seconds that whoever is being answered has when the server ends."""
SILENT = 15.0
"""Seconds in which somebody who is connected has asked, sent or read something."""
GONE = (asyncio.CancelledError, WebSocketDisconnected)
"""Ends of what nobody is there for: Streamlit closes a socket that has ended meanwhile."""
LOGS = ("uvicorn.error", "streamlit.web.server.starlette.starlette_websocket")


def only_bytes(scope: Scope, receive: Receive) -> Receive:
    """What Streamlit's socket receives: a text counts as a visitor who leaves."""
    if not scope["path"].endswith(THEIRS):
        return receive

    async def received() -> Message:
        message = await receive()
        if message["type"] == "websocket.receive" and message.get("bytes") is None:
            return {"type": "websocket.disconnect", "code": UNREADABLE}
        return message

    return received


class _Quiet(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if record.msg in SHORT:
            record.exc_info = record.exc_text = None
        ended = record.exc_info and isinstance(record.exc_info[1], GONE)
        return not ended and record.msg != UNSEEN


def quiet_about_strangers() -> None:
    """A line for what cannot be read, without a traceback; none for a socket that was refused."""
    for name in LOGS:
        logging.getLogger(name).addFilter(_Quiet())


def end_without_strangers() -> None:
    """Have uvicorn end soon: by itself it would wait for a question that never comes to its end."""
    shutdown = uvicorn.Server.shutdown

    async def soon(self: uvicorn.Server, *sockets: Any, **named: Any) -> None:
        self.config.timeout_graceful_shutdown = END
        await shutdown(self, *sockets, **named)

    uvicorn.Server.shutdown = soon  # type: ignore[method-assign]


def no_line_for_nothing() -> None:
    """Have uvicorn hang up on who asks nothing to its end, sends no more of it, or reads no answer.

    By itself it holds such a line for ever: a few hundred of half a header each would use up the
    files that it may open. A stream of events, and whoever waits for an answer, stay.
    """
    made, received = AutoHTTPProtocol.connection_made, AutoHTTPProtocol.data_received
    heard: WeakKeyDictionary[Any, int] = WeakKeyDictionary()

    def state(line: Any) -> tuple[object, ...] | None:
        """What has to be another one the next time; None where it may stay as it is."""
        cycle, unread = line.cycle, line.transport.get_write_buffer_size()
        if cycle is None or cycle.response_complete:
            return (cycle, unread)
        if line.flow.write_paused:
            return (cycle, "reads", unread)
        return (cycle, "sends", heard.get(line)) if cycle.more_body else None

    def look(line: Any, before: tuple[object, ...] | None) -> None:
        if line not in line.connections:  # it has ended, or is a web socket now
            return
        now = state(line)
        if now is not None and now == before:
            line.transport.abort() if line.flow.write_paused else line.transport.close()
        else:
            line.loop.call_later(SILENT, look, line, now)

    def connection_made(self: Any, transport: Any) -> None:
        made(self, transport)
        self.loop.call_later(SILENT, look, self, state(self))

    def data_received(self: Any, data: bytes) -> None:
        heard[self] = heard.get(self, 0) + len(data)
        received(self, data)

    AutoHTTPProtocol.connection_made = connection_made  # type: ignore[method-assign]
    AutoHTTPProtocol.data_received = data_received  # type: ignore[method-assign]
