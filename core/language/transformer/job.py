"""The job "translate": the encoder-decoder learns one of its tasks.

Config: `core.language.transformer.setting.TransformerSetting`. One step is one batch, fed the
truth.

Series, one value a step:
    loss            before the step: cross-entropy in nats, against the smoothed truth
    token_accuracy  share of the batch's tokens that are right when fed the truth
    exact           greedy decoding of held-out pairs, whole sentences, after every 25th step and
                    the last; nan between
Marks, at the end of a chunk, on held-out pairs:
    exact, token_accuracy
Pictures:
    cross (L, H, T, S)  who in the right answer to the task's first example reads what of its source
    said (T,)           greedy answer to the example: ids behind <start>, as in `Task.words`
Looks:
    answer              query "q": a question as JSON text -> `core.language.transformer.live`
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from core.attention.blocks import initialise
from core.language.transformer.measure import greedy, scores
from core.language.transformer.model import Transformer
from core.language.transformer.setting import TransformerSetting
from core.language.transformer.tasks import PAD, Batch
from core.language.transformer.texts import read as tokens
from core.training.job import Failure, Job, Log, State
from core.training.packing import load_models, pack, unpack

EVERY = 25
"""Steps between two looks at held-out pairs."""
JUDGED = 256
"""Held-out pairs of one look."""


class _Training:
    """Everything that learns, from a state or from the seed."""

    def __init__(self, setting: TransformerSetting, state: State | None = None) -> None:
        self.setting = setting
        self.known, held = setting.about.pools
        self.held = held.take(torch.arange(JUDGED))
        self.model = setting.model()
        self.generator = torch.Generator().manual_seed(setting.seed)
        # fused: one kernel for all parameters; 0.98 as in the paper
        self.optimiser = torch.optim.AdamW(
            self.model.parameters(), betas=(0.9, 0.98), weight_decay=0.0, fused=True
        )
        if state is None:
            initialise(self.model, self.generator)
        else:
            unpack(state, *self.parts())

    def parts(self) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        return {"model": self.model}, {"model": self.optimiser}, {"pairs": self.generator}

    def step(self, count: int, peak: float) -> tuple[float, float] | None:
        """Take the step that follows `count` others: loss and share right; None if of no use."""
        for group in self.optimiser.param_groups:
            group["lr"] = self.setting.rate(count, peak)
        rows = torch.randint(len(self.known), (self.setting.batch,), generator=self.generator)
        batch = self.known.take(rows)
        wanted = batch.target[:, 1:].flatten()
        logits = self.model(batch.source, batch.target[:, :-1]).flatten(0, 1)
        loss = cross_entropy(
            logits, wanted, ignore_index=PAD, label_smoothing=self.setting.smoothing
        )
        if not math.isfinite(loss.item()):
            return None
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        self.optimiser.step()
        real = wanted != PAD
        return loss.item(), float((logits.argmax(-1) == wanted)[real].double().mean())


def start(setting: TransformerSetting) -> tuple[State, Log]:
    """The network as the seed makes it."""
    training = _Training(setting)
    return pack(0, *training.parts()), _log(training, {})


def advance(
    setting: TransformerSetting, state: State, budget: int, rate: float
) -> tuple[State, Log]:
    """Train for at most `budget` steps; ends with "diverged" before a loss that is not a number."""
    training = _Training(setting, state)
    series: dict[str, list[float]] = {"loss": [], "token_accuracy": [], "exact": []}
    failure: Failure | None = None
    step = state.step
    while step < min(setting.steps, state.step + budget):
        found = training.step(step, rate)
        if found is None:
            failure = "diverged"
            break
        step += 1
        due = step % EVERY == 0 or step == setting.steps
        seen = scores(training.model, training.held).exact if due else math.nan
        for name, value in zip(series, (*found, seen), strict=True):
            series[name].append(value)
    return pack(step, *training.parts()), _log(training, series, failure)


@torch.no_grad()
def _log(
    training: _Training, series: Mapping[str, list[float]], failure: Failure | None = None
) -> Log:
    model = training.model
    seen = scores(model, training.held)
    batch = example(training.setting)
    decoded = model.decode(model.encode(batch.source), batch.target[:, :-1])
    crossed = [layer.crossed for layer in decoded.layers]
    weights = [found.attention.weights[0] for found in crossed if found is not None]
    pictures = {
        "cross": torch.stack(weights).numpy(),
        "said": greedy(model, batch.source)[0, 1:].float().numpy(),
    }
    values = {name: np.array(numbers, np.float32) for name, numbers in series.items()}
    marks = {"exact": seen.exact, "token_accuracy": seen.tokens}
    return Log(values, marks, pictures, failure=failure)


def example(setting: TransformerSetting) -> Batch:
    """The task's first example with its right answer, a batch of one."""
    about = setting.about
    source = tokens(about, about.examples[0])
    truth = about.truth(source)
    assert truth is not None
    return about.batch([(source, truth[0])])


def model_of(setting: TransformerSetting, state: State) -> Transformer:
    """The network of a state, to be looked at."""
    model = setting.model().eval().requires_grad_(False)
    load_models(state, {"model": model})
    return model


def _answer(setting: TransformerSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    from core.language.transformer.live import asked  # it needs weights, a worker does not

    return asked(model_of(setting, state), setting.task, query.get("q", ""))


def _program(setting: TransformerSetting, rates: tuple[tuple[int, float], ...]) -> str:
    from core.language.transformer.program import run

    return run(setting.write(), rates)


JOB = Job(
    name="translate",
    read=TransformerSetting.read,
    write=TransformerSetting.write,
    steps=lambda setting: setting.steps,
    learning_rate=lambda setting: setting.learning_rate,
    start=start,
    advance=advance,
    looks={"answer": _answer},
    program=_program,
)
