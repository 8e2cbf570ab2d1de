"""The second picture of "Long dependencies": the component of adding.js."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pages.kit import opened
from pages.kit.cell_words import CELLS
from pages.kit.language import _
from pages.kit.picture import Picture
from pages.kit.run import words as training_words

PICTURE = Picture("adding", "long_dependencies/adding.js")


def adding_picture(
    config: dict[str, Any],
    *,
    number: dict[str, Any] | None,
    language: str,
    on_view: Callable[[dict[str, Any]], None],
) -> None:
    """Show the adding problem. Training goes on in it without a rerun of the page.

    Args:
        config: what a run of one's own is to be; when it changes, a new run begins.
        number: the one that is open at first.
        language: of the words; another one builds the picture anew.
        on_view: is told what the person chose in the picture (`config`), which number is open
            (`number`), and of which run and saved state (`run`, `at`).
    """
    PICTURE.show(
        on_view,
        config=config,
        number=number,
        language=language,
        words=words(),
    )


def cell_names() -> dict[str, str]:
    """What each choice of cell is called."""
    return CELLS | {"race": _("all three, as a race")}


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    panel = training_words.words(
        named=["cell", "length"],
        fields={
            "cell": "",
            "length": _("length {value}"),
            "hidden": _("hidden size {value}"),
            "learning_rate": _("rate {value}"),
            "steps": _("{value} steps"),
            "forget_bias": _("forget bias {value}"),
            "clip": _("clipping {value}"),
            "seed": _("seed {value}"),
        },
        values={"cell": cell_names(), "clip": {"0": _("off"), "0.0": _("off")}},
    )
    return panel | {
        "cells": CELLS,
        "lossTitle": _("Loss"),
        "lossNote": _("of each training batch; fresh sequences at every step"),
        "lossLabel": _("Loss of the adding problem against training step, logarithmic"),
        "mse": _("mean squared error"),
        "step": _("step"),
        "mean": _("always 1"),
        "trivial": _("always answering 1"),
        "test": _("Test error"),
        "testNote": _("mean squared error on 256 sequences never trained on"),
        "fates": {
            "solved": _("solved"),
            "learns": _("has begun to remember"),
            "guesses": _("remembers nothing"),
        },
        "truth": _("truth"),
        "sequencesTitle": _("Three test sequences"),
        "sequencesNote": _("the two marked values are to be added; what does each network say?"),
        "rateMark": _("rate {rate}"),
        "sequenceOf": _("sequence {sequence}"),
        "numbers": {
            "test": _("{cell}: the mean squared error on all test sequences"),
            "prediction": _("{cell}: what it says to test sequence {sequence}"),
            "unit": _("{cell}, test sequence {sequence}: unit {unit} of the last hidden state"),
        },
        "opened": opened.words(),
    }
