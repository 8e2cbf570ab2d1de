"""The gate before every request: by which name the server was called, and from which site.

It stands before Streamlit. For a foreign origin Streamlit would look up the server's outside
address, in the event loop and anew each time: on a network that swallows packets one such socket
stops everybody for two seconds (docs/decisions.md).
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import net_util

from core.schema import Explained, mark
from pages.kit.deployment import Deployment, deployment, host_name, origin_of

WRONG_NAME = mark(
    "This server is not called {host}. Whoever runs it adds the name to FORWARD_PASS_HOSTS."
)
FOREIGN = mark(
    "Questions from another site are not answered: the page is at {origin}, the server was called "
    "{host}. If that is a proxy, it changes the Host header; see docs/deploy.md."
)


def no_outside_address() -> None:
    """Make Streamlit's look-up of the server's outside address impossible: it asks a stranger."""
    net_util.get_external_ip = lambda: None


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
        refusal = self.refusal(scope)
        if scope["type"] == "websocket":
            if refusal:
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

        if refusal:
            # here and not above: requests knows the languages, and the kit's pages
            from pages.kit.requests import sentence_for

            answer = PlainTextResponse(
                sentence_for(HTTPConnection(scope), refusal), HTTPStatus.FORBIDDEN
            )
            await answer(scope, receive, with_headers)
        else:
            await self.app(scope, receive, with_headers)

    def refusal(self, scope: Scope) -> Explained | None:
        """Why a request does not pass; None where it does."""
        headers = Headers(scope=scope)
        peer = (scope.get("client") or ("", 0))[0]
        names = [headers.get("host", "")]
        if self.deployment.trusts(peer) and "x-forwarded-host" in headers:
            names = [headers["x-forwarded-host"].partition(",")[0].strip(), *names]
        if not self.deployment.serves(names[0]):
            return Explained(WRONG_NAME, host=names[0][:100])
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD", "OPTIONS"):
            return None
        origin = headers.get("origin")
        if origin is None or headers.get("sec-fetch-site") == "same-origin":
            return None
        if any(_same(origin, name, scope["type"] == "websocket") for name in names):
            return None
        if origin_of(origin) in self.deployment.origins | _streamlit_origins():
            return None
        if not st.get_option("server.enableCORS"):
            return None
        return Explained(FOREIGN, origin=origin[:100], host=names[0][:100])


def _same(origin: str, host: str, any_port: bool) -> bool:
    """Whether an Origin and a Host mean one site.

    A proxy may leave the port out of Host, and browsers leave out a scheme's own. A web socket says
    nothing but its Origin, so there a proxy in front on another port counts as the same site.
    """
    ours = origin_of(origin)
    if ours is None:
        return False
    name = host_name(host)
    if any_port or host.rpartition("]")[2].partition(":")[2] == "":
        return bool(name) and host_name(ours.partition("://")[2]) == name
    return origin_of(f"{ours.partition('://')[0]}://{host}") == ours


def _streamlit_origins() -> frozenset[str | None]:
    listed = st.get_option("server.corsAllowedOrigins") or ()
    return frozenset(origin_of(str(origin).strip()) for origin in listed) - {None}


def _as_its_own(scope: Scope) -> Scope:
    """A socket that has passed, as Streamlit accepts it without a look-up: Host as in Origin."""
    origin = Headers(scope=scope).get("origin")
    if origin is None or "://" not in origin:
        return scope
    host = origin.partition("://")[2].encode("latin-1")
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [*headers, (b"host", host)]}
