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
Inspections: `core.language.embeddings.inspections`
"""

from __future__ import annotations

import math
from typing import Any

import torch

from core.language.embeddings import counts, inspections, objectives, similarity
from core.language.embeddings.batch import batches
from core.language.embeddings.goals import MISSED, OPPOSED
from core.language.embeddings.model import Vectors, baseline, decompose
from core.language.embeddings.program import run
from core.language.embeddings.projection import projection, unit
from core.language.embeddings.setting import VectorsSetting
from core.training.job import State
from core.training.learner import Learner, Parts, job, loaded
from core.training.optimiser import Optimiser

EVERY = 20
"""Steps between two counts of the analogies that are right."""


class Training(Learner):
    """Vectors with their optimiser."""

    series = ("loss", "pairs", "excluding", "including")

    def __init__(self, setting: VectorsSetting) -> None:
        """Vectors are not drawn yet."""
        self.setting = setting
        self.model = Vectors(setting)
        self.parameters = tuple(parameter.data for parameter in self.model.parameters())
        self.optimiser = Optimiser("adam", self.parameters)

    def parts(self) -> Parts:
        """See `Learner`."""
        return [("vectors", self.model), ("vectors", self.optimiser)]

    def begin(self) -> None:
        """Draw the vectors."""
        self.model.draw(torch.Generator().manual_seed(self.setting.seed))

    def step(self, count: int, rate: float) -> dict[str, float] | None:
        """Take the step that follows `count` others: loss and pairs."""
        if self.setting.method == "ppmi_svd":
            return self._decompose()
        result, pairs = self._objective(count)
        if not math.isfinite(result.loss):
            return None
        if pairs:
            self.optimiser.step(result.gradients, count, rate)
        return {"loss": result.loss, "pairs": pairs}

    def due(self, step: int) -> bool:
        """Every so many steps, and at the end."""
        return step % EVERY == 0 or step == self.setting.steps()

    def measure(self) -> dict[str, float]:
        """How many analogies are right, where the text has any."""
        scores = similarity.scores(self.setting.corpus(), self.model.words())
        if scores is None:
            return {}
        return {"excluding": scores.excluding, "including": scores.including}

    def seen(self) -> tuple[dict[str, float], dict[str, Any]]:
        """The analogies, and where the words are in space."""
        corpus, vectors = self.setting.corpus(), self.model.words()
        marks = {"tokens": float(len(corpus.ids)), "words": float(len(corpus.words))}
        points = unit(vectors)
        pictures = {
            name: projection(corpus, vectors, k)(points).numpy()
            for name, k in (("plane", 2), ("space", 3))
        }
        return marks | self.measure(), pictures

    def _objective(self, count: int) -> tuple[objectives.Objective, int]:
        if self.setting.method == "glove":
            corpus = self.setting.corpus()
            matrix = counts.cooccurrence(corpus, self.setting.window, by_distance=True)
            w, u, b, c = self.parameters
            return objectives.glove((w, u, b, c), matrix), int((matrix > 0).sum())
        batch = batches(self.setting)(count)
        result = objectives.word2vec(
            self.parameters[0], self.parameters[1], batch.mix, batch.wanted, batch.drawn
        )
        return result, batch.pairs

    def _decompose(self) -> dict[str, float]:
        ppmi = baseline(self.setting)
        inward, outward = decompose(ppmi, self.setting.dimension)
        self.model.inward.copy_(inward)
        self.model.outward.copy_(outward)
        left = (ppmi - inward @ outward.T).square().sum() / ppmi.square().sum().clamp(min=1e-12)
        return {"loss": float(left), "pairs": int((ppmi > 0).sum())}


def model_of(setting: VectorsSetting, state: State) -> Vectors:
    """The vectors of a state, without an optimiser."""
    model = Vectors(setting)
    loaded(state, {"vectors": model})
    return model


def _program(setting: VectorsSetting, rates: tuple[tuple[int, float], ...]) -> str:
    return run(setting.write(), rates)


JOB = job(
    "vectors",
    Training,
    read=VectorsSetting.read,
    write=VectorsSetting.write,
    steps=VectorsSetting.steps,
    inspections=inspections.inspections(model_of),
    looked={"arithmetic": (OPPOSED,), "analogy": (MISSED,)},
    program=_program,
)
