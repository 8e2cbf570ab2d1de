"""Routes of ours as the dashboard serves them: behind the gate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from pages.kit.gate import Gate


def application(routes: Iterable[BaseRoute], **options: Any) -> Starlette:
    """An application of these routes alone."""
    return Starlette(routes=list(routes), middleware=[Middleware(Gate)], **options)
