"""What the lessons below the pictures have in common: tabs, the first of which says what to see."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.kit.language import _
from pages.kit.prose import prose


def tabs(page: str, aside: str, *others: str) -> list[DeltaGenerator]:
    """Draw the tabs of a lesson and fill the first.

    Args:
        page: whose prose stands in it.
        aside: the part of that prose which stands beside it.
        others: what the other tabs are called, translated.

    Returns:
        The others, to be filled.
    """
    first, *rest = st.tabs([_("What you are looking at"), *others])
    left, right = first.columns([3, 2], gap="large")
    with left:
        prose(page)
    with right:
        prose(page, aside)
    return list(rest)
