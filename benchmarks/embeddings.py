"""Word vectors: analogies learnt through the engine in ten seconds; pairs a second and gensim."""

from __future__ import annotations

import statistics
import time

import numpy as np
import torch

from benchmarks.figures import Figure, Unmeasured, Values, measures
from benchmarks.runs import engine_of, listened, until
from core.language.embeddings.job import JOB
from core.language.embeddings.setting import VectorsSetting
from core.training.engine import Engine

SEEDS = (1, 2, 3)
SECONDS = 10.0
"""In which skip-gram has to learn them, from asking for the run on."""
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
    with engine_of("vectors") as engine:
        scores = [_train(engine, seed) for seed in SEEDS]
    excluding, including = zip(*scores, strict=True)
    return {EXCLUDING: statistics.median(excluding), INCLUDING: statistics.median(including)}


def _train(engine: Engine, seed: int) -> tuple[float, float]:
    """The last measured scores after the seconds, or at the end if that comes first."""
    config = {"seed": seed, "epochs": EPOCHS, "learning_rate": RATE}

    def over() -> bool:
        return time.perf_counter() - began >= SECONDS or not run.computing

    def last() -> tuple[float, float]:
        series = run.recording.series
        if "excluding" not in series or np.isnan(series["excluding"]).all():
            return 0.0, 0.0
        at = np.flatnonzero(~np.isnan(series["excluding"]))[-1]
        return float(series["excluding"][at]), float(series["including"][at])

    began = time.perf_counter()
    with listened(engine, "vectors", config) as run:
        until(lambda: engine.ask(over).result())
        return engine.ask(last).result()


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
