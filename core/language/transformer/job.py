"""The job "translate": an encoder-decoder, or a decoder alone, learns one of the tasks.

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
    cross (L, H, T, S)  who in the right answer to the task's first example reads what of its
                        source; of a decoder alone, in its only attention
    said (T,)           greedy answer to the example: ids behind <start>, as in `Task.words`
Inspections:
    answer              query "q": a question as JSON text -> `core.language.transformer.answer`
    number              query "number": of the example's forward pass, fed the right answer, as in a
                        link -> its arithmetic
    score               query "part" and "number": of held-out pairs -> `core.opened.scored`
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from core.attention.blocks import initialise
from core.language.transformer.answer import answer_run
from core.language.transformer.decoder_only import DecoderOnly, read_of_source
from core.language.transformer.decoder_only import numbers as decoder_numbers
from core.language.transformer.measure import greedy, scores
from core.language.transformer.model import Answers, Transformer
from core.language.transformer.numbers import WHOLE
from core.language.transformer.program import run
from core.language.transformer.rules import rules
from core.language.transformer.scored import parts as scored_parts
from core.language.transformer.setting import NETWORKS, TransformerSetting
from core.language.transformer.tasks import PAD, Batch
from core.language.transformer.texts import read as tokens
from core.language.transformer.trace import Pass, arrays
from core.opened import Cell, latex, program, wire
from core.opened.linked import NUMBER_FIELD
from core.opened.scored import score
from core.schema import Refusal, mark
from core.training.carried import Carried
from core.training.job import State
from core.training.learner import Learner, Parts, job, loaded
from core.training.optimiser import ADAMW, Optimiser, Options

EVERY = 25
"""Steps between two looks at held-out pairs."""
JUDGED = 256
"""Held-out pairs of one look."""


class Training(Learner):
    """A network with its optimiser, and which pairs it learns from."""

    series = ("loss", "token_accuracy", "exact")

    def __init__(self, setting: TransformerSetting) -> None:
        """Weights are not drawn yet."""
        self.setting = setting
        self.known, held = setting.about.pools
        self.held = judged(held)
        self.model = setting.model()
        self.generator = torch.Generator().manual_seed(setting.seed)
        options = Options(beta=0.98)  # as in the paper
        self.optimiser = Optimiser(ADAMW, list(self.model.parameters()), options)

    def parts(self) -> Parts:
        """See `Learner`."""
        return [("model", self.model), ("model", self.optimiser), ("pairs", self.generator)]

    def begin(self) -> None:
        """Draw the weights."""
        initialise(self.model, self.generator)

    def step(self, count: int, rate: float) -> dict[str, float] | None:
        """Take the step that follows `count` others: loss, and share of the tokens right."""
        rows = torch.randint(len(self.known), (self.setting.batch,), generator=self.generator)
        batch = self.known.take(rows)
        wanted = batch.target[:, 1:].flatten()
        logits = self.model(batch.source, batch.target[:, :-1]).flatten(0, 1)
        loss = cross_entropy(
            logits, wanted, ignore_index=PAD, label_smoothing=self.setting.smoothing
        )
        if not math.isfinite(loss.item()):
            return None
        self.optimiser.descend(loss, count, self.setting.rate(count, rate))
        right = (logits.argmax(-1) == wanted)[wanted != PAD]
        return {"loss": loss.item(), "token_accuracy": float(right.double().mean())}

    def due(self, step: int) -> bool:
        """Every so many steps, and at the end."""
        return step % EVERY == 0 or step == self.setting.steps

    def measure(self) -> dict[str, float]:
        """On held-out pairs."""
        return {"exact": scores(self.model, self.held).exact}

    @torch.no_grad()
    def seen(self) -> tuple[dict[str, float], dict[str, Any]]:
        """How well held-out pairs go, and what becomes of the example."""
        measured = scores(self.model, self.held)
        batch = example(self.setting)
        weights = self._reads(self.model, batch)
        pictures = {
            "cross": torch.stack(weights).numpy(),
            "said": greedy(self.model, batch.source)[0, 1:].float().numpy(),
        }
        return {"exact": measured.exact, "token_accuracy": measured.tokens}, pictures

    @staticmethod
    def _reads(model: Answers, batch: Batch) -> list[Tensor]:
        """Of each layer what the answer of one pair reads of its source, (H, T, S)."""
        decoded = model.decode(model.encode(batch.source), batch.target[:, :-1])
        if isinstance(model, DecoderOnly):
            return read_of_source(decoded, batch.source.shape[1])
        crossed = [layer.crossed for layer in decoded.layers]
        return [each.attention.weights[0] for each in crossed if each is not None]


def judged(held: Batch) -> Batch:
    """The held-out pairs of one look."""
    return held.take(torch.arange(JUDGED))


def example(setting: TransformerSetting) -> Batch:
    """The task's first example with its right answer, a batch of one."""
    about = setting.about
    source = tokens(about, about.examples[0])
    truth = about.truth(source)
    assert truth is not None
    return about.batch([(source, truth[0])])


def model_of(setting: TransformerSetting, state: State) -> Transformer | DecoderOnly:
    """The network of a state, to be looked at."""
    model = setting.model().eval().requires_grad_(False)
    loaded(state, {"model": model})
    return model


def _answer(setting: TransformerSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    model = model_of(setting, state)
    if isinstance(model, DecoderOnly):
        raise Refusal(mark("The blocks of a decoder alone are not shown."))
    return answer_run(model, setting.task, query.get("q", ""))


def example_pass(setting: TransformerSetting, model: Transformer) -> Pass:
    """The forward pass of the example, fed the right answer."""
    batch, words = example(setting), setting.about.words
    encoded = model.encode(batch.source)
    fed = batch.target[:, :-1]
    source, target = ([words[i] for i in ids[0].tolist()] for ids in (batch.source, fed))
    return Pass(model, encoded, model.decode(encoded, fed), source, target, words)


@torch.inference_mode()
def _number(setting: TransformerSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    model = model_of(setting, state)
    last = f"decoder_{setting.layers - 1}_cross_weights"
    if isinstance(model, DecoderOnly):
        batch = example(setting)
        declared, trace = decoder_numbers(model, batch.source, batch.target[:, :-1])
        last = f"decoder_{len(model.layers) - 1}_attention_weights"
    else:
        seen = example_pass(setting, model)
        declared, trace = rules(seen), arrays(seen)
    cell = NUMBER_FIELD.parse(query.get("number", "")) or Cell(last, (0, 0, 0))
    shown = declared.open(trace, cell)
    return {
        "number": query.get("number", ""),
        "labels": None,
        "opened": wire(shown, whole=WHOLE),
        "latex": latex(shown),
        "program": program(shown, f"Of a network after {state.step} steps"),
    }


def _score(setting: TransformerSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    held, model = judged(setting.about.pools[1]), model_of(setting, state)
    return score(query, scored_parts(model, setting.about, held, setting.smoothing))


def _program(setting: TransformerSetting, rates: tuple[tuple[int, float], ...]) -> str:
    config = setting.write()
    if setting.network == NETWORKS[0]:  # it is read so: a program of old is the same to the letter
        del config["network"]
    return run(config, rates)


def _carried(setting: TransformerSetting, state: State) -> Carried:
    pair = example(setting)
    given = {"source": pair.source, "target": pair.target}
    return Carried(model_of(setting, state), given, ("logits",))


JOB = job(
    "translate",
    Training,
    read=TransformerSetting.read,
    write=TransformerSetting.write,
    inspections={"answer": _answer, "number": _number, "score": _score},
    program=_program,
    carried=_carried,
)
