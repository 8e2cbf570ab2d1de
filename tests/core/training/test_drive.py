"""Chunks under way on a cluster whose workers die of some of them."""

from __future__ import annotations

import asyncio
from typing import Any

from distributed.scheduler import KilledWorker

from core.training import worker
from core.training.drive import drive
from core.training.limits import Limits
from core.training.recording import Recording
from core.training.run import Run
from tests.core.training.conftest import JOBS
from tests.core.training.line import JOB, read, same


class Frail:
    """Two workers that die of each chunk with this seed, and of all that lies there meanwhile."""

    def __init__(self, deadly: int) -> None:
        self.deadly = deadly
        self.suspects = asyncio.Lock()
        self.waiting: dict[int, Any] = {}
        self._count = 0

    def submit(self, function: Any, *values: Any, unfit: Any) -> Any:
        self._count += 1
        self.waiting[self._count] = (function, values)
        return Chunk(self._count, self.waiting)

    async def result(self, future: Any, unfit: Any) -> Any:
        function, values = self.waiting[future.number]
        for _ in range(3):  # the others submit as well
            await asyncio.sleep(0)
        if future.number not in self.waiting:
            raise KilledWorker("chunk", None, 1)
        address, config, *rest = values
        if function is not worker.start and config["seed"] == self.deadly:
            self.waiting.clear()
            raise KilledWorker("chunk", None, 1)
        self.waiting.pop(future.number)
        return function(address, config, *rest)


class Chunk:
    def __init__(self, number: int, waiting: dict[int, Any]) -> None:
        self.number, self._waiting = number, waiting

    def release(self) -> None:
        self._waiting.pop(self.number, None)


def begun(seed: int) -> Run:
    config = read({"seed": seed, "steps": 30})
    recording = Recording("line", JOB.write(config), [(0, config.learning_rate)])
    run = Run(JOB, JOBS["line"], config, recording, "owner")
    run.want(None)
    run.status = "running"
    return run


def test_who_lies_beside_a_chunk_that_workers_die_of_goes_on() -> None:
    runs = [begun(seed) for seed in range(3)]

    async def driven() -> None:
        cluster: Any = Frail(deadly=1)
        every = [drive(run, cluster, Limits(), lambda: False, lambda run: None) for run in runs]
        await asyncio.gather(*every)

    asyncio.run(driven())
    assert [run.status for run in runs] == ["done", "lost", "done"]
    assert runs[1].trouble == "memory"
    same(runs[0])
    same(runs[2])
