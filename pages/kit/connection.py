"""What a page says while the server is away."""

from __future__ import annotations

import streamlit as st

from pages.kit.assets import loader
from pages.kit.language import _

_component = st.components.v2.component(
    "fp_connection",
    html='<p class="fp-away" role="status" hidden></p>',
    js=loader("kit/connection.js"),
    isolate_styles=False,
)


def connection() -> None:
    """Draw the line that is shown when the server cannot be reached."""
    _component(
        key="fp-connection",
        data={
            "away": _(
                "The server cannot be reached. What you do is kept here, and is sent as soon as "
                "it is back."
            )
        },
        width="content",
    )
