"""The encoder-decoder transformer: how soon it learns through the engine, how good it ships."""

from __future__ import annotations

import statistics
import time
from typing import Any

import numpy as np

from benchmarks.figures import Figure, Values, measures
from core.language.transformer.job import JOB
from core.language.transformer.measure import exact
from core.language.transformer.networks import network
from core.language.transformer.setting import TransformerSetting
from core.language.transformer.tasks import task
from core.training.engine import Engine

SEEDS = (0, 1, 2)
PATIENCE = 300.0
OWNER = "benchmark-of-the-transformer"


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
    engine = Engine({"translate": "core.language.transformer.job:JOB"})
    engine.start()
    try:
        _until(lambda: engine.ask(engine.state).result()["ready"])
        _seconds(
            engine, TransformerSetting("sort", steps=5), 0.0
        )  # the worker has loaded everything
        return {
            key: statistics.median(
                _seconds(
                    engine,
                    TransformerSetting.read({"task": name, "seed": seed, "steps": 2_000}),
                    goal,
                )
                for seed in SEEDS
            )
            for key, name, goal in (
                ("transformer.copy_s", "copy", 0.99),
                ("transformer.reverse_s", "reverse", 0.99),
                ("transformer.translate.train_s", "en-ko", 0.95),
            )
        }
    finally:
        engine.close()


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


def _seconds(engine: Engine, setting: TransformerSetting, goal: float) -> float:
    """From asking for a run until a look at held-out pairs has come back that reaches the goal."""
    began = time.perf_counter()
    run = engine.ask(
        lambda: engine.runs.begin(OWNER, "translate", JOB.write(setting), True)
    ).result()
    heard: list[bytes] = []
    engine.ask(lambda: engine.listen(run, heard.append)).result()

    def good() -> bool:
        seen = np.array(engine.ask(lambda: list(run.recording.series.get("exact", ()))).result())
        return bool((seen >= goal).any()) or not run.computing

    _until(good)
    seconds = time.perf_counter() - began
    reached = bool((np.array(run.recording.series["exact"]) >= goal).any())
    engine.ask(lambda: engine.leave(run, heard.append)).result()
    engine.ask(lambda: engine.runs.forget(run)).result()
    if not reached:
        raise RuntimeError(f"The run ended as {run.status} without reaching {goal:g}.")
    return seconds


def _until(done: Any) -> None:
    last = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > last:
            raise RuntimeError("The engine was waited for in vain.")
        time.sleep(0.05)
