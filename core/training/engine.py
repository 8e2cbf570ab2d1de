"""The engine: a thread of its own in which runs are steered, and the cluster that computes them."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

from core.training import run_json
from core.training.limits import Limits
from core.training.run import Run
from core.training.runs import Listener, Runs

if TYPE_CHECKING:
    from core.training.cluster import Cluster

_log = logging.getLogger("forward_pass")
T = TypeVar("T")

ADDRESS = "DASK_SCHEDULER_ADDRESS"


class Engine:
    """Runs jobs on an embedded cluster, or on the one that DASK_SCHEDULER_ADDRESS names.

    Everything but `start`, `ask` and `close` belongs to the engine's thread: other threads ask for
    it with `ask`.

    Args:
        jobs: where each job is found ("package.module:NAME"), by name.
        limits: what one owner and all together may take.
        address: of an existing scheduler; "" for an embedded one; None: what the environment says.
        workers: of the embedded cluster; None: as many as the machine has to give.
        grace: seconds that runs compute on when nobody listens or asks; a browser lets a page that
            is not seen ask once a minute.
        memory: seconds after which the runs of an owner who has gone are forgotten.
    """

    def __init__(
        self,
        jobs: Mapping[str, str],
        limits: Limits | None = None,
        address: str | None = None,
        workers: int | None = None,
        grace: float = 90.0,
        memory: float = 600.0,
    ) -> None:
        """Compute nothing yet."""
        self.limits = limits or Limits()
        self.runs = Runs(jobs, self.limits, self._admit, self._drop, self._notify)
        self.address = os.environ.get(ADDRESS, "") if address is None else address
        self.workers = workers
        self.grace, self.memory = grace, memory
        self.trouble: str | None = None
        self._cluster: Cluster | None = None
        self._connecting: asyncio.Task[Cluster] | None = None
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._seen: dict[str, float] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._closing = False

    # From any thread

    def start(self) -> None:
        """Start in the background; runs that are asked for in the meantime wait."""
        if self._thread is not None:
            return
        self._loop = asyncio.SelectorEventLoop()
        self._thread = threading.Thread(target=self._live, name="engine", daemon=True)
        self._thread.start()

    def ask(self, do: Callable[[], T]) -> Future[T]:
        """Call a function in the engine's thread."""
        answer: Future[T] = Future()

        def run() -> None:
            if not answer.set_running_or_notify_cancel():
                return  # whoever asked has gone
            try:
                answer.set_result(do())
            except BaseException as error:
                answer.set_exception(error)

        if self._loop is None:
            raise RuntimeError("The engine has not been started.")
        self._loop.call_soon_threadsafe(run)
        return answer

    def close(self) -> None:
        """End the runs and the processes of the embedded cluster."""
        if self._loop is None or self._thread is None:
            return

        def close() -> None:
            self._closing = True
            if self._connecting is not None:
                self._connecting.cancel()

        self._loop.call_soon_threadsafe(close)
        self._thread.join(15)

    # In the engine's thread

    def seen(self, owner: str | None) -> None:
        """Note that an owner is present."""
        if owner is not None and (owner in self._seen or self.runs.of(owner)):
            self._seen[owner] = time.monotonic()

    def listen(self, run: Run, listener: Listener) -> bytes:
        """Subscribe to the changes of a run; returns the event that describes it now."""
        self.seen(run.owner)
        event = run_json.as_event("run", run_json.full(run))
        if not run.listeners:
            run.announced = run.step
        elif run.announced != run.step:  # the others have not heard of this yet
            self._notify(run)
        run.listeners.add(listener)
        return event

    def leave(self, run: Run, listener: Listener) -> None:
        """Unsubscribe."""
        run.listeners.discard(listener)
        self.seen(run.owner)

    def state(self) -> dict[str, Any]:
        """The state of the engine."""
        outside = self.address != ""
        return {
            "cluster": "outside" if outside else "own",
            "ready": self._cluster is not None,
            "workers": self._cluster.workers if self._cluster else 0,
            "trouble": self.trouble,
            "running": len(self.runs.running),
            "waiting": len(self.runs.waiting),
        }

    def own(self) -> None:
        """Compute on this machine from now on, when the outside cluster is gone."""
        if self.address and self.trouble == "cluster":
            self.address, self.trouble = "", None
            if self._connecting is not None:
                self._connecting.cancel()

    # Inside

    def _live(self) -> None:
        assert self._loop is not None
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._main())
        except Exception:
            _log.exception("The engine has ended.")
        finally:
            self._loop.close()

    async def _main(self) -> None:
        watch = asyncio.create_task(self._watch())
        try:
            while not self._closing:
                await self._keep_up()
                await asyncio.sleep(0.1)
        finally:
            watch.cancel()
            for task in self._tasks.values():
                task.cancel()
            if self._cluster is not None:
                await _quietly(self._cluster.close())

    async def _keep_up(self) -> None:
        """Connect when there is no cluster, and see when it goes."""
        from core.training.cluster import Cluster  # takes a second to import

        cluster = self._cluster
        if cluster is not None and (
            cluster.lost or (cluster.kind == "outside") != bool(self.address)
        ):
            self._cluster, self.runs.capacity = None, 0
            if cluster.kind == "outside" and self.address:
                self.trouble = "cluster"
                self.runs.lose()
            else:
                self.runs.again()
            leaving = asyncio.create_task(_quietly(cluster.close()))  # a dead one takes its time
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)
        if self._cluster is None and not self._closing:
            modules = tuple(sorted({a.partition(":")[0] for a in self.runs.jobs.values()}))
            if self.address:
                self._connecting = asyncio.create_task(Cluster.outside(self.address, modules))
            else:
                self._connecting = asyncio.create_task(Cluster.own(modules, self.workers))
            await asyncio.wait([self._connecting])
            if self._connecting.cancelled():
                return  # `own` was asked for meanwhile
            error = self._connecting.exception()
            if error is None:
                self._cluster, self.trouble = self._connecting.result(), None
                return
            if self.trouble is None:
                _log.error("%s", error)
            self.trouble = "cluster"
            self.runs.lose()
            await asyncio.sleep(1)

    async def _watch(self) -> None:
        """Every second, count the workers and look which owners have gone."""
        while True:
            cluster = self._cluster
            if cluster is not None:
                try:
                    count = await asyncio.wait_for(cluster.count(), 5)
                except Exception:  # it has just gone; _keep_up sees to that
                    count = 0
                if count and cluster is self._cluster:
                    self.runs.capacity = count * self.limits.shared
                    self.runs.settle()
            self._look_after()
            self.runs.bound()
            self.runs.tell_places()
            await asyncio.sleep(1 if self.runs.capacity else 0.1)

    def _look_after(self) -> None:
        """Pause the runs of owners who have gone, and in the end forget them."""
        now = time.monotonic()
        for owner, seen in list(self._seen.items()):
            runs = self.runs.of(owner)
            if not runs:
                del self._seen[owner]
            elif any(run.listeners for run in runs):
                self._seen[owner] = now
            elif now - seen > self.memory:
                for run in runs:
                    self.runs.forget(run)
                del self._seen[owner]
            elif now - seen > self.grace:
                for run in runs:
                    self.runs.pause(run)

    def _admit(self, run: Run) -> None:
        assert self._cluster is not None
        self._tasks[run.id] = asyncio.create_task(self._driven(run, self._cluster))

    async def _driven(self, run: Run, cluster: Cluster) -> None:
        from core.training.cluster import ClusterLost
        from core.training.drive import drive

        def alone() -> bool:
            return len(self.runs.running) <= cluster.workers

        try:
            await drive(run, cluster, self.limits, alone, self._came)
        except ClusterLost:
            return  # _keep_up sees the same, and decides
        except Exception:
            _log.exception("A run could not be driven.")
            run.rest("lost", "error")
            self._notify(run)
        if self._tasks.get(run.id) is asyncio.current_task():
            del self._tasks[run.id]
        run.touched = time.monotonic()
        self.runs.settle()

    def _came(self, run: Run) -> None:
        self.runs.came(run)
        self._notify(run)

    def _drop(self, run: Run) -> None:
        task = self._tasks.pop(run.id, None)
        if task is not None:
            task.cancel()

    def _notify(self, run: Run) -> None:
        run.version += 1
        if run.listeners:
            event = run_json.event(run)
            for listener in list(run.listeners):
                listener(event)


async def _quietly(closing: Awaitable[None]) -> None:
    try:
        await asyncio.wait_for(closing, 10)
    except Exception as error:
        _log.warning("The cluster did not end in good order: %r", error)
