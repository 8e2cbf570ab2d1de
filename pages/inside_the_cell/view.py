"""The picture of "Inside the cell": the component of view.js, and all its words."""

from __future__ import annotations

from typing import Any

from core.recurrent.cells import GATES
from pages.kit import opened, scored, trace_number
from pages.kit.cell_words import CELLS, gate_names
from pages.kit.exchange import Exchange
from pages.kit.language import LANGUAGES, _
from pages.kit.picture import Picture
from pages.kit.run import words as training_words

COLOURS = {"lstm": 0, "rnn": 1, "gru": 2}
"""Each cell's own category of the palette, the same on every page."""

PICTURE = Picture("cell", "inside_the_cell/view.js")


def cell_picture(
    shared: Exchange,
    *,
    source: str,
    distance: int,
    talk: int,
    config: dict[str, Any],
    guess: dict[str, Any] | None,
    hidden: list[str],
    language: str,
) -> None:
    """Show the picture.

    Args:
        shared: what the person can choose in the picture itself: cell, name, place.
        source: "sentence" or "sine": what the network on show reads.
        distance: words between the name and the answer.
        talk: number of the small talk between them.
        config: of the run that play begins.
        guess: what is asked before the answer is shown.
        hidden: parts that are left out: "panel", "number".
        language: of the words; another one builds the picture anew.
    """
    PICTURE.show(
        shared,
        source=source,
        distance=distance,
        talk=talk,
        config=config,
        guess=guess,
        hidden=hidden,
        language=language,
        words=words(),
    )


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    return {
        "cells": list(CELLS.items()),
        "colours": COLOURS,
        "order": {kind: list(gates) for kind, gates in GATES.items()},
        "gates": gate_names(),
        "short": {
            "input": _("input"),
            "forget": _("forget"),
            "candidate": _("candidate"),
            "output": _("output"),
            "reset": _("reset"),
            "update": _("update"),
            "h": "h",
        },
        "ranges": {
            "input": _("0 shut, 1 open"),
            "forget": _("0 forgets, 1 keeps"),
            "candidate": _("−1 to 1"),
            "output": _("0 hides, 1 shows"),
            "reset": _("0 ignores the past"),
            "update": _("1 keeps the past"),
            "c": _("what is remembered"),
            "h": _("what is passed on"),
        },
        "symbols": {
            "input": "i",
            "forget": "f",
            "candidate": "g",
            "output": "o",
            "reset": "r",
            "update": "z",
            "c": "c",
            "h": "h",
            "c_before": "c₋₁",
            "h_before": "h₋₁",
            "tanh_c": "tanh c",
            "one_minus_update": "1 − z",
        },
        "about": {
            "rnn": _("no gate"),
            "gru": _("two gates: reset, update"),
            "lstm": _("three gates: input, forget, output"),
        },
        "guess": _("expects next"),
        "guessHelp": _("The likeliest next word after each word; the fainter, the less sure."),
        "guessIs": _("{word}, with probability {share}"),
        "hidden": _("hidden state"),
        "hiddenHelp": _("Each box is a cell; the colours in it are its hidden state."),
        "word": _("reads"),
        "name": _("Another name"),
        "stepOf": _("Step {time}, {word}"),
        "influence": _("Sensitivity of the last hidden state to each word"),
        "influenceHelp": _(
            "|∂h at the end / ∂x here|, each row on its own scale; small: a small change "
            "goes unnoticed, not forgotten"
        ),
        "largestInfluence": _("up to {size}"),
        "series": _("The series that the network reads, and what it predicts"),
        "inputLine": _("reads"),
        "predictionLine": _("predicts"),
        "answer": _("The answer"),
        "truth": _("The name makes it {word}."),
        "trainedAt": _("Trained at a distance of {trained}; here it is {distance}."),
        "answerOf": _("What the {cell} says"),
        "says": _("{gate}, unit {unit}, step {time} ({word}): {value}"),
        "panel": training_words.words(
            named=["distance", "hidden"],
            fields={
                "distance": _("distance {value}"),
                "hidden": _("{value} units"),
                "forget_bias": _("forget bias {value}"),
                "seed": _("seed {value}"),
                "language": "",
            },
            values={"language": dict(LANGUAGES)},
        ),
        "right": _("right answers"),
        "rightLabel": _("How often each cell is right as it learns"),
        "chance": _("by chance"),
        "stepName": _("step"),
        "layer": _("Layer"),
        "layerOf": _("Layer {layer}"),
        "whichRun": _("Run"),
        "shippedRun": _("included example"),
        "ownRun": _("run {index}: {cell}, {hidden} units"),
        "spoken": _spoken(),
        "scored": scored.words(
            {
                kind: _("{cell}, at the end of fixed sentences").format(cell=CELLS[kind])
                for kind in CELLS
            }
        ),
        "cellNow": _("The {cell} while it reads “{word}”"),
        "three": _("The other cells at this step"),
        "unitLine": _(
            "Unit {unit}, step {time}: gates are as far open, streams as wide as their numbers; "
            "grey: all units."
        ),
        "readOn": _("Read on"),
        "readStop": _("Stop reading"),
        "stepBack": _("one word back"),
        "stepOn": _("one word on"),
        "numberOf": _("{gate}, unit {unit}"),
        "numberAt": _("step {time} ({word}), layer {layer}"),
        "arithmetic": _("The arithmetic of one number"),
        "fade": opened.words()["fade"],
        "fromInput": _("from what it reads"),
        "fromHidden": _("from the hidden state before"),
        "inputUnit": _("input {unit}"),
        "hiddenUnit": _("unit {unit}"),
        "others": _("all others"),
        "timesReset": _("all this times the reset gate, {reset}"),
        "biases": _("biases"),
        "biasInput": _("bias of the input"),
        "biasHidden": _("bias of the hidden state"),
        "before": _("together"),
        "together": _("together"),
        "sigmoidOf": _("The sigmoid squeezes this between 0 and 1:"),
        "tanhOf": _("tanh squeezes this between −1 and 1:"),
    }


def _spoken() -> dict[str, Any]:
    """What the numbers are called behind what a network says."""
    return trace_number.words() | {
        "names": {
            "probabilities": _("probability of “{next}” after “{word}”"),
            "scores": _("score of “{next}” after “{word}”"),
            "h": _("hidden state at “{word}”, unit {unit}"),
            "influence": _("sensitivity of the last hidden state to “{word}”"),
            "jacobian": _("∂h / ∂x: unit {unit} at the end, input {input} at “{word}”"),
            "arriving": _("what comes back to “{word}”: unit {unit}, sum {input}"),
        }
    }
