"""What Streamlit's places for files say, in the page's language."""

from __future__ import annotations

import secrets

import streamlit as st

from pages.kit.assets import loader
from pages.kit.language import _

_component = st.components.v2.component(
    "fp_uploads", js=loader("kit/uploads.js"), isolate_styles=False
)


def uploads() -> None:
    """Put the words of all places for files into the language of the page.

    "{1}" in a sentence stands for what Streamlit has said there: a size or the name of a file.
    """
    said = {
        "^Upload$": _("Choose a file"),
        "^(.+) per file$": _("at most {1}"),
        "^Drag and drop a file here$": _("Drop the file here"),
        "^Add files$": _("Choose another file"),
        "^add icon$": "",
        "^Remove (.+)$": _("Remove {1}"),
        "^Cancel upload of (.+)$": _("Do not send {1}"),
        "^Click to retry upload$": _("Send it again"),
    }
    refused = {
        "^File must be (.+) or smaller\\.$": _("A file may have at most {1}; this one is larger."),
        "files are not allowed\\.$": _("A file of this kind is not read here."),
        "^Only one file is allowed\\.$": _("One file at a time is read here."),
        "": _("The file could not be sent. Try again in a few minutes."),
    }
    session = st.session_state.setdefault("fp.uploads.session", secrets.token_hex(4))
    _component(
        key="fp-uploads",
        data={"session": session, "said": list(said.items()), "refused": list(refused.items())},
        width="content",
    )
