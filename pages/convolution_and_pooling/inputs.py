"""The input of "Convolution and pooling": its fields of the state, and one's own picture."""

from __future__ import annotations

import streamlit as st

from core.schema import custom, fields_of
from core.vision.convolution import source
from core.vision.drawing import Drawing
from core.vision.hand import sample
from core.vision.pictures import Picture, picture
from pages.kit.language import _
from pages.kit.pictures import uploader
from pages.kit.query import asked
from pages.kit.state import PageState, stored


def _picture(text: str) -> str:
    if text:
        source.read_picture(text)
    return text


FIELDS = fields_of(source.Source) | {
    "matrix": custom(source.EXAMPLE, source.checked_matrix, str),
    "picture": custom("", _picture, str, linked=False),
}


def drawn(state: PageState) -> Drawing:
    """What the person has drawn, or the sample that stands for it."""
    return state["drawing"] or sample(state["seed"])


def take_drawing(state: PageState) -> None:
    """Take over what was drawn on "Draw a digit" since this page last looked.

    A page that was opened from a link that says what the input is keeps that input.
    """
    theirs = stored("draw", "drawing")
    first = "fp.conv.theirs" not in st.session_state
    if theirs is not None and theirs != st.session_state.get("fp.conv.theirs"):
        linked = first and {"source", "drawing", "seed"} & asked().keys()
        if not linked:
            state.set("drawing", theirs)
            if state["source"] in ("drawing", "sample"):
                state.set("source", "drawing")
    st.session_state["fp.conv.theirs"] = theirs


def _read(data: bytes) -> tuple[Picture, Picture]:
    read = picture(data, source.PICTURE_SIDE)
    return read, read


def upload(state: PageState) -> None:
    """Draw the control to choose a picture; a new one becomes the input."""
    if not state.offer("picture", _("Your own picture")):
        return
    with st.popover(_("Your own picture"), key="fp-picture"):
        read = uploader("fp.conv.picture", _("Your own picture"), _read)
    if read is None:
        return
    text = source.write_picture(read.pixels)
    if text != st.session_state.get("fp.conv.uploaded"):
        st.session_state["fp.conv.uploaded"] = text
        state.set("picture", text)
        state.set("source", "picture")
        state.set("groups", 1)
