"""The tab "A real encoder" of "Attention in a trained model": any sentence, a network like BERT.

The picture is the component of view.js; it asks a route of the page and those of the shelf.
"""

from __future__ import annotations

from typing import Any

from core.attention.encoder import named_heads
from core.attention.encoder.answer import MAX_PIECES
from core.attention.places import pair
from core.attention.trained.sentences.reading import MAX_CHARACTERS
from core.pretrained import shelf
from core.schema import choice, flag, mark, text
from pages.kit.exchange import View, exchange
from pages.kit.language import _
from pages.kit.picture import Picture
from pages.kit.shelf.words import number_words
from pages.kit.shelf.words import words as shelf_words
from pages.kit.state import PageState

PICTURE = Picture("encoder", "attention_in_a_trained_model/encoder/view.js")

VIEWS = ("map", "rollout")

FIELDS = {
    "enc_name": text("", 200),
    "enc_sentence": text("", MAX_CHARACTERS),
    "enc_view": choice(VIEWS),
    "enc_norms": flag(False),
    "enc_special": flag(True),
    "enc_head": pair(),
}
"""What the page's state has of this tab; the empty texts stand for the first model and example."""

NAMES = {name: name.removeprefix("enc_") for name in FIELDS}
"""Fields of the page, each with the name that the picture has for it."""

EXAMPLES = (
    "The cat sat on the mat because it was tired.",
    "The lawyer asked the doctor about her brother.",
    "Time flies like an arrow.",
    "고양이는 피곤해서 매트 위에 앉았다.",
    "Die Katze saß auf der Matte, weil sie müde war.",
)
"""Sentences to begin with: any other will do."""

STEPS = [
    ("encoder-sentence", mark("A network that has read millions of sentences. Any will do here.")),
    ("encoder-map", mark("Words are cut into pieces that it knows; each reads all the others.")),
    ("encoder-named", mark("Some of its heads have been found to do one thing, and often do it.")),
]


def show(state: PageState) -> None:
    """Draw the tab."""

    def receive(view: View) -> None:
        if view["name"]:
            shelf.folder(view["name"])
        values = {field: state.table[field].read(view[name]) for field, name in NAMES.items()}
        for field, value in values.items():
            state.set(field, value)

    PICTURE.show(
        exchange("encoder", lambda: state.plain(NAMES), receive),
        examples=EXAMPLES,
        pieces=MAX_PIECES,
        words=words(),
    )


def relations() -> dict[str, str]:
    """What each relation of `core.attention.named_heads` is called."""
    return {
        "a direct object reads its verb": _("a direct object reads its verb"),
        "a determiner reads its noun": _("a determiner reads its noun"),
        "a possessive pronoun reads its noun": _("a possessive pronoun reads its noun"),
        "a preposition reads its object": _("a preposition reads its object"),
        "a particle reads its verb": _("a particle reads its verb"),
        "a mention reads what it refers to": _("a mention reads what it refers to"),
    }


def rules() -> dict[str, str]:
    """What each rule is called that a named head is compared with."""
    return {
        "best fixed offset": _("best fixed offset"),
        "nearest mention": _("nearest mention"),
        "head-word match": _("head-word match"),
        "rule-based system": _("rule-based system"),
    }


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    return shelf_words() | {
        "number": number_words(),
        "reads": _("reads"),
        "isRead": _("is read"),
        "sentence": _("Sentence in any language, up to {pieces} pieces"),
        "go": _("Read"),
        "examples": _("Examples"),
        "views": [["map", _("heat map")], ["rollout", _("rollout")]],
        "norms": _("scale by value norm"),
        "normsHelp": _(
            "Weight times the norm of the vector that it moves (Kobayashi and others 2020):"
            " a large weight on a short vector moves little."
        ),
        "special": _("show [CLS] and [SEP]"),
        "specialHelp": _(
            "Pieces that the model adds itself. Many heads look at them, perhaps where they have "
            "nothing to say (Clark and others 2019)."
        ),
        "captions": {
            "weights": _("{head}: how much each piece reads of each piece"),
            "norms": _("{head}: weight times value norm, piece by piece"),
            "rollout": _(
                "Rollout up to layer {layer}: all heads averaged, half for the piece itself"
            ),
        },
        "says": {
            "weights": _("{from} reads {to}: {value}"),
            "norms": _("{to} carries to {from}: {value}"),
            "rollout": _("of {to} in {from}: {value}"),
        },
        "outside": _("{share} of what these pieces read goes to the hidden ones."),
        "heads": {"name": _("layer {layer}, head {head}"), "layer": _("layer {layer}")},
        "rolloutHeads": {"name": _("layer {layer}"), "layer": _("layer {layer}")},
        "headsTitle": _("All heads"),
        "rolloutTitle": _("Rollout, layer by layer"),
        "namedTitle": _("Heads that the literature names"),
        "namedNote": _("counted from 1, as the paper counts"),
        "named": _("{relation}: {share}%"),
        "ruleOf": _("{rule}: {share}%"),
        "rules": rules(),
        "unnamed": _(
            "The literature names heads of {model}. In another model the same place means nothing."
        ).format(model=named_heads.MODEL),
        "relations": relations(),
    }
