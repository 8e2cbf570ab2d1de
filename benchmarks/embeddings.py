"""Word vectors: analogies learnt through the engine in ten seconds; pairs a second and gensim."""

from __future__ import annotations

import statistics
import time
from typing import Any

import numpy as np
import torch

from benchmarks.figures import Figure, Unmeasured, Values, measures
from core.language.embeddings.job import JOB
from core.language.embeddings.setting import VectorsSetting
from core.training.engine import Engine

SEEDS = (1, 2, 3)
SECONDS = 10.0
"""In which skip-gram has to learn them, from asking for the run on."""
PATIENCE = 180.0
EPOCHS, RATE = 60, 0.01
ROUNDS = 3
"""Trainings of each side in turn; the fastest counts, as the machine may be busy."""
PAIRS = "embeddings.pairs_per_s"
EXCLUDING, INCLUDING = "embeddings.analogy.excluding", "embeddings.analogy.including"


@measures(
    Figure(
        EXCLUDING,
        "skip-gram through the engine, after at most 10 s, median of three seeds: 228 analogies "
        "right, their three words not allowed as answers",
        "share",
        at_least=0.9,
    ),
    Figure(INCLUDING, "the same, all words allowed", "share", at_least=0.7),
)
def analogies() -> Values:
    """English, the job's defaults but fewer epochs; what there is when the seconds are over."""
    engine = Engine({"vectors": "core.language.embeddings.job:JOB"})
    engine.start()
    try:
        _until(lambda: engine.ask(engine.state).result()["ready"])
        scores = [_train(engine, seed) for seed in SEEDS]
    finally:
        engine.close()
    excluding, including = zip(*scores, strict=True)
    return {EXCLUDING: statistics.median(excluding), INCLUDING: statistics.median(including)}


def _train(engine: Engine, seed: int) -> tuple[float, float]:
    """The last measured scores after the seconds, or at the end if that comes first."""
    heard: list[bytes] = []
    config = {"seed": seed, "epochs": EPOCHS, "learning_rate": RATE}

    def begin() -> Any:
        run = engine.runs.begin("benchmark-of-embeddings", "vectors", config, True)
        engine.listen(run, heard.append)  # a run that nobody listens to is paused
        return run

    began = time.perf_counter()
    run = engine.ask(begin).result()
    _until(
        lambda: (
            time.perf_counter() - began >= SECONDS or engine.ask(lambda: not run.computing).result()
        )
    )

    def last() -> tuple[float, float]:
        series = run.recording.series
        if "excluding" not in series or np.isnan(series["excluding"]).all():
            return 0.0, 0.0
        at = np.flatnonzero(~np.isnan(series["excluding"]))[-1]
        return float(series["excluding"][at]), float(series["including"][at])

    scores = engine.ask(last).result()
    engine.ask(lambda: engine.runs.forget(run)).result()
    return scores


@measures(
    Figure(
        PAIRS,
        "pairs a second of ours over gensim's skip-gram: same text, window, dimension, 5 negatives "
        "and epochs, one thread each",
        "ratio",
        at_least=1.0,
    ),
)
def pairs_per_second() -> Values:
    """Seconds of the processor, in turns.

    Both see the same number of pairs, since both shrink windows evenly and leave no word out. Ours
    takes the gradient of 1,024 places at once, in float32 with Adam, and its time has the scores
    and pictures of the job in it; gensim steps after every pair. Making vocabularies is in neither.
    """
    try:
        from gensim.models import Word2Vec  # type: ignore[import-untyped]
    except ImportError:
        raise Unmeasured("It needs gensim: requirements-bench.txt.") from None
    torch.set_num_threads(1)
    setting = VectorsSetting(epochs=EPOCHS, learning_rate=RATE)
    sentences = [list(sentence) for sentence in setting.corpus().sentences]
    ours, theirs = [], []
    for _ in range(ROUNDS):
        state, _log = JOB.start(setting)
        begun = time.process_time()
        state, log = JOB.advance(setting, state, JOB.steps(setting), setting.learning_rate)
        ours.append(time.process_time() - begun)
        if log.marks["excluding"] < 0.9:
            raise RuntimeError("Fast, but it has not learnt the analogies.")
        model = Word2Vec(
            vector_size=setting.dimension,
            window=setting.window,
            sg=1,
            negative=setting.negatives,
            sample=0,
            min_count=1,
            workers=1,
            seed=1,
        )
        model.build_vocab(sentences)
        begun = time.process_time()
        model.train(sentences, total_examples=len(sentences), epochs=EPOCHS)
        theirs.append(time.process_time() - begun)
    return {PAIRS: min(theirs) / min(ours)}


def _until(done: Any) -> None:
    last = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > last:
            raise RuntimeError("The engine was waited for in vain.")
        time.sleep(0.01)
