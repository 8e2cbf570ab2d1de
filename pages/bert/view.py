"""The games of "BERT": the component of view.js, and what it needs of core."""

from __future__ import annotations

from functools import cache
from typing import Any

from core.language.bert import shelf
from core.language.bert.examples import examples
from core.language.bert.pieces import SPECIAL, vocabulary
from core.language.bert.results import results
from core.language.bert.topics import Language
from pages.bert.words import words
from pages.kit.exchange import Exchange
from pages.kit.picture import Picture

PICTURE = Picture("bert", "bert/view.js")


def bert_games(shared: Exchange, *, game: str, model: Language, hidden: list[str]) -> None:
    """Show a game.

    Args:
        shared: what the person can change in the picture itself.
        game: "hidden", "follows", "sentiment", "answer" or "write".
        model: the language that the networks have read.
        hidden: parts that are left out: "guess", "draw", "attention".
    """
    PICTURE.show(
        shared,
        game=game,
        model=model,
        **facts(model),
        hidden=hidden,
        words=words(),
    )


@cache
def facts(model: Language) -> dict[str, Any]:
    """What core knows of the networks of a language: examples, words, measured scores.

    Raises:
        WeightsError: weights are missing or damaged.
    """
    return {
        "examples": examples(model),
        "vocabulary": sorted(set(vocabulary(model).pieces) - set(SPECIAL)),
        "scores": scores(model),
        "results": results(),
    }


def scores(model: Language) -> dict[str, Any]:
    """Measured of the encoder of a language; "left_top1" of its twin on the same places."""
    twin = shelf.card(shelf.name(model, True))["scores"]
    measured: dict[str, Any] = shelf.card(shelf.name(model, False))["scores"]
    return measured | {"left_top1": twin["top1"], "left_pairs": twin.get("pairs")}
