"""The second picture of "LeNet, AlexNet, VGG": one drawing through five networks at once."""

from __future__ import annotations

from typing import Any

from core import claims
from core.vision.architectures.answer import NETS
from core.vision.architectures.facts import REFERENCE, facts
from core.vision.drawing import MAX_POINTS, MAX_STROKES, PEN, SIDE
from pages.kit import opened
from pages.kit.exchange import Exchange
from pages.kit.language import _, sentence
from pages.kit.picture import Picture

PICTURE = Picture("arch_five", "lenet_alexnet_vgg/five.js")


def five_picture(shared: Exchange, *, seed: int, hidden: list[str], language: str) -> None:
    """Show the picture.

    Args:
        shared: what the person can change in it: drawing, stage, the number that is opened.
        seed: the number of the first sample; the next ones follow it.
        hidden: parts that are left out: "stages".
        language: of the words; another one builds the picture anew.
    """
    PICTURE.show(
        shared,
        seed=seed,
        nets=list(NETS),
        facts=facts(),
        hidden=hidden,
        language=language,
        limits={"side": SIDE, "pen": PEN, "points": MAX_POINTS, "strokes": MAX_STROKES},
        words=words(),
    )


def nets() -> dict[str, str]:
    """What each digit-sized network is called."""
    return {
        "simple": "SimpleCNN",
        "lenet5": "LeNet-5",
        "alexnet": _("AlexNet-like"),
        "vgg": _("VGG-like"),
        "tiny": _("tiny"),
    }


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    return {
        "nets": nets(),
        "kindOf": {
            "simple": _("two 3 × 3, the notes' recipe"),
            "lenet5": _("two 5 × 5, tanh, averages"),
            "alexnet": _("five layers, pools overlap"),
            "vgg": _("six 3 × 3 in pairs"),
            "tiny": _("six 3 × 3, no hidden layer"),
        },
        "canvas": _("Canvas: draw a digit with mouse, finger or pen"),
        "canvasHelp": _(
            "Ctrl+Z undoes, Delete clears. With the keyboard alone, begin with a sample."
        ),
        "tools": _("Drawing tools"),
        "undo": _("Undo"),
        "clear": _("Clear"),
        "sample": _("A sample"),
        "full": _("The canvas is full. Erase something, or clear it."),
        "unreachable": _("The server cannot be reached. Your drawing is safe; trying again."),
        "stage": _("Maps"),
        "stages": [
            ["first", _("after the first layer")],
            ["pool1", _("after one pooling")],
            ["pool2", _("after two")],
            ["last", _("the last ones")],
        ],
        "maps": _("maps"),
        "mapsSay": _("{net}: maps of {layer}, {shape}"),
        "answer": _("answer"),
        "blank": _("draw a digit"),
        "facts": {
            "parameters": _("parameters"),
            "multiply_adds": _("multiply-adds"),
            "accuracy": _("MNIST test set"),
            "calibration_error": _("calibration error"),
        },
        "sources": {name: sentence(claims.tested(made)) for name, made in NETS.items()},
        "pairedSource": sentence(claims.tested("paired_results")),
        "interval": _("{low} to {high}"),
        "pairedWith": _("test digits that only it reads, to those that only {net} reads").format(
            net=nets()[REFERENCE]
        ),
        "paired": _("{first} to {second}"),
        "open": _("How does {net} come to this probability of {digit}?"),
        **opened.of_networks(),
        "time": _("one picture, here"),
        "measure": _("Measure the time of one picture here and now (median of 40)"),
        "measuring": _("Measuring …"),
    }
