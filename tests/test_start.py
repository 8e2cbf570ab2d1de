"""Starting without make: ports, and a folder that several starts share."""

from __future__ import annotations

import errno
import os
import socket
import sys
from pathlib import Path
from threading import Lock, Thread
from types import ModuleType

import pytest

import start
from tests.patience import PATIENCE, until
from tests.served import free_port


@pytest.mark.parametrize("port", ["0", "65536", "-1", "abc", "1e3"])
def test_a_port_that_is_none_is_said(
    port: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["start.py", f"--port={port}"])
    with pytest.raises(SystemExit):
        start.main()
    assert "a port is a number from 1 to 65535" in capsys.readouterr().err


def test_a_port_that_is_taken_is_said_and_nothing_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Otherwise a browser would open whatever answers there."""
    monkeypatch.setattr(start, "set_up", lambda locked: None)
    monkeypatch.setattr("subprocess.Popen", None)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setattr("sys.argv", ["start.py", "--port", str(port)])
        with pytest.raises(SystemExit, match=f"Port {port} is taken"):
            start.main()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of its own, in a folder as people name them."""
    root = tmp_path / "한글 'folder'"
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / "requirements.txt").write_text("torch==1\n")
    monkeypatch.setattr(start, "ROOT", root)
    monkeypatch.setattr(start, "REQUIREMENTS", root / "requirements.txt")
    monkeypatch.setattr(start, "PYTHON", root / ".venv" / "bin" / "python")
    monkeypatch.setattr(start, "STAMP", root / ".venv" / "run.stamp")
    return root


@pytest.fixture(params=[False, True], ids=["here", "Windows"])
def lock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock of this system, and that of Windows."""
    if request.param:
        monkeypatch.setattr(start, "WINDOWS", True)
        monkeypatch.setitem(sys.modules, "msvcrt", Msvcrt("msvcrt"))


class Msvcrt(ModuleType):
    """What msvcrt does: it tries ten times, and then gives up."""

    LK_UNLCK, LK_LOCK = 0, 1
    _held = Lock()

    def locking(self, file: int, mode: int, count: int) -> None:
        assert count == 1 and os.lseek(file, 0, os.SEEK_CUR) == 0  # the same byte each time
        if mode == self.LK_UNLCK:
            self._held.release()
        elif not self._held.acquire(timeout=0.01):
            raise OSError(errno.EDEADLOCK, "Resource deadlock avoided")


@pytest.mark.usefixtures("lock")
def test_of_two_starts_at_once_one_sets_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    looks: list[bool] = []
    is_set_up = start._is_set_up

    def look() -> bool:
        looks.append(is_set_up())
        return looks[-1]

    monkeypatch.setattr(start, "_is_set_up", look)
    monkeypatch.setattr("venv.create", lambda *where, **how: asked.append(("create",)))
    monkeypatch.setattr(start, "_pip", lambda *what, needed=True: asked.append(what))
    other = Thread(target=start.set_up)
    with start._alone():
        other.start()
        until(lambda: looks == [False])
        start._install(locked=False)
    other.join(PATIENCE)
    assert not other.is_alive() and looks == [False, True]
    assert [what[-1] for what in asked] == ["create", "pip", "torch==1", str(start.REQUIREMENTS)]


def test_on_windows_the_dashboard_is_a_process_of_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process cannot become another one there; the start ends as the dashboard does."""
    start.STAMP.touch()
    began: list[list[str]] = []

    def call(command: list[str]) -> int:
        began.append(command)
        return 3

    monkeypatch.setattr(start, "WINDOWS", True)
    monkeypatch.setattr("sys.argv", ["start.py", "--port", str(free_port())])
    monkeypatch.setattr("subprocess.Popen", lambda command, **how: began.append(command))
    monkeypatch.setattr("subprocess.call", call)
    monkeypatch.setattr("os.execv", None)
    monkeypatch.chdir(folder)
    assert start.main() == 3
    browser, dashboard = began
    assert browser[2] == "--open"
    assert dashboard[:5] == [str(start.PYTHON), "-m", "streamlit", "run", "dashboard.py"]


def test_a_finished_folder_is_not_touched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a network, and where nothing can be written."""
    start.STAMP.touch()
    monkeypatch.setattr(start, "_pip", None)
    monkeypatch.setattr(start, "_alone", None)
    start.set_up()
