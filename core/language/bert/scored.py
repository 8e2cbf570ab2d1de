"""How right the small BERT is on held-out texts, opened down to single words, pairs and answers.

N answers, V pieces
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import torch
from torch import Tensor

from core.language.bert import measure, shelf, tasks, tuning
from core.language.bert.model import Bert
from core.language.bert.pieces import joined, vocabulary
from core.language.bert.setting import BertSetting
from core.language.bert.topics import LANGUAGES, Language
from core.opened import Cell, Given, Hit, Monomial, Rule, Rules, Total
from core.opened.linked import NUMBER_FIELD
from core.opened.scored import Scored, answers
from core.schema import Record, choice

PARTS = ("both", "left", "both_pairs", "left_pairs", "ratio", *measure.KINDS)
MEASURED = 12
"""Batches of 64 held-out texts of each kind that shipped networks are measured on."""
TESTED = {"pretrain": 2, "tuned": 128}
"""While a run learns: batches of hidden words, and test examples of a task."""


@dataclass(frozen=True)
class ScoreQuestion(Record):
    """A number behind the scores of the shipped networks.

    Attributes:
        language: of the networks.
        part: hidden words in single sentences as both sides tell, or the left one alone; the same
            in "pairs" of sentences; how many times as many are right; or whether pairs that are
            "true", "random" or "swapped" follow.
        number: see `core.opened.scored`; the share that is right without one.
    """

    language: Language = choice(LANGUAGES)
    part: str = choice(PARTS)
    number: Cell | None = NUMBER_FIELD


def score(question: ScoreQuestion) -> dict[str, Any]:
    """The arithmetic of a number of the shipped networks: see `Scored.reply`.

    Raises:
        Refusal: there is no such number.
        WeightsError: a network cannot be loaded.
    """
    return _shipped(question.language, question.part).reply(question.number)


@lru_cache(len(PARTS) * len(LANGUAGES))
def _shipped(language: Language, part: str) -> Scored:
    if part == "ratio":
        return times(*(_shipped(language, network) for network in ("both", "left")))
    network, _, pairs = part.partition("_")
    if network in measure.KINDS:
        return follow(shelf.network(language), language, (part,), MEASURED)
    kind = "true" if pairs else "sentence"
    model = shelf.network(language, network == "left")
    return words(model, language, MEASURED, each=True, kind=kind)


def parts(model: Bert, setting: BertSetting) -> dict[str, Callable[[], Scored]]:
    """What makes the answers of each score of a run, by the names of its marks."""
    language = setting.language
    if setting.objective == "sentiment":
        return {
            "unseen": partial(sentiment, model, setting, False),
            "seen": partial(sentiment, model, setting, True),
        }
    if setting.objective == "answer":
        return {kind: partial(spans, model, setting, kind) for kind in ("exact", "none", "all")}
    hidden = partial(words, model, language, TESTED["pretrain"])
    known: dict[str, Callable[[], Scored]] = {"top1": hidden, "every": partial(hidden, every=True)}
    if not model.left:
        known["follows"] = partial(follow, model, language, ("true", setting.negatives), 1)
        known["swapped"] = partial(follow, model, language, ("swapped",), 1, told=True)
    return known


def words(
    model: Bert,
    language: Language,
    batches: int,
    every: bool = False,
    each: bool = False,
    kind: str = "true",
) -> Scored:
    """Hidden words, or the next ones; those that tell something, or `every` one."""
    found = measure.asked(model, language, batches, each, kind)
    kept = torch.ones_like(found.truth).bool()
    if not every:
        kept = measure.content(language)[found.truth]
    texts = [_hidden(language, found.rows[i], found.at[i]) for i in kept.nonzero()[:, 0].tolist()]
    pieces = vocabulary(language).pieces
    return answers(found.logits[kept], found.truth[kept], texts=texts, names=pieces)


def times(both: Scored, left: Scored) -> Scored:
    """How many times as many of the same words one network guesses as another."""
    made: list[Rule] = [Monomial("ratio", ("both", "left"), (1.0, -1.0))]
    trace = {"truth": both.trace["truth"]}
    for name, of in (("both", both), ("left", left)):
        right, logits = f"{name}_right", f"{name}_logits"
        made += [Total(name, right, mean=True), Hit(right, logits, "truth")]
        made.append(Given(logits, "scored"))
        trace |= {name: of.trace["accuracy"], right: of.trace["right"]}
        trace[logits] = of.trace["logits"]
    trace["ratio"] = trace["both"] / trace["left"]
    return Scored(Rules(*made), trace, both.texts, both.names)


def follow(
    model: Bert, language: Language, kinds: tuple[str, ...], batches: int, told: bool = False
) -> Scored:
    """Whether pairs follow; what is right is that only true ones do.

    Args:
        model: any that has learnt it.
        language: of the model.
        kinds: of the pairs.
        batches: of each kind.
        told: whether "right" means that they are told to follow, whatever they are.
    """
    logits = torch.cat([measure.linked(model, language, kind, batches) for kind in kinds])
    truth = torch.cat(
        [torch.full((len(logits) // len(kinds),), int(told or kind == "true")) for kind in kinds]
    )
    texts = [
        _pair(language, ids, segments)
        for kind in kinds
        for batch in measure.held_out(language, kind, batches)
        for ids, segments in zip(batch.ids, batch.segments, strict=True)
    ]
    return answers(logits, truth, texts=texts)


def sentiment(model: Bert, setting: BertSetting, known: bool) -> Scored:
    """Test sentences with adjectives that had labels, or with others."""
    count = TESTED["tuned"]
    logits, truth = tuning.judged(model, setting, known, count)
    rows = tasks.judged(setting.language, known, tuning.TEST, count)
    return answers(logits, truth, texts=[joined(row.tokens) for row in rows])


def spans(model: Bert, setting: BertSetting, kind: str) -> Scored:
    """Test questions: "exact", those that their passage answers; "none", the others; "all"."""
    count = TESTED["tuned"]
    logs, targets = tuning.answered(model, setting, count)
    none = targets[:, 0] == 0
    kept = {"exact": ~none, "none": none}.get(kind, torch.ones_like(none))
    rows = tasks.questions(setting.language, tuning.TEST, count)
    texts = [joined(rows[i].question) for i in kept.nonzero()[:, 0].tolist()]
    return answers(logs[kept].flatten(1), tuning.flat(targets, logs.shape[1])[kept], texts=texts)


def _hidden(language: Language, ids: Tensor, at: int) -> str:
    """A text with the word in question in brackets."""
    tokens = [vocabulary(language).pieces[i] for i in ids.tolist()]
    sides = (joined(tokens[:at]), f"[{tokens[at]}]", joined(tokens[at + 1 :]))
    return " ".join(side for side in sides if side)


def _pair(language: Language, ids: Tensor, segments: Tensor) -> str:
    tokens = [vocabulary(language).pieces[i] for i in ids.tolist()]
    first = int((segments == 0).long().cumprod(0).sum())
    return f"{joined(tokens[:first])} | {joined(tokens[first:])}"
