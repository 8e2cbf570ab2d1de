"""The run on show, for the part of a page that Streamlit draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from core.schema import Record, Refusal, mark, short
from core.training.job import Job, State
from core.training.limits import Denied
from pages.kit.run.api import ENGINE

PATIENCE = 5.0
"""Seconds; the engine's thread answers in less than a millisecond."""


@dataclass(frozen=True)
class Inspected:
    """The run on show, or the shipped example where there is none.

    Attributes:
        run: its id; empty before the picture has told of one.
        step: of the saved state on show; None for the latest.
        example: the id of the shipped example.
    """

    run: str
    step: int | None
    example: str

    def inspect(self, name: str, query: Mapping[str, str] | None = None) -> Any:
        """What it answers; see `inspect`."""
        query = query or {}
        if self.run:
            return inspect(self.run, self.step, name, query)
        return inspect_example(self.example, None, name, query)

    def inspect_or_example(self, name: str) -> Any:
        """What it answers, or what the example does where it cannot."""
        try:
            return self.inspect(name)
        except (LookupError, ValueError):
            return inspect_example(self.example, None, name, {})


def texts(number: Record) -> dict[str, str]:
    """A record as the query of a question; what is not there is left out."""
    return {name: str(value) for name, value in number.write().items() if value is not None}


def inspect_example(example: str, step: int | None, name: str, query: Mapping[str, str]) -> Any:
    """The same of a shipped run. It never changes: only the first visitor waits."""
    return _inspected(example, step, name, tuple(query.items()))


@lru_cache(64)
def _inspected(
    example: str, step: int | None, name: str, query: tuple[tuple[str, str], ...]
) -> Any:
    return inspect(example, step, name, dict(query))


def inspect(run: str, step: int | None, name: str, query: Mapping[str, str]) -> Any:
    """Ask a saved state of a run one of the questions of its job.

    Args:
        run: its id.
        step: the state at or below it; None for the latest.
        name: of the inspection.
        query: texts, as in the address of the same question.

    Raises:
        LookupError: nothing of it has been computed yet.
        Refusal: there is no such run, or the inspection refuses the question.
    """

    def read_state() -> tuple[Job, Any, State]:
        source = ENGINE.runs[run]
        at = source.recording.at(source.step if step is None else step)
        return source.job, source.config, at.state

    try:
        job, config, state = ENGINE.ask(read_state).result(PATIENCE)
    except (Denied, RuntimeError, TimeoutError) as error:
        raise Refusal(mark("There is no run {name} to look at."), name=short(run)) from error
    return job.inspections[name](config, state, query)


def history(run: str, series: str) -> tuple[Any, list[float]]:
    """The config of a run, and one of its series as far as it has come.

    Raises:
        LookupError: it has no such series.
        Refusal: there is no such run.
    """

    def recorded() -> tuple[Any, list[float]]:
        kept = ENGINE.runs[run]
        return kept.config, kept.recording.series[series].tolist()

    try:
        return ENGINE.ask(recorded).result(PATIENCE)
    except (Denied, RuntimeError, TimeoutError) as error:
        raise Refusal(mark("There is no run {name} to look at."), name=short(run)) from error
