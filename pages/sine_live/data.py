"""A column of one's own for "Sine, live": pasted or uploaded, errors in a sentence."""

from __future__ import annotations

import streamlit as st

from core.recurrent.sine.setting import MAX_VALUES
from core.recurrent.sine.table import Column, column
from pages.kit.language import _, sentence
from pages.kit.state import PageState

_KEY = "fp.sine.column"


def read_values(text: str) -> tuple[float, ...]:
    """Read the column of a lesson link: numbers between commas."""
    return column(text.replace(",", "\n")).values if text else ()


def write_values(values: tuple[float, ...]) -> str:
    """Write a column for a lesson link; `read_values` reads it again."""
    return ",".join(repr(float(value)) for value in values)


def own_column(state: PageState) -> None:
    """Draw the box to paste into and the place for a file; a good column goes into the state."""
    pasted = st.text_area(
        _("Paste numbers, one a line, or a table"), key=f"{_KEY}.text", height=110
    )
    file = st.file_uploader(
        _("or take a CSV file"), type=["csv", "txt", "tsv"], key=f"{_KEY}.file", max_upload_size=1
    )
    given = file.getvalue() if file else pasted
    if given:
        _take(state, given)
    values = state["values"]
    if values:
        st.caption(
            _("{count} numbers, {low} to {high}; the first four fifths are trained on.").format(
                count=len(values), low=f"{min(values):.4g}", high=f"{max(values):.4g}"
            )
        )
    else:
        st.caption(_("At most {most} numbers.").format(most=f"{MAX_VALUES:,}"))


def _take(state: PageState, given: str | bytes) -> None:
    """Read what was given; if that fails, say why and keep the column from before."""
    try:
        table = column(given)
        if len(table.names) > 1:
            table = column(given, _chosen(table))
    except ValueError as error:
        st.error(sentence(error))
        return
    if table.values != state["values"]:
        state.set("values", table.values)


def _chosen(table: Column) -> str | None:
    """Which of several columns."""
    return st.selectbox(
        _("Column"), table.names, index=table.names.index(table.name), key=f"{_KEY}.which"
    )
