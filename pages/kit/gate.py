"""The gate before every request: by which name the server was called, and from which site.

It stands before Streamlit. For a foreign origin Streamlit would look up the server's outside
address, in the event loop and anew each time: on a network that swallows packets one such socket
stops everybody for two seconds (docs/decisions.md).
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

import uvicorn
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import net_util

from core.schema import Explained, mark
from pages.kit.deployment import Deployment, deployment
from pages.kit.origins import refusal, visitor
from pages.kit.requests import BROKEN, sentence_for
from pages.kit.strangers import only_bytes

NO_SOCKET = mark("No socket is opened here.")
STARTS = ("http.response.start", "websocket.http.response.start")


def no_outside_address() -> None:
    """Make Streamlit's look-up of the server's outside address impossible: it asks a stranger."""
    net_util.get_external_ip = lambda: None


def no_forwarding_but_ours() -> None:
    """Have uvicorn believe no X-Forwarded-* header: it would believe any from this very machine."""
    vars(uvicorn.config)["ProxyHeadersMiddleware"] = lambda app, trusted_hosts: app


class Gate:
    """The middleware."""

    def __init__(self, app: ASGIApp, read: Callable[[], Deployment] = deployment) -> None:
        """Stand before an application."""
        self.app = app
        self.deployment = read()
        frames = " ".join(("'self'", *self.deployment.frames))
        self.headers = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Content-Security-Policy": (
                f"frame-ancestors {frames}; object-src 'none'; base-uri 'self'; form-action 'self'"
            ),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        reason = refusal(scope, self.deployment)
        scope = {**scope, "client": (visitor(scope, self.deployment), 0)}
        socket = scope["type"] == "websocket"
        begun = False

        async def refuse(status: HTTPStatus, error: Exception) -> None:
            text = sentence_for(HTTPConnection(scope), error)
            await PlainTextResponse(text, status)(scope, receive, with_headers)

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] in STARTS:
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            elif message["type"] == "websocket.close" and not begun:
                await refuse(HTTPStatus.FORBIDDEN, Explained(NO_SOCKET))
                return
            begun = True
            await send(message)

        if reason:
            await refuse(HTTPStatus.FORBIDDEN, reason)
            return
        if socket:
            scope, receive = _as_its_own(scope), only_bytes(scope, receive)
        try:
            await self.app(scope, receive, with_headers)
        except Exception:  # the server logs it
            if not begun:
                await refuse(HTTPStatus.INTERNAL_SERVER_ERROR, Explained(BROKEN))
            raise


def _as_its_own(scope: Scope) -> Scope:
    """A socket that has passed, as Streamlit accepts it without a look-up: Host as in Origin."""
    origin = Headers(scope=scope).get("origin")
    if origin is None or "://" not in origin:
        return scope
    host = origin.partition("://")[2].encode("latin-1")
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [*headers, (b"host", host)]}
