"""What the page asks when a sentence changes or a word is hidden, and the answer as JSON."""

from __future__ import annotations

from typing import Any

import orjson
import torch
from torch import Tensor

from core.language.bert import shelf, tuning, writing
from core.language.bert.examples import examples
from core.language.bert.masking import hide
from core.language.bert.model import Bert, Read
from core.language.bert.pieces import MASK, MASK_ID, UNK, joined, vocabulary
from core.language.bert.question import MAX_BYTES, Question
from core.language.bert.results import results
from core.language.bert.setting import STARTS, BertSetting
from core.language.bert.tasks import adjectives
from core.language.bert.topics import LANGUAGES
from core.schema import Refusal, mark

__all__ = ["MAX_BYTES", "Question", "answer", "asked", "examples", "joined", "results", "warm"]

TOP = 8
SPANS = 5


def answer(question: Question) -> bytes:
    """Everything that the page paints, as JSON.

    Raises:
        WeightsError: shipped weights are missing or damaged.
    """
    return orjson.dumps(reply(question), option=orjson.OPT_SERIALIZE_NUMPY)


def warm() -> None:
    """Load the networks and run each path once: first calls are slow."""
    for language in LANGUAGES:
        text = examples(language)["hidden"][0]
        for game in ("hidden", "draw", "follows", "sentiment", "write"):
            second = {} if game in ("sentiment", "write") else {"next": text["next"]}
            raw = {"game": game, "language": language, "text": text["text"], **second}
            answer(Question.of(raw))
        row = examples(language)["answer"][0]
        raw = {"game": "answer", "language": language}
        answer(Question.of(raw | {"question": row["question"], "passage": row["passage"]}))


def asked(model: Bert, setting: BertSetting, text: str) -> dict[str, Any]:
    """The same by the network of a run, as far as it has learnt it; the question as JSON text.

    Raises:
        ValueError: with a sentence.
    """
    try:
        question = Question.of(orjson.loads(text))
    except orjson.JSONDecodeError:
        raise Refusal(mark("The question is not valid JSON.")) from None
    if question.language != setting.language:
        raise Refusal(mark("This run has learned another language."))
    if setting.objective == "pretrain" and question.game in ("hidden", "draw", "follows"):
        if model.left and question.game != "hidden":
            raise Refusal(mark("A network that reads to the left only cannot do this."))
        return reply(question, {"run": model})
    if question.game != setting.objective:
        raise Refusal(mark("This run does not learn that."))
    return reply(question, {"run": model})


@torch.inference_mode()
def reply(question: Question, run: dict[str, Bert] | None = None) -> dict[str, Any]:
    """The answer as plain values.

    Args:
        question: any.
        run: the network of a run, which answers instead of the shipped ones.
    """
    language = question.language
    head: dict[str, Any] = {"tokens": question.described(), "unknown": question.unknown}
    if question.game == "write":
        twin, encoder = shelf.network(language, True), shelf.network(language)
        return head | _shape(encoder) | writing.written(question, encoder, twin)
    if question.game in ("sentiment", "answer"):
        models = run or {start: shelf.tuned(language, question.game, start) for start in STARTS}
        tell = _sentiment if question.game == "sentiment" else _answer
        return head | _shape(next(iter(models.values()))) | tell(question, models)
    model = run["run"] if run else shelf.network(language)
    if question.game == "follows":
        read = model(*question.ids())
        chance = model.follows(model.pooled(read.out)).softmax(-1)[0, 1]
        return head | _shape(model) | {"p": float(chance), "weights": _weights(read)}
    if question.game == "draw":
        return head | _shape(model) | _draw(question, model)
    return head | _shape(model) | _hidden(question, model, run is None)


def _hidden(question: Question, model: Bert, with_twin: bool) -> dict[str, Any]:
    """What both networks expect at the hidden places."""
    ids, segments = question.ids()
    typed = [at for at, token in enumerate(question.tokens) if token == MASK]
    places = sorted({*question.hide, *typed})
    truth = [None if question.tokens[at] in (MASK, UNK) else int(ids[0, at]) for at in places]
    at = torch.tensor(places, dtype=torch.long)
    seen = ids.clone()
    seen[0, at] = MASK_ID
    both = left = None
    found: dict[str, Any] = {}
    if not model.left:
        read = model(seen, segments)
        both = model.words(read.out[0, at]).softmax(-1)
        found["weights"] = _weights(read)
    if model.left or with_twin:
        twin = model if model.left else shelf.network(question.language, True)
        read = twin(ids, segments)
        left = twin.words(read.out[0, at - 1]).softmax(-1)
        found["left_weights"] = _weights(read)
    rows = []
    for i, place in enumerate(places):
        row: dict[str, Any] = {"at": place, "truth": _piece(question, truth[i])}
        for name, chances in (("both", both), ("left", left)):
            if chances is not None:
                row |= _named(name, question, chances[i], truth[i])
        rows.append(row)
    return {"places": rows} | found


def _named(name: str, question: Question, chances: Tensor, truth: int | None) -> dict[str, Any]:
    return {
        name: top(question, chances),
        f"{name}_p": None if truth is None else float(chances[truth]),
        f"{name}_rank": None if truth is None else 1 + int((chances > chances[truth]).sum()),
    }


def _draw(question: Question, model: Bert) -> dict[str, Any]:
    """The rule of 80, 10 and 10 on this text, and what the network makes of it."""
    ids, segments = question.ids()
    generator = torch.Generator().manual_seed(question.seed)
    hidden = hide(ids, question.share, len(vocabulary(question.language)), generator)
    places = hidden.chosen[0].nonzero()[:, 0]
    chances = model.words(model(hidden.ids, segments).out[0, places]).softmax(-1)
    rows = [
        {
            "at": at,
            "truth": _piece(question, int(ids[0, at])),
            "what": ("mask", "random", "keep")[int(hidden.fate[0, at])],
            "becomes": _piece(question, int(hidden.ids[0, at])),
            "p": float(chances[i, ids[0, at]]),
            "top": top(question, chances[i], 3),
        }
        for i, at in enumerate(places.tolist())
    ]
    truth = chances[torch.arange(len(places)), ids[0, places]]
    return {"draw": rows, "loss": float(-truth.log().mean()) if rows else None}


def _sentiment(question: Question, models: dict[str, Bert]) -> dict[str, Any]:
    ids, segments = question.ids()
    says = {}
    for start, model in models.items():
        scores = model.sentiment(model.pooled(model(ids, segments).out))
        says[start] = {"p": float(scores.softmax(-1)[0, 1])}
    seen, unseen = adjectives(question.language)
    places = list(enumerate(question.tokens))
    found: dict[str, Any] = {
        "says": says,
        "seen": [at for at, token in places if token in seen],
        "unseen": [at for at, token in places if token in unseen],
    }
    return found | _labels(question, models)


def _answer(question: Question, models: dict[str, Bert]) -> dict[str, Any]:
    ids, segments = question.ids()
    says = {}
    for start, model in models.items():
        scores = tuning.places(model, ids, segments)
        chances = tuning.spans(scores)[0].exp()
        count = len(chances)
        best = chances.flatten().topk(SPANS + 1)
        spans: list[dict[str, Any]] = [
            {"from": int(i) // count, "to": int(i) % count, "p": float(p)}
            for i, p in zip(best.indices, best.values, strict=True)
        ]
        first = spans[0]
        told = [
            span | {"text": joined(question.tokens[span["from"] : span["to"] + 1])}
            for span in spans
            if span["from"]
        ]
        ends = scores.softmax(1)[0]
        says[start] = {
            "start": ends[:, 0].tolist(),
            "end": ends[:, 1].tolist(),
            "none": float(chances[0, 0]),
            "answer": told[0]["text"] if first["from"] else None,
            "span": [first["from"], first["to"]] if first["from"] else None,
            "spans": told[:SPANS],
        }
    return {"says": says} | _labels(question, models)


def _labels(question: Question, models: dict[str, Bert]) -> dict[str, Any]:
    if "run" in models:
        return {}
    return {"labels": shelf.card(f"bert_{question.game}_{question.language}")["recipe"]["labels"]}


def top(question: Question, chances: Tensor, count: int = TOP) -> list[dict[str, Any]]:
    """The likeliest tokens of (V,) probabilities."""
    best = chances.topk(count)
    return [
        {"token": _piece(question, int(i)), "p": float(p)}
        for i, p in zip(best.indices, best.values, strict=True)
    ]


def _piece(question: Question, index: int | None) -> str | None:
    return None if index is None else vocabulary(question.language).pieces[index]


def _weights(read: Read) -> list[Any]:
    plain: list[Any] = read.weights[0].tolist()
    return plain


def _shape(model: Bert) -> dict[str, Any]:
    return {"layers": model.shape["layers"], "heads": model.shape["heads"]}
