"""Labelled examples for fine-tuning: judgements (sentiment), and questions about a passage.

Sentiment: the adjective tells. Labelled sentences use one half of the adjectives; the test asks
about the other half, which no label ever showed. Only the stories tell what those mean, by how
people react to what is called so.

Answers: a passage of two people, a question, a span of the passage; one passage in four does not
hold the answer, and the span is then [CLS] (as in SQuAD 2, Rajpurkar et al. 2018).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor

from core.language.bert.masking import padded
from core.language.bert.pieces import vocabulary
from core.language.bert.stories import ASKING, Asking, Sentence, Story, invent, question, sentences
from core.language.bert.topics import Language, world

MOST = 512
"""Labelled examples that there are."""
TESTED = 256
"""Test examples of each kind."""
UNANSWERED = 0.25


@dataclass(frozen=True)
class Judged:
    """A judgement with its label."""

    tokens: Sentence
    positive: bool


@dataclass(frozen=True)
class PassageQuestion:
    """A question about a passage.

    Attributes:
        question, passage: tokens.
        span: first and last token of the answer in the passage; None: the passage does not say.
    """

    question: Sentence
    passage: Sentence
    span: tuple[int, int] | None


@dataclass(frozen=True)
class Batch:
    """Examples as tensors: ids and segments (N, T); targets (N,), or (N, 2) start and end."""

    ids: Tensor
    segments: Tensor
    targets: Tensor


@cache
def judged(language: Language, labelled: bool, seed: int, count: int) -> tuple[Judged, ...]:
    """Judgements, half of them good, with adjectives of labelled sentences or only with others."""
    rng = random.Random(f"judged {language} {labelled} {seed}")
    rows: list[Judged] = []
    while len(rows) < count:
        story = invent(language, rng, labelled)
        if story.good == (len(rows) % 2 == 0):
            rows.append(Judged(sentences(language, story)[1], story.good))
    return tuple(rows)


@cache
def questions(language: Language, seed: int, count: int) -> tuple[PassageQuestion, ...]:
    """Questions, a quarter of them about something that the passage does not say."""
    rng = random.Random(f"asked {language} {seed}")
    return tuple(_invent_question(language, rng) for _ in range(count))


def _invent_question(language: Language, rng: random.Random) -> PassageQuestion:
    about, one, two = (invent(language, rng) for _ in range(3))
    while (
        len({s.name for s in (about, one, two)}) < 3 or len({s.item for s in (about, one, two)}) < 3
    ):
        one, two = (invent(language, rng) for _ in range(2))
    asking = rng.choice(ASKING)
    known = rng.random() >= UNANSWERED
    held = [about if known else two, one]
    rng.shuffle(held)
    passage: Sentence = ()
    for story in held:
        event, judgement, *_ = sentences(language, story)
        # where the question is how something was, one of the two was judged
        passage += event + (judgement if asking == "how" and story is not one else ())
    span = _span(passage, about, asking) if known else None
    return PassageQuestion(question(language, about, asking), passage, span)


def _span(passage: Sequence[str], story: Story, asking: Asking) -> tuple[int, int]:
    """Where the answer stands: name, item with its adjective, place, or the judging adjective."""
    wanted = {
        "who": story.name,
        "what": story.item,
        "where": story.place,
        "how": story.judgement,
    }[asking]
    at = passage.index(wanted)
    return (at - 1, at) if asking == "what" and story.kind else (at, at)


@cache
def sentiment_batch(language: Language, labelled: bool, seed: int, count: int) -> Batch:
    """Judgements as tensors; 1 is good."""
    rows = judged(language, labelled, seed, count)
    known = vocabulary(language)
    ids, segments = padded([(known.ids(row.tokens), ()) for row in rows])
    return Batch(ids, segments, torch.tensor([int(row.positive) for row in rows]))


@cache
def answer_batch(language: Language, seed: int, count: int) -> Batch:
    """Questions as tensors; targets are the places of start and end, (0, 0) for no answer."""
    rows = questions(language, seed, count)
    known = vocabulary(language)
    ids, segments = padded([(known.ids(row.question), known.ids(row.passage)) for row in rows])
    targets = [
        [0, 0] if row.span is None else [at + len(row.question) + 2 for at in row.span]
        for row in rows
    ]
    return Batch(ids, segments, torch.tensor(targets))


@cache
def adjectives(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Adjectives of labelled sentences, and the others."""
    here = world(language)
    return frozenset(here.judgements(True)), frozenset(here.judgements(False))
