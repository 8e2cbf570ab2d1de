"""The frame that every page sits in: navigation, header row, language, theme, link, presenter.

The header's link is drawn after the page, into its reserved place, so that it holds what the page
has just set.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.schema import mark
from pages import home, registry
from pages.first_html import NAME
from pages.kit import (
    goals,
    language,
    link,
    notebook,
    place,
    presenter,
    quiz,
    recall,
    theme_switch,
)
from pages.kit.connection import connection
from pages.kit.guarded import guarded
from pages.kit.language import _
from pages.kit.prose import has_text, prose
from pages.kit.room import panel
from pages.kit.state import PageState, notice, page_state
from pages.kit.terms import definitions
from pages.kit.uploads import uploads
from pages.registry import Entry, Step

SIDEBAR = 210
"""Width of the sidebar in pixels; `frame.css` keeps the room for it."""


def main() -> None:
    """Draw the frame, and in it the page that the address names."""
    st.set_page_config(page_title=NAME, layout="wide", initial_sidebar_state=SIDEBAR)
    entries = registry.PAGES
    opened: dict[str, st.Page] = {}
    first = st.Page(
        partial(_guarded, partial(home.page, entries, opened)),
        title=NAME,
        url_path="home",
        default=True,
    )
    for entry in entries:
        opened[entry.path] = st.Page(
            partial(_guarded, partial(_run, entry)),
            title=f"{_(entry.title)} - {NAME}",
            url_path=entry.path,
        )
    current = st.navigation([first, *opened.values()], position="hidden")
    if wanted := panel.wanted():
        _follow(*wanted, entries, {"": first, **opened}, current)
    entry_here = next((entry for entry in entries if entry.path == current.url_path), None)
    state, steps = _parts(entry_here)
    _sidebar(first, entries, opened, current)
    links, rooms = _header(entry_here, steps, state)
    quiz.begin()
    place.begin()
    if entry_here:
        notebook.begin(_(entry_here.title), current.url_path, state)
    current.run()
    if entry_here:
        _closing(entry_here, first, opened)
    with links:
        if state:
            link.hide_controls(state)
        link.copy_link(current.url_path, state)
    with rooms:
        title = _(entry_here.title) if entry_here else NAME
        panel.panel(current.url_path if entry_here else "", title, state)


def _follow(
    path: str,
    query: Mapping[str, str],
    entries: Sequence[Entry],
    opened: Mapping[str, st.Page],
    current: st.Page,
) -> None:
    """Show what the lecturer of the room shows, as if its link had been opened.

    On the way there it is wanted still: what the page before tells meanwhile runs that page again.
    """
    if path in opened and path != current.url_path:
        st.switch_page(opened[path])
    panel.followed()
    entry = next((entry for entry in entries if entry.path == path), None)
    if entry and entry.table:
        page_state(entry.table).open(query)


def _sidebar(
    first: st.Page, entries: Sequence[Entry], opened: dict[str, st.Page], current: st.Page
) -> None:
    with st.sidebar, st.container(key="fp-sidebar", gap=None):
        with st.container(key="fp-brand", gap=None):
            st.page_link(first, label=f"**{NAME}**")
            st.caption(_("see networks compute"))
        for section in registry.SECTIONS:
            within = [entry for entry in entries if entry.section == section]
            if within:
                st.caption(_(section))
            for entry in within:
                here = "here" if current.url_path == entry.path else entry.path
                with st.container(key=f"fp-go-{here}"):
                    st.page_link(opened[entry.path], label=_(entry.title), width="stretch")


def _header(
    entry: Entry | None, steps: Sequence[Step], state: PageState | None
) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Draw the header row, outside of the page so that it stays as pages change.

    Returns the places of the link and of the room, which are told what the page has become.
    """
    with st.container(key="fp-top"):
        with st.container(key="fp-header", horizontal=True):
            with st.container(key="fp-title"):
                st.title(_(entry.title) if entry else NAME, anchor=False)
            # Right-aligned: what is drawn last stands leftmost, so nothing moves as it comes.
            with st.container(key="fp-tools", horizontal=True, width="content"):
                links = st.container(key="fp-links", horizontal=True, width="content")
                rooms = st.container(key="fp-rooms", width="content")
                presenter.presenter(entry.path if entry else "", steps)
                theme_switch.show(["", *(other.path for other in registry.PAGES)])
                language.switch()
        st.markdown(_(entry.claim) if entry else _("See networks compute."))
        if entry and has_text(entry.folder):
            with st.container(key="fp-objective"):
                prose(entry.folder, "objective")
        if state:
            notice(state)
        connection()
        definitions()
        uploads()
    return links, rooms


def _closing(entry: Entry, first: st.Page, opened: dict[str, st.Page]) -> None:
    """Draw what every page ends with: a summary, and the page that comes next and why."""
    if not has_text(entry.folder):
        return
    with st.container(key="fp-closing"):
        if entry.goals:
            goals.show(entry.goals)
        left, right = st.columns([3, 2], gap="large")
        with left:
            st.header(_("In three lines"), anchor=False)
            prose(entry.folder, "summary")
        with right:
            st.header(_("Next"), anchor=False)
            after = registry.PAGES[registry.PAGES.index(entry) + 1 :]
            title = _(after[0].title) if after else _("The course")
            st.page_link(opened[after[0].path] if after else first, label=f"**{title}**")
            prose(entry.folder, f"next-{after[0].path if after else 'home'}")
        if entry.questions:
            recall.ask(entry.path)


def _parts(entry: Entry | None) -> tuple[PageState | None, Sequence[Step]]:
    """Return a page's state and walk; a page that cannot be imported says so when it runs.

    The state first: which walk it is may depend on the link that has just been opened.
    """
    try:
        state = page_state(entry.table) if entry and entry.table else None
        return state, entry.steps if entry else ()
    except Exception:
        return None, ()


def _run(entry: Entry) -> None:
    entry.module.page()


def _guarded(run: Callable[[], None]) -> None:
    told = mark("This page could not be drawn ({error}). The other pages work; the log says more.")
    guarded(run, told)
