"""What a session of Streamlit holds: files within bounds, and none that has been read."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from starlette.exceptions import HTTPException
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from pages.kit import session


def test_a_file_that_has_been_read_takes_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = MemoryUploadedFileManager("/upload")
    for file in ("read", "another"):
        kept.add_file("mine", UploadedFileRec(file, "words.vec", "text/plain", b"king 1 0"))
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=kept))
    monkeypatch.setattr(session, "get_script_run_ctx", lambda: SimpleNamespace(session_id="mine"))
    session.let_go(SimpleNamespace(file_id="read"))  # type: ignore[arg-type]
    assert [each.file_id for each in kept.get_files("mine", ["read", "another"])] == ["another"]


def _file(name: str, size: int) -> UploadedFileRec:
    return UploadedFileRec(name, name, "text/plain", b"x" * size)


def test_files_are_held_within_bounds_and_nobody_loses_one_to_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(session, "MOST", 10)
    monkeypatch.setattr(session.memory, "UPLOADS", 25)
    kept = session.Uploads("/upload")
    for name in ("a", "b", "c"):
        kept.add_file("mine", _file(name, 4))
    assert [each.file_id for each in kept.get_files("mine", "abc")] == ["b", "c"]
    kept.add_file("mine", _file("c", 6))  # sent again, larger
    assert [len(each.data) for each in kept.get_files("mine", "abc")] == [4, 6]
    kept.add_file("theirs", _file("d", 10))
    with pytest.raises(HTTPException, match="Try again"):
        kept.add_file("hostile", _file("e", 6))
    with pytest.raises(HTTPException):
        kept.add_file("hostile", _file("f", 11))
    assert len(kept.get_files("mine", "abc")) == 2 and kept.get_files("theirs", "d")
    kept.remove_session_files("theirs")
    kept.add_file("hostile", _file("e", 6))


def test_the_application_keeps_files_so(monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = session.memory_uploaded_file_manager
    monkeypatch.setattr(keeper, "MemoryUploadedFileManager", keeper.MemoryUploadedFileManager)
    session.bound_uploads()
    assert keeper.MemoryUploadedFileManager is session.Uploads
