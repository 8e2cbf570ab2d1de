"""A web socket for what a hand asks: each message is a question, answered as if it were posted.

Beside the server a browser's `fetch` takes longer than the answer itself; a socket saves most of
that (docs/decisions.md). It is open while a hand moves (kit/socket.js) and has no words of its own:
what a route refuses, it refuses here with the same status and the same sentence.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import WebSocketRoute
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request as Handshake

from pages.kit.assets import BELOW
from pages.kit.requests import Answer

IDLE = 60.0
"""Seconds after which a socket that asks nothing is closed."""

_JSON = (b"content-type", b"application/json")


def socket_route(path: str, answer: Answer) -> WebSocketRoute:
    """The socket of a posted route, at the route's own address.

    Args:
        path: where it is.
        answer: of a request, refusals included (`requests.with_refusals`).
    """

    async def serve(socket: WebSocket) -> None:
        with suppress(WebSocketDisconnect):  # a tab may close in the middle of a stroke
            await socket.accept()
            while (text := await _next(socket)) is not None:
                await socket.send_bytes(framed(await answer(_posted(socket, text))))
                await asyncio.sleep(0)  # whoever sends without waiting takes turns with all others

    return WebSocketRoute(path, serve)


def framed(response: Response) -> bytes:
    """An answer as a message: uint32 length of the head, the head as JSON, the body.

    The head holds status and headers, so that the browser can read it as an answer of `fetch`.
    """
    head = orjson.dumps({"status": response.status_code, "headers": dict(response.headers)})
    return len(head).to_bytes(4, "little") + head + bytes(response.body)


async def _next(socket: WebSocket) -> str | None:
    """The next question; None when there will be none."""
    try:
        async with asyncio.timeout(IDLE):
            message = await socket.receive()
    except TimeoutError:
        await socket.close()
        return None
    if message["type"] == "websocket.disconnect":
        return None
    text: str | None = message.get("text")
    if text is None:
        await socket.close(1003)  # bytes are no question
    return text


def _posted(socket: WebSocket, text: str) -> Request:
    """A question of a socket as the request that it stands for."""
    headers = [pair for pair in socket.scope["headers"] if pair[0] == b"accept-language"]
    scope = {**socket.scope, "type": "http", "method": "POST", "headers": [*headers, _JSON]}

    async def receive() -> Message:
        return {"type": "http.request", "body": text.encode(errors="replace"), "more_body": False}

    return Request(scope, receive)


def no_packing_of_ours() -> None:
    """Have uvicorn send messages of our sockets as they are.

    It packs those of all sockets or of none. Streamlit's are better packed; to pack maps for a
    browser that sits beside the server costs as much as the socket saves.
    """
    connect = WebSocketsSansIOProtocol.handle_connect

    def without(self: WebSocketsSansIOProtocol, event: Handshake) -> None:
        if f"/{BELOW}/" in event.path:
            self.conn.available_extensions = []
        connect(self, event)

    WebSocketsSansIOProtocol.handle_connect = without  # type: ignore[method-assign]
