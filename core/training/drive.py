"""A run in progress: chunk after chunk, with the next one already waiting on the worker.

What is on its way can be thrown away at any time: the run goes on from the last state that has come
back, and as chunks are pure, nobody can tell.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from distributed.scheduler import KilledWorker

from core.training import worker
from core.training.cluster import Cluster, ClusterLost, NoneFit
from core.training.code import OtherCode, Unfit
from core.training.limits import Limits
from core.training.run import Run, Trouble

_log = logging.getLogger("forward_pass")

ELSEWHERE: dict[Trouble, Trouble] = {"code": "some code", "data": "some data"}
"""What is said while others compute what some computers cannot."""
LINKS = 10
"""Chunks that follow one another before a state is sent again: what a killed worker
costs, in chunks."""


async def drive(
    run: Run,
    cluster: Cluster,
    limits: Limits,
    alone: Callable[[], bool],
    notify: Callable[[Run], None],
) -> None:
    """Compute until the run wants no more.

    Args:
        run: it has the status "running".
        cluster: where.
        limits: how often a chunk may fail, and what a run may take.
        alone: whether no other run wants the worker; only then one chunk is submitted ahead.
        notify: called after each change.

    Raises:
        ClusterLost: the scheduler has gone; the run can go on elsewhere.
    """
    failures = 0
    suspect = False
    while run.status == "running":
        before = run.step
        try:
            if suspect:  # the workers may have died of a chunk that lay beside: never both again
                async with cluster.suspects:
                    await _chain(run, cluster, limits, alone, notify, once=True)
                suspect = False
            else:
                await _chain(run, cluster, limits, alone, notify)
        except ClusterLost:
            raise
        except (Unfit, NoneFit) as error:
            _unfit(run, error, cluster)
            notify(run)
        except Exception as error:
            failures = 1 if run.step > before else failures + 1
            _log.error("A chunk of %s failed at step %d: %r", run.job.name, run.step, error)
            killed = isinstance(error, KilledWorker)
            lost = (suspect and killed) or isinstance(error, FileNotFoundError)
            if failures >= limits.failures or lost:
                run.rest("lost", _trouble(error))
                notify(run)
            suspect = killed


def _unfit(run: Run, error: Unfit | NoneFit, cluster: Cluster) -> None:
    """Go on at other workers, and say so; where there are none, say what is missing."""
    if isinstance(error, Unfit):
        _log.error("A chunk of %s cannot be computed at %r", run.job.name, error)
        run.unfit[error.worker] = "code" if isinstance(error, OtherCode) else "data"
    here = [reason for worker, reason in run.unfit.items() if worker in cluster.addresses]
    missing = here[-1] if here else list(run.unfit.values())[-1]
    if cluster.addresses <= run.unfit.keys():
        run.rest("lost", missing)
        run.unfit.clear()  # it may have come by the time that somebody presses Play
    else:
        run.trouble = ELSEWHERE[missing]


def _trouble(error: Exception) -> Trouble:
    """What a chunk could not be computed for."""
    if isinstance(error, FileNotFoundError):
        return "data"
    # A worker that dies each time was most likely killed for its size; torch that gets no memory
    # says so in its own words.
    if isinstance(error, KilledWorker | MemoryError) or "DefaultCPUAllocator" in str(error):
        return "memory"
    return "error"


async def _chain(
    run: Run,
    cluster: Cluster,
    limits: Limits,
    alone: Callable[[], bool],
    notify: Callable[[Run], None],
    once: bool = False,
) -> None:
    address, config = run.address, run.recording.config
    now: Any = None
    ahead: Any = None
    links = steps = 0
    try:
        if not run.recording.saved:
            now = cluster.submit(worker.start, address, config, unfit=run.unfit)
            run.add(*await cluster.result(now, run.unfit), limits)
            notify(run)
        while run.status == "running":
            if ahead is not None:
                now, links = ahead, links + 1
            else:
                run.use_next_rate()
                last, steps, links = run.recording.saved[-1].state, run.budget(), 0
                now = cluster.submit(
                    worker.advance, address, config, last, steps, run.rate, unfit=run.unfit
                )
            ahead, more, rate = None, run.budget(steps), run.rate
            if more and not once and links < LINKS and alone():
                ahead = cluster.submit(
                    worker.follow, address, config, now, more, rate, unfit=run.unfit
                )
            state, log = await cluster.result(now, run.unfit)
            run.add(state, log, limits)
            if ahead is not None and rate != run.rate:
                ahead.release()
                ahead = None
            steps = more
            notify(run)
            if once:
                return
    finally:
        for future in (now, ahead):
            if future is not None:
                future.release()
