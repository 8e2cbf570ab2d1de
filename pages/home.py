"""The first page: a card for each page, with a picture of its real output and what is done."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import cache

import streamlit as st

from core.schema.table import LOST
from pages import glossary
from pages.kit.damaged import LONGEST
from pages.kit.language import _, language
from pages.kit.picture import Picture
from pages.kit.prose import prose
from pages.kit.query import asked
from pages.registry import Entry

_log = logging.getLogger("forward_pass")

COURSE = Picture("course", "course.js")
USE = ("draw", "present", "share")
"""The parts of the text that say how the course is used, side by side."""


def page(entries: Sequence[Entry], opened: dict[str, st.Page]) -> None:
    """Draw the map.

    Args:
        entries: the pages that exist.
        opened: each page's Streamlit page, by its path.
    """
    with st.container(key="fp-home"):
        if lost := asked().get(LOST):
            st.warning(
                _(
                    "There is no page at {path}: the link was damaged on its way, or is of another "
                    "site. These are the pages that there are."
                ).format(path=f"`/{lost.replace('`', '')[:LONGEST]}`")
            )
        prose("home")
        if entries:
            start = _("Start: {page}").format(page=_(entries[0].title))
            with st.container(key="fp-start"):
                st.page_link(opened[entries[0].path], label=f"**{start}**")
        with st.container(key="fp-map", horizontal=True):
            for number, entry in enumerate(entries, 1):
                _card(entry, opened[entry.path], number)
        with st.container(key="fp-course"):
            _course(entries)
        glossary.show({entry.path: _(entry.title) for entry in entries})
        with st.container(key="fp-use", horizontal=True):
            for part in USE:
                with st.container(width=300):
                    prose("home", part)


def _course(entries: Sequence[Entry]) -> None:
    """Say what has been answered: in one line of all pages, and on each of their cards."""
    COURSE.show(
        lambda view: None,
        pages=[
            {
                "path": entry.path,
                "minutes": entry.minutes,
                "questions": [f"{entry.path}/{each.name}" for each in entry.questions],
                "goals": [each.name for each in entry.goals],
            }
            for entry in entries
        ],
        words={
            "all": _(
                "{pages} pages, about {hours} hours. {right} of {asked} questions answered right."
            ),
            "done": _("{right} of {asked} questions right"),
            "right": _("right at the first try"),
            "wrong": _("to be asked again"),
            "open": _("not asked yet"),
            "goals": _("{reached} of {goals} goals reached"),
        },
    )


def _picture(entry: Entry) -> str | None:
    """Return the page's thumbnail; a page that fails has none, and the map stays whole."""
    try:
        return _rendered(entry.thumbnail, language()) if entry.thumbnail else None
    except Exception:
        _log.exception("No thumbnail of %s", entry.path)
        return None


@cache
def _rendered(thumbnail: Callable[[], str], _language: str) -> str:
    """Each thumbnail is computed once in each language: a model answers for it."""
    return thumbnail()


def _card(entry: Entry, target: st.Page, number: int) -> None:
    """Draw a page's card: all of it is the link."""
    with st.container(key=f"fp-card-{entry.path}", width=320):
        picture = _picture(entry)
        if picture:
            st.html(f'<img src="{picture}" alt="">')
        st.page_link(target, label=f"**{number}\\. {_(entry.title)}**")
        st.markdown(_(entry.claim))
        minutes = _("about {minutes} minutes").format(minutes=entry.minutes)
        # course.js marks in the empty element what has been answered and reached
        st.html(f'<p>{_(entry.section)} · {minutes} <span class="fp-done"></span></p>')
