"""Fetch a pretrained model from a hub in a thread of its own, reporting its progress.

Only what is needed comes: the configuration first, which tells whether this model can be read at
all, then tokenizer and weights as safetensors. A folder gets its name when all of it is there, so
half a download never looks like a model; the next try goes on with it.
"""

from __future__ import annotations

import fnmatch
import importlib
import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from core.pretrained.shelf import (
    INSTALL,
    LIBRARIES,
    NO_CONFIG,
    PretrainedError,
    available,
    check,
    config_of,
    folder,
    home,
    kind_of,
    ready,
    refuse_pickles,
    refuse_strangers,
)
from core.schema import Explained, mark

MOST = 1_500_000_000
"""Largest model in bytes."""
MANY = 12
"""Models that may be stored: anyone in the room may fetch one, and the disk is the lecturer's."""
PARTS = 2
"""Half downloads that are kept, to go on with; of others the oldest are removed."""
SPARE = 2_000_000_000
"""Bytes of the disk that no model takes."""
_CONFIG = "config.json"
_WANTED = (
    "config.json",
    "tokenizer*.json",
    "special_tokens_map.json",
    "vocab.*",
    "merges.txt",
    "*.model",
    "model*.safetensors",
    "model.safetensors.index.json",
)
AWAY = mark(
    "The network went away before {name} was here. What has come is kept; ask again to go on with "
    "it, or put the model's folder into the folder of models yourself."
)
UNKNOWN = mark("There is no model {name} that anyone may fetch. Is its name right?")
BUSY = mark("{name} is on its way; ask again when it is here.")
FULL = mark("There are {most} models here already. Whoever runs this server can make room.")
FULL_DISK = mark("There is no room on the disk of this server for {name}: {size:.1f} GB.")
TOO_LARGE = mark("{name} has {size:.1f} GB; at most {most:.1f} can come.")

Status = Literal["running", "done", "failed"]


@dataclass(frozen=True)
class Fetch:
    """How far a download is.

    Attributes:
        name: of the model.
        status: "running", "done" or "failed".
        bytes: that have come.
        of: bytes altogether; 0 until that is known.
        trouble: when it failed: why.
    """

    name: str
    status: Status = "running"
    bytes: int = 0
    of: int = 0
    trouble: Explained | None = None


_fetches: dict[str, Fetch] = {}
_measures: dict[str, Callable[[], int]] = {}
_lock = threading.Lock()


def fetch(name: object) -> Fetch:
    """Begin to fetch a model, or go on; one at a time.

    Raises:
        PretrainedError: no name of a model, another one is on its way, there is no more room, or
            libraries are missing.
    """
    where = folder(name)
    assert isinstance(name, str)
    if not available():
        raise PretrainedError(LIBRARIES, command=INSTALL)

    def here() -> Fetch | None:
        if where.is_dir():
            check(where)
            return Fetch(name, "done")
        if len([one for one in ready() if folder(one).is_relative_to(home())]) >= MANY:
            raise PretrainedError(FULL, most=MANY)
        _remove_parts(_part(where))
        return None

    return begin(name, _run, here)


def begin(
    name: str,
    run: Callable[[str], None],
    here: Callable[[], Fetch | None],
    measure: Callable[[], int] | None = None,
) -> Fetch:
    """Begin to fetch something in a thread of its own, unless it is on its way; one at a time.

    Args:
        name: what it is called.
        run: fetches it, and tells by `change` what has become of it.
        here: asked first; gives what is here already, or raises.
        measure: how many bytes have come, where `run` does not tell.

    Raises:
        PretrainedError: another one is on its way.
    """
    with _lock:
        known = _fetches.get(name)
        if known and known.status == "running":
            return known
        busy = next((f.name for f in _fetches.values() if f.status == "running"), None)
        if busy:
            raise PretrainedError(BUSY, name=busy)
        if found := here():
            return found
        if len(_fetches) > 100:  # failures that nobody asks about any more
            _fetches.clear()
        _fetches[name] = Fetch(name)
        if measure:
            _measures[name] = measure
    threading.Thread(target=run, args=(name,), name="fetch", daemon=True).start()
    return _fetches[name]


def fetching(name: object) -> Fetch | None:
    """How far a download is; None if none was begun."""
    found = _fetches.get(name) if isinstance(name, str) else None
    if found and found.status == "running" and found.name in _measures:
        return replace(found, bytes=_measures[found.name]())
    return found


def running() -> Fetch | None:
    """The download that is on its way, if there is one."""
    with _lock:
        on = [fetch.name for fetch in _fetches.values() if fetch.status == "running"]
    return fetching(on[0]) if on else None


def refuse_full_disk(name: str, size: int) -> None:
    """Raise PretrainedError unless the disk has room for so many bytes; makes the folder."""
    home().mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(home()).free < size + SPARE:
        raise PretrainedError(FULL_DISK, name=name, size=size / 1e9)


def _part(done: Path) -> Path:
    return done.with_name(f".{done.name}.part")


def _remove_parts(mine: Path) -> None:
    """Remove half downloads, the oldest, so that with this one there are not too many."""
    parts = [path for path in home().glob(".*.part") if path != mine]
    for path in sorted(parts, key=lambda path: path.stat().st_mtime)[: len(parts) - PARTS + 1]:
        shutil.rmtree(path, ignore_errors=True)


def _run(name: str) -> None:
    try:
        _download(name)
        change(name, status="done")
    except PretrainedError as error:  # this model will never do
        shutil.rmtree(_part(folder(name)), ignore_errors=True)
        change(name, status="failed", trouble=error)
    except Exception as error:  # whatever the network makes the library say
        change(name, status="failed", trouble=_trouble(name, error))


def _download(name: str) -> None:
    os.environ.setdefault("HF_HUB_DISABLE_XET", "1")  # plain HTTP: goes on where it was cut off
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    hub: Any = importlib.import_module("huggingface_hub")
    endpoint = os.environ.get("HF_ENDPOINT")
    # token=False: whoever runs the dashboard lends nobody their own credentials
    about = hub.HfApi(endpoint=endpoint, token=False).model_info(
        name, files_metadata=True, timeout=10
    )
    files = {file.rfilename: file.size or 0 for file in about.siblings or []}
    here = [file for file in files if "/" not in file]
    refuse_pickles(name, here)
    refuse_strangers(name, here)
    if _CONFIG not in here:
        raise PretrainedError(NO_CONFIG, name=name)
    wanted = [
        file for file in files if any(fnmatch.fnmatchcase(file, pattern) for pattern in _WANTED)
    ]
    of = sum(files[file] for file in wanted)
    if of > MOST:
        raise PretrainedError(TOO_LARGE, name=name, size=of / 1e9, most=MOST / 1e9)
    refuse_full_disk(name, of)
    change(name, of=of)
    done = folder(name)
    part = _part(done)
    for file in sorted(wanted, key=lambda file: file != _CONFIG):
        hub.hf_hub_download(
            name,
            file,
            revision=about.sha,
            local_dir=part,
            endpoint=endpoint,
            token=False,
            tqdm_class=_counter(name),
        )
        if file == _CONFIG:
            kind_of(name, config_of(name, part))
    shutil.rmtree(part / ".cache", ignore_errors=True)
    check(part)
    part.rename(done)


def _counter(name: str) -> Any:
    """What stands where the library expects the class of a progress bar."""

    class Counter:
        n = 0

        def __init__(self, *_: object, initial: int = 0, **__: object) -> None:
            self.update(initial)

        def update(self, n: float | None = 1) -> None:
            known = _fetches[name]
            change(name, bytes=known.bytes + int(n or 0))

        def __enter__(self) -> Counter:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def __getattr__(self, _: str) -> Any:  # close, refresh, set_description and the like
            return lambda *_, **__: None

    return Counter


def _trouble(name: str, error: Exception) -> Explained:
    kind = type(error).__name__
    if kind in ("RepositoryNotFoundError", "GatedRepoError", "RevisionNotFoundError"):
        return Explained(UNKNOWN, name=name)
    return Explained(AWAY, name=name)


def change(name: str, **fields: Any) -> None:
    """Say what has become of a download."""
    _fetches[name] = replace(_fetches[name], **fields)
