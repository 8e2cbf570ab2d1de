"""Lesson links whose path was damaged on the way: they lead to the page that they mean.

Streamlit answers any path with its page, which then says in English that there is none. A path that
means no page leads to the map, which says so (`pages/home.py`).
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import quote, urlencode

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from core.schema.table import LOST
from core.schema.travelled import destination
from pages.kit import assets
from pages.kit.routes import not_there

OTHERS = frozenset({"_stcore", "static", "media", "component", assets.BELOW})
"""Parts of paths that are of no page; Streamlit's script looks below a page for them, too."""
PHONES = {"j": 2, "plan": 1}
"""Pages without Streamlit, and how many parts their paths have at most: a code comes after j."""
NOWHERE = ""
"""Stands for no address."""
LONGEST = 60
"""Characters of an unknown name that the map repeats."""


class DamagedPaths:
    """The middleware."""

    def __init__(self, app: ASGIApp, pages: Collection[str]) -> None:
        """Stand before an application that has these pages."""
        self.app = app
        self.pages = pages
        self.base = str(st.get_option("server.baseUrlPath") or "").strip("/")
        self.root = f"/{self.base}".rstrip("/")
        self.right = {f"{self.root}/", *(f"{self.root}/{page}" for page in pages)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a visitor on, or let a request pass."""
        where = self._elsewhere(scope)
        if where is None:
            await self.app(scope, receive, send)
        elif where == NOWHERE:  # Streamlit would send them to an address without what a proxy took
            await not_there(scope, receive, send)
        else:
            await RedirectResponse(where)(scope, receive, send)

    def _elsewhere(self, scope: Scope) -> str | None:
        """The address that a request should have had, relative to its own; None if it is right.

        A proxy may have taken a prefix off, so that only the way up is known.
        """
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        path: str = scope["path"]
        inside = path.lstrip("/")
        if self.base:
            above, _, inside = f"{inside}/".partition(f"{self.base}/")
            if above:
                return None  # not ours
        inside = inside.strip("/")
        first, *rest = inside.split("/")
        if path in self.right:
            return None
        if not OTHERS.isdisjoint([first, *rest]):
            return NOWHERE if path.endswith("/") else None
        page: str | None
        if len(rest) < PHONES.get(first.lower(), 0):
            if path == f"{self.root}/{'/'.join([first.lower(), *rest])}":
                return None
            page, query = "/".join([first.lower(), *map(quote, rest)]), ""
        else:
            page, query = destination(inside, self.pages)
        queries = [quote(query, safe="=&%+,:;/?"), scope["query_string"].decode("latin-1")]
        if page is None:
            if "text/html" not in Headers(scope=scope).get("accept", ""):
                return None
            page, queries = "", [*queries, urlencode({LOST: inside[:LONGEST]})]
        up = "../" * (path.count("/") - 1) or "./"
        whole = "&".join(part for part in queries if part)
        return f"{up}{self.base}{'/' if self.base else ''}{page}{'?' if whole else ''}{whole}"
