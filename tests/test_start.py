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
    monkeypatch.setattr(start, "set_up", lambda locked, extras: None)
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
    monkeypatch.setattr(start, "FOLDER", root / ".venv")
    monkeypatch.setattr("venv.create", None)
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


@pytest.fixture
def pips(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What pip is asked, in a folder that is set up and that two extras may be added to."""
    for name in ("pretrained", "postgres", "dev", "bench"):
        (folder / f"requirements-{name}.txt").write_text(f"{name}==1\n")
    start.PYTHON.touch()
    start.STAMP.touch()
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(start, "_pip", lambda *what, needed=True: asked.append(what))
    return asked


def added(*extras: str) -> list[tuple[str, ...]]:
    """What pip is asked for these extras: none of them may move what the dashboard is pinned to."""
    return [
        ("-c", str(start.REQUIREMENTS), "-r", str(start.ROOT / f"requirements-{extra}.txt"))
        for extra in extras
    ]


def test_extras_are_added_to_a_folder_that_is_set_up_already(
    pips: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["start.py", "--set-up", "--extras", "pretrained, postgres,"])
    assert start.main() == 0
    assert pips == added("pretrained", "postgres")


def test_an_extra_is_added_again_only_when_requirements_have_changed(
    pips: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    start.set_up(extras=["pretrained"])
    pips.clear()
    start.set_up(extras=["pretrained"])
    assert not pips
    start.set_up(extras=["pretrained", "postgres"])
    assert pips == added("postgres")
    for changed in ("requirements-pretrained.txt", "requirements.txt"):
        pips.clear()
        later = start._stamp("pretrained").stat().st_mtime + 10
        os.utime(start.ROOT / changed, (later, later))
        start.set_up(extras=["pretrained"])
        assert pips[-1:] == added("pretrained")
        for stamp in (start.STAMP, start._stamp("pretrained")):
            os.utime(stamp, (later, later))


def test_a_folder_that_only_a_link_leads_to_is_not_emptied(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    (folder / ".venv" / "bin").rmdir()
    (folder / ".venv").rmdir()
    other.mkdir()
    (folder / ".venv").symlink_to(other)
    monkeypatch.setattr(start, "_pip", None)
    with pytest.raises(SystemExit, match="is a link, and no Python lies where it leads"):
        start.set_up()


def test_an_extra_that_could_not_be_added_is_tried_again(
    pips: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*what: str, needed: bool = True) -> None:
        sys.exit("pip could not install it")

    with monkeypatch.context() as broken:
        broken.setattr(start, "_pip", fail)
        with pytest.raises(SystemExit):
            start.set_up(extras=["pretrained"])
    start.set_up(extras=["pretrained"])
    assert pips == added("pretrained")


@pytest.mark.parametrize("name", ["picture", "dev", "../pretrained", "*"])
def test_an_extra_that_is_none_is_refused_with_those_that_there_are(
    name: str,
    pips: list[tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["start.py", "--set-up", "--extras", f"postgres,{name}"])
    with pytest.raises(SystemExit):
        start.main()
    said = capsys.readouterr().err
    assert f"no extra {name!r}: there are postgres, pretrained" in said and not pips
