"""Where chunks are computed: an embedded cluster of processes, or one that is there already."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import os
import signal
import tempfile
import time
import warnings
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Literal

import psutil
from dask.system import CPU_COUNT
from distributed import Client, Future, WorkerPlugin
from distributed.deploy.local import LocalCluster
from distributed.deploy.subprocess import SubprocessCluster

from core.training import child
from core.training.code import fingerprint
from core.training.limits import MOST_WORKERS
from core.training.worker import Chunk, elsewhere

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
"""Seconds that our own scheduler may take to answer, on a busy machine."""
OUTSIDE = 5.0
"""The same for one that should be there already."""
STOPPED = 20.0
"""Seconds of silence after which a worker of ours whose process has been stopped is replaced;
usually it is heard of twice a second."""
MISSED = 180.0
"""The same for any other. On a busy machine one may take minutes to begin, or say nothing for one:
to replace it would make the machine busier still."""
NANNY = "nanny"
"""Under which a worker's heartbeat says which process its nanny is: Dask does not tell."""

# Dask has glibc give memory back after each large tensor; to fetch it anew in each step doubles the
# time of a training (docs/decisions.md).
HEAP = {"MALLOC_TRIM_THRESHOLD_": 1 << 30, "MALLOC_MMAP_THRESHOLD_": 1 << 30}

# Dask looks at its own stacks a hundred times a second and at its clocks fifty times. Nobody reads
# that here, and it costs a tenth of a core while nothing is trained.
QUIET = {
    "WORKER__PROFILE__ENABLED": "False",
    "ADMIN__SYSTEM_MONITOR__INTERVAL": "5s",
    "ADMIN__TICK__INTERVAL": "1s",
}

# A state travels inside its task, a few megabytes at most; Dask would advise against it each time.
warnings.filterwarnings("ignore", message="Sending large graph", category=UserWarning)

# The engine reports in its own words what happens to a cluster.
for _name in [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]:
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class ClusterLost(Exception):
    """The scheduler cannot be reached, or not any more."""


class NoneFit(Exception):
    """No worker that is there can compute a chunk."""


class Prepare(WorkerPlugin):
    """Prepares a worker, even one that joins later: one thread for torch, jobs imported.

    Once that is done, the worker yields to whatever else the machine does.
    """

    name = "forward-pass"

    def __init__(self, modules: tuple[str, ...]) -> None:
        """Remember which modules hold the jobs."""
        self.modules = modules

    def setup(self, worker: Any) -> None:
        """Called by Dask in the worker."""
        worker.metrics[NANNY] = lambda worker: os.getppid()  # each heartbeat says whose it is
        import importlib

        import torch

        torch.set_num_threads(1)
        for module in self.modules:
            importlib.import_module(module)
        child.yield_to_the_pages()


class Cluster:
    """A scheduler that is connected, used from one event loop.

    Attributes:
        kind: whether its processes are ours.
        workers: how many there are.
        addresses: theirs.
        suspects: held by the one run that computes a chunk which workers have died of, or beside.
    """

    def __init__(self, kind: Literal["own", "outside"], client: Any, processes: Any) -> None:
        """Use `own` or `outside` instead."""
        self.kind = kind
        self._client = client
        self._processes = processes
        self.workers = 0
        self.addresses: frozenset[str] = frozenset()
        self.suspects = asyncio.Lock()
        self._reading = asyncio.create_task(_drain(processes))
        self._number = itertools.count()
        self._heard: dict[int, float] = {}  # process of a nanny -> time

    @classmethod
    async def own(cls, modules: tuple[str, ...], workers: int | None = None) -> Cluster:
        """Start a scheduler and workers beside this process, and connect to them."""
        count = workers or min(MOST_WORKERS, max(2, CPU_COUNT - 1))
        paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        os.environ["PYTHONPATH"] = os.pathsep.join(
            dict.fromkeys(os.pathsep.join(paths).split(os.pathsep))
        )
        os.environ[child.APP] = str(os.getpid())
        os.environ.setdefault("DASK_LOGGING__DISTRIBUTED", "error")
        for name, value in QUIET.items():
            os.environ.setdefault(f"DASK_DISTRIBUTED__{name}", value)
        os.environ.setdefault("DASK_DISTRIBUTED__NANNY__PRE_SPAWN_ENVIRON", repr(HEAP))
        # A chunk that two workers died of is given up: it may take more memory than there is, and
        # each worker that dies of it had other people's chunks to compute.
        os.environ.setdefault("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "1")
        os.environ.setdefault("DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL", f"{MISSED:.0f}s")
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            processes = await _processes(count, folder)
        try:
            client = await _connected(processes, modules, PATIENCE)
        except BaseException:
            await processes.close()
            raise
        return cls("own", client, processes)

    @classmethod
    async def outside(cls, address: str, modules: tuple[str, ...]) -> Cluster:
        """Connect to a scheduler that others have started.

        Raises:
            ClusterLost: nothing usable answers there.
        """
        return cls("outside", await _connected(address, modules, OUTSIDE), None)

    @property
    def lost(self) -> bool:
        """Whether the scheduler has gone."""
        return self._client.status != "running"  # type: ignore[no-any-return]

    async def count(self) -> int:
        """Count the workers; the number is also kept in `workers`."""
        self._replace_nannies()
        identity = await self._client.scheduler.identity(n_workers=-1)
        self.addresses = frozenset(identity["workers"])
        self.workers = sum(worker["nthreads"] for worker in identity["workers"].values())
        seen = {w["metrics"].get(NANNY): w["last_seen"] for w in identity["workers"].values()}
        self._end_hung(seen)
        return self.workers

    def silence(self) -> list[float]:
        """For how many seconds nothing has been heard of each worker of ours."""
        return [time.time() - heard for heard in self._heard.values()]

    def _end_hung(self, seen: Mapping[int, float]) -> None:
        """End workers that hang, with their nannies.

        The scheduler's own attempt to restart a worker that has been stopped may fail.

        Args:
            seen: process of a nanny -> when the scheduler last heard of its worker.
        """
        if os.name == "nt":  # Dask's own cluster for Windows looks after its workers
            return
        now, before = time.time(), self._heard
        self._heard = {}
        for each in getattr(self._processes, "workers", {}).values():
            if each.process is None or _has_ended(each):
                continue
            nanny = each.process.pid
            self._heard[nanny] = last = max(seen.get(nanny, 0.0), before.get(nanny, now))
            if now - last > MISSED or (now - last > STOPPED and _is_stopped(nanny)):
                with contextlib.suppress(OSError):
                    os.killpg(nanny, signal.SIGKILL)  # it leads a group of its own

    def _replace_nannies(self) -> None:
        """Restart workers whose nanny has ended, as it does when its first worker dies early."""
        started = getattr(self._processes, "workers", {})
        ended = [name for name, each in started.items() if _has_ended(each)]
        if not ended or self.lost:
            return
        for name in ended:
            del started[name]
        self._processes.scale(len(self._processes.worker_spec))

    def submit(
        self, function: Callable[..., Chunk], *values: object, unfit: Collection[str] = ()
    ) -> Any:
        """Submit a function of `core.training.worker`; values may be futures.

        Args:
            function: what is computed.
            *values: its arguments.
            unfit: addresses of workers that cannot compute it.
        """
        # One group of tasks for those that stand alone: the scheduler then holds them back and
        # hands each to the worker that is free first.
        group = "follow" if any(isinstance(value, Future) for value in values) else "chunk"
        key = (f"{group}-{self._client.id}", next(self._number))
        if self.kind == "outside":
            values = (fingerprint(), function, *values)
            function = elsewhere
        fit = list(self.addresses.difference(unfit)) if unfit else None
        return self._client.submit(function, *values, key=key, pure=False, workers=fit)

    async def result(self, future: Any, unfit: Collection[str] = ()) -> Chunk:
        """Wait for a chunk.

        Raises:
            ClusterLost: the scheduler went away meanwhile.
            NoneFit: all workers that could compute it have gone.
        """
        # Dask's client makes one fetch for all who wait. If one of them is cancelled, so is the
        # fetch for all the others, and at an unlucky moment for everyone who waits later.
        waiting = asyncio.ensure_future(_awaited(future))
        waiting.add_done_callback(_forget)
        while unfit and not waiting.done():  # Dask waits for ever for workers that were named
            await asyncio.wait([waiting], timeout=1)
            if not waiting.done() and self.addresses <= set(unfit):
                raise NoneFit
        try:
            chunk: Chunk = await asyncio.shield(waiting)
        except Exception:
            if self.lost or future.status == "cancelled":
                raise ClusterLost("The scheduler has gone.") from None
            raise
        return chunk

    async def close(self) -> None:
        """Leave the scheduler, and end it if it is ours."""
        self._reading.cancel()
        try:
            await self._client.close(timeout=2)
        finally:
            if self._processes is not None:
                await self._processes.close(timeout=5)


def _has_ended(nanny: Any) -> bool:
    """Whether its process is gone; one that lives in a thread (Windows) does not end alone."""
    process = getattr(nanny, "process", None)
    return getattr(process, "returncode", None) is not None


def _is_stopped(nanny: int) -> bool:
    """Whether it or its worker has been stopped (SIGSTOP), and would not wake by itself."""
    try:
        process = psutil.Process(nanny)
        return any(
            each.status() == psutil.STATUS_STOPPED
            for each in (process, *process.children(recursive=True))
        )
    except psutil.Error:
        return False


async def _awaited(future: Any) -> Any:
    return await future


def _forget(waiting: asyncio.Task[Any]) -> None:
    """Retrieve the outcome, so that asyncio does not complain when nobody waits for it."""
    if not waiting.cancelled():
        waiting.exception()


async def _processes(count: int, folder: str) -> Any:
    """A scheduler and `count` workers with one thread each, on this machine alone."""
    preload = "core.training.child"
    environment = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    settings: dict[str, Any] = {"n_workers": count, "threads_per_worker": 1, "asynchronous": True}
    if os.name == "nt":  # Dask has no SubprocessCluster there
        return await LocalCluster(  # type: ignore[no-untyped-call]
            processes=True, dashboard_address=None, **settings
        )
    return await SubprocessCluster(
        host="127.0.0.1",
        dashboard_address=None,  # type: ignore[arg-type]  # Dask's own way to have none
        scheduler_kwargs={
            "scheduler_file": str(Path(folder) / "scheduler.json"),
            "preload": [preload],
        },
        worker_kwargs={"memory_limit": 0, "preload_nanny": [preload], "env": environment},
        **settings,
    )


async def _drain(processes: Any) -> None:
    """Drain the output of the scheduler: a full pipe would block it."""
    process = getattr(getattr(processes, "scheduler", None), "process", None)
    while process is not None and await process.stderr.read(1 << 16):
        pass


async def _connected(target: Any, modules: tuple[str, ...], patience: float) -> Any:
    client: Any = None
    try:
        client = Client(  # type: ignore[no-untyped-call]
            target,
            asynchronous=True,
            set_as_default=False,
            timeout=patience,
            direct_to_workers=True,  # states of megabytes need not pass through the scheduler
        )
        await client
        await client.register_plugin(Prepare(modules))
    except BaseException as error:
        if client is not None:
            await client.close(timeout=2)
        if not isinstance(error, Exception):
            raise  # it is not wanted any more
        raise ClusterLost(f"No scheduler can be used at {target}: {error}") from error
    return client
