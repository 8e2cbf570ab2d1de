"""A column or a table of one's own for "Sine, live": pasted or uploaded, errors in a sentence."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import streamlit as st

from core.recurrent.series.own import Own, series, usable
from core.recurrent.series.setting import MAX_COLUMNS
from core.recurrent.sine.setting import MAX_VALUES, SineSetting
from core.recurrent.sine.table import Column, Decimal, Filling, Sheet, encodings
from core.recurrent.sine.table import read as read_table
from core.recurrent.sine.table.column import is_gap
from core.recurrent.sine.table.numeral import numeral
from core.schema import Refusal, mark, short
from pages.kit.encodings import choose
from pages.kit.language import _, sentence
from pages.kit.state import PageState

_KEY = "fp.sine.column"
_read = lru_cache(maxsize=4)(read_table)
"""A page runs again at every press; a workbook is taken apart once."""


def read_values(text: str) -> tuple[float, ...]:
    """Read the column of a lesson link: numbers between commas."""
    values = [part for part in text.split(",") if part.strip()]
    try:
        if text and (len(values) < 2 or "_" in text):
            raise ValueError
        read: tuple[float, ...] = SineSetting.schema["values"].read([*map(float, values)])
    except ValueError:
        raise Refusal(mark("{given} is no list of numbers."), given=short(text)) from None
    return read


def write_values(values: tuple[float, ...]) -> str:
    """Write a column for a lesson link; `read_values` reads it again."""
    return ",".join(repr(float(value)) for value in values)


def _given() -> tuple[str | bytes, str]:
    """Draw the box to paste into and the place for a file: what is in them, and which file."""
    pasted = st.text_area(
        _("Paste numbers, one a line, or a table"), key=f"{_KEY}.text", height=110
    )
    file = st.file_uploader(
        _("or take a CSV or Excel file"),
        type=["csv", "txt", "tsv", "dat", "xlsx"],
        key=f"{_KEY}.file",
        max_upload_size=1,
    )
    return (file.getvalue(), file.file_id) if file else (pasted, "")


def own_table(state: PageState) -> None:
    """Draw where a table is given, with its columns to choose from; a good one goes into the state.

    What cannot be used is said, and the table from before stays.
    """
    given, file = _given()
    if given:
        try:
            table = _table(given, choose(encodings(given), f"{_KEY}.encoding.{file}"))
            st.caption(_taken(table))
            own = _series(table)
        except ValueError as error:
            st.error(sentence(error))
        else:
            for name, value in own.fields().items():
                if state[f"series_{name}"] != value:
                    state.set(f"series_{name}", value)
            st.caption(" ".join(_said(own)))
    rows = len(state["series_values"]) // max(1, len(state["series_names"]))
    if rows:
        shown = _("{rows} rows of {names}; the last fifth is held out.")
        st.caption(shown.format(rows=f"{rows:,}", names=", ".join(state["series_names"])))
    else:
        st.caption(_("At most {most} rows.").format(most=f"{MAX_VALUES:,}"))


def _series(table: Sheet) -> Own:
    """The columns that are chosen of a table."""
    names = [column.name for column in table.columns]
    target = _chosen(table) if len(names) > 1 else names[0]
    others = [name for name in names if name != target and usable(table.column(name))]
    beside: list[str] = []
    if others:
        beside = st.multiselect(
            _("Columns that are read beside it"),
            others,
            key=f"{_KEY}.beside",
            max_selections=MAX_COLUMNS - 1,
        )
    column = table.column(target)
    decimal = _decimal(column)
    gaps = [table.column(name) for name in (target, *beside) if table.column(name).gaps]
    return series(table, target, beside, decimal, _filling(gaps[0]) if gaps else None)


def _said(own: Own) -> list[str]:
    """What became of the rows of a table."""
    said = []
    if own.times:
        first, last = (date(1970, 1, 1) + timedelta(own.times[at]) for at in (0, -1))
        said.append(_("{first} to {last}.").format(first=first, last=last))
    else:
        said.append(_("No dates were found: the rows are counted."))
    if own.sorted_:
        said.append(_("The rows have been sorted by date."))
    if own.longer:
        said.append(
            _("{count} steps are longer than usual: a window counts rows, not days.").format(
                count=own.longer
            )
        )
    if own.dropped:
        said.append(_("Rows left out: {count}.").format(count=own.dropped))
    return said


def own_column(state: PageState) -> None:
    """Draw the box to paste into and the place for a file; a good column goes into the state."""
    given, file = _given()
    if given:
        _take(state, given, file)
    values = state["values"]
    if values:
        st.caption(
            _("{count} numbers, {low} to {high}; the first four fifths are trained on.").format(
                count=len(values), low=f"{min(values):.4g}", high=f"{max(values):.4g}"
            )
        )
    else:
        st.caption(_("At most {most} numbers.").format(most=f"{MAX_VALUES:,}"))


def _take(state: PageState, given: str | bytes, file: str) -> None:
    """Read what was given; if that fails, say why and keep the column from before."""
    try:
        table = _table(given, choose(encodings(given), f"{_KEY}.encoding.{file}"))
        st.caption(_taken(table))
        column = table.proposed
        if len(table.columns) > 1:
            column = table.column(_chosen(table))
        decimal = _decimal(column)
        values = column.numbers(decimal, _filling(column))
    except ValueError as error:
        st.error(sentence(error))
        return
    if values != state["values"]:
        state.set("values", values)


def _table(given: str | bytes, encoding: str | None) -> Sheet:
    """The table, with what is asked where it can be read in two ways."""
    table = _read(given, encoding=encoding)
    if len(table.sheets) > 1:
        sheet = st.selectbox(
            _("Sheet"), table.sheets, index=table.sheets.index(table.sheet), key=f"{_KEY}.sheet"
        )
        table = _read(given, sheet=sheet)
    if table.doubtful:
        header = st.radio(
            _("The first line is"),
            (True, False),
            index=0 if table.header else 1,
            format_func={True: _("a header"), False: _("numbers")}.__getitem__,
            key=f"{_KEY}.header",
            horizontal=True,
        )
        table = _read(given, sheet=table.sheet or None, header=header, encoding=encoding)
    return table


def _taken(table: Sheet) -> str:
    """Which lines were taken as the header, and which were passed over."""
    if table.header:
        said = _("The header is in line {lines}.").format(lines=_lines(table.header))
    else:
        said = _("There is no header line.")
    if table.passed:
        said += " " + _("Passed over: line {lines}.").format(lines=_lines(table.passed))
    if table.backwards:
        said += " " + _("The newest line came first: the order of the lines was reversed.")
    return said


def _lines(lines: tuple[int, ...]) -> str:
    return ", ".join(map(str, lines[:5])) + (", ..." if len(lines) > 5 else "")


def _chosen(table: Sheet) -> str:
    """Which of several columns."""
    names = [column.name for column in table.columns]
    return st.selectbox(
        _("Column"), names, index=names.index(table.proposed.name), key=f"{_KEY}.which"
    )


def _decimal(column: Column) -> Decimal | None:
    """What the sign in "1,234" means, where no number of the table tells."""
    found = numeral(column.doubtful)
    if not found:
        return column.decimal
    signs: tuple[Decimal, Decimal] = (".", ",")
    readings = {sign: f"{found.value(sign):,}" for sign in signs}
    return st.radio(
        _("{given} is").format(given=column.doubtful),
        signs,
        index=signs.index(column.decimal) if column.decimal else None,
        format_func=readings.__getitem__,
        key=f"{_KEY}.decimal",
        horizontal=True,
    )


def _filling(column: Column) -> Filling | None:
    """What stands in for the numbers that are missing."""
    if not column.gaps:
        return None
    if column.stand_ins:
        st.caption(
            _("Taken as missing: {numbers}.").format(numbers=", ".join(column.stand_ins[:5]))
        )
    names: dict[Filling, str] = {
        "fill": _("a straight line between the neighbours"),
        "carry": _("the number before"),
        "drop": _("nothing: leave the lines out"),
    }
    if all(not is_gap(column.cells[place][1]) for place in column.gaps):
        names["keep"] = _("they are numbers like the others")
    return st.radio(
        _("Missing numbers ({count})").format(count=len(column.gaps)),
        list(names),
        index=None,
        format_func=names.__getitem__,
        key=f"{_KEY}.filling",
    )
