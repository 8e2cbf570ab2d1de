"""What the lessons below the pictures have in common: tabs, the first of which says what to see.

Only the open tab is drawn and sent; to open another draws the tabs again, and nothing else of the
page. Who leads a room gets the questions all the same: the room is asked them. A link opens one of
the tabs by its name, as in `?lesson=numbers`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.schema import mark
from core.schema.table import LESSON
from pages.kit.guarded import guarded
from pages.kit.language import _
from pages.kit.prose import MEASURE, MORE, folded, prose
from pages.kit.query import word
from pages.kit.room import panel
from pages.kit.state import PageState

QUESTIONS = "predict"
"""The name of the tab in which the page asks."""
Tab = tuple[str, Callable[[], object]]
"""What it is called, translated, and what draws it."""


def tabs(
    page: str, aside: str, part: str = "", state: PageState | None = None, **others: Tab
) -> None:
    """Draw the tabs of a lesson.

    Args:
        page: whose prose stands in the first.
        aside: the part of that prose which stands beside the rest of it, one click deeper.
        part: of that prose, where it is not the one without a name; "PART-more" goes on with it.
        state: of the page, where a control of it stands in a tab.
        **others: the other tabs, under their names in a link.
    """

    def see() -> None:
        with st.container(width=MEASURE):
            prose(page, part)
        folded(page, f"{part}-{MORE}" if part else MORE, aside)

    named(page, state, see=(_("What you are looking at"), see), **others)


def named(page: str, state: PageState | None = None, /, **tabs: Tab) -> None:
    """Draw tabs, of which a link opens one by its name; without one the first is open.

    Their names stand in the class of the block, where kit/link.js finds that of the open one.

    Args:
        page: whose tabs they are: which one is open is kept for it.
        state: of the page, where a control of it stands in a tab.
        **tabs: under their names in a link.
    """
    _drawn(page, tabs, state, state.values if state else None)


@st.fragment
def _drawn(
    page: str, tabs: dict[str, Tab], state: PageState | None, told: dict[str, Any] | None
) -> None:
    """Draw them; by themselves when one is opened, or something in it changes.

    Args:
        page: whose they are.
        tabs: by their names.
        state: of the page, where a control of it stands in a tab.
        told: its values when all of the page was drawn: the lesson link has them.
    """
    key, kept = "-".join(["fp-lesson", *tabs]), f"fp.lesson.{page}"
    labels = {name: label for name, (label, _draw) in tabs.items()}
    name = st.session_state.get(kept) or word(LESSON, labels) or next(iter(labels))
    st.session_state[key] = labels[name]  # in another language it has another label
    shown = st.tabs(list(labels.values()), key=key, on_change=_keep, args=(kept, key, labels))
    for tab, name, (_label, draw) in zip(shown, tabs, tabs.values(), strict=True):
        if tab.open or (name == QUESTIONS and panel.leads()):
            with tab:
                guarded(draw, mark("This tab could not be drawn ({error}). The log says more."))
    if state and state.values != told:
        st.rerun()


def _keep(kept: str, key: str, labels: dict[str, str]) -> None:
    names = {label: name for name, label in labels.items()}
    if st.session_state[key] in names:  # else it was opened in another language
        st.session_state[kept] = names[st.session_state[key]]
