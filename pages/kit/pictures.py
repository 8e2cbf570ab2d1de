"""A picture of one's own: chosen, read, and a sentence on what was done to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from core.schema import Refusal
from core.vision.pictures import FORMATS, MAX_BYTES, Picture
from pages.kit.language import _, sentence
from pages.kit.session import let_go

T = TypeVar("T")


def uploader(
    key: str, label: str, read: Callable[[bytes], tuple[T, Picture]], help: str | None = None
) -> T | None:
    """Draw the control to choose a file; what was read once, when it has come, or else None.

    Its bytes are let go as soon as it is read: a room's photos would fill the server.

    Args:
        key: of the widget.
        label: of the widget, translated.
        read: makes of a file's bytes what is wanted, and tells what was done to the file; raises
            Refusal.
        help: what else is to be known, on a question mark.
    """
    chosen = st.file_uploader(
        label,
        type=[kind.lower() for kind in FORMATS] + ["jpg"],
        key=key,
        help=help,
        max_upload_size=MAX_BYTES >> 20,
    )
    said, seen = f"{key}.said", f"{key}.seen"
    if chosen is None or chosen.file_id == st.session_state.get(seen):
        st.caption(st.session_state.get(said, ""))
        return None
    try:
        found, picture = read(chosen.getvalue())
    except Refusal as error:
        st.error(sentence(error))
        return None
    finally:
        let_go(chosen)
    st.session_state[seen] = chosen.file_id
    st.session_state[said] = done(picture)
    st.caption(st.session_state[said])
    return found


def done(read: Picture) -> str:
    """What was done to the file to get the picture."""
    (width, height), channels = read.size, len(read.pixels)
    parts = [
        _("{width} × {height} pixels made smaller to {now_width} × {now_height}.").format(
            width=read.width, height=read.height, now_width=width, now_height=height
        )
        if read.resized
        else _("{width} × {height} pixels, as they are.").format(width=width, height=height),
        _("Grey: one channel.") if channels == 1 else _("Red, green and blue: three channels."),
    ]
    if read.turned:
        parts.append(_("Turned as the camera noted."))
    if read.alpha:
        parts.append(_("What was transparent lies on white paper."))
    if read.first:
        parts.append(_("The first frame of several."))
    if read.deep:
        parts.append(_("16 bits for each pixel, all of them used."))
    return " ".join(parts)
