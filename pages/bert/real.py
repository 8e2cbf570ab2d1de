"""The tab "A real BERT": the same games with a pretrained model from the shelf, and one more.

The picture is the component of real.js; it asks a route of `api` and those of the shelf.
"""

from __future__ import annotations

from typing import Any

from core.language.bert import senses
from core.pretrained import shelf
from core.schema import choice, text
from pages.bert.places import HIDDEN
from pages.bert.words import words as game_words
from pages.kit import scored
from pages.kit.exchange import View, exchange
from pages.kit.language import _, language
from pages.kit.picture import Picture
from pages.kit.shelf.words import number_words
from pages.kit.shelf.words import words as shelf_words
from pages.kit.state import PageState

PICTURE = Picture("bert_real", "bert/real.js")

FIELDS = {
    "real_name": text(longest=200),
    "real_game": choice(("hidden", "follows", "sentiment", "senses")),
    "real_text": text(longest=400),
    "real_next": text(longest=400),
    "real_hide": HIDDEN,
    "real_lines": text(longest=400, lines=True),
    "real_word": text(longest=40),
}
"""What the page's state has of this tab; empty texts stand for the first model and example."""

TEXTS = {
    "hidden": ("The capital of France is [MASK].", ""),
    "follows": ("The cat sat on the mat.", "It was tired after a long night."),
    "sentiment": ("The soup was truly dreadful.", ""),
    "senses": ("\n".join(senses.EXAMPLE), senses.WORD),
}
"""Sentences to begin with, with their second ones: any other will do."""


def show(state: PageState) -> None:
    """Draw the tab."""

    def receive(view: View) -> None:
        if view["real_name"]:
            shelf.folder(view["real_name"])
        read = {name: state.table[name].read(view[name]) for name in FIELDS}
        for name, value in read.items():
            state.set(name, value)

    PICTURE.show(
        exchange(PICTURE.name, lambda: state.plain({name: name for name in FIELDS}), receive),
        texts=TEXTS,
        model="ko" if language() == "ko" else "en",
        words=words(),
    )


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
            "number": number_words(),
            "reads": _("reads"),
            "isRead": _("is read"),
            "games": {
                "hidden": _("Guess the hidden word"),
                "follows": _("Does it follow?"),
                "sentiment": _("Good or bad?"),
                "senses": _("Same word, other sense"),
            },
            "lines": _("Sentences, each on a line"),
            "word": _("Word that stands in all of them"),
            "layerKnob": _("after layer"),
            "sensesTitle": _("Cosine of “{word}” in each two sentences"),
            "mapTitle": _("The same vectors on a map"),
            "mapNote": _("their first two principal components"),
            "mapSays": _("“{word}” in sentence {n}: {sentence}"),
            "sensesWhy": _(
                "Below the first layer the word has nearly the same vector everywhere, but for its "
                "place. Higher up its neighbours have gone into it. How far the senses part "
                "depends on the model: look whether two sentences of one sense are always closer. "
                "Our small networks read stories in which no word has two senses, so they cannot "
                "play this."
            ),
            "lacking": _(
                "{model} was saved as an encoder alone. These games need a head above it, for "
                "hidden words or for pairs: {games}."
            ),
            "fetchWhole": _("Fetch {model}, which has both"),
            "placeTruthReal": _("Hidden word {place}: it was “{truth}”, place {rank}"),
            "judged": _("It judges well"),
            "verdicts": {
                "follows": [_("it does not"), _("it follows")],
                "sentiment": [_("bad"), _("good")],
            },
            "scored": _scored_words(),
            "learnt": _(
                "A classifier on the frozen network, trained here on {labels} of our "
                "sentences. Right on {tested} others: {seen} with adjectives from those "
                "sentences, {unseen} with new ones."
            ),
        }
    )


def _scored_words() -> dict[str, Any]:
    words = scored.words(
        {
            "seen": _("test sentences with seen adjectives"),
            "unseen": _("test sentences with new adjectives"),
            "senses": _("vectors of the word"),
        }
    )
    names = {
        "cosine": _("cosine, layer"),
        "unit": _("vector over its length, layer"),
        "vector": _("vector, layer"),
    }
    return words | {"scores": words["scores"] | names}
