"""Who a session of Streamlit belongs to, and what it need not hold any longer."""

from __future__ import annotations

import secrets

import streamlit as st
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.kit.deployment import client_of

_OWNER = "fp.session.owner"


def visitor() -> tuple[str, str]:
    """A text that stands for this session alone, and what counts as its network address."""
    owner: str = st.session_state.setdefault(_OWNER, secrets.token_urlsafe(16))
    return owner, client_of(st.context.ip_address or "127.0.0.1")


def let_go(given: UploadedFile) -> None:
    """Let go of the bytes of a file that has been read; Streamlit keeps them with the session."""
    context = get_script_run_ctx()
    kept = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    if context is not None and isinstance(kept, MemoryUploadedFileManager):
        kept.remove_file(context.session_id, given.file_id)
