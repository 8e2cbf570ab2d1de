"""The theme's colours and fonts as style: what our scripts expect of Streamlit's page."""

from __future__ import annotations

import re

import streamlit as st

_COLOURS = ("backgroundColor", "textColor", "redColor", "chartCategoricalColors")


def tokens(theme: str) -> str:
    """The tokens of "light" or "dark" as declarations of CSS."""
    chosen = {name: st.get_option(f"theme.{theme}.{name}") for name in _COLOURS}
    chosen["chartCategoricalColors"] = ",".join(chosen["chartCategoricalColors"])
    chosen |= {name: st.get_option(f"theme.{name}") for name in ("font", "codeFont")}
    declared = " ".join(f"--st-{_dashed(name)}: {value};" for name, value in chosen.items())
    return f"color-scheme: {theme}; {declared}"


def _dashed(name: str) -> str:
    return re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name)
