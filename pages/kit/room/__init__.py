"""A room on every page: the lecturer's panel, the phones' page, and the routes between them."""

from __future__ import annotations

import logging
from importlib.util import find_spec

from starlette.routing import BaseRoute

_log = logging.getLogger("forward_pass")


def available() -> bool:
    """Whether what rooms need is installed: an environment may be older than its requirements."""
    return all(find_spec(name) for name in ("sqlalchemy", "segno"))


def routes() -> list[BaseRoute]:
    """The routes for `st.App`; none where there can be no rooms."""
    if not available():
        _log.warning("There are no rooms before requirements.txt is installed again.")
        return []
    from pages.kit.room import api

    return api.routes()
