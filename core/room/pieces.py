"""What a room sends to its wall, and what the networks make of each piece.

A piece is of a kind: a digit, a sentence whose *it* stands for something, a sentence with a hidden
word, a curve, a kernel. It is judged by the networks of the pages that have them, and kept as two
plain values: what was sent, and what was made of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

import numpy as np
import torch

from core.attention.trained import answer as referent
from core.attention.trained.question import ReferentQuestion
from core.attention.trained.sentences.grammar import VOCABULARIES
from core.attention.trained.shipped import network
from core.language.bert import answer as bert
from core.language.bert.question import GameQuestion
from core.recurrent.sine.forecast import Forecaster, free_run
from core.recurrent.sine.members import models
from core.recurrent.sine.setting import SineSetting
from core.room import names
from core.schema import Record, Refusal, listed, mark, number
from core.training import shipped
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.slide import slide
from core.vision.drawing import Drawing
from core.vision.finetune.prepared import prepared
from core.vision.forward import verdict
from core.vision.ink import as_text
from core.vision.question import DrawingQuestion

Kind = Literal["digit", "sentence", "hidden", "series", "kernel"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LONGEST = 200
"""Characters of a sentence."""
SHOWN, AFTER = 50, 30
"""Values of a curve that the network is shown, and those that it foretells."""
FLAT = 1e-3
"""Standard deviation below which a curve is a line."""
SIDE = 3
"""Rows and columns of a kernel."""
WEIGHT = 2.0
"""Its largest weight."""
GUESSES = 3
"""Words that are told for a hidden one."""

EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "sentence": VOCABULARIES["en"].examples[0],
        "hidden": "mina ate the hot _ in the kitchen.",
    },
    "ko": {
        "sentence": VOCABULARIES["ko"].examples[0],
        "hidden": "미나는 부엌에서 _ 수프를 먹었다.",
    },
}
"""Sentences to begin with, that the networks know."""

NO_KIND = mark("Nothing of that kind is taken.")
NO_IT = mark("Write a sentence with “{word}”, such as: {example}.")
NO_HIDDEN = mark("Write _ for one word: the network guesses it.")
A_TEXT = mark("A sentence has 1 to {most} characters.")
A_LINE = mark("That is a straight line: draw something that goes up and down.")
NO_WEIGHTS = mark("All weights are zero: so is what comes out.")


@dataclass(frozen=True)
class Piece:
    """What somebody sent.

    Attributes:
        kind: what it is.
        sent: as it was sent, plain values.
        made: what the network made of it.
    """

    kind: Kind
    sent: Mapping[str, Any]
    made: Mapping[str, Any]


@dataclass(frozen=True)
class Curve(Record):
    """A curve that was drawn by hand: its values, from left to right."""

    values: tuple[float, ...] = listed(
        number(0.0, -1.0, 1.0), SHOWN + AFTER, SHOWN + AFTER, label=mark("the curve")
    )


@dataclass(frozen=True)
class Kernel(Record):
    """Nine weights, row by row."""

    weights: tuple[float, ...] = listed(
        number(0.0, -WEIGHT, WEIGHT), SIDE**2, SIDE**2, label=mark("the kernel")
    )


def judge(kind: str, body: Mapping[str, Any], language: str = "en") -> Piece:
    """What the network of a page makes of a piece.

    Args:
        kind: one of KINDS.
        body: {label, drawing}, {text}, {values} or {weights}.
        language: of a sentence: that of the phone.

    Raises:
        Refusal: it cannot be used; the sentence says why.
        WeightsError: the network's weights are missing.
    """
    if kind not in KINDS:
        raise Refusal(NO_KIND)
    return Piece(kind, *_JUDGES[kind](body, "ko" if language == "ko" else "en"))


Judged = tuple[dict[str, Any], dict[str, Any]]


def _digit(body: Mapping[str, Any], language: str) -> Judged:
    """The verdict of "Draw a digit"; digit: -1 for none."""
    drawn = prepared(body.get("label"), body.get("drawing"))
    found = verdict(DrawingQuestion(Drawing.of(body.get("drawing"))))
    likeliest = int(found.probabilities.argmax())
    return {"image": as_text(drawn.ink)}, {
        "label": drawn.label,
        "digit": likeliest if found.is_digit else -1,
        "share": float(found.probabilities[likeliest]),
    }


def _sentence(body: Mapping[str, Any], language: Literal["en", "ko"]) -> Judged:
    """What *it* stands for, and what the best head of "Attention in a trained model" reads."""
    question = ReferentQuestion(_text(body), language=language)
    words, net = question.words, network(question.model, language)
    vocabulary = VOCABULARIES[language]
    if question.referring is None or vocabulary.it not in words:
        raise Refusal(NO_IT, word=vocabulary.it, example=vocabulary.examples[0])
    head, maps = referent.reply(net.model, question, net.best_head)
    rows = {row["word"]: row["before"] for row in head["answer"]["words"]}
    layer, at_head = net.best_head
    weights = maps["before"][layer, at_head, question.referring]
    top = head["answer"]["top"]
    return {"text": head["sentence"]}, {
        "words": list(words),
        "at": question.referring,
        "weights": [round(float(w), 4) for w in weights],
        "answer": top,
        "share": rows[top],
    }


def _hidden(body: Mapping[str, Any], language: Literal["en", "ko"]) -> Judged:
    """What the small BERT expects at the hidden place."""
    written = _text(body)
    text = re.sub(r"_+", "[MASK]", written, count=1)
    question = GameQuestion(game="hidden", language=language, text=text)
    if len(question.places) != 1 or "_" in text:
        raise Refusal(NO_HIDDEN)
    [place] = bert.reply(question)["places"]
    guesses = [[each["token"], each["p"]] for each in place["both"][:GUESSES]]
    return {"text": written}, {"guesses": guesses, "unknown": question.unknown}


@cache
def _forecaster() -> Forecaster:
    """The LSTM of the shipped race on "Sine, live", as it stands at the end."""
    run = shipped.load("sine_race")
    return models(SineSetting.read(run.config), run.saved[-1].state)["lstm"]


def _series(body: Mapping[str, Any], language: str) -> Judged:
    """How a network that has seen nothing but a sine goes on with a curve, and how far off it is.

    It is shown the first part, in units of that part's own spread.
    """
    values = np.array(Curve.read({"values": body.get("values", [])}).values)
    first, after = values[:SHOWN], values[SHOWN:]
    mean, spread = first.mean(), first.std()
    if spread < FLAT:
        raise Refusal(A_LINE)
    scale = spread * np.sqrt(2)  # a sine of amplitude 1 has a spread of 1 / sqrt(2)
    shown = torch.tensor((first - mean) / scale, dtype=torch.float32)[None, :, None]
    forecast = free_run(_forecaster(), shown, AFTER)[0].numpy() * scale + mean
    return {"values": [round(float(v), 4) for v in values]}, {
        "forecast": [round(float(v), 4) for v in forecast],
        "error": float(((forecast - after) ** 2).mean()),
        "persistence": float(((first[-1] - after) ** 2).mean()),
    }


def _kernel(body: Mapping[str, Any], language: str) -> Judged:
    """The map that "Convolution" makes with a kernel of its sample."""
    weights = Kernel.read({"weights": body.get("weights", [])}).weights
    if not any(weights):
        raise Refusal(NO_WEIGHTS)
    edits = tuple(((0, 0, *divmod(i, SIDE)), weight) for i, weight in enumerate(weights))
    question = ConvolutionQuestion(filters=("box",), bias=(0.0,), padding="same", edits=edits)
    output = slide(question).output[0]
    codes = (output / output.abs().max().clamp_min(1e-9) * 127).round().to(torch.int8)
    return {"weights": list(weights)}, {"rows": codes.tolist()}


_JUDGES: Mapping[str, Callable[[Mapping[str, Any], Any], Judged]] = {
    "digit": _digit,
    "sentence": _sentence,
    "hidden": _hidden,
    "series": _series,
    "kernel": _kernel,
}


def _text(body: Mapping[str, Any]) -> str:
    given = body.get("text")
    if not isinstance(given, str) or len(given) > 4 * LONGEST:
        raise Refusal(A_TEXT, most=LONGEST)
    text = names.seen(given)
    if not 1 <= len(text) <= LONGEST:
        raise Refusal(A_TEXT, most=LONGEST)
    names.check(text)
    return text
