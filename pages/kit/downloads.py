"""Taking away what is shown: the picture, its numbers, and a program that computes them again."""

from __future__ import annotations

import csv as csv_format
import io
from collections.abc import Callable
from importlib.metadata import version

import streamlit as st

from core.figures.slide import slide
from core.portable import portable
from core.schema import mark
from pages.kit import notebook
from pages.kit.language import _

Maker = Callable[[], bytes]

HEADINGS = {
    "layer": mark("layer"),
    "map": mark("map"),
    "matrix": mark("matrix"),
    "of": mark("array"),
    "channel": mark("channel"),
    "head": mark("head"),
    "row": mark("row"),
    "column": mark("column"),
    "value": mark("value"),
    "weight": mark("weight"),
    "cut": mark("cut"),
    "from": mark("number of the word that reads"),
    "from word": mark("word that reads"),
    "to": mark("number of the word that is read"),
    "to word": mark("word that is read"),
    "says": mark("token that reads"),
    "reads": mark("token that is read"),
    "step": mark("step"),
    "before the loss": mark("steps before the loss"),
    "lstm, cell state alone": mark("LSTM, cell state alone"),
    "kind": mark("kind"),
    "outputs": mark("shape of the output"),
    "kernel": mark("kernel"),
    "stride": mark("stride"),
    "padding": mark("padding"),
    "groups": mark("Groups"),
    "parameters": mark("parameters"),
    "multiply_adds": mark("multiply-adds"),
    "weight_bytes": mark("bytes of the weights"),
    "output_bytes": mark("bytes of the output"),
    "field": mark("receptive field"),
    "jump": mark("jump"),
}
"""What the columns of our tables are called; others, such as "lstm", are names already."""


def downloads(
    name: str,
    *,
    title: str = "",
    png: Maker | None = None,
    svg: Maker | None = None,
    csv: Maker | None = None,
    py: Maker | None = None,
) -> None:
    """Draw one button for each kind that is given, and for a program one for its notebook, too.

    The bytes are made when a button is pressed, not before, so they cost nothing until then.

    Args:
        name: the files' name without its ending.
        title: of the picture, translated; with it there is a slide of the picture, too.
        png: makes the picture.
        svg: makes the picture, with words in it.
        csv: makes the numbers, in UTF-8, with keys of `HEADINGS` in the first row.
        py: makes a program, in UTF-8, that runs in our folder; in the file it runs in any.
    """
    names = {key: _(heading) for key, heading in HEADINGS.items()}

    def numbers() -> bytes:
        assert csv is not None
        return worded(csv(), lambda key: names.get(key, key))

    below = [
        _("Signed numbers: blue above zero, orange below, paper at zero; else paper to ink."),
        _("Computed by Forward Pass with torch {version}.").format(version=version("torch")),
    ]

    picture = png or svg

    def framed() -> bytes:
        assert picture is not None
        return slide(picture(), title, below)

    def program() -> bytes:
        assert py is not None
        return portable(py().decode()).encode()

    kinds = (
        (_("Picture (PNG)"), png, "png", "image/png"),
        (_("Picture (SVG)"), svg, "svg", "image/svg+xml"),
        (_("Slide (SVG)"), framed if picture and title else None, "slide.svg", "image/svg+xml"),
        (_("Numbers (CSV)"), csv and numbers, "csv", "text/csv"),
        (_("Program (Python)"), py and program, "py", "text/x-python"),
        (
            _("Notebook (Jupyter)"),
            py and notebook.maker(program),
            "ipynb",
            "application/x-ipynb+json",
        ),
    )
    with st.container(key=f"fp-downloads-{name}", horizontal=True):
        for label, make, ending, mime in kinds:
            if make is not None:
                st.download_button(
                    label,
                    make,
                    file_name=f"{name}.{ending}",
                    mime=mime,
                    key=f"fp.download.{name}.{ending}",
                    on_click="ignore",
                )


def worded(table: bytes, heading: Callable[[str], str]) -> bytes:
    """The table with its columns named; a BOM says to Excel that it is UTF-8.

    Args:
        table: its first row are the keys of its columns.
        heading: names a key. It translates nothing by the session: no script of it runs by then.
    """
    head, _end, rows = table.partition(b"\n")
    keys = next(csv_format.reader([head.decode()]))
    text = io.StringIO()
    csv_format.writer(text, lineterminator="\n").writerow(heading(key) for key in keys)
    return b"\xef\xbb\xbf" + text.getvalue().encode() + rows
