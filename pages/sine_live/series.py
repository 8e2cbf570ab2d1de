"""The picture of "Sine, live" on a real series: the component of series.js, and all its words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pages.kit import opened
from pages.kit.language import _
from pages.kit.picture import Picture
from pages.kit.run import words as training_words
from pages.sine_live.view import cell_names

PICTURE = Picture("series", "sine_live/series.js")


def series_picture(
    config: dict[str, Any],
    *,
    curve: list[float],
    number: dict[str, Any] | None,
    hidden: list[str],
    language: str,
    on_view: Callable[[dict[str, Any]], None],
) -> None:
    """Show the picture. Training goes on in it without a rerun of the page.

    Args:
        config: what a run of one's own is to be; when it changes, a new run begins.
        curve: the one that is drawn by hand, or that stands there at first.
        number: the one that is open at first.
        hidden: parts that are left out: "rate".
        language: of the words; another one builds the picture anew.
        on_view: is told which run is shown, what was chosen in the picture, and which number is
            open, as that of `sine_picture`.
    """
    PICTURE.show(
        on_view,
        config=config,
        curve=curve,
        number=number,
        guess=None,
        hidden=hidden,
        language=language,
        words=words(),
    )


def scaling_names() -> dict[str, str]:
    """What each normalisation is called."""
    return {
        "none": _("none"),
        "minmax": _("min-max"),
        "zscore": _("z-score"),
        "differences": _("differences"),
        "log_returns": _("log-returns"),
    }


def source_names() -> dict[str, str]:
    """What each series is called."""
    return {
        "stocks": _("stock prices"),
        "weather": _("weather"),
        "hourly": _("hourly temperature"),
        "table": _("your table"),
        "drawn": _("drawn by hand"),
    }


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    panel = training_words.words(
        named=["scaling"],
        fields={
            "source": "",
            "symbol": "",
            "inputs": _("reads {value}"),
            "scaling": "",
            "length": _("window {value}"),
            "period": _("period {value}"),
            "cell": "",
            "hidden": _("hidden size {value}"),
            "learning_rate": _("rate {value}"),
            "batch": _("batch {value}"),
            "epochs": _("{value} epochs"),
            "seed": _("seed {value}"),
            "unit": "",
        },
        values={
            "source": source_names(),
            "scaling": scaling_names(),
            "cell": cell_names(),
            "inputs": {"all": _("all columns"), "target": _("its own past only")},
        },
    )
    return panel | {
        "cells": {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"},
        "units": {"stocks": "$", "weather": "°C", "hourly": "°F"},
        "baselines": {
            "persistence": _("persistence"),
            "seasonal": _("seasonal, {period} rows before"),
            "autoregression": _("linear autoregression"),
        },
        "lossTitle": _("Loss"),
        "lossNote": _("solid: training, dashed: calibration part; after normalisation"),
        "lossLabel": _("Loss against training step, logarithmic"),
        "mse": _("mean squared error"),
        "step": _("step"),
        "training": _("training"),
        "validation": _("calibration"),
        "rateMark": _("rate {rate}"),
        "truth": _("truth"),
        "target": _("target"),
        "calibration": _("calibration"),
        "held": _("held out"),
        "row": _("row {row}"),
        "forecastTitle": _("One row ahead, on what was held out"),
        "forecastNote": _("the band is to hold nine of ten"),
        "wholeTitle": _("The series"),
        "wholeNote": _("grey: the window that is read for the last target, or the one opened"),
        "scaledTitle": _("What the network reads"),
        "scaledUnit": _("after normalisation"),
        "reasons": {
            "none": _("numbers as they are: large ones saturate the cells"),
            "minmax": _("0 to 1 on the training part; outside it, any value can come"),
            "zscore": _("mean 0, deviation 1 on the training part: for levels that come back"),
            "differences": _("steps from row to row: no level that drifts, and 0 is persistence"),
            "log_returns": _("ratios from row to row: for prices, whose steps grow with them"),
        },
        "shiftsTitle": _("The lag test"),
        "shiftsNote": _("the forecast against the truth of earlier rows: lowest at 0 is foresight"),
        "shift": _("rows earlier"),
        "errorIn": _("error in {unit}"),
        "drawTitle": _("Draw a curve"),
        "drawNote": _("with the mouse, a pen or a finger; the network learns how it goes on"),
        "noTable": _("Paste a table of at least 50 rows, or take a file, above the picture."),
        "scoresTitle": _("Judged on what was held out"),
        "scoresNote": _("root mean squared error of one row ahead"),
        "error": _("error"),
        "over": _("over persistence"),
        "width": _("interval"),
        "coverage": _("holds"),
        "lag": _("best shift"),
        "help": {
            "error": _("Root of the mean squared error, in the unit of the series."),
            "over": _("Below 1 there is more in it than the value before."),
            "width": _("Half the width on average, from misses so far: adaptive conformal."),
            "coverage": _("Share of held-out rows within their interval; nine of ten are wanted."),
            "lag": _("How many rows earlier the truth fits the forecast best."),
        },
        "verdicts": {
            "better": _(
                "{who}: {over} of the error of persistence. It knows more than the last value."
            ),
            "alike": _("{who}: as good as persistence, {over} of its error. It adds nothing."),
            "worse": _("{who} loses to persistence: {over} times its error."),
        },
        "follows": _(
            "Shifted by {lag}, the truth fits its forecast best: mostly it follows what was."
        ),
        "drifts": _(
            "{share} of the held-out part lies beyond all that it was trained on: the level has "
            "drifted away, and no network has learned what to say there. Differences and "
            "log-returns have no level."
        ),
        "untrained": _("Its weights are random still: press Play, and it learns."),
        "overfits": _(
            "It has learned what held by chance in the training part: fewer epochs, a smaller "
            "hidden size or more rows help."
        ),
        "arrays": {
            "before": _("the value before"),
            "offset": _("offset"),
            "output": _("output"),
            "growth": _("growth"),
            "error": _("error"),
            "still": _("error of persistence"),
        },
        "numbers": {
            "error": _("{who}: the root of the mean of its squared errors"),
            "over": _("{who}: its error over that of persistence"),
            "coverage": _("{who}: the share of rows within their interval, 1 or 0 for each"),
            "width": _("{who}: half the width of its intervals, on average"),
            "said": _("{who}: what it said of {date}"),
            "growth": _("{who}, {date}: the growth that its output stands for"),
            "output": _("{who}, {date}: its output, as normalised"),
            "unit": _("{who}, {date}: unit {unit} behind its output"),
        },
        "opened": opened.words(),
    }
