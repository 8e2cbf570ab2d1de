"""The job "vectors": words arrange themselves in space.

Config: `core.language.embeddings.setting.VectorsSetting`. One step of skip-gram and CBOW is 1,024
places of the text as centres; of GloVe, the whole matrix; PPMI + SVD is computed in one.

Series, one value a step:
    loss                    before the step, in nats a pair; GloVe: the weighted square a cell;
                            PPMI + SVD: the share of the matrix that its rank leaves out
    pairs                   that the step saw: centre and context, or window and centre; cells
    excluding, including    share of the analogies right, a, b and c themselves not allowed as
                            answers or allowed; after every 20th step and the last; nan between
Marks, at the end of a chunk:
    excluding, including    the same (missing where the text has no known analogies)
    tokens, words           of the corpus
Pictures, float32, W words in the order of the vocabulary:
    plane (W, 2), space (W, 3)  within [-1, 1]; see `core.language.embeddings.projection`
Looks: `core.language.embeddings.live`
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch

from core.language.embeddings import ask, counts, live, objectives
from core.language.embeddings.adam import Adam
from core.language.embeddings.batch import batches
from core.language.embeddings.model import Vectors, baseline, decompose
from core.language.embeddings.projection import projection, unit
from core.language.embeddings.setting import VectorsSetting
from core.training.job import Failure, Job, Log, State
from core.training.packing import load_models, pack, unpack

EVERY = 20
"""Steps between two looks at the analogies."""


class _Training:
    """Everything that learns, from a state or from the seed."""

    def __init__(self, setting: VectorsSetting, state: State | None = None) -> None:
        self.setting = setting
        self.model = Vectors(setting)
        self.parameters = tuple(parameter.data for parameter in self.model.parameters())
        self.optimiser = Adam(self.parameters)
        if state is None:
            self.model.draw(torch.Generator().manual_seed(setting.seed))
        else:
            unpack(state, *self.parts())

    def parts(self) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        return {"vectors": self.model, "optimiser": self.optimiser}, {}, {}

    def step(self, count: int, rate: float) -> tuple[float, int] | None:
        """Take the step that follows `count` others: loss and pairs, None if it is of no use."""
        if self.setting.method == "ppmi_svd":
            return self._decompose()
        found, pairs = self._found(count)
        if not math.isfinite(found.loss):
            return None
        if pairs:
            self.optimiser.step(found.gradients, rate, count)
        return found.loss, pairs

    def _found(self, count: int) -> tuple[objectives.Found, int]:
        if self.setting.method == "glove":
            corpus = self.setting.corpus()
            matrix = counts.cooccurrence(corpus, self.setting.window, by_distance=True)
            w, u, b, c = self.parameters
            return objectives.glove((w, u, b, c), matrix), int((matrix > 0).sum())
        batch = batches(self.setting)(count)
        found = objectives.word2vec(
            self.parameters[0], self.parameters[1], batch.mix, batch.wanted, batch.drawn
        )
        return found, batch.pairs

    def _decompose(self) -> tuple[float, int]:
        ppmi = baseline(self.setting)
        inward, outward = decompose(ppmi, self.setting.dimension)
        self.model.inward.copy_(inward)
        self.model.outward.copy_(outward)
        left = (ppmi - inward @ outward.T).square().sum() / ppmi.square().sum().clamp(min=1e-12)
        return float(left), int((ppmi > 0).sum())


def start(setting: VectorsSetting) -> tuple[State, Log]:
    """The vectors as the seed draws them."""
    training = _Training(setting)
    return pack(0, *training.parts()), _log(setting, training.model, {})


def advance(setting: VectorsSetting, state: State, budget: int, rate: float) -> tuple[State, Log]:
    """Train for at most `budget` steps; ends with "diverged" before a loss that is not a number."""
    training = _Training(setting, state)
    corpus, steps = setting.corpus(), setting.steps()
    series: dict[str, list[float]] = {
        "loss": [],
        "pairs": [],
        "excluding": [],
        "including": [],
    }
    failure: Failure | None = None
    step = state.step
    while step < min(steps, state.step + budget):
        found = training.step(step, rate)
        if found is None:
            failure = "diverged"
            break
        step += 1
        due = step % EVERY == 0 or step == steps
        scores = ask.scores(corpus, training.model.words()) if due else None
        series["loss"].append(found[0])
        series["pairs"].append(found[1])
        series["excluding"].append(math.nan if scores is None else scores.excluding)
        series["including"].append(math.nan if scores is None else scores.including)
    return pack(step, *training.parts()), _log(setting, training.model, series, failure)


def _log(
    setting: VectorsSetting,
    model: Vectors,
    series: Mapping[str, list[float]],
    failure: Failure | None = None,
) -> Log:
    corpus, vectors = setting.corpus(), model.words()
    marks = {"tokens": float(len(corpus.ids)), "words": float(len(corpus.words))}
    scores = ask.scores(corpus, vectors)
    if scores is not None:
        marks |= {"excluding": scores.excluding, "including": scores.including}
    points = unit(vectors)
    pictures = {
        name: projection(corpus, vectors, k)(points).numpy()
        for name, k in (("plane", 2), ("space", 3))
    }
    values = {name: np.array(numbers, np.float32) for name, numbers in series.items()}
    return Log(values, marks, pictures, failure=failure)


def model_of(setting: VectorsSetting, state: State) -> Vectors:
    """The vectors of a state, to be looked at."""
    model = Vectors(setting)
    load_models(state, {"vectors": model})
    return model


def _program(setting: VectorsSetting, rates: tuple[tuple[int, float], ...]) -> str:
    from core.language.embeddings.program import run

    return run(setting.write(), rates)


JOB = Job(
    name="vectors",
    read=VectorsSetting.read,
    write=VectorsSetting.write,
    steps=VectorsSetting.steps,
    learning_rate=lambda setting: setting.learning_rate,
    start=start,
    advance=advance,
    looks=live.looks(model_of),
    program=_program,
)
