"""Runs that a benchmark trains through an engine of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from core.training.engine import Engine
from core.training.jobs import JOBS
from core.training.run import Run

OWNER = "benchmark-of-the-project"
PATIENCE = 900.0


@contextmanager
def engine_of(job: str) -> Iterator[Engine]:
    """An engine that knows this job, once it is ready."""
    engine = Engine({job: JOBS[job]})
    engine.start()
    try:
        until(lambda: engine.ask(engine.state).result()["ready"])
        yield engine
    finally:
        engine.close()


@contextmanager
def listened(engine: Engine, job: str, config: dict[str, Any]) -> Iterator[Run]:
    """A run that plays. It is listened to, since one that nobody listens to is paused."""
    events: list[bytes] = []

    def begin() -> Run:
        run = engine.runs.begin(OWNER, job, config, True)
        engine.listen(run, events.append)
        return run

    run = engine.ask(begin).result()
    yield run
    engine.ask(lambda: engine.leave(run, events.append)).result()
    engine.ask(lambda: engine.runs.forget(run)).result()
    if not events:
        raise RuntimeError("Nothing was heard of the run.")


def through(engine: Engine, job: str, config: dict[str, Any]) -> float:
    """Seconds from asking for a run to its end, with a listener that hears every change."""
    began = time.perf_counter()
    with listened(engine, job, config) as run:
        until(lambda: not run.computing)
        seconds = time.perf_counter() - began
        if run.status != "done":
            raise RuntimeError(f"The run ended as {run.status}.")
    return seconds


def until(done: Callable[[], Any]) -> None:
    """Wait until something holds."""
    last = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > last:
            raise RuntimeError("The engine was waited for in vain.")
        time.sleep(0.005)
