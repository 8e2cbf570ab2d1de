"""State shared by a page and its picture, so that neither undoes what the other changed.

A picture that a person works in knows its own view before the page does: a rerun must not paint an
older one over it. So a view goes down with a revision, which goes up only when the page itself has
changed it, and with a name for this session of the server: a picture that has survived a restart
sees another name, and sends its view again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import streamlit as st

from pages.kit.state import PageState

View = dict[str, Any]


@dataclass(frozen=True)
class Exchange:
    """One picture's side of it.

    Attributes:
        view: what a person can change in the picture itself, plain lists and numbers.
        revision: see above.
        session: see above.
        on_view: to be given the picture's new view when a gesture has ended.
    """

    view: View
    revision: int
    session: str
    on_view: Callable[[View], None]

    def data(self) -> dict[str, Any]:
        """What the picture is sent."""
        return {"view": self.view, "revision": self.revision, "session": self.session}


def exchange(name: str, current: Callable[[], View], receive: Callable[[View], None]) -> Exchange:
    """Begin this rerun's exchange.

    Args:
        name: of the picture, one for all sessions.
        current: the view as the page's state has it.
        receive: puts the picture's view into the page's state; what it cannot read is left alone,
            for the live route has refused the same and says why in the picture.
    """
    known = st.session_state.setdefault(
        f"fp.{name}.exchange", {"view": None, "revision": 0, "session": uuid4().hex}
    )

    def on_view(view: View) -> None:
        try:
            receive({part: value for part, value in view.items() if part != "sent"})
        except (AttributeError, KeyError, TypeError, ValueError):
            return
        known["view"] = current()

    if (view := current()) != known["view"]:
        known.update(view=view, revision=known["revision"] + 1)
    return Exchange(view, known["revision"], known["session"], on_view)


def shared(
    name: str,
    state: PageState,
    fields: Iterable[str],
    check: Callable[[dict[str, Any]], Any] = lambda values: None,
) -> Exchange:
    """Begin an exchange of fields of the page's state, under their own names in the view.

    Args:
        name: of the picture.
        state: of the page.
        fields: that a person can change in the picture.
        check: is given what the page's values would be; raises ValueError if they make no sense
            together, and then all of them stay as they are.
    """
    names = {field: field for field in fields}

    def receive(view: View) -> None:
        values = {field: state.table[field].read(view[field]) for field in names if field in view}
        check(state.values | values)
        for field, value in values.items():
            state.set(field, value)

    return exchange(name, lambda: state.plain(names), receive)
