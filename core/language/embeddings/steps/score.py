"""The share of a text's analogies that are answered right, question by question."""

from __future__ import annotations

import torch

from core.language.corpora.texts import Corpus
from core.language.embeddings import similarity
from core.language.embeddings.model import Vectors
from core.language.embeddings.steps.step import Step
from core.opened import Given, Rule, Rules, Total
from core.schema import Refusal, mark


def score(corpus: Corpus, model: Vectors) -> Step:
    """The scores "excluding" and "including"; Q questions, each answered right (1) or not (0).

    Raises:
        Refusal: the text has no analogies.
    """
    if not corpus.questions:
        raise Refusal(mark("This text has no analogies to be counted."))
    trace: dict[str, torch.Tensor] = {}
    made: list[Rule] = []
    for name, right in similarity.right(corpus, model.words()).items():
        trace |= {f"{name}_right": right.float(), name: right.float().mean()}
        made += [Given(f"{name}_right", "answered"), Total(name, f"{name}_right", mean=True)]
    return Step(Rules(*made), trace)


def questions(corpus: Corpus) -> list[str]:
    """What the questions are called, in their order."""
    return [f"{a} − {b} + {c} = {d}" for _, (a, b, c, d) in corpus.questions]
