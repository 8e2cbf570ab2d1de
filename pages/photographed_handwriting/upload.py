"""A photo of one's own: chosen or taken, read with care, and held in memory."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.vision.photo.sheet import opened
from core.vision.pictures import Picture
from pages.kit.language import _
from pages.kit.pictures import uploader
from pages.kit.session import visitor
from pages.kit.state import PageState
from pages.photographed_handwriting import api


def upload(state: PageState, begin: Callable[[], None]) -> None:
    """Draw the control to choose a photo; a new one is read at once.

    Args:
        state: of the page.
        begin: called before another photo takes the place of what is on show.
    """
    if not state.offer("sheet", _("Your own photo")):
        return

    def read(data: bytes) -> tuple[str, Picture]:
        sheet, done = opened(data)
        return api.store(sheet, *visitor()), done

    with st.container(key="fp-photo", width=360):
        name = uploader(
            "fp.photo.file",
            _("Your own photo: a digit, or a sheet of them"),
            read,
            _(
                "It stays in this server's memory while you look at it, never on a disk, and no "
                "link holds it. HEIC and PDF: save them as JPEG, or take a screenshot."
            ),
        )
    if name is not None:
        begin()
        state.set("sheet", name)
