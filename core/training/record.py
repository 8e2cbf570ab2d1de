"""A whole run in this process, without an engine: for shipped examples, and to test engines by."""

from __future__ import annotations

from typing import Any

from core.training.job import Job
from core.training.recording import Recording


def record(
    job: Job,
    config: Any,
    *,
    keep: int = 24,
    chunk: int = 20,
    rates: tuple[tuple[int, float], ...] | None = None,
    steps: int | None = None,
) -> Recording:
    """Run a job from its first step to its last.

    Args:
        job: what is trained.
        config: as `job.read` gave it.
        keep: how many states are kept, evenly over the steps.
        chunk: steps at a time; it makes no difference to the result.
        rates: (step, learning rate) from step 0 on; without them the config's own rate.
        steps: end earlier than the config says.

    >>> from core.recurrent.sine.job import JOB
    >>> config = JOB.read({"cell": "gru", "samples": 60, "length": 10, "epochs": 2, "hidden": 4})
    >>> run = record(JOB, config)
    >>> run.step, sorted(run.series)
    (2, ['gru.loss', 'gru.validation'])
    >>> again = record(JOB, config, chunk=1)  # however it is cut, the same bits
    >>> run.saved[-1].state.tensors == again.saved[-1].state.tensors
    True
    """
    planned = list(rates or [(0, job.learning_rate(config))])
    last = job.steps(config) if steps is None else min(steps, job.steps(config))
    recording = Recording(job.name, job.write(config), planned)
    state, log = job.start(config)
    recording.add(state, log)
    while state.step < last and log.failure is None:
        rate = next(rate for step, rate in reversed(planned) if step <= state.step)
        stops = [step for step, _ in planned if step > state.step] + [last]
        state, log = job.advance(config, state, min(chunk, min(stops) - state.step), rate)
        recording.add(state, log)
        recording.thin(keep)
    return recording
