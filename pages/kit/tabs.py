"""What the lessons below the pictures have in common: tabs, the first of which says what to see.

A link opens one of them by its name, as in `?lesson=numbers`.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.schema.table import LESSON
from pages.kit.language import _
from pages.kit.prose import MEASURE, MORE, folded, prose
from pages.kit.query import word


def tabs(page: str, aside: str, part: str = "", **others: str) -> list[DeltaGenerator]:
    """Draw the tabs of a lesson and fill the first.

    Args:
        page: whose prose stands in it.
        aside: the part of that prose which stands beside the rest of it, one click deeper.
        part: of that prose, where it is not the one without a name; "PART-more" goes on with it.
        **others: what the other tabs are called, translated, under their names in a link.

    Returns:
        The others, to be filled.
    """
    first, *rest = named(see=_("What you are looking at"), **others)
    with first:
        with st.container(width=MEASURE):
            prose(page, part)
        folded(page, f"{part}-{MORE}" if part else MORE, aside)
    return list(rest)


def named(**labels: str) -> list[DeltaGenerator]:
    """Draw tabs, of which a link opens one by its name; without one the first is open.

    Their names stand in the class of the block, where kit/link.js finds that of the open one.
    """
    key = "-".join(["fp-lesson", *labels])
    return list(st.tabs(list(labels.values()), default=labels.get(word(LESSON, labels)), key=key))
