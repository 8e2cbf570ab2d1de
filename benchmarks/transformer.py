"""The encoder-decoder transformer: how soon it learns through the engine, how good it ships."""

from __future__ import annotations

import statistics
import time

import numpy as np

from benchmarks.figures import Figure, Values, measures
from benchmarks.runs import engine_of, listened, until
from core.language.transformer.measure import exact
from core.language.transformer.networks import network
from core.language.transformer.tasks import task
from core.training.engine import Engine

SEEDS = (0, 1, 2)


@measures(
    Figure(
        "transformer.copy_s",
        "copying 3 to 8 digits, from the click to 0.99 of held-out lists, median of three seeds",
        "s",
        at_most=15,
    ),
    Figure("transformer.reverse_s", "reversing them, likewise", "s", at_most=15),
    Figure(
        "transformer.translate.train_s",
        "English to Korean, from the click to 0.95 of held-out combinations, likewise",
        "s",
        at_most=120,
    ),
)
def learning() -> Values:
    """Whole sentences, decoded greedily; the job's defaults."""
    with engine_of("translate") as engine:
        _seconds(engine, {"task": "sort", "steps": 5}, 0.0)  # the worker has loaded everything
        return {
            key: statistics.median(
                _seconds(engine, {"task": name, "seed": seed, "steps": 2_000}, goal)
                for seed in SEEDS
            )
            for key, name, goal in (
                ("transformer.copy_s", "copy", 0.99),
                ("transformer.reverse_s", "reverse", 0.99),
                ("transformer.translate.train_s", "en-ko", 0.95),
            )
        }


@measures(
    Figure(
        "transformer.translate.greedy_exact",
        "held-out combinations that the shipped models translate, the worse direction",
        "share",
        at_least=0.99,
    ),
)
def shipped() -> Values:
    """A thousand sentences each way, decoded token by token and right to the end token."""
    shares = [exact(network(name).model, task(name).pools[1]) for name in ("en-ko", "ko-en")]
    return {"transformer.translate.greedy_exact": min(shares)}


def _seconds(engine: Engine, config: dict[str, str | int], goal: float) -> float:
    """From asking for a run until a look at held-out pairs has come back that reaches the goal."""

    def good() -> bool:
        seen = np.array(engine.ask(lambda: list(run.recording.series.get("exact", ()))).result())
        return bool((seen >= goal).any()) or not run.computing

    began = time.perf_counter()
    with listened(engine, "translate", config) as run:
        until(good)
        seconds = time.perf_counter() - began
        if not bool((np.array(run.recording.series["exact"]) >= goal).any()):
            raise RuntimeError(f"The run ended as {run.status} without reaching {goal:g}.")
    return seconds
