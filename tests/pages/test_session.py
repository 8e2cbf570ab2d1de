"""What a session of Streamlit holds: the bytes of a file that has been read are let go."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from pages.words_as_vectors import session


def test_a_file_that_has_been_read_takes_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = MemoryUploadedFileManager("/upload")
    for file in ("read", "another"):
        kept.add_file("mine", UploadedFileRec(file, "words.vec", "text/plain", b"king 1 0"))
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=kept))
    monkeypatch.setattr(session, "get_script_run_ctx", lambda: SimpleNamespace(session_id="mine"))
    session.let_go(SimpleNamespace(file_id="read"))  # type: ignore[arg-type]
    assert [each.file_id for each in kept.get_files("mine", ["read", "another"])] == ["another"]
