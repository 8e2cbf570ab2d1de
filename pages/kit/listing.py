"""A listing on a page: a program, what it prints, or LaTeX; to read and to copy."""

from __future__ import annotations

import streamlit as st

from pages.kit.assets import loader
from pages.kit.language import _

_component = st.components.v2.component(
    "fp_listing",
    html='<pre class="fp-listing" tabindex="0"><code></code></pre>'
    '<button class="fp-button" aria-live="polite" aria-label="Copy"></button>',
    js=loader("kit/listing.js"),
    isolate_styles=False,
)


def listing(name: str, source: str, language: str = "") -> None:
    """Draw it.

    Args:
        name: tells it from the others of its page.
        source: the text.
        language: "python" is coloured, and nothing else.
    """
    _component(
        key=f"fp-listing-{name}",
        data={
            "source": source.strip("\n"),
            "language": language,
            "words": {"copy": _("Copy"), "copied": _("Copied")},
        },
    )
