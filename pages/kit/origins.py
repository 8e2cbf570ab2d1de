"""Whether a request may be answered: by which name the server was called, and from which site."""

from __future__ import annotations

import streamlit as st
from starlette.datastructures import Headers
from starlette.types import Scope

from core.schema import Explained, mark
from pages.kit import forwarded
from pages.kit.deployment import Deployment, host_name, is_address, origin_of

WRONG_NAME = mark(
    "This server is not called {host}. Whoever runs it adds the name to FORWARD_PASS_HOSTS."
)
FOREIGN = mark(
    "Questions from another site are not answered: the page is at {origin}, the server was called "
    "{host}. If that is a proxy, it changes the Host header; see docs/deploy.md."
)


OWN = frozenset({"localhost", "127.0.0.1", "::1"})


def refusal(scope: Scope, deployment: Deployment) -> Explained | None:
    """Why a request does not pass; None where it does."""
    headers = Headers(scope=scope)
    peer = (scope.get("client") or ("", 0))[0]
    host = headers.get("host", "")
    believed = forwarded.hosts(headers) if deployment.trusts(peer) else []
    for name in believed or [host]:
        if not deployment.serves(name):
            return Explained(WRONG_NAME, host=name[:100])
    # A proxy may hand on what a page elsewhere has told it beside a Host that was pointed here.
    names = [*believed, host] if deployment.serves(host) else believed
    if scope["type"] == "http" and scope["method"] in ("GET", "HEAD", "OPTIONS"):
        return None
    site = headers.get("sec-fetch-site")
    if site == "same-origin" or ("origin" not in headers and site != "cross-site"):
        return None
    origin = headers.get("origin", "null")
    if any(_same(origin, name, scope["type"] == "websocket") for name in names):
        return None
    if origin_of(origin) in deployment.origins | _streamlit_origins():
        return None
    if not st.get_option("server.enableCORS"):
        return None
    return Explained(FOREIGN, origin=origin[:100], host=names[0][:100])


def visitor(scope: Scope, deployment: Deployment) -> str:
    """The address that a request comes from: the peer's, or what believed proxies say.

    Where X-Forwarded-For and Forwarded name different ones, a proxy has written one of them and
    handed the other on, and nobody knows which: then the peer counts.
    """
    peer: str = (scope.get("client") or ("", 0))[0]
    told = {_last_stranger(peer, each, deployment) for each in forwarded.ways(Headers(scope=scope))}
    return told.pop() if len(told) == 1 else peer


def _last_stranger(peer: str, way: list[str], deployment: Deployment) -> str:
    """The last address that is no proxy's; whatever stands before it may be made up.

    Proxies append the address of their own peer.
    """
    while deployment.trusts(peer) and way:
        before = way.pop()
        if not is_address(before):
            before = host_name(before)  # with a port, as some proxies write it
        if not is_address(before):
            break
        peer = before
    return peer


def _same(origin: str, host: str, any_port: bool) -> bool:
    """Whether an Origin and a Host mean one site.

    A proxy may leave the port out of Host, and browsers leave out a scheme's own. A web socket says
    nothing but its Origin, so there a proxy in front on another port counts as the same site, and
    so does any page of this very machine, as it does for Streamlit.
    """
    ours = origin_of(origin)
    if ours is None:
        return False
    name = host_name(host)
    if any_port and host_name(ours.partition("://")[2]) in OWN:
        return True
    if any_port or host.rpartition("]")[2].partition(":")[2] == "":
        return bool(name) and host_name(ours.partition("://")[2]) == name
    return origin_of(f"{ours.partition('://')[0]}://{host}") == ours


def _streamlit_origins() -> frozenset[str | None]:
    listed = st.get_option("server.corsAllowedOrigins") or ()
    return frozenset(origin_of(str(origin).strip()) for origin in listed) - {None}
