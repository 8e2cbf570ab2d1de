"""A picture of one's own: chosen, read, and a sentence on what was done to it."""

from __future__ import annotations

import streamlit as st

from core.vision.pictures import FORMATS, MAX_BYTES, Picture, PictureError, picture
from pages.kit.language import _, sentence
from pages.kit.session import let_go


def uploader(key: str, side: int) -> Picture | None:
    """Draw the control to choose a file; the picture once, when it has come, or else None.

    Its bytes are let go as soon as it is read: a room's photos would fill the server.

    Args:
        key: of the widget.
        side: the longest side that the picture may keep.
    """
    chosen = st.file_uploader(
        _("Your own picture"),
        type=[kind.lower() for kind in FORMATS] + ["jpg"],
        key=key,
        max_upload_size=MAX_BYTES >> 20,
    )
    said = f"{key}.said"
    if chosen is None:
        st.caption(st.session_state.get(said, ""))
        return None
    try:
        read = picture(chosen.getvalue(), side)
    except PictureError as error:
        st.error(sentence(error))
        return None
    finally:
        let_go(chosen)
    st.session_state[said] = done(read)
    st.caption(st.session_state[said])
    return read


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
