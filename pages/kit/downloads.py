"""Taking away what is shown: the picture, its numbers, and a program that computes them again."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.kit.language import _

Maker = Callable[[], bytes]


def downloads(
    name: str,
    *,
    png: Maker | None = None,
    csv: Maker | None = None,
    py: Maker | None = None,
) -> None:
    """Draw one button for each kind that is given.

    The bytes are made when a button is pressed, not before, so they cost nothing until then.

    Args:
        name: the files' name without its ending.
        png: makes the picture.
        csv: makes the numbers, in UTF-8.
        py: makes a runnable program, in UTF-8.
    """
    kinds = (
        (_("Picture (PNG)"), png, "png", "image/png"),
        (_("Numbers (CSV)"), csv, "csv", "text/csv"),
        (_("Program (Python)"), py, "py", "text/x-python"),
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
