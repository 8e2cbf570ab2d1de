"""The picture of "Transformer": the component of view.js, and its words."""

from __future__ import annotations

from typing import Any

from core import sampling
from core.language.transformer.networks import network
from core.language.transformer.tasks import TASKS, task
from pages.kit.cut_words import cut_words
from pages.kit.exchange import Exchange
from pages.kit.language import _
from pages.kit.picture import Picture
from pages.transformer.words import block_names, block_words, scored_words

PICTURE = Picture("transformer", "transformer/view.js")


def transformer_picture(
    shared: Exchange, *, guess: dict[str, Any] | None, hidden: list[str], language: str
) -> None:
    """Show the picture.

    Args:
        shared: what the person can change in the picture itself.
        guess: what is asked before the answer is shown.
        hidden: parts that are left out: "sentence", "opened".
        language: of the words; another one builds the picture anew.
    """
    PICTURE.show(
        shared,
        guess=guess,
        hidden=hidden,
        language=language,
        tasks=[_task(name) for name in TASKS],
        limits={"top_k": sampling.MOST, "top_p": sampling.LEAST},
        words=words(),
    )


def task_names() -> dict[str, str]:
    """What each task is called."""
    return {
        "en-ko": _("English → Korean"),
        "ko-en": _("Korean → English"),
        "copy": _("copy"),
        "reverse": _("reverse"),
        "sort": _("sort"),
        "dates": _("dates"),
    }


def _task(name: str) -> dict[str, Any]:
    about, shipped = task(name), network(name)
    return {
        "name": name,
        "title": task_names()[name],
        "examples": list(about.examples),
        "target": list(about.target_words),
        "shape": shipped.shape,
        "scores": shipped.card["scores"],
    }


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    return {
        "label": _("Text, up to 23 tokens"),
        "task": _("Task"),
        "examples": _("Examples"),
        "go": _("Read"),
        "modes": [
            ["greedy", _("greedy")],
            ["beam", _("beam search")],
            ["sample", _("sampling")],
        ],
        "beams": _("Beams"),
        "beamsHelp": _("How many beginnings are followed at the same time."),
        "temperature": _("temperature"),
        "temperatureHelp": _("Low: the likeliest token nearly always. High: anything goes."),
        **cut_words(),
        "again": _("draw again (seed {seed})"),
        "player": {
            "start": _("to the start"),
            "back": _("back"),
            "play": _("Play"),
            "pause": _("Pause"),
            "step": _("next token"),
            "end": _("to the end"),
        },
        "from": _("goes in"),
        "tokenSays": _("probability {p}; click to see the others"),
        "release": _("take back what you replaced"),
        "verdicts": {
            "right": _("right"),
            "wrong": _("wrong; it is: {text}"),
            "unknown": _("not a sentence of the grammar: there is no right answer to compare with"),
            "endless": _("cut off: no end token came"),
            "goes": _("not at the end yet"),
        },
        "diagram": {
            "says": _("Encoder with {S} tokens, decoder with {T}, {D} numbers each, {H} heads"),
            "blocks": block_names(),
            "feet": {"encoder": _("tokens"), "decoder": _("tokens")},
            "memory": _("memory"),
        },
        "candidates": {
            "title": _("Candidates for token {at}"),
            "before": _("Only the start token is there: press “next token”"),
            "note": _("bars: powers of ten; click one to choose it instead"),
            "another": _("or any other:"),
            "isCut": cut_words()["isCut"],
        },
        "heads": {"name": _("layer {layer}, head {head}"), "layer": _("layer {layer}")},
        "reads": _("“{reader}” reads “{read}”: {weight}"),
        "crossTitle": _("What this step reads of the source"),
        "crossNote": _("encoder-decoder attention of the selected head"),
        "maskedTitle": _("Attention over its own tokens"),
        "maskedNote": _("a row a step, nothing to the right: masked"),
        "tree": {
            "title": _("The tree of the beam search"),
            "about": _("logarithm of the probability so far; struck through: pruned"),
            "node": _("{token}: p {p}, log p so far {logp}, score {score}"),
            "says": _("Score of the best: {score}. Greedy: {greedy}."),
        },
        "beside": {
            "title": _("Teacher-forced, and generated"),
            "about": _(
                "teacher forcing asks at every position as if all tokens before it were right"
            ),
            "truth": _("the truth"),
            "fed": _("teacher-forced"),
            "alone": _("generated (greedy)"),
            "heldOut": _("The right answer is “{text}”. The network was not trained on it."),
            "seen": _("The right answer is “{text}”. The network was trained on it."),
            "noTruth": _("Not a sentence of the grammar: there is nothing to compare with."),
            "scores": _(
                "On {of} held-out texts: {tokens} of the tokens are right with teacher forcing,"
                " {exact} of the whole answers when generated."
            ),
        },
        "block": block_words(),
        "scored": scored_words(),
        "unreachable": _("The server cannot be reached. What you did is safe; trying again."),
    }
