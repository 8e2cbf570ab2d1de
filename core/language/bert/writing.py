"""Writing: the twin writes word by word; an encoder can only fill masks that are there already.

An encoder has to be told how many words are missing, and it was never asked to put several words
that are hidden side by side. Three ways to make it write all the same: the masks filled from left
to right, the surest first, or all at once. How well each text hangs together is measured by the
twin, which can tell the probability of a text.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from core.language.bert.model import Bert
from core.language.bert.pieces import CLS_ID, MASK_ID, SEP_ID, SPECIAL, joined, vocabulary
from core.language.bert.question import Question

_TOP = 5
_ENDS = (".", "?")
ORDERS = ("left", "surest", "once")


def written(question: Question, encoder: Bert, twin: Bert) -> dict[str, Any]:
    """What both write behind the text of a question."""
    prefix = vocabulary(question.language).ids(piece.text for piece in question.first)
    return {
        "left": _by_twin(question, twin, prefix),
        "fill": {order: _filled(question, encoder, twin, prefix, order) for order in ORDERS},
    }


def nats(twin: Bert, ids: list[int], since: int) -> float:
    """Minus the log-probability that the twin gives to ids[since:]; the first id is [CLS]."""
    whole = torch.tensor([ids])
    scores = twin.words(twin(whole, torch.zeros_like(whole)).out)[0].log_softmax(-1)
    places = torch.arange(since, len(ids))
    return float(-scores[places - 1, whole[0, places]].sum())


def _by_twin(question: Question, twin: Bert, prefix: list[int]) -> dict[str, Any]:
    ids = [CLS_ID, *prefix]
    generator = torch.Generator().manual_seed(question.seed)
    steps: list[dict[str, Any]] = []
    for _ in range(question.length):
        whole = torch.tensor([ids])
        scores = twin.words(twin(whole, torch.zeros_like(whole)).out)[0, -1]
        chosen, chances = _choose(scores, question, generator)
        steps.append(_step(question, chosen, chances))
        ids.append(chosen)
        if steps[-1]["token"] in _ENDS:
            break
    ended = steps[-1]["token"] in _ENDS
    return _told(question, ids, len(prefix), steps, twin) | {"ended": ended}


def _filled(
    question: Question, encoder: Bert, twin: Bert, prefix: list[int], order: str
) -> dict[str, Any]:
    ids = [CLS_ID, *prefix, *[MASK_ID] * question.length, SEP_ID]
    places = list(range(len(prefix) + 1, len(ids) - 1))
    generator = torch.Generator().manual_seed(question.seed)
    steps: list[dict[str, Any]] = []
    scores = _expected(encoder, ids)
    while places:
        if order != "once":
            scores = _expected(encoder, ids)
        sure = {at: float(scores[at].softmax(-1).max()) for at in places}
        at = max(places, key=sure.__getitem__) if order == "surest" else places[0]
        places.remove(at)
        ids[at], chances = _choose(scores[at], question, generator)
        steps.append({"at": at} | _step(question, ids[at], chances))
    return _told(question, ids[:-1], len(prefix), steps, twin)


def _expected(encoder: Bert, ids: list[int]) -> Tensor:
    whole = torch.tensor([ids])
    scores: Tensor = encoder.words(encoder(whole, torch.zeros_like(whole)).out)[0]
    return scores


def _choose(scores: Tensor, question: Question, generator: torch.Generator) -> tuple[int, Tensor]:
    """A token, and the probabilities that it was chosen by; special tokens are never written."""
    scores = scores.index_fill(0, torch.arange(len(SPECIAL)), -torch.inf)
    if not question.temperature:
        chances = scores.softmax(-1)
        return int(chances.argmax()), chances
    chances = (scores / question.temperature).softmax(-1)
    return int(torch.multinomial(chances, 1, generator=generator)), chances


def _step(question: Question, chosen: int, chances: Tensor) -> dict[str, Any]:
    pieces = vocabulary(question.language).pieces
    best = chances.topk(_TOP)
    return {
        "token": pieces[chosen],
        "p": float(chances[chosen]),
        "top": [
            {"token": pieces[int(i)], "p": float(p)}
            for i, p in zip(best.indices, best.values, strict=True)
        ],
    }


def _told(
    question: Question, ids: list[int], given: int, steps: list[dict[str, Any]], twin: Bert
) -> dict[str, Any]:
    pieces = vocabulary(question.language).pieces
    tokens = [pieces[i] for i in ids[1:]]
    return {
        "tokens": tokens,
        "steps": steps,
        "text": joined(tokens),
        "nats": nats(twin, ids, given + 1),
    }
