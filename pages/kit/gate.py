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

from pages.kit.deployment import Deployment, deployment
from pages.kit.origins import refusal, visitor
from pages.kit.requests import sentence_for


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
        if scope["type"] == "websocket":
            if reason:
                await receive()
                await send({"type": "websocket.close", "code": 1008})
            else:
                await self.app(_as_its_own(scope), receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        if reason:
            text = sentence_for(HTTPConnection(scope), reason)
            answer = PlainTextResponse(text, HTTPStatus.FORBIDDEN)
            await answer(scope, receive, with_headers)
        else:
            await self.app(scope, receive, with_headers)


def _as_its_own(scope: Scope) -> Scope:
    """A socket that has passed, as Streamlit accepts it without a look-up: Host as in Origin."""
    origin = Headers(scope=scope).get("origin")
    if origin is None or "://" not in origin:
        return scope
    host = origin.partition("://")[2].encode("latin-1")
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [*headers, (b"host", host)]}
