"""Answers of the games: what the networks make of a text, as plain values and as JSON."""

from __future__ import annotations

from typing import Any

import orjson
import torch
from torch import Tensor

from core.language.bert import numbers, shelf, tuning, writing
from core.language.bert.examples import examples
from core.language.bert.model import Bert, Read
from core.language.bert.numbers import NumberQuestion
from core.language.bert.pieces import joined, vocabulary
from core.language.bert.question import GameQuestion
from core.language.bert.setting import STARTS, BertSetting
from core.language.bert.tasks import adjectives
from core.language.bert.topics import LANGUAGES
from core.schema import Refusal, mark

TOP = 8
SPANS = 5


def answer(question: GameQuestion) -> bytes:
    """Everything that the page paints, as JSON.

    Raises:
        WeightsError: shipped weights are missing or damaged.
    """
    return orjson.dumps(reply(question))


def warm() -> None:
    """Load the networks and run each path once: first calls are slow."""
    for language in LANGUAGES:
        text = examples(language)["hidden"][0]["text"]
        for game in ("hidden", "draw", "follows", "sentiment", "write"):
            second = {"next": text} if game in ("hidden", "draw", "follows") else {}
            about = GameQuestion(game=game, language=language, text=text, **second)
            answer(about)
            numbers.answer(NumberQuestion(about))
        row = examples(language)["answer"][0]
        asked = {"question": row["question"], "passage": row["passage"]}
        answer(GameQuestion(game="answer", language=language, **asked))


def of_run(model: Bert, setting: BertSetting, text: str) -> dict[str, Any]:
    """The same by the network of a run, as far as it has learnt it; the question as JSON text.

    Raises:
        Refusal: the question cannot be read, or the run does not learn this game.
    """
    question = GameQuestion.read(_json(text))
    _check(model, setting, question)
    return reply(question, model)


def number_of_run(model: Bert, setting: BertSetting, text: str) -> dict[str, Any]:
    """A number of the network of a run, opened; the `NumberQuestion` as JSON text.

    Raises:
        Refusal: as for `of_run`.
    """
    question = NumberQuestion.read(_json(text))
    _check(model, setting, question.about)
    opened = numbers.reply(numbers.number(question, model))
    return opened | {"values": opened["values"].tolist()}


def _json(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Refusal(mark("The question is not valid JSON.")) from None


def _check(model: Bert, setting: BertSetting, question: GameQuestion) -> None:
    if question.language != setting.language:
        raise Refusal(mark("This run has learned another language."))
    pretrained = ("hidden", "draw", "follows") if setting.objective == "pretrain" else ()
    if model.left and question.game in pretrained[1:]:
        raise Refusal(mark("A left-to-right network cannot do this."))
    if question.game not in (*pretrained, setting.objective):
        raise Refusal(mark("This run does not learn that."))


@torch.inference_mode()
def reply(question: GameQuestion, run: Bert | None = None) -> dict[str, Any]:
    """The answer as plain values.

    Args:
        question: any.
        run: the network of a run, which answers instead of the shipped ones.
    """
    language, game = question.language, question.game
    head: dict[str, Any] = {"tokens": question.described(), "unknown": question.unknown}
    if game in ("sentiment", "answer"):
        models: dict[str, Bert] = {"run": run} if run else {}
        if not run:
            models |= {start: shelf.tuned(language, game, start) for start in STARTS}
        classified = _sentiment if game == "sentiment" else _answer
        return head | _shape(next(iter(models.values()))) | classified(question, models)
    model = run or shelf.network(language)
    head |= _shape(model)
    if game == "write":
        return head | writing.texts(question, model, shelf.network(language, True))
    if game == "follows":
        read = model(*question.ids())
        chance = model.follows(model.pooled(read.out)).softmax(-1)[0, 1]
        return head | {"p": float(chance), "weights": _weights(read)}
    if game == "draw":
        return head | _draw(question, model)
    return head | _hidden(question, model, run is None)


def _hidden(question: GameQuestion, model: Bert, with_twin: bool) -> dict[str, Any]:
    """What both networks expect at the hidden places."""
    ids, segments = question.ids()
    places = torch.tensor(question.places, dtype=torch.long)
    chances: dict[str, Tensor] = {}
    weights: dict[str, Any] = {}
    if not model.left:
        read = model(question.masked(), segments)
        chances["both"] = model.words(read.out[0, places]).softmax(-1)
        weights["weights"] = _weights(read)
    if model.left or with_twin:
        twin = model if model.left else shelf.network(question.language, True)
        read = twin(ids, segments)
        chances["left"] = twin.words(read.out[0, places - 1]).softmax(-1)
        weights["left_weights"] = _weights(read)
    rows = []
    for i, (at, truth) in enumerate(zip(question.places, question.truth, strict=True)):
        row: dict[str, Any] = {"at": at, "truth": truth}
        for name, expected in chances.items():
            row |= _guessed(name, question, expected[i], truth)
        rows.append(row)
    return {"places": rows} | weights


def _guessed(
    name: str, question: GameQuestion, chances: Tensor, truth: str | None
) -> dict[str, Any]:
    known = vocabulary(question.language).index
    p = None if truth is None else chances[known[truth]]
    return {
        name: writing.top(question.language, chances, TOP),
        f"{name}_p": None if p is None else float(p),
        f"{name}_rank": None if p is None else 1 + int((chances > p).sum()),
    }


def _draw(question: GameQuestion, model: Bert) -> dict[str, Any]:
    """The rule of 80, 10 and 10 on this text, and what the network makes of it."""
    ids, segments = question.ids()
    pieces = vocabulary(question.language).pieces
    drawn = question.drawn()
    places = drawn.chosen[0].nonzero()[:, 0]
    chances = model.words(model(drawn.ids, segments).out[0, places]).softmax(-1)
    rows = [
        {
            "at": at,
            "id": int(ids[0, at]),
            "truth": pieces[int(ids[0, at])],
            "what": ("mask", "random", "keep")[int(drawn.fate[0, at])],
            "becomes": pieces[int(drawn.ids[0, at])],
            "p": float(chances[i, ids[0, at]]),
            "top": writing.top(question.language, chances[i], 3),
        }
        for i, at in enumerate(places.tolist())
    ]
    truth = chances[torch.arange(len(places)), ids[0, places]]
    return {"draw": rows, "loss": float(-truth.log().mean()) if rows else None}


def _sentiment(question: GameQuestion, models: dict[str, Bert]) -> dict[str, Any]:
    inputs = question.ids()
    by_start = {}
    for start, model in models.items():
        scores = model.sentiment(model.pooled(model(*inputs).out))
        by_start[start] = {"p": float(scores.softmax(-1)[0, 1])}
    seen, unseen = adjectives(question.language)
    places = list(enumerate(question.tokens))
    return {
        "says": by_start,
        "seen": [at for at, token in places if token in seen],
        "unseen": [at for at, token in places if token in unseen],
    } | _labels(question, models)


def _answer(question: GameQuestion, models: dict[str, Bert]) -> dict[str, Any]:
    by_model = {name: _spans(question, model) for name, model in models.items()}
    return {"says": by_model} | _labels(question, models)


def _spans(question: GameQuestion, model: Bert) -> dict[str, Any]:
    """Where an answer begins and ends, and the likeliest spans of at most so many tokens."""
    scores = tuning.places(model, *question.ids())
    log_chances = tuning.spans(scores)[0]
    chances = log_chances.exp()
    # the number of each allowed span, counted row by row
    numbers_of = (log_chances > -torch.inf).flatten().cumsum(0) - 1
    count = len(chances)
    best = chances.flatten().topk(SPANS + 1)
    spans: list[dict[str, Any]] = [
        {"from": i // count, "to": i % count, "p": p, "id": int(numbers_of[i])}
        for i, p in zip(best.indices.tolist(), best.values.tolist(), strict=True)
    ]
    named = [
        span | {"text": joined(question.tokens[span["from"] : span["to"] + 1])}
        for span in spans
        if span["from"]
    ]
    first = spans[0]
    ends = scores.softmax(1)[0]
    return {
        "start": ends[:, 0].tolist(),
        "end": ends[:, 1].tolist(),
        "none": float(chances[0, 0]),
        "answer": named[0]["text"] if first["from"] else None,
        "span": [first["from"], first["to"]] if first["from"] else None,
        "spans": named[:SPANS],
    }


def _labels(question: GameQuestion, models: dict[str, Bert]) -> dict[str, Any]:
    if "run" in models:
        return {}
    return {"labels": shelf.card(f"bert_{question.game}_{question.language}")["recipe"]["labels"]}


def _weights(read: Read) -> list[Any]:
    plain: list[Any] = read.weights[0].tolist()
    return plain


def _shape(model: Bert) -> dict[str, Any]:
    return {"layers": model.shape["layers"], "heads": model.shape["heads"]}
