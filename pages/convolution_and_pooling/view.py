"""The picture of "Convolution": the component of view.js."""

from __future__ import annotations

from typing import Any

from core.vision.convolution import kernels, limits
from core.vision.drawing import MAX_POINTS, MAX_STROKES, PEN, SIDE
from pages.convolution_and_pooling.words import words
from pages.kit.exchange import Exchange
from pages.kit.picture import Picture

PICTURE = Picture("convolution", "convolution_and_pooling/view.js")

_LIMITS = {
    "channels": limits.CHANNELS,
    "kernel": limits.KERNEL,
    "stride": limits.STRIDE,
    "padding": limits.PADDING,
    "dilation": limits.DILATION,
    "filters": limits.FILTERS,
    "groups": limits.GROUPS,
    "output_padding": limits.OUTPUT_PADDING,
    "angle": kernels.ANGLES,
}


def conv_picture(
    shared: Exchange, *, guess: dict[str, Any] | None, hidden: list[str], language: str
) -> None:
    """Show the picture.

    Args:
        shared: what the person can change in the picture itself, as the live route takes it.
        guess: what is asked before the answer is shown.
        hidden: parts that are left out: "inputs", "kernel", "movement", "after", "player",
            "number".
        language: of the words; another one builds the picture anew.
    """
    learned = kernels.learned_names()
    layers = [f"{network}.{layer}" for network, pairs in learned.items() for layer, _ in pairs]
    PICTURE.show(
        shared,
        guess=guess,
        hidden=hidden,
        language=language,
        limits={name: list(pair) for name, pair in _LIMITS.items()},
        natural={name: list(kernels.natural(name)) for name in kernels.NAMES}
        | {layer: list(kernels.natural(f"{layer}.0")) for layer in layers},
        learned={name: [list(pair) for pair in pairs] for name, pairs in learned.items()},
        canvas={"side": SIDE, "pen": PEN, "points": MAX_POINTS, "strokes": MAX_STROKES},
        words=words(),
    )
