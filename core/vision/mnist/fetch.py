"""Fetch MNIST in a thread of its own, reporting its progress."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.schema import Explained, mark
from core.vision import mnist

HERE = Path(__file__).resolve().parents[3] / "data"
"""Where it goes: one of the places where `mnist.find` looks."""
BYTES = 9_912_422 + 28_881 + 1_648_877 + 4_542
"""The four packed files."""
AWAY = mark(
    "MNIST could not be fetched: the network is not there, or it went away. Ask again, or put the "
    "four files into MNIST/raw/ below {root} yourself."
)

Status = Literal["running", "done", "failed"]


@dataclass(frozen=True)
class Fetch:
    """How far the download is.

    Attributes:
        root: the folder that it goes to.
        status: "running", "done" or "failed".
        trouble: when it failed: why.
    """

    root: Path
    status: Status = "running"
    trouble: Explained | None = None

    @property
    def share(self) -> float:
        """Bytes that have come, as a share of all."""
        raw = self.root / "MNIST" / "raw"
        came = sum(file.stat().st_size for file in raw.glob("*.gz")) if raw.is_dir() else 0
        return 1.0 if self.status == "done" else min(1.0, came / BYTES)


_fetch: Fetch | None = None
_lock = threading.Lock()


def fetch(root: Path | None = None) -> Fetch:
    """Begin to fetch MNIST into `root`, by default data/; while it is on its way nothing begins."""
    global _fetch
    with _lock:
        if _fetch and _fetch.status == "running":
            return _fetch
        _fetch = Fetch(root or HERE)
        threading.Thread(target=_run, args=(_fetch.root,), name="mnist", daemon=True).start()
        return _fetch


def fetching() -> Fetch | None:
    """How far the download is; None if none was begun."""
    return _fetch


def _run(root: Path) -> None:
    global _fetch
    try:
        mnist.download(root)
        _fetch = Fetch(root, "done")
    except Exception:  # whatever the network makes the library say
        _fetch = Fetch(root, "failed", Explained(AWAY, root=str(root)))
