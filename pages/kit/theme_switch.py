"""The light and dark switch.

Streamlit keeps its theme in the browser, under a key for each page's address, and changes it
without a reload only from its own menu. The frame hides that menu; this button works it, and copies
the choice to every page's key. If the menu ever changes, the page is reloaded instead, and its
address, which `link.py` keeps up to date, brings the state back.
"""

from __future__ import annotations

import streamlit as st

from pages.kit.assets import loader
from pages.kit.language import _

_component = st.components.v2.component(
    "fp_theme",
    html='<button class="fp-button" aria-label="Dark or light"></button>',
    js=loader("kit/theme_switch.js"),
    isolate_styles=False,
)


def show(paths: list[str]) -> None:
    """Draw the switch.

    Args:
        paths: the address path of every page; the home page's is empty.
    """
    _component(
        key="fp-theme",
        data={"light": _("Light"), "dark": _("Dark"), "paths": paths},
        width="content",
    )
