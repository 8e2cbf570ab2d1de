"""The tab "A real BERT": the same games with a pretrained model from the shelf.

The picture is the component of real.js; it asks a route of `api` and those of the shelf.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.pretrained import shelf
from core.schema import choice, custom, text
from pages.bert.places import read_places, write_places
from pages.bert.words import words as game_words
from pages.kit import assets
from pages.kit.exchange import View, exchange
from pages.kit.language import _, language
from pages.kit.shelf.words import words as shelf_words
from pages.kit.state import PageState

KEY = "bert_real"

_component = assets.component("forward_pass_bert_real", "bert/real.js")

FIELDS = {
    "real_name": text(longest=200),
    "real_game": choice(("hidden", "follows", "sentiment")),
    "real_text": text(longest=400),
    "real_next": text(longest=400),
    "real_hide": custom(None, read_places, write_places),
}
"""What the page's state has of this tab; empty texts stand for the first model and example."""

TEXTS = {
    "hidden": ("The capital of France is [MASK].", ""),
    "follows": ("The cat sat on the mat.", "It was tired after a long night."),
    "sentiment": ("The soup was truly dreadful.", ""),
}
"""Sentences to begin with, with their second ones: any other will do."""


def show(state: PageState) -> None:
    """Draw the tab."""

    def receive(view: View) -> None:
        if view["real_name"]:
            shelf.folder(view["real_name"])
        found = {name: view[name] for name in FIELDS}
        hide = found["real_hide"]
        found["real_hide"] = None if hide is None else tuple(int(at) for at in hide)
        checked = {name: state.table[name].check(value) for name, value in found.items()}
        for name, value in checked.items():
            state.set(name, value)

    shared = exchange(KEY, lambda: _view(state), receive)
    _component(
        key=KEY,
        data={
            **shared.data(),
            "texts": TEXTS,
            "model": "ko" if language() == "ko" else "en",
            "language": language(),
            "base": assets.base(),
            "words": words(),
        },
        on_view_change=lambda: shared.on_view(st.session_state[KEY]["view"]),
    )


def _view(state: PageState) -> View:
    view = {name: state[name] for name in FIELDS}
    hide = view["real_hide"]
    return view | {"real_hide": None if hide is None else list(hide)}


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    games = game_words()
    return (
        shelf_words()
        | {
            name: games[name]
            for name in (
                "sentence",
                "nextSentence",
                "hiddenLabel",
                "hideIt",
                "showIt",
                "hideHint",
                "hintMore",
                "placeTitle",
                "followsQuestion",
                "attentionTitle",
                "nets",
                "head",
                "layer",
                "cellSays",
                "captionBoth",
                "captionLeft",
                "positive",
                "negative",
            )
        }
        | {
            "reads": _("reads"),
            "isRead": _("is read"),
            "games": {
                "hidden": _("Guess the hidden word"),
                "follows": _("Does it follow?"),
                "sentiment": _("Good or bad?"),
            },
            "placeTruthReal": _("Hidden word {place}: it was “{truth}”, place {rank}"),
            "judged": _("It judges well"),
            "verdicts": {
                "follows": [_("it does not"), _("it follows")],
                "sentiment": [_("bad"), _("good")],
            },
            "learnt": _(
                "A classifier on the frozen network, learnt here from {labels} sentences of ours. "
                "Right of {tested} others: {seen} with adjectives that were among them, "
                "{unseen} with new ones."
            ),
        }
    )
