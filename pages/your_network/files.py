"""A file of one's own: chosen, read, and kept on the shelf; what was open stays open otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.networks import limits, opening, shelf
from core.networks.graph import brief
from core.networks.opening import OpenAxes
from core.schema import Refusal
from core.vision.pictures import FORMATS, picture
from pages.kit.language import _, sentence
from pages.kit.session import visitor
from pages.kit.state import PageState

_ASKED, _OPEN, _REFUSED = "fp.network.asked", "fp.network.open", "fp.network.refused"
_PICTURE = "fp.network.seen"
_KINDS = ["onnx", "safetensors", "pt", "pth"]
"""The last two are taken to be refused with a reason."""
_MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+!|<>~$:-]")
_LONGEST, _USUAL = 2048, 16
_SIDE = 512
"""Pixels of the longer side of a picture that is kept."""


def choose(state: PageState) -> None:
    """Draw the places for files, and open what comes."""
    with st.expander(_("Open a network of your own"), key="fp-network-files"):
        columns = st.columns([3, 2, 2], gap="medium")
        with columns[0]:
            given = st.file_uploader(
                _("A network: ONNX, or safetensors with a list of layers"),
                type=_KINDS,
                key="fp.network.file",
                max_upload_size=limits.FILE // 1_000_000,
            )
        with columns[1]:
            listed = st.file_uploader(
                _("The list of layers, for safetensors"),
                type=["json"],
                key="fp.network.layers",
                max_upload_size=1,
            )
        with columns[2]:
            _picture(state)
    asked = (given.file_id if given else None, listed.file_id if listed else None)
    if given is not None and asked != st.session_state.get(_ASKED):
        st.session_state[_ASKED] = asked
        st.session_state.pop(_OPEN, None)
        st.session_state.pop(_REFUSED, None)
        _open(state, given, listed)
    if _OPEN in st.session_state:
        _sizes(state, st.session_state[_OPEN])
    if _REFUSED in st.session_state:
        st.error(_plain(sentence(st.session_state[_REFUSED])))


def _open(state: PageState, given: UploadedFile, listed: UploadedFile | None) -> None:
    try:
        beside = listed.getvalue() if listed else None
        with st.spinner(_("Reading the network")):
            network = opening.read(given.name, given.getvalue(), beside)
            name = shelf.keep(network, *visitor())
    except OpenAxes as error:
        st.session_state[_OPEN] = error
    except Refusal as error:
        st.session_state[_REFUSED] = error
    else:
        _shown(state, name)


def _sizes(state: PageState, left: OpenAxes) -> None:
    """Ask for the sizes that a network leaves open."""
    st.info(_plain(sentence(left)))
    with st.form("fp-network-sizes", border=False):
        columns = st.columns(len(left.names) + 1, vertical_alignment="bottom")
        wanted: Mapping[str, int] = {
            name: column.number_input(
                _plain(brief(name)), 1, _LONGEST, 16, key=f"fp.network.axis.{at}"
            )
            for at, (name, column) in enumerate(zip(left.names, columns, strict=False))
        }
        if not columns[-1].form_submit_button(_("Open this network")):
            return
    try:
        network = opening.network(left.name, left.graph, wanted)
        name = shelf.keep(network, *visitor())
    except Refusal as error:
        st.error(_plain(sentence(error)))
        return
    st.session_state.pop(_OPEN)
    _shown(state, name)
    st.rerun()


def _plain(text: str) -> str:
    """A text with names of somebody else's in it, none of which is Markdown."""
    return _MARKDOWN.sub(r"\\\g<0>", text)


def _shown(state: PageState, name: str) -> None:
    """Show a network that has been opened; what belonged to the one before goes."""
    state.set("net", name)
    for field in ("numbers", "off", "layer", "map", "number", "picture"):
        state.set(field, state.table[field].default)


def _picture(state: PageState) -> None:
    """Draw the place for a picture, which then takes the drawing's place."""
    chosen = st.file_uploader(
        _("A picture instead of a drawing"),
        type=[kind.lower() for kind in FORMATS] + ["jpg"],
        key="fp.network.picture",
        max_upload_size=24,
    )
    if chosen is None or chosen.file_id == st.session_state.get(_PICTURE):
        return
    st.session_state[_PICTURE] = chosen.file_id
    try:
        pixels = picture(chosen.getvalue(), _SIDE).pixels
        state.set("picture", shelf.keep_picture(pixels, *visitor()))
    except Refusal as error:
        st.error(_plain(sentence(error)))
