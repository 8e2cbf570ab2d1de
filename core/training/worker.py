"""What runs on a worker: one chunk of a run, given and returned as plain values.

A job is named by where it is found, "package.module:NAME", and its config travels as JSON values:
so the scheduler, which looks into each task, needs neither torch nor the jobs themselves.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from core.address import find
from core.training.code import NoData, OtherCode, fingerprint
from core.training.job import Job, Log, State

Chunk = tuple[State, Log]


def elsewhere(code: str, function: Callable[..., Chunk], *values: Any) -> Chunk:
    """Compute a chunk on a computer that others have set up.

    Args:
        code: the fingerprint of whoever asks.
        function: one of this module.
        *values: its arguments.

    Raises:
        OtherCode: this computer has another version of the code.
        NoData: it has not what the run learns from.
    """
    from distributed import get_worker  # the scheduler looks into each task, and needs none of it

    if code != fingerprint():
        raise OtherCode(get_worker().address)
    try:
        return function(*values)
    except FileNotFoundError as error:
        raise NoData(get_worker().address) from error


def start(address: str, config: Mapping[str, Any]) -> Chunk:
    """The state of a run before its first step."""
    began = time.perf_counter()
    job: Job = find(address)
    state, log = job.start(job.read(config))
    return state, replace(log, seconds=time.perf_counter() - began)


def advance(
    address: str, config: Mapping[str, Any], state: State, budget: int, rate: float
) -> Chunk:
    """Go on from a state for at most `budget` steps."""
    began = time.perf_counter()
    job: Job = find(address)
    state, log = job.advance(job.read(config), state, budget, rate)
    return state, replace(log, seconds=time.perf_counter() - began)


def follow(
    address: str, config: Mapping[str, Any], before: Chunk, budget: int, rate: float
) -> Chunk:
    """Go on from where the chunk before ended, while it is still where it was computed."""
    state, log = before
    if log.failure is not None:
        return before
    return advance(address, config, state, budget, rate)
