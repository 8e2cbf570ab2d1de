"""Set everything up and open the dashboard: `python start.py`, on Linux, macOS and Windows.

    python start.py               on port 8501
    python start.py --port 9000   on another one
    python start.py --set-up      only set up
    python start.py --locked      what is installed is held to the hashes of requirements.lock

It needs Python 3.11 to 3.14 and nothing else. All is installed into .venv, and again only when the
requirements change. `make run` does the same through this file.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path

WINDOWS = os.name == "nt"
ROOT = Path(__file__).resolve().parent
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / ("Scripts/python.exe" if WINDOWS else "bin/python")
REQUIREMENTS = ROOT / "requirements.txt"
LOCK = ROOT / "requirements.lock"
STAMP = FOLDER / "run.stamp"
OLDEST, NEWEST = (3, 11), (3, 14)


def main() -> int:
    """Do what the command line asks for."""
    options = argparse.ArgumentParser(description="Set Forward Pass up and open it.")
    options.add_argument("--port", type=_port, default=8501)
    options.add_argument("--set-up", action="store_true", help="install, but do not start")
    options.add_argument("--locked", action="store_true", help="hold all but torch to hashes")
    options.add_argument("--open", metavar="URL", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.open:
        return open_when_ready(chosen.open)
    set_up(chosen.locked)
    if chosen.set_up:
        return 0
    if _is_taken(chosen.port):
        sys.exit(f"Port {chosen.port} is taken, perhaps by an earlier start: choose one by --port.")
    url = f"http://localhost:{chosen.port}"
    if _has_a_screen():
        subprocess.Popen([sys.executable, __file__, "--open", url], stderr=subprocess.DEVNULL)
    command = [str(PYTHON), "-m", "streamlit", "run", "dashboard.py"]
    command += ["--server.port", str(chosen.port)]
    os.chdir(ROOT)
    if WINDOWS:  # there a process cannot become another one
        return subprocess.call(command)
    os.execv(command[0], command)


def set_up(locked: bool = False) -> None:
    """Make .venv, unless it is there and newer than the requirements.

    Args:
        locked: whether what it holds comes from the lock, all but torch and torchvision: these two
            come from whichever index has the build that is wanted.
    """
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.exit(f"Python 3.11 to 3.14 is needed; this is {sys.version.split()[0]}.")
    if _is_set_up():
        return
    with _alone():
        if not _is_set_up():
            _install(locked)


def _is_set_up() -> bool:
    return STAMP.exists() and STAMP.stat().st_mtime >= REQUIREMENTS.stat().st_mtime


@contextmanager
def _alone() -> Iterator[None]:
    """Wait for another start that sets the same folder up: two at once would spoil it."""
    name = hashlib.sha256(f"{ROOT} {Path.home()}".encode()).hexdigest()[:12]
    with open(Path(tempfile.gettempdir(), f"forward-pass-{name}.lock"), "a") as lock:
        with _locked_on_windows(lock.fileno()) if WINDOWS else _locked(lock.fileno()):
            yield


@contextmanager
def _locked(file: int) -> Iterator[None]:
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX)
    yield  # the lock goes with the file


@contextmanager
def _locked_on_windows(file: int) -> Iterator[None]:
    windows = import_module("msvcrt")
    while True:
        with suppress(OSError):  # it gives up after ten seconds
            windows.locking(file, windows.LK_LOCK, 1)
            break
    try:
        yield
    finally:
        windows.locking(file, windows.LK_UNLCK, 1)


def _install(locked: bool) -> None:
    if not PYTHON.exists():
        print("Setting up .venv; the first time takes some minutes.", flush=True)
        venv.create(FOLDER, with_pip=True, symlinks=not WINDOWS, clear=True)
    _pip("--upgrade", "pip", needed=False)  # without a network the one that is there must do
    if locked:
        _pip("--require-hashes", "--no-deps", "-r", str(LOCK))
    # torch goes first and alone: pip then takes the torch that torchvision's pair asks for as
    # given, a CPU build included, and does not look for another one.
    pins = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    _pip(next(pin for pin in pins if pin.startswith("torch==")))
    _pip("-r", str(REQUIREMENTS))
    with suppress(OSError):  # all was there, in a folder that cannot be written
        STAMP.touch()


def _pip(*arguments: str, needed: bool = True) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", *arguments]
    if subprocess.call(command) and needed:
        sys.exit(f"pip could not install {arguments[-1]}; what it says stands above.")


def _port(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 65_535):
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")
    return int(text)


def _is_taken(port: int) -> bool:
    """Whether somebody answers there already: a browser would open their page."""
    with socket.socket() as asked:
        asked.settimeout(1)
        return asked.connect_ex(("127.0.0.1", port)) == 0


def _has_a_screen() -> bool:
    if WINDOWS or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_when_ready(url: str) -> int:
    """Open a browser as soon as the dashboard answers, within a minute."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                webbrowser.open(url)
                return 0
        except OSError:
            time.sleep(0.3)
    return 1


if __name__ == "__main__":
    sys.exit(main())
