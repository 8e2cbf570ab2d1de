"""The run on show, for the part of a page that Streamlit draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.schema import Refusal, mark, short
from core.training.job import Job, State
from core.training.limits import Denied
from pages.kit.run.api import ENGINE

PATIENCE = 5.0
"""Seconds; the engine's thread answers in less than a millisecond."""


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

    def found() -> tuple[Job, Any, State]:
        kept = ENGINE.runs[run]
        at = kept.recording.at(kept.step if step is None else step)
        return kept.job, kept.config, at.state

    try:
        job, config, state = ENGINE.ask(found).result(PATIENCE)
    except (Denied, RuntimeError, TimeoutError) as error:
        raise Refusal(mark("There is no run {name} to look at."), name=short(run)) from error
    return job.inspections[name](config, state, query)
