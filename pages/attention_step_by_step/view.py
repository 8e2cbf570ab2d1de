"""The picture of "Attention, step by step": the component of view.js, its words."""

from __future__ import annotations

from typing import Any

from core.attention.steps.question import HEADS, example
from pages.kit import opened
from pages.kit.exchange import Exchange
from pages.kit.language import _
from pages.kit.picture import Picture

PICTURE = Picture("attention_steps", "attention_step_by_step/view.js")


def steps_picture(
    shared: Exchange,
    *,
    guess: dict[str, Any] | None,
    hidden: list[str],
    language: str,
) -> None:
    """Show the picture.

    Args:
        shared: what the person can change in the picture itself, as the live route takes it; empty
            words stand for the example.
        guess: what is asked before the answer is shown.
        hidden: parts that are left out: "sentence", "flow", "lens".
        language: of the words; another one builds the picture anew.
    """
    PICTURE.show(
        shared,
        guess=guess,
        hidden=hidden,
        language=language,
        example=list(example(language)),
        names={"features": features(), "questions": questions()},
        words=words(),
    )


def features() -> list[str]:
    """What each column of a hand-set embedding says, in the order of `FEATURES`."""
    return [
        _("noun"),
        _("living"),
        _("thing"),
        _("pronoun"),
        _("verb"),
        _("quality"),
        _("article"),
        _("joins"),
    ]


def questions() -> list[str]:
    """What each column of hand-set queries asks for, in the order of `QUESTIONS`."""
    return [
        _("noun?"),
        _("living?"),
        _("how?"),
        _("which?"),
        _("who?"),
        _("what?"),
        _("who so?"),
        _("does?"),
    ]


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    return {
        "sentence": _("Sentence, up to 10 words"),
        "context": _("Looked at by cross-attention"),
        "kinds": [["self", _("self-attention")], ["cross", _("cross-attention")]],
        "numbers": [["hand", _("set by hand")], ["random", _("random")]],
        "shuffle": _("other random numbers (seed {seed})"),
        "badges": {
            "hand": _("Set by hand so that “it” finds “cat”. A trained network has to learn this."),
            "random": _("Random numbers: this says nothing about the words."),
        },
        "unknown": _("Set by hand, but not for {words}: drawn at random."),
        "release": _("take back what you set ({count})"),
        "asks": _("The teacher: what is “{word}”?"),
        "answers": _("The class: {first}, {second} …"),
        "answersOne": _("The class: {first}."),
        "part": _("{word} {share}"),
        "ofHead": _("(head {head})"),
        "matrices": {
            "E": _("E embedding"),
            "P": _("P position"),
            "X": "X",
            "EC": _("E′ embedding"),
            "PC": _("P′ position"),
            "C": "C",
            "Wq": "W_q",
            "Wk": "W_k",
            "Wv": "W_v",
            "Q": _("Q query"),
            "K": _("K key"),
            "V": _("V value"),
            "S": _("scores"),
            "scaled": _("scaled"),
            "masked": _("masked"),
            "exp": _("e to the power"),
            "A": _("weights"),
            "Z": _("Z heads"),
            "Wo": "W_o",
            "O": _("output"),
        },
        "short": {name: name for name in ("E", "P", "Q", "K", "V", "Z", "O")}
        | {"EC": "E′", "PC": "P′", "Wq": "W_q", "Wk": "W_k", "Wv": "W_v", "Wo": "W_o"},
        "cellSays": _("{matrix}: {row}, {column}: {value}"),
        "addPositions": _("add positions"),
        "divide": _("÷ √{d}"),
        "headsTitle": _("Heads"),
        "headCounts": [[str(count), str(count)] for count in HEADS],
        "headNumber": _("head {head}"),
        "masks": [
            ["none", _("no mask")],
            ["causal", _("causal")],
            ["padding", _("padding")],
        ],
        "maskTitle": _("mask"),
        "masked": {
            "none": _("Nothing is hidden."),
            "causal": _("Every word sees itself and what came before, nothing later."),
            "padding": _("[pad] only fills up the row. Nobody may look at it."),
        },
        "temperature": _("temperature"),
        "temperatureHelp": _(
            "The scores are divided by it. Low: the winner takes all; high: all alike."
        ),
        "steps": _steps(),
        "signs": {
            "plus": "+",
            "times": "·",
            "is": "=",
            "divide": "÷ √{d}",
            "leave": _("not divided"),
            "open": _("no mask"),
            "mask": _("+ mask"),
            "power": "→",
            "share": "→",
        },
        "off": _("off"),
        "origins": {
            "hand": _("set by hand"),
            "random": _("drawn from the seed"),
            "pad": _("padding: nothing"),
        },
        "fade": opened.words()["fade"],
        "setByYou": _("Set by you. Computed: {value}."),
        "hint": _(
            "Drag a number up or down, or type it: all that follows is computed anew. Arrow keys "
            "move, + and − change, Delete takes back."
        ),
        "unreachable": _("The server cannot be reached. What you set is safe; trying again."),
    }


def _steps() -> dict[str, list[str]]:
    """Each step's title, and a sentence on what happens in it."""
    return {
        "X": [_("Words become rows of numbers"), _("One row a word, eight numbers in a row.")],
        "C": [_("Words become rows of numbers"), _("One row a word, eight numbers in a row.")],
        "Q": [_("Queries: what each word asks for"), _("Each row of X times W_q.")],
        "K": [_("Keys: what each word offers to be found by"), _("The same rows times W_k.")],
        "V": [_("Values: what each word hands over"), _("The same rows times W_v.")],
        "S": [
            _("Scores: every query times every key"),
            _("Row: the word that asks. Column: the word that is looked at."),
        ],
        "scaled": [
            _("Scaled: divided by the root of d"),
            _(
                "A sum of {d} products spreads like √{d}; undivided, the largest can take nearly "
                "all."
            ),
        ],
        "masked": [_("Masked: some may not be seen"), "{mask}"],
        "A": [
            _("Weights: softmax, row by row"),
            _("e to the power of each score, as a share of its row. Rows add up to 1."),
        ],
        "Z": [
            _("Passed along: weights times values"),
            _("Each head mixes its own columns of V; put beside each other they are Z."),
        ],
        "O": [
            _("Output: the heads mixed once more"),
            _("Z times W_o: as many numbers a word as at the beginning."),
        ],
    }
