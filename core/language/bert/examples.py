"""Examples that a page begins with, and the pictures of a run that are about the first of them."""

from __future__ import annotations

from functools import cache
from typing import Any

import torch
from torch import Tensor

from core.language.bert import tasks, tuning
from core.language.bert.masking import padded
from core.language.bert.model import Bert
from core.language.bert.pieces import MASK_ID, cut, inputs, joined, vocabulary
from core.language.bert.setting import BertSetting
from core.language.bert.topics import Language

TOP = 8

_HIDDEN: dict[Language, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "en": (
        ("mina ate the hot soup in the kitchen.", "the soup was really tasty.", ("ate",)),
        ("tom planted the rose in the garden.", "", ("planted",)),
        ("the song was really wonderful.", "she laughed and played the song again.", ("played",)),
        ("the dress was awful.", "he frowned and left the shop.", ("awful", "shop")),
        ("in the library anna read the thick novel.", "it was a dull novel.", ("library", "dull")),
    ),
    "ko": (
        ("미나는 부엌에서 뜨거운 수프를 먹었다.", "수프는 정말 맛있었다.", ("부엌",)),
        ("민호는 정원에서 장미를 심었다.", "", ("장미",)),
        ("노래는 정말 훌륭했다.", "그녀는 웃었고 노래를 다시 연주했다.", ("연주했",)),
        ("치마는 끔찍했다.", "그는 찡그렸고 가게를 떠났다.", ("끔찍했", "가게")),
        ("도서관에서 유나는 두꺼운 소설을 읽었다.", "소설은 따분했다.", ("도서관", "따분했")),
    ),
}
_FOLLOWS: dict[Language, tuple[tuple[str, str, str], ...]] = {
    "en": (
        ("mina ate the hot soup in the kitchen.", "the soup was really tasty.", "true"),
        ("mina ate the hot soup in the kitchen.", "the coat was really stylish.", "random"),
        ("the soup was really tasty.", "mina ate the hot soup in the kitchen.", "swapped"),
        ("the rose was withered.", "he sighed and left the garden.", "true"),
        ("the rose was withered.", "he sighed and left the library.", "random"),
        ("he sighed and left the garden.", "the rose was withered.", "swapped"),
    ),
    "ko": (
        ("미나는 부엌에서 뜨거운 수프를 먹었다.", "수프는 정말 맛있었다.", "true"),
        ("미나는 부엌에서 뜨거운 수프를 먹었다.", "외투는 정말 세련됐다.", "random"),
        ("수프는 정말 맛있었다.", "미나는 부엌에서 뜨거운 수프를 먹었다.", "swapped"),
        ("장미는 시들었다.", "그는 한숨지었고 정원을 떠났다.", "true"),
        ("장미는 시들었다.", "그는 한숨지었고 도서관을 떠났다.", "random"),
        ("그는 한숨지었고 정원을 떠났다.", "장미는 시들었다.", "swapped"),
    ),
}
_HELPED: dict[Language, int] = {"en": 3, "ko": 5}
"""Which of the first questions of the test the shipped pretrained network answers and the others
do not; how many it answers of all is in its card."""
_WRITE: dict[Language, tuple[str, ...]] = {
    "en": ("mina ate", "in the garden", "the coat was", "he complained and"),
    "ko": ("미나는 부엌에서", "정원에서", "외투는", "그는 불평했고"),
}


@cache
def examples(language: Language) -> dict[str, Any]:
    """Examples of every game: hidden, follows, sentiment, answer, write."""
    return {
        "hidden": [_hidden(language, *row) for row in _HIDDEN[language]],
        "follows": [
            dict(zip(("text", "next", "kind"), r, strict=True)) for r in _FOLLOWS[language]
        ],
        "sentiment": [
            {"text": joined(row.tokens), "positive": row.positive, "seen": seen}
            for one, two in zip(_judged(language, False), _judged(language, True), strict=True)
            for row, seen in ((one, False), (two, True))
        ],
        "answer": [_plain(row) for row in _questions(language)],
        "write": list(_WRITE[language]),
    }


def pictures(model: Bert, setting: BertSetting) -> dict[str, Tensor]:
    """What `core.language.bert.job` says of pictures."""
    if setting.objective == "sentiment":
        ids, segments = _sentiment_ids(setting.language)
        read = model(ids, segments)
        good = model.sentiment(model.pooled(read.out)).softmax(-1)[:, 1]
        return {"probabilities": good, "weights": read.weights[0]}
    if setting.objective == "answer":
        known, row = vocabulary(setting.language), _questions(setting.language)[0]
        ids, segments = padded([(known.ids(row.question), known.ids(row.passage))])
        scores = tuning.places(model, ids, segments).softmax(1)[0]
        weights = model(ids, segments).weights[0]
        return {"start": scores[:, 0], "end": scores[:, 1], "weights": weights}
    ids, segments, places = _hidden_ids(setting.language)
    if model.left:
        read = model(ids, segments)
        out = read.out[0, places - 1]
    else:
        ids = ids.clone()
        ids[0, places] = MASK_ID
        read = model(ids, segments)
        out = read.out[0, places]
    top = model.words(out).softmax(-1).topk(TOP)
    return {"weights": read.weights[0], "top": torch.stack([top.indices, top.values], -1)}


def described(setting: BertSetting) -> dict[str, Any]:
    """The example that the pictures of a run are about."""
    language = setting.language
    pieces = vocabulary(language).pieces
    if setting.objective == "sentiment":
        return {"rows": examples(language)["sentiment"]}
    if setting.objective == "answer":
        row = _questions(language)[0]
        return _plain(row) | {"tokens": list(inputs(row.question, row.passage)[0])}
    ids, _, places = _hidden_ids(language)
    return {"tokens": [pieces[i] for i in ids[0].tolist()], "places": places.tolist()}


def labels(setting: BertSetting) -> list[dict[str, Any]]:
    """The labelled examples of a run, to be read; none in pre-training."""
    language, seed, count = setting.language, setting.seed, setting.labels
    if setting.objective == "sentiment":
        rows = tasks.judged(language, True, seed, tasks.MOST)[:count]
        return [{"text": joined(row.tokens), "positive": row.positive} for row in rows]
    if setting.objective == "answer":
        return [_plain(row) for row in tasks.questions(language, seed, tasks.MOST)[:count]]
    return []


def _judged(language: Language, labelled: bool) -> tuple[tasks.Judged, ...]:
    return tasks.judged(language, labelled, tuning.TEST, 6)


@cache
def _questions(language: Language) -> tuple[tasks.PassageQuestion, ...]:
    """Questions of the test, one that pre-training helps with first."""
    rows = sorted(tasks.questions(language, tuning.TEST, 8), key=lambda row: row.span is None)
    first = _HELPED[language]
    return (rows[first], *rows[:first], *rows[first + 1 :])


def _hidden(language: Language, text: str, second: str, hide: tuple[str, ...]) -> dict[str, Any]:
    tokens, _ = inputs(*_cut(language, text, second))
    return {"text": text, "next": second, "hide": [tokens.index(word) for word in hide]}


def _cut(language: Language, *texts: str) -> list[list[str]]:
    return [[piece.text for piece in cut(text, language)] if text else [] for text in texts]


def _plain(row: tasks.PassageQuestion) -> dict[str, Any]:
    span = row.span
    answer = None if span is None else joined(row.passage[span[0] : span[1] + 1])
    return {"passage": joined(row.passage), "question": joined(row.question), "answer": answer}


@cache
def _hidden_ids(language: Language) -> tuple[Tensor, Tensor, Tensor]:
    row = examples(language)["hidden"][0]
    known = vocabulary(language)
    first, second = _cut(language, row["text"], row["next"])
    ids, segments = padded([(known.ids(first), known.ids(second))])
    return ids, segments, torch.tensor(row["hide"])


@cache
def _sentiment_ids(language: Language) -> tuple[Tensor, Tensor]:
    known = vocabulary(language)
    rows = [_cut(language, row["text"])[0] for row in examples(language)["sentiment"][:10]]
    return padded([(known.ids(row), ()) for row in rows])
