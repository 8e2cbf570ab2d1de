"""The tab "How text is cut": byte-pair merges learned on a text, one after the other.

The picture is the component of tokens.js; it asks the routes of `api`.
"""

from __future__ import annotations

from typing import Any

from core.language.bert.topics import Language
from core.language.tokenizer.question import (
    MAX_CHARACTERS,
    MAX_MERGES,
    MAX_SENTENCE,
    TokensQuestion,
)
from core.schema import Refusal, text, whole
from pages.kit import scored
from pages.kit.exchange import View, exchange
from pages.kit.language import _
from pages.kit.picture import Picture
from pages.kit.state import PageState

PICTURE = Picture("bert_tokens", "bert/tokens.js")

FIELDS = {
    "tok_text": text(longest=400, lines=True),
    "tok_sentence": text(longest=MAX_SENTENCE, lines=True),
    "tok_step": whole(80, 0, MAX_MERGES),
}
"""What the page's state has of this tab; empty texts stand for the stories and the first example.
A longer text is cut as well, but is no part of the link."""

SENTENCES = {
    "en": "the soup was untasty again",
    "ko": "수프는 맛없었다",
}
"""Sentences to begin with, a word of each unknown: any other will do."""


def question(state: PageState, model: Language) -> TokensQuestion | None:
    """What the page's state asks; None where its text cannot be read: the route says why."""
    try:
        return TokensQuestion(
            model, state["tok_text"], state["tok_sentence"] or SENTENCES[model], state["tok_step"]
        )
    except Refusal:
        return None


def show(state: PageState, model: Language) -> None:
    """Draw the tab."""

    def receive(view: View) -> None:
        read = {name: state.table[name].read(view[name]) for name in FIELDS}
        for name, value in read.items():
            state.set(name, value)

    PICTURE.show(
        exchange(PICTURE.name, lambda: state.plain({name: name for name in FIELDS}), receive),
        model=model,
        sentence=SENTENCES[model],
        limits={"text": MAX_CHARACTERS, "sentence": MAX_SENTENCE, "merges": MAX_MERGES},
        words=words(),
    )


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    return {
        "text": _("Text that the pieces are learned from"),
        "stories": _("our stories again"),
        "merges": _("merges"),
        "less": _("one merge less"),
        "next": _("Merge"),
        "pairsTitle": _("Most frequent pairs"),
        "pairsNote": _("side by side in the text; the first is merged next"),
        "last": _("Merge {step}: {left} + {right} became {piece}, which occurred {count} times."),
        "none": _("Nothing is merged yet: each character is a piece."),
        "done": _("No pair occurs twice any more: there is nothing left to merge."),
        "most": _("Here it ends after {most} merges; real tokenizers go on for tens of thousands."),
        "wordsTitle": _("The text in pieces"),
        "wordsNote": _("its words, the most frequent first; ▁ stands for the space before a word"),
        "others": _("and {count} others"),
        "vocabularyTitle": _("Vocabulary: {count}"),
        "vocabularyNote": _("{alphabet} characters and {pieces} learned pieces, the newest first"),
        "sentence": _("A sentence to cut"),
        "way": _("How {word} came about: the merges that apply, in the order they were learned"),
        "whole": _("No merge applies to {word}: it stays in characters."),
        "comparedTitle": _("Three ways to cut"),
        "columns": [
            _("cut into"),
            _("vocabulary"),
            _("tokens of the text"),
            _("tokens of the sentence"),
            _("of them unknown"),
        ],
        "ways": {"characters": _("characters"), "pieces": _("pieces"), "words": _("words")},
        "comparedWhy": _(
            "Characters make texts long, words make the vocabulary large, and a new word is "
            "unknown. Pieces lie between: only a character that never occurred is unknown to them."
        ),
        "occurrences": _("occurrences"),
        "unknown": _("unknown"),
        "unreachable": _("The server cannot be reached. What you did is safe; trying again."),
        "scored": scored.words(
            {"pairs": _("pairs in the text"), "lengths": _("length of the text")}
        )
        | {
            "scores": {
                "count": _("occurrences of a pair"),
                "inside": _("of them in a word"),
                "times": _("occurrences of the word"),
                "length": _("tokens of the text"),
                "sizes": _("tokens of a word"),
            }
        },
    }
