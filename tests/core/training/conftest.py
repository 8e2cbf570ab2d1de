"""The real engine on its own cluster, for all tests that need one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest

from core.training.engine import Engine
from core.training.limits import Limits
from core.training.run import Run
from tests.patience import PATIENCE, until

T = TypeVar("T")
JOBS = {"line": "tests.core.training.line:JOB"}
OWNER = "a-person-in-the-room"


class Desk:
    """An engine and short words for what tests do with it, from the thread of the test."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def ask(self, do: Callable[[], T]) -> T:
        return self.engine.ask(do).result(PATIENCE)

    def begin(self, *, owner: str = OWNER, play: bool = True, **config: Any) -> Run:
        def begun() -> Run:
            run = self.engine.runs.begin(owner, "line", config, play)
            self.engine.seen(owner)
            return run

        return self.ask(begun)

    def do(self, verb: str, *values: Any) -> Any:
        return self.ask(lambda: getattr(self.engine.runs, verb)(*values))

    def until(self, so: Callable[[], bool]) -> None:
        """Wait until something holds."""
        until(lambda: self.ask(so))

    def ended(self, run: Run) -> Run:
        self.until(lambda: not run.computing)
        return run

    def advances(self, run: Run, steps: int = 20) -> None:
        """Wait until a run has gone on by so many steps."""
        before = run.step
        self.until(lambda: run.step >= before + steps)

    def clear(self) -> None:
        """Leave no run."""

        def cleared() -> None:
            for run in list(self.engine.runs._runs.values()):
                if run.shipped:
                    del self.engine.runs._runs[run.id]
                else:
                    self.engine.runs.forget(run)

        self.ask(cleared)


def started(**options: Any) -> Desk:
    """An engine that is being started."""
    engine = Engine(JOBS, address="", **{"grace": 600.0, **options})
    engine.start()
    return Desk(engine)


@pytest.fixture(scope="session")
def shared() -> Iterator[Desk]:
    desk = started(workers=2, limits=Limits(computing=100, owned=1000))
    desk.until(lambda: desk.engine.state()["workers"] == 2)
    yield desk
    desk.engine.close()


@pytest.fixture
def desk(shared: Desk) -> Iterator[Desk]:
    """The engine with two workers, without runs of other tests."""
    yield shared
    shared.clear()
