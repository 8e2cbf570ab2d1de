"""A text of one's own: pasted or uploaded, errors in a sentence."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.encodings import reading
from core.schema import Refusal, mark
from pages.kit.encodings import choose
from pages.kit.language import _, sentence
from pages.kit.state import PageState


def own_text(
    state: PageState, key: str, label: str, most: int, about: Callable[[str], str]
) -> None:
    """Draw the box to paste into and the place for a file; a good text goes into the state's text.

    Args:
        state: of the page; its field "text" is meant.
        key: what the widgets' keys begin with.
        label: of the box, translated.
        most: characters that a text may have.
        about: what a text holds, in a sentence; raises ValueError where nothing can be learned
            from it.
    """
    if f"{key}.pasted" not in st.session_state:
        st.session_state[f"{key}.pasted"] = state["text"]
    left, right = st.columns([3, 2], gap="medium")
    with left:
        pasted = st.text_area(label, key=f"{key}.pasted", height=120)
    with right:
        file = st.file_uploader(
            _("or take a text file"), type=["txt", "md"], key=f"{key}.file", max_upload_size=8
        )
        caption = st.empty()
    try:
        given = _decoded(file, key) if file else pasted
        if given:
            caption.caption(about(given))
            if given != state["text"]:
                state.set("text", given)
        else:
            caption.caption(_("At most {most} characters.").format(most=f"{most:,}"))
    except ValueError as error:
        caption.error(sentence(error))


def _decoded(file: UploadedFile, key: str) -> str:
    """The text of a file, in an encoding that is asked for where the file does not say it."""
    content = file.getvalue()
    proposed = reading(content)
    if proposed is None:
        raise Refusal(mark("This file is not text: it holds bytes that are not characters."))
    if not proposed.encodings:
        return proposed.text
    chosen = reading(content, choose(proposed.encodings, f"{key}.encoding.{file.file_id}"))
    return (chosen or proposed).text
