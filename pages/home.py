"""The first page: a map of the course, with a picture of each page's real output."""

from __future__ import annotations

import streamlit as st

from pages import registry
from pages.parts.language import _, prose
from pages.registry import Entry

USE = ("draw", "present", "share")
"""The parts of the text that say how the course is used, side by side."""


def page(entries: list[Entry], opened: dict[str, st.Page]) -> None:
    """Draw the map.

    Args:
        entries: the pages that exist.
        opened: each page's Streamlit page, by its path.
    """
    with st.container(key="fp-home"):
        prose("home")
        for section in registry.SECTIONS:
            within = [entry for entry in entries if entry.section == section]
            if not within:
                continue
            st.subheader(_(section), anchor=False)
            with st.container(key=f"fp-map-{section.lower()}", horizontal=True, gap="large"):
                for entry in within:
                    _card(entry, opened[entry.path])
        with st.container(key="fp-use", horizontal=True):
            for part in USE:
                with st.container(width=300):
                    prose("home", part)


def _card(entry: Entry, target: st.Page) -> None:
    with st.container(key=f"fp-card-{entry.path}", width=620):
        if entry.thumbnail:
            st.image(entry.thumbnail(), width="stretch")
        st.page_link(target, label=f"**{_(entry.title)}**")
        st.markdown(_(entry.claim))
