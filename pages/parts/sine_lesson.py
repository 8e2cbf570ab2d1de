"""Below the picture of "Sine, live": what one is looking at, and what to ask of it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.parts.code import code
from pages.parts.language import _, prose
from pages.parts.runs import program

PAGE = "sine-live"


def lesson(config: dict[str, Any]) -> None:
    """Draw it, about runs of this config."""
    what, python = st.tabs([_("What you are looking at"), _("PyTorch")])
    with what:
        prose(PAGE)
    with python:
        try:
            code("sine", program("sine", config))
        except ValueError as error:
            st.error(str(error))
