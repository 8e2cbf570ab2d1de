"""Attention in a trained model: is the shipped model right, does a head show it, is it needed."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import torch

from benchmarks.figures import Figure, Values, measures
from core import weights
from core.attention.trained.model import ItModel
from core.attention.trained.sentences.grammar import sample
from core.attention.trained.shipped import file
from core.attention.trained.training.measure import accuracy, head_shares, knockout
from core.training.engine import Engine

SENTENCES = 5_000
SEED = 7
"""Of the sentences: neither learning nor the cards use it."""
SEEDS = (1, 2, 3)
RIGHT = 0.99
PATIENCE = 180.0


@measures(
    Figure(
        "attention.referent_accuracy",
        "who *it* is, held-out pairs of nouns, shipped model of 2 layers and 4 heads",
        "share",
        0.99,
    ),
    Figure(
        "attention.best_head_ranks_referent_first",
        "its best head gives the referent the largest weight of all nouns",
        "share",
        0.97,
    ),
    Figure(
        "attention.referent_accuracy.ko",
        "who *그것* is, the same of the Korean model of 2 layers and 4 heads",
        "share",
        0.99,
    ),
    Figure(
        "attention.best_head_ranks_referent_first.ko",
        "the best head of the Korean model gives the referent the largest weight of all nouns",
        "share",
        0.97,
    ),
    Figure(
        "attention.knockout_gap",
        "median probability of the referent minus that after cutting *it* -> referent",
        "share",
        0.8,
    ),
)
def shipped() -> Values:
    """Fresh held-out sentences through the weights as they are shipped."""
    found: Values = {}
    for language, of in (("en", ""), ("ko", ".ko")):
        model, _ = weights.load(file("2x4", language))
        assert isinstance(model, ItModel)
        batch = sample(SENTENCES, torch.Generator().manual_seed(SEED), "pairs", language)
        first = float(head_shares(model, batch).first.max())
        found[f"attention.referent_accuracy{of}"] = accuracy(model, batch)
        found[f"attention.best_head_ranks_referent_first{of}"] = first
        if language == "en":
            found["attention.knockout_gap"] = knockout(model, batch).gap
    return found


@measures(
    Figure(
        "attention.train_live_s",
        "trained live through the engine to 0.99 on held-out pairs, slowest of three seeds",
        "s",
        at_most=30,
    ),
)
def train_live() -> Values:
    """From asking for a run to the first look at held-out sentences that is good enough."""
    engine = Engine({"it": "core.attention.trained.training.job:JOB"})
    engine.start()
    try:
        _until(lambda: engine.ask(engine.state).result()["ready"])
        return {"attention.train_live_s": max(_train(engine, seed) for seed in SEEDS)}
    finally:
        engine.close()


def _train(engine: Engine, seed: int) -> float:
    heard: list[bytes] = []

    def begin() -> Any:
        run = engine.runs.begin("benchmark-of-attention", "it", {"seed": seed}, True)
        engine.listen(run, heard.append)  # a run that nobody listens to is paused
        return run

    def good() -> bool:
        found = run.recording.series.get("accuracy")
        if not run.computing and (found is None or np.nanmax(found) < RIGHT):
            raise RuntimeError(f"Seed {seed} ended as {run.status} and did not learn it.")
        return found is not None and bool((found >= RIGHT).any())

    began = time.perf_counter()
    run = engine.ask(begin).result()
    _until(lambda: engine.ask(good).result())
    seconds = time.perf_counter() - began
    engine.ask(lambda: engine.runs.forget(run)).result()
    return seconds


def _until(done: Any) -> None:
    last = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > last:
            raise RuntimeError("The engine was waited for in vain.")
        time.sleep(0.01)
