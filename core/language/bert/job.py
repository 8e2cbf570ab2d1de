"""The job "bert": pre-training on hidden words and next sentences, or fine-tuning from its result.

Config: `core.language.bert.setting.BertSetting`.

Series, one value a step; all but the loss after every 25th step (fine-tuning: 10th) and the last:
    loss        of the batch, before the step, in nats; of pre-training the sum of its two games
    first       share right: hidden words that tell something | unseen adjectives | exact answers
    second      share right: follows or not | seen adjectives | passages that do not say
Marks, at the end of a chunk:
    pretrain    top1, every, follows (true and random pairs), swapped (said to follow)
    sentiment   unseen, seen
    answer      exact, none, all
Pictures, float32:
    weights     (L, H, T, T) of the example
    top         pretrain: (P, 8, 2) token and probability of the example's hidden places
    probabilities  sentiment: (10,) of the examples, that they are good
    start, end  answer: (T,) of the example
Looks:
    answer      query "q": a question as JSON text -> `core.language.bert.answer.of_run`
    number      the same of a number -> `core.language.bert.answer.number_of_run`
    score       query "part", a mark, and "number": of held-out texts -> `core.opened.scored`
    example     the example's tokens, and the places that are hidden
    labels      what a fine-tuning learns from
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from core import weights
from core.language.bert import examples, measure, scored, tasks, tuning
from core.language.bert.answer import number_of_run, of_run
from core.language.bert.masking import forget, hide, pairs
from core.language.bert.model import ENCODER, Bert
from core.language.bert.pieces import SPECIAL, vocabulary
from core.language.bert.program import run
from core.language.bert.scored import TESTED
from core.language.bert.setting import BertSetting
from core.opened.scored import score
from core.training.carried import Carried
from core.training.job import State
from core.training.learner import Learner, Parts, job, loaded
from core.training.optimiser import ADAMW, Optimiser, Options

_CARRIED = 16
"""Words of an input of the network that is carried elsewhere."""

EVERY = {"pretrain": 25, "sentiment": 10, "answer": 10}
"""Steps between two measurements."""
WARM_UP = {"pretrain": 100, "sentiment": 20, "answer": 20}
_DECAY = 0.01
_SINKS = 0.3
"""Share of the steps, at the end, over which the learning rate sinks."""


@functools.cache
def shipped(language: str) -> Mapping[str, Tensor]:
    """The shipped weights that fine-tuning goes on from."""
    return weights.tensors(f"bert_{language}")[0]


class Training(Learner):
    """A network with its optimiser, and where its stories come from."""

    series = ("loss", "first", "second")

    def __init__(self, setting: BertSetting) -> None:
        """Weights are not drawn yet."""
        self.setting = setting
        self.model = setting.model()
        self.generator = torch.Generator().manual_seed(setting.seed)
        for name, parameter in self.model.named_parameters():
            parameter.requires_grad_(_learns(name, setting))
        learning = [parameter for parameter in self.model.parameters() if parameter.requires_grad]
        self.optimiser = Optimiser(ADAMW, learning, Options(decay=_DECAY))

    def parts(self) -> Parts:
        """See `Learner`."""
        return [("bert", self.model), ("bert", self.optimiser), ("stories", self.generator)]

    def begin(self) -> None:
        """Draw the weights, or take the shipped ones."""
        self.model.draw(self.generator)
        if self.setting.tuned:
            self.model.load_state_dict(dict(shipped(self.setting.language)))
            self.model.fresh_head(self.generator)

    def step(self, count: int, rate: float) -> dict[str, float] | None:
        """Take the step that follows `count` others."""
        setting = self.setting
        rises = (count + 1) / WARM_UP[setting.objective]
        sinks = (setting.steps - count) / (setting.steps * _SINKS)
        value = self.loss()
        if not math.isfinite(value.item()):
            return None
        self.optimiser.descend(value, count, rate * min(1.0, rises, max(0.05, sinks)))
        return {"loss": value.item()}

    def loss(self) -> Tensor:
        """Of the next batch."""
        setting, model, generator = self.setting, self.model, self.generator
        if setting.objective == "pretrain":
            return pretraining(model, setting, generator)
        batch = tuning.labelled(setting)
        some = torch.randperm(setting.labels, generator=generator)[: setting.batch]
        batch = tasks.Batch(batch.ids[some], batch.segments[some], batch.targets[some])
        return tuning.loss(model, setting, batch)

    def due(self, step: int) -> bool:
        """Every so many steps, and at the end."""
        return step % EVERY[self.setting.objective] == 0 or step == self.setting.steps

    def measure(self) -> dict[str, float]:
        """The two scores of the objective."""
        first, second = _scores(self.model, self.setting)
        return {"first": first, "second": second}

    @torch.no_grad()
    def seen(self) -> tuple[dict[str, float], dict[str, Any]]:
        """All scores, and what the network makes of the example."""
        pictures = examples.pictures(self.model, self.setting)
        arrays = {name: tensor.float().numpy() for name, tensor in pictures.items()}
        return _marks(self.model, self.setting), arrays


def _learns(name: str, setting: BertSetting) -> bool:
    """Whether a parameter learns: "frozen" leaves all but the classifier as they are."""
    head = f"{setting.objective}."
    if setting.objective == "pretrain":
        return not name.startswith(tuning.HEADS)
    if setting.start == "frozen":
        return name.startswith(head)
    return name.startswith((*ENCODER, "pool.", head))


def pretraining(model: Bert, setting: BertSetting, generator: torch.Generator) -> Tensor:
    """The loss of one batch of pairs: hidden words and next sentence, or the twin's next word."""
    kinds = ("true", setting.negatives)
    batch = pairs(setting.language, setting.batch, generator, kinds=kinds)
    ids = forget(batch.ids, generator)
    if model.left:
        out = model(ids, batch.segments).out
        truth = batch.ids[:, 1:]
        known = truth >= len(SPECIAL)
        return cross_entropy(model.words(out[:, :-1][known]), truth[known])
    hidden = hide(ids, setting.share, len(vocabulary(setting.language)), generator)
    out = model(hidden.ids, batch.segments).out
    words = cross_entropy(model.words(out[hidden.chosen]), batch.ids[hidden.chosen])
    return words + cross_entropy(model.follows(model.pooled(out)), batch.follows)


def _scores(model: Bert, setting: BertSetting) -> tuple[float, float]:
    if setting.objective != "pretrain":
        scores = tuning.measured(model, setting, TESTED["tuned"])
        return scores.first, scores.second
    words = measure.guesses(model, setting.language, TESTED["pretrain"]).content
    return words, math.nan if model.left else _follows(model, setting)


def _follows(model: Bert, setting: BertSetting) -> float:
    true = measure.judged(model, setting.language, "true", 1)
    return (true + 1 - measure.judged(model, setting.language, setting.negatives, 1)) / 2


def _marks(model: Bert, setting: BertSetting) -> dict[str, float]:
    if setting.objective == "pretrain":
        words = measure.guesses(model, setting.language, TESTED["pretrain"])
        marks = {"top1": words.content, "every": words.every}
        if not model.left:
            marks["follows"] = _follows(model, setting)
            marks["swapped"] = measure.judged(model, setting.language, "swapped", 1)
        return marks
    scores = tuning.measured(model, setting, TESTED["tuned"])
    if setting.objective == "sentiment":
        return {"unseen": scores.first, "seen": scores.second}
    return {"exact": scores.first, "none": scores.second, "all": scores.every}


def model_of(setting: BertSetting, state: State) -> Bert:
    """The network of a state, to be looked at."""
    model = setting.model().eval().requires_grad_(False)
    loaded(state, {"bert": model})
    return model


def _answer(setting: BertSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    return of_run(model_of(setting, state), setting, query.get("q", ""))


def _number(setting: BertSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    return number_of_run(model_of(setting, state), setting, query.get("q", ""))


def _score(setting: BertSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    return score(query, scored.parts(model_of(setting, state), setting))


def _example(setting: BertSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    return examples.described(setting)


def _labels(setting: BertSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    return {"rows": examples.labels(setting)}


def _program(setting: BertSetting, rates: tuple[tuple[int, float], ...]) -> str:
    return run(setting.write(), rates)


def _carried(setting: BertSetting, state: State) -> Carried:
    """Words in, of each the scores of what may stand there, and the vectors that they are from."""

    def said(model: Bert, ids: Tensor, segments: Tensor) -> tuple[Tensor, Tensor]:
        out = model(ids, segments).out
        return model.words(out), out

    ids = torch.full((1, _CARRIED), len(SPECIAL), dtype=torch.int64)
    given = {"ids": ids, "segments": torch.zeros_like(ids)}
    return Carried(model_of(setting, state), given, ("scores", "vectors"), said)


JOB = job(
    "bert",
    Training,
    read=BertSetting.read,
    write=BertSetting.write,
    inspections={
        "answer": _answer,
        "number": _number,
        "score": _score,
        "example": _example,
        "labels": _labels,
    },
    program=_program,
    carried=_carried,
)
