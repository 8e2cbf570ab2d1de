"""Who a session of Streamlit belongs to, and how many bytes of files it holds."""

from __future__ import annotations

import secrets
from http import HTTPStatus

import streamlit as st
from starlette.exceptions import HTTPException
from streamlit import runtime
from streamlit.runtime import memory_uploaded_file_manager
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from core import memory
from pages.kit.deployment import client_of

_OWNER = "fp.session.owner"
MOST = 80_000_000
"""Bytes of files that one session holds at most: the largest one and some small ones."""


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


class Uploads(MemoryUploadedFileManager):
    """Streamlit's keeper of files, within bounds: it would keep whatever a visitor sends."""

    def add_file(self, session_id: str, file: UploadedFileRec) -> None:
        """Keep a file; of the same session's the oldest go for it, of others' none."""
        with self._lock:
            own = dict(self.file_storage.get(session_id, {}))
            held = sum(len(each.data) for each in own.values())
            room = min(MOST, memory.UPLOADS - self._total_bytes + held) - len(file.data)
        if room < 0:
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, str(memory.FULL))
        if (before := own.pop(file.file_id, None)) is not None:
            held -= len(before.data)
        for name, each in own.items():
            if held > room:
                self.remove_file(session_id, name)
                held -= len(each.data)
        super().add_file(session_id, file)


def bound_uploads() -> None:
    """Have Streamlit keep the files of visitors within bounds."""
    vars(memory_uploaded_file_manager)["MemoryUploadedFileManager"] = Uploads
