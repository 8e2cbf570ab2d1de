"""What makes one server carry a room: the event loop, and two settings (docs/decisions.md)."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from core.language.embeddings import files
from core.recurrent.sine.table import source
from core.vision import pictures
from tests.served import ROOT, Server


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's map of a process's memory")
def test_the_server_runs_on_uvloop(server: Server) -> None:
    """Without it each answer waits 40 ms for a delayed acknowledgement."""
    assert "uvloop/loop." in Path(f"/proc/{server.pid}/maps").read_text()


def test_no_rerun_collects_garbage_and_no_session_watches_files() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert settings["runner"]["postScriptGC"] is False
    assert settings["server"]["fileWatcherType"] == "none"


def test_the_server_takes_the_largest_file_that_a_page_takes() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    most = max(files.MAX_FILE_BYTES, pictures.MAX_BYTES, source.MAX_BYTES)
    assert config["server"]["maxUploadSize"] << 20 == most


def test_a_start_loads_nothing_that_only_some_need() -> None:
    """Sympy comes with torch's symbolic shapes, SQLAlchemy with the first room, Dask with the
    engine, beside the first visitor."""
    loaded = "{'sympy', 'sqlalchemy', 'distributed'} & set(sys.modules)"
    code = f"import dashboard, sys; print({loaded})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split("\n")[-2] == "set()", done.stderr
