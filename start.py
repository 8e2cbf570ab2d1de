"""Set everything up and open the dashboard: `python start.py`, on Linux, macOS and Windows.

    python start.py               on port 8501
    python start.py --port 9000   on another one
    python start.py --set-up      only set up
    python start.py --locked      what is installed is held to the hashes of requirements.lock
    python start.py --extras pretrained     with what requirements-pretrained.txt adds; several
                                            are separated by commas

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
from collections.abc import Iterator, Sequence
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
FOR_DEVELOPERS = {"dev", "bench"}
"""Requirements that add nothing to the dashboard, and are no extras of it."""
OLDEST, NEWEST = (3, 11), (3, 14)


def main() -> int:
    """Do what the command line asks for."""
    options = argparse.ArgumentParser(description="Set Forward Pass up and open it.")
    options.add_argument("--port", type=_port, default=8501)
    options.add_argument("--set-up", action="store_true", help="install, but do not start")
    options.add_argument("--locked", action="store_true", help="hold all but torch to hashes")
    options.add_argument("--extras", type=_extras, default=[], help="such as pretrained,postgres")
    options.add_argument("--open", metavar="URL", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.open:
        return open_when_ready(chosen.open)
    set_up(chosen.locked, chosen.extras)
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


def set_up(locked: bool = False, extras: Sequence[str] = ()) -> None:
    """Make .venv, unless it is there and newer than the requirements.

    Args:
        locked: whether what it holds comes from the lock, all but torch and torchvision: these two
            come from whichever index has the build that is wanted. Extras are not in the lock.
        extras: what is wanted on top: NAME stands for requirements-NAME.txt.
    """
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.exit(f"Python 3.11 to 3.14 is needed; this is {sys.version.split()[0]}.")
    if _is_set_up() and all(map(_has, extras)):
        return
    with _alone():
        if not _is_set_up():
            _install(locked)
        for extra in extras:
            if not _has(extra):
                _add(extra)


def _is_set_up() -> bool:
    return STAMP.exists() and STAMP.stat().st_mtime >= REQUIREMENTS.stat().st_mtime


def _has(extra: str) -> bool:
    stamp, requirements = _stamp(extra), (REQUIREMENTS, _requirements(extra))
    return stamp.exists() and all(
        stamp.stat().st_mtime >= file.stat().st_mtime for file in requirements
    )


def _stamp(extra: str) -> Path:
    return STAMP.with_name(f"{extra}.stamp")


def _requirements(extra: str) -> Path:
    return ROOT / f"requirements-{extra}.txt"


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
        if FOLDER.is_symlink():  # what it leads to would be emptied
            sys.exit(f"{FOLDER} is a link, and no Python lies where it leads: remove the link.")
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


def _add(extra: str) -> None:
    print(f"Adding {extra}.", flush=True)
    # An extra may not move what the dashboard is pinned to.
    _pip("-c", str(REQUIREMENTS), "-r", str(_requirements(extra)))
    with suppress(OSError):
        _stamp(extra).touch()


def _pip(*arguments: str, needed: bool = True) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", *arguments]
    if subprocess.call(command) and needed:
        sys.exit(f"pip could not install {arguments[-1]}; what it says stands above.")


def _port(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 65_535):
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")
    return int(text)


def _extras(text: str) -> list[str]:
    files = sorted(path.stem for path in ROOT.glob(_requirements("*").name))
    there = [name for file in files if (name := file.partition("-")[2]) not in FOR_DEVELOPERS]
    asked = [name for part in text.split(",") if (name := part.strip())]
    for name in asked:
        if name not in there:
            raise argparse.ArgumentTypeError(f"no extra {name!r}: there are {', '.join(there)}")
    return asked


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
