"""The picture of "Train a CNN": the component of view.js."""

from __future__ import annotations

from typing import Any

from core.vision.drawing import MAX_POINTS, MAX_STROKES, PEN, SIDE
from core.vision.training.setting import PEN as TO_DRAW
from pages.kit.exchange import Exchange
from pages.kit.picture import Picture
from pages.train_a_cnn import words as cnn_words

PICTURE = Picture("cnn", "train_a_cnn/view.js")


def cnn_picture(
    shared: Exchange,
    config: dict[str, Any],
    *,
    sample: int,
    guess: dict[str, Any] | None,
    hidden: list[str],
    language: str,
) -> None:
    """Show the picture. Training goes on in it without a rerun of the page.

    Args:
        shared: the drawing that goes through the network, and the number that is open; the picture
            also reports the run on show (`run`, and `at`: the step of the saved state on show, or
            -1 for the latest), what was chosen (`config`) or broken in it (`edits`), and a digit of
            the data that goes through it instead (`image`).
        config: what a run of one's own is to be; when it changes, a new run begins.
        sample: the number of the first sample; the next ones follow it.
        guess: what is asked before the answer is shown.
        hidden: parts that are left out: "rate", "tools", "number".
        language: of the words; another one builds the picture anew.
    """
    PICTURE.show(
        shared,
        config=config,
        seed=sample,
        guess=guess,
        hidden=hidden,
        language=language,
        pen=TO_DRAW,
        limits={"side": SIDE, "pen": PEN, "points": MAX_POINTS, "strokes": MAX_STROKES},
        words=cnn_words.words(),
    )
