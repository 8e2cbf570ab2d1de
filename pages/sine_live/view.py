"""The picture of "Sine, live": the component of view.js, and all its words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pages.kit import opened
from pages.kit.language import _
from pages.kit.picture import Picture
from pages.kit.run import words as training_words

PICTURE = Picture("sine", "sine_live/view.js")


def sine_picture(
    config: dict[str, Any],
    *,
    number: dict[str, Any] | None,
    guess: dict[str, Any] | None,
    hidden: list[str],
    language: str,
    on_view: Callable[[dict[str, Any]], None],
) -> None:
    """Show the picture. Training goes on in it without a rerun of the page.

    Args:
        config: what a run of one's own is to be; when it changes, a new run begins.
        number: the one that is open at first.
        guess: what is asked before the answer is shown.
        hidden: parts that are left out: "rate", "runs".
        language: of the words; another one builds the picture anew.
        on_view: is told which run is shown (`run`, and `at`: the step of the saved state that is
            looked at, or -1 for the latest), what was chosen in the picture (`config`), and which
            number is open (`number`).
    """
    PICTURE.show(
        on_view,
        config=config,
        number=number,
        guess=guess,
        hidden=hidden,
        language=language,
        words=words(),
    )


def cell_names() -> dict[str, str]:
    """What each choice of cell is called."""
    return {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU", "race": _("all three, as a race")}


def kind_names() -> dict[str, str]:
    """What each kind of series is called."""
    return {
        "notes": _("the notes' sine"),
        "sine": _("a sine, next sample"),
        "sines": _("several sines"),
        "square": _("a square wave"),
        "saw": _("a saw tooth"),
        "noise": _("a sine with noise"),
        "table": _("a column of your own"),
    }


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    panel = training_words.words(
        named=["cell", "hidden"],
        fields={
            "cell": "",
            "kind": "",
            "hidden": _("hidden size {value}"),
            "layers": _("{value} layers"),
            "dropout": _("dropout {value}"),
            "learning_rate": _("rate {value}"),
            "schedule": _("{value} rate"),
            "optimiser": "",
            "batch": _("batch {value}"),
            "epochs": _("{value} epochs"),
            "samples": _("{value} samples"),
            "length": _("length {value}"),
            "clip": _("clipping {value}"),
            "output": _("output: {value}"),
            "warm_up": _("{value} warm-up steps excluded"),
            "seed": _("seed {value}"),
        },
        values={
            "cell": cell_names(),
            "kind": kind_names(),
            "batch": {"0": _("of all")},
            "clip": {"0.0": _("off")},
            "schedule": {"constant": _("constant"), "decay": _("falling")},
            "optimiser": training_words.optimisers(),
            "output": {"every": _("every step"), "last": _("last step")},
        },
        example=["cell", "hidden", "kind", "epochs"],
    )
    return panel | {
        "cells": {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"},
        "lossTitle": _("Loss"),
        "lossNote": _("solid: training, dashed: validation"),
        "lossLabel": _("Loss against training step, logarithmic"),
        "mse": _("mean squared error"),
        "step": _("step"),
        "time_step": _("time step"),
        "training": _("training"),
        "validation": _("validation"),
        "persistence": _("persistence"),
        "two_tap": _("two-tap rule"),
        "truth": _("truth"),
        "oneTitle": _("One step ahead"),
        "oneNote": _("every input is the true series"),
        "oneValidation": _("a validation example"),
        "oneTrain": _("a training example"),
        "freeTitle": _("Free-running"),
        "freeNote": _("from the mark on, every input is its own last output"),
        "freeMark": _("on its own from here"),
        "scoresTitle": _("Mean squared error on the validation set"),
        "scoreOne": _("one step"),
        "scoreFree": _("free-running, {horizon} steps"),
        "freeShort": _("free-running"),
        "persistenceHelp": _("Says that the next value is the present one."),
        "twoTapHelp": _(
            "A fixed sum of the last two values, no network: exact for a pure sine wave."
        ),
        "noColumn": _("Paste a column of numbers, or take a file: under More."),
        "rateMark": _("rate {rate}"),
        "windowOf": _("window {window}"),
        "timeOf": _("output {time}"),
        "numbers": {
            "score": _("{cell}, {mode}: the mean of the errors of all windows"),
            "window": _("{cell}, {mode}, window {window}: the mean of its squared differences"),
            "output": _("{cell}, {mode}, window {window}: its output {time}"),
            "unit": _("{cell}, {mode}, window {window}, output {time}: unit {unit} behind it"),
        },
        "opened": opened.words(),
    }
