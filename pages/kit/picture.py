"""A picture of a page: a component whose JavaScript is a module of ours (kit/view.js)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import streamlit as st

from pages.kit import assets
from pages.kit.exchange import Exchange, View
from pages.kit.language import language
from pages.kit.widget_values import heard

_reaching: ContextVar[bool] = ContextVar("reaching", default=False)


class Picture:
    """What is mounted under a key, sent data and heard from."""

    def __init__(self, name: str, module: str) -> None:
        """Name it, and its module by the path below `pages/`."""
        self.name = name
        self.module = module
        self._component = assets.component(f"forward_pass_{name}", module)

    def show(
        self,
        receiver: Exchange | Callable[[View], None],
        /,
        *,
        key: str | None = None,
        **data: Any,
    ) -> None:
        """Draw it.

        Args:
            receiver: takes the view that the picture reports; an exchange sends one, too.
            key: of the widget; the name without one.
            **data: what the picture is sent, its words among it. The language of the session is
                added.
        """
        if isinstance(receiver, Exchange):
            data = receiver.data() | data
            receiver = receiver.on_view
        key, take = key or self.name, receiver
        data = {"language": language(), **data}
        if _reaching.get():
            raise Reached(self, data)
        self._component(
            key=key, data=data, on_view_change=lambda: heard(take, st.session_state[key])
        )


class Reached(BaseException):
    """A script has come to its first picture, and was asked to go no further."""

    def __init__(self, picture: Picture, data: dict[str, Any]) -> None:
        """Of a picture, with all that it is sent."""
        super().__init__(picture.name)
        self.picture = picture
        self.data = data


@contextmanager
def reaching() -> Iterator[None]:
    """Whatever runs in here ends at the first picture, by `Reached`."""
    token = _reaching.set(True)
    try:
        yield
    finally:
        _reaching.reset(token)
