"""A text of one's own for "Words as vectors": pasted or uploaded, errors in a sentence."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.encodings import reading
from core.language.corpora.texts import MAX_CHARACTERS, own
from core.schema import Refusal, mark
from pages.kit.encodings import choose
from pages.kit.language import _, sentence
from pages.kit.state import PageState

_KEY = "fp.vectors.text"


def read_text(written: str) -> str:
    """Read the text of a lesson link."""
    if len(written) > MAX_CHARACTERS:
        raise ValueError("longer than a text may be.")
    return written


def write_text(text: str) -> str:
    """Write a text for a lesson link; `read_text` reads it again."""
    if not isinstance(text, str):
        raise ValueError("not a text.")
    return text


def own_text(state: PageState) -> None:
    """Draw the box to paste into and the place for a file; a good text goes into the state."""
    key = f"{_KEY}.pasted"
    if key not in st.session_state:
        st.session_state[key] = state["text"]
    left, right = st.columns([3, 2], gap="medium")
    with left:
        pasted = st.text_area(
            _("Paste a text: a full stop or a new line ends a sentence"), key=key, height=120
        )
    with right:
        file = st.file_uploader(
            _("or take a text file"), type=["txt", "md"], key=f"{_KEY}.file", max_upload_size=8
        )
        caption = st.empty()
    try:
        given = _decoded(file) if file else pasted
        if given:
            caption.caption(_about(given, state["min_count"]))
            if given != state["text"]:
                state.set("text", given)
        else:
            caption.caption(_("At most {most} characters.").format(most=f"{MAX_CHARACTERS:,}"))
    except ValueError as error:
        caption.error(sentence(error))


def _decoded(file: UploadedFile) -> str:
    """The text of a file, in an encoding that is asked for where the file does not say it."""
    content = file.getvalue()
    proposed = reading(content)
    if proposed is None:
        raise Refusal(mark("This file is not text: it holds bytes that are not characters."))
    if not proposed.encodings:
        return proposed.text
    chosen = reading(content, choose(proposed.encodings, f"{_KEY}.encoding.{file.file_id}"))
    return (chosen or proposed).text


def _about(text: str, min_count: int) -> str:
    """What a text holds.

    Raises:
        ValueError: nothing can be learnt from it; the sentence says why.
    """
    corpus = own(text, min_count)
    return _("{tokens} words, {kinds} different ones kept, {sentences} sentences.").format(
        tokens=f"{len(corpus.ids):,}",
        kinds=f"{len(corpus.words):,}",
        sentences=f"{len(corpus.sentences):,}",
    )
