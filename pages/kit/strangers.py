"""What strangers send through a web socket that nobody can read: it ends the socket, and no more.

Streamlit fails where a message is text, and for each unreadable one it or uvicorn writes a
traceback: whoever wants to could bury what the log has to say, and fill the disk. Nor does the
server wait at its end for the rest of what somebody has begun to send.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import uvicorn
from starlette.types import Message, Receive, Scope

THEIRS = "/_stcore/stream"
"""How the address of Streamlit's own socket ends."""
UNREADABLE = 1003
UNSEEN = "ASGI callable returned without completing handshake."
"""What uvicorn says of a socket that was refused in a sentence, as it is meant to be."""
SHORT = ("Invalid UTF-8 sequence received from client.", "Error deserializing back message")
END = 3
"""Seconds that whoever is being answered has when the server ends."""
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
        ended = record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError)
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
