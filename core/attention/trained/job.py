"""The job "it": a small transformer learns what *it* stands for, or to guess hidden words.

Config: `core.attention.trained.setting.ReferentSetting`. One step is one batch of 64 sentences.

Series, one value a step:
    loss        before the step: cross-entropy, in nats
    accuracy    on held-out pairs of nouns, after every 20th step and the last; nan between
Marks, at the end of a chunk, on held-out sentences:
    accuracy, adjectives    share right: held-out pairs, held-out adjectives
    best_head               largest of "ahead"
Pictures, float32:
    weights (L, H, T, T)    who attends to whom in the example sentence
    ahead (L, H)            how often each head ranks the referent ahead of the other noun
    probabilities (2,)      of the example: that *it* is the cat, and the mat
Looks:
    answer                  query "q": a question as JSON text -> `trained.live.reply`
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from core.attention.blocks import initialise
from core.attention.trained.grammar import EXAMPLE, Batch, sample
from core.attention.trained.measure import accuracy, held_out, looks
from core.attention.trained.model import ItModel
from core.attention.trained.setting import ReferentSetting
from core.attention.trained.words import INDEX, MASK, PAD
from core.training.job import Failure, Job, Log, State
from core.training.packing import load_models, pack, unpack

BATCH = 64
WARM_UP = 50
HIDDEN = 0.15
"""Share of the words that are hidden when hidden words are guessed."""
EVERY = 20
"""Steps between two looks at held-out sentences."""
JUDGED = 128
"""Held-out sentences of one look."""

_IDS = torch.tensor([[INDEX[word] for word in EXAMPLE.split()]])
_IT = EXAMPLE.split().index("it")
_CAT_MAT = [INDEX["cat"], INDEX["mat"]]


class _Training:
    """Everything that learns, from a state or from the seed."""

    def __init__(self, setting: ReferentSetting, state: State | None = None) -> None:
        self.setting = setting
        self.model = setting.model()
        self.generator = torch.Generator().manual_seed(setting.seed)
        # fused: one kernel for all parameters, a third of the time of a step saved
        self.optimiser = torch.optim.AdamW(
            self.model.parameters(), setting.learning_rate, weight_decay=setting.decay, fused=True
        )
        if state is None:
            initialise(self.model, self.generator)
        else:
            unpack(state, *self.parts())

    def parts(self) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        return {"it": self.model}, {"it": self.optimiser}, {"sentences": self.generator}

    def step(self, count: int, rate: float) -> float | None:
        """Take the step that follows `count` others; its loss, None if it is of no use."""
        for group in self.optimiser.param_groups:
            group["lr"] = rate * min(1.0, (count + 1) / WARM_UP)
        value = loss(self.model, sample(BATCH, self.generator), self.setting, self.generator)
        if not math.isfinite(value.item()):
            return None
        self.optimiser.zero_grad(set_to_none=True)
        value.backward()  # type: ignore[no-untyped-call]
        self.optimiser.step()
        return value.item()


def loss(
    model: ItModel, batch: Batch, setting: ReferentSetting, generator: torch.Generator
) -> Tensor:
    """Mean cross-entropy of a batch, in nats.

    "referent": at *it*, against the noun that it stands for; half and half where the sentence does
    not tell. "masked": at hidden words, against what they were.
    """
    if setting.objective == "referent":
        n = torch.arange(len(batch))
        scores = model(batch.ids).logits[n, batch.it].log_softmax(-1)
        nouns = torch.stack([batch.words(batch.animal), batch.words(batch.thing)], 1)
        told: Tensor = scores.gather(1, nouns) * batch.share
        return -told.sum(1).mean()
    hidden = torch.rand(batch.ids.shape, generator=generator) < HIDDEN
    hidden &= batch.ids != INDEX[PAD]
    logits = model(batch.ids.masked_fill(hidden, INDEX[MASK])).logits
    return cross_entropy(logits[hidden], batch.ids[hidden])


def start(setting: ReferentSetting) -> tuple[State, Log]:
    """The network as the seed makes it."""
    training = _Training(setting)
    return pack(0, *training.parts()), _log(training.model, {})


def advance(setting: ReferentSetting, state: State, budget: int, rate: float) -> tuple[State, Log]:
    """Train for at most `budget` steps; ends with "diverged" before a loss that is not a number."""
    training = _Training(setting, state)
    series: dict[str, list[float]] = {"loss": [], "accuracy": []}
    failure: Failure | None = None
    step = state.step
    while step < min(setting.steps, state.step + budget):
        found = training.step(step, rate)
        if found is None:
            failure = "diverged"
            break
        step += 1
        due = step % EVERY == 0 or step == setting.steps
        right = accuracy(training.model, held_out("pairs", JUDGED)) if due else math.nan
        series["loss"].append(found)
        series["accuracy"].append(right)
    return pack(step, *training.parts()), _log(training.model, series, failure)


@torch.no_grad()
def _log(model: ItModel, series: Mapping[str, list[float]], failure: Failure | None = None) -> Log:
    seen = looks(model, held_out("pairs", JUDGED))
    trace = model(_IDS)
    marks = {
        "accuracy": seen.right,
        "adjectives": accuracy(model, held_out("adjectives", JUDGED // 2)),
        "best_head": float(seen.ahead.max()),
    }
    pictures = {
        "weights": trace.weights[0].numpy(),
        "ahead": seen.ahead.numpy(),
        "probabilities": trace.logits[0, _IT].softmax(-1)[_CAT_MAT].numpy(),
    }
    values = {name: np.array(numbers, np.float32) for name, numbers in series.items()}
    return Log(values, marks, pictures, failure=failure)


def model_of(setting: ReferentSetting, state: State) -> ItModel:
    """The network of a state, to be looked at."""
    model = setting.model().eval().requires_grad_(False)
    load_models(state, {"it": model})
    return model


def _answer(setting: ReferentSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    from core.attention.trained.live import asked

    return asked(model_of(setting, state), query.get("q", ""))


def _program(setting: ReferentSetting, rates: tuple[tuple[int, float], ...]) -> str:
    from core.attention.trained.program import run

    return run(setting.write(), rates)


JOB = Job(
    name="it",
    read=ReferentSetting.read,
    write=ReferentSetting.write,
    steps=lambda setting: setting.steps,
    learning_rate=lambda setting: setting.learning_rate,
    start=start,
    advance=advance,
    looks={"answer": _answer},
    program=_program,
)
