"""What is measured of pre-training: hidden words, next sentences, and what both sides are worth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor

from core.language.bert.masking import Pairs, encoded, padded, pairs
from core.language.bert.model import Bert
from core.language.bert.pieces import MASK_ID, SPECIAL, vocabulary
from core.language.bert.topics import Language, world

_SEED = 2018
_BATCH = 64
KINDS = ("true", "random", "swapped")


@cache
def held_out(language: Language, kind: str, batches: int) -> tuple[Pairs, ...]:
    """Held-out pairs of one kind, always the same ones; "sentence": single sentences."""
    generator = torch.Generator().manual_seed(_SEED)
    if kind == "sentence":
        return tuple(_sentences(language, generator) for _ in range(batches))
    return tuple(
        pairs(language, _BATCH, generator, kinds=(kind,), held_out=True) for _ in range(batches)
    )


def _sentences(language: Language, generator: torch.Generator) -> Pairs:
    """Events, judgements and reactions of held-out stories, each by itself."""
    topics = encoded(language, True)
    luck = torch.rand(_BATCH, 3, generator=generator).tolist()
    rows = []
    for topic, story, sentence in luck:
        some = topics[int(topic * len(topics))]
        rows.append((some[int(story * len(some))][int(sentence * 3)], ()))
    ids, segments = padded(rows)
    return Pairs(ids, segments, torch.ones(_BATCH, dtype=torch.long))


@cache
def content(language: Language) -> Tensor:
    """Bool (V,): words that tell something: names, verbs, items, places, adjectives, reactions."""
    here = world(language)
    telling = {*here.women, *here.men, *here.good, *here.bad, *here.glad, *here.sad}
    for topic in here.topics:
        for verb in topic.verbs:
            telling.update(verb.split("/"))
        telling.update(topic.items + topic.places + topic.kinds + topic.good + topic.bad)
    return torch.tensor([piece in telling for piece in vocabulary(language).pieces])


@dataclass(frozen=True)
class Guesses:
    """Shares of words guessed right, one hidden at a time.

    Attributes:
        content, every: of the words that tell something; of all.
        of_content, of_every: how many there were.
    """

    content: float
    every: float
    of_content: int
    of_every: int


@dataclass(frozen=True)
class Asked:
    """Words of held-out texts, each asked for by itself.

    Attributes:
        logits: (N, V) what the network says.
        truth: (N,) what is right.
        rows: of each word the ids of its text.
        at: where in the text it stands.
    """

    logits: Tensor
    truth: Tensor
    rows: tuple[Tensor, ...]
    at: tuple[int, ...]


@torch.no_grad()
def asked(
    model: Bert, language: Language, batches: int = 4, each: bool = False, kind: str = "true"
) -> Asked:
    """What a network says at words of held-out stories; see `guesses`."""
    logits, rows, places = [], [], []
    for batch in held_out(language, kind, batches):
        ordinary = batch.ids >= len(SPECIAL)
        if each:
            n, at = ordinary.nonzero(as_tuple=True)
        else:
            luck = torch.rand(ordinary.shape, generator=torch.Generator().manual_seed(_SEED))
            n, at = torch.arange(len(ordinary)), (luck * ordinary).argmax(1)
        if model.left:
            logits.append(model.words(model(batch.ids, batch.segments).out[n, at - 1]))
        else:
            for some in torch.split(torch.arange(len(n)), 512):
                ids = batch.ids[n[some]].clone()
                ids[torch.arange(len(some)), at[some]] = MASK_ID
                out = model(ids, batch.segments[n[some]]).out
                logits.append(model.words(out[torch.arange(len(some)), at[some]]))
        rows += [batch.ids[i] for i in n.tolist()]
        places += at.tolist()
    truth = torch.stack([row[at] for row, at in zip(rows, places, strict=True)])
    return Asked(torch.cat(logits), truth, tuple(rows), tuple(places))


def guesses(
    model: Bert, language: Language, batches: int = 4, each: bool = False, kind: str = "true"
) -> Guesses:
    """How often the first guess is right, in held-out stories.

    The encoder sees everything but the word. Its twin sees what is left of the word and names the
    next one: the same places, so the two can be compared.

    Args:
        model: either.
        language: of the model.
        batches: of 64 texts each.
        each: ask every word in its turn; otherwise one of each text.
        kind: "true": pairs of sentences; "sentence": single ones.
    """
    found = asked(model, language, batches, each, kind)
    ok = (found.logits.argmax(-1) == found.truth).double()
    is_telling = content(language)[found.truth]
    return Guesses(float(ok[is_telling].mean()), float(ok.mean()), int(is_telling.sum()), len(ok))


@torch.no_grad()
def linked(model: Bert, language: Language, kind: str, batches: int = 4) -> Tensor:
    """(N, 2) scores of held-out pairs of a kind: the second part does not follow, or follows."""
    return torch.cat(
        [
            model.follows(model.pooled(model(batch.ids, batch.segments).out))
            for batch in held_out(language, kind, batches)
        ]
    )


def judged(model: Bert, language: Language, kind: str, batches: int = 4) -> float:
    """Share of held-out pairs of a kind that the network takes for true ones."""
    return float(linked(model, language, kind, batches).argmax(-1).double().mean())
