"""Writing: the twin writes word by word; an encoder can only fill masks that are there already.

An encoder has to be given the number of words that are missing, and it was never trained on several
hidden words side by side. Three ways to make it write all the same: the masks filled from left to
right, the surest first, or all at once. How well each text hangs together is measured by the twin,
which knows the probability of a text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import torch
from torch import Tensor

from core.language.bert.model import Bert
from core.language.bert.pieces import CLS_ID, MASK_ID, SEP_ID, SPECIAL, joined, vocabulary
from core.language.bert.question import GameQuestion
from core.language.bert.topics import Language

Order = Literal["left", "surest", "once"]
ORDERS: tuple[Order, ...] = get_args(Order)
_TOP = 5
_ENDS = (".", "?")


@dataclass(frozen=True)
class Step:
    """One token written.

    Attributes:
        read: ids that the network read.
        row: of its output, which the token was chosen by.
        at: where the token went.
        token: its id.
        chances: (V,) probabilities that it was chosen by.
    """

    read: list[int]
    row: int
    at: int
    token: int
    chances: Tensor


@dataclass
class Written:
    """A text as it grows.

    Attributes:
        ids: of all its tokens, [CLS] first.
        given: how many of them, [CLS] among them, were not written here.
        steps: the others, in the order in which they were written.
    """

    ids: list[int]
    given: int
    steps: list[Step] = field(default_factory=list)


def texts(question: GameQuestion, encoder: Bert, twin: Bert) -> dict[str, Any]:
    """What both write behind the text of a question, as plain values."""
    left = by_twin(question, twin)
    return {
        "left": _plain(question.language, left, twin)
        | {"ended": vocabulary(question.language).pieces[left.ids[-1]] in _ENDS},
        "fill": {
            order: _plain(question.language, filled(question, encoder, order), twin)
            for order in ORDERS
        },
    }


def by_twin(question: GameQuestion, twin: Bert) -> Written:
    """Each token from those before, until a sentence ends or the text is long enough."""
    known = vocabulary(question.language)
    text = _begun(question)
    generator = torch.Generator().manual_seed(question.seed)
    for _ in range(question.length):
        row = len(text.ids) - 1
        token, chances = _choose(scores(twin, text.ids)[row], question, generator)
        text.steps.append(Step(list(text.ids), row, row + 1, token, chances))
        text.ids.append(token)
        if known.pieces[token] in _ENDS:
            break
    return text


def filled(question: GameQuestion, encoder: Bert, order: Order) -> Written:
    """Masks behind the beginning, filled in an order."""
    text = _begun(question)
    ids = [*text.ids, *[MASK_ID] * question.length, SEP_ID]
    places = list(range(text.given, len(ids) - 1))
    generator = torch.Generator().manual_seed(question.seed)
    read, logits = list(ids), scores(encoder, ids)
    while places:
        if order != "once":
            read, logits = list(ids), scores(encoder, ids)
        sure = {at: float(logits[at].softmax(-1).max()) for at in places}
        at = max(places, key=sure.__getitem__) if order == "surest" else places[0]
        places.remove(at)
        ids[at], chances = _choose(logits[at], question, generator)
        text.steps.append(Step(read, at, at, ids[at], chances))
    text.ids = ids[:-1]
    return text


def scores(model: Bert, ids: list[int]) -> Tensor:
    """(T, V) scores of words at each place of one segment."""
    whole = torch.tensor([ids])
    logits: Tensor = model.words(model(whole, torch.zeros_like(whole)).out)[0]
    return logits


def nats(twin: Bert, ids: list[int], since: int) -> float:
    """Minus the log-probability that the twin gives to ids[since:]; the first id is [CLS]."""
    places = torch.arange(since, len(ids))
    logits = scores(twin, ids).log_softmax(-1)
    return float(-logits[places - 1, torch.tensor(ids)[places]].sum())


def _begun(question: GameQuestion) -> Written:
    prefix = vocabulary(question.language).ids(piece.text for piece in question.first)
    return Written([CLS_ID, *prefix], 1 + len(prefix))


def _choose(
    logits: Tensor, question: GameQuestion, generator: torch.Generator
) -> tuple[int, Tensor]:
    """A token, and the probabilities that it was chosen by; special tokens are never written."""
    logits = logits.index_fill(0, torch.arange(len(SPECIAL)), -torch.inf)
    if not question.temperature:
        chances = logits.softmax(-1)
        return int(chances.argmax()), chances
    chances = (logits / question.temperature).softmax(-1)
    return int(torch.multinomial(chances, 1, generator=generator)), chances


def top(language: Language, chances: Tensor, count: int) -> list[dict[str, Any]]:
    """The likeliest tokens of (V,) probabilities, with their ids."""
    pieces = vocabulary(language).pieces
    best = chances.topk(count)
    return [
        {"id": i, "token": pieces[i], "p": p}
        for i, p in zip(best.indices.tolist(), best.values.tolist(), strict=True)
    ]


def _plain(language: Language, text: Written, twin: Bert) -> dict[str, Any]:
    pieces = vocabulary(language).pieces
    tokens = [pieces[i] for i in text.ids[1:]]
    return {
        "tokens": tokens,
        "steps": [
            {
                "at": step.at,
                "row": step.row,
                "id": step.token,
                "token": pieces[step.token],
                "p": float(step.chances[step.token]),
                "top": top(language, step.chances, _TOP),
            }
            for step in text.steps
        ],
        "text": joined(tokens),
        "nats": nats(twin, text.ids, text.given),
    }
