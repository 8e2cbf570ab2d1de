"""The third picture of "LeNet, AlexNet, VGG": equal cost, and one idea at a time."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from core import claims
from core.schema import Refusal
from core.vision.fair.ideas import IDEAS
from pages import registry
from pages.kit import opened
from pages.kit.exchange import Exchange
from pages.kit.language import _, sentence
from pages.kit.picture import Picture
from pages.lenet_alexnet_vgg.five import nets

TRAIN = "train-a-cnn"

PICTURE = Picture("arch_fair", "lenet_alexnet_vgg/fair.js")


def fair_picture(shared: Exchange, *, hidden: list[str], language: str) -> None:
    """Show the picture.

    Args:
        shared: what the person can change in it: equal, idea.
        hidden: parts that are left out: "kinds".
        language: of the words; another one builds the picture anew.
    """
    PICTURE.show(
        shared,
        links=links(),
        hidden=hidden,
        language=language,
        words=words(),
    )


def links() -> dict[str, dict[str, dict[str, str]]]:
    """For each variant that "Train a CNN" can train, the query that opens it there."""
    table = next(entry.table for entry in registry.PAGES if entry.path == TRAIN)
    assert table is not None
    by_idea: dict[str, dict[str, dict[str, str]]] = {}
    for idea in IDEAS:
        for variant in idea.variants:
            if variant.config is None or not set(variant.config) <= set(table.fields):
                continue
            try:
                query = urlencode(table.link(table.defaults() | variant.config))
            except Refusal:
                continue
            by_idea.setdefault(idea.name, {})[variant.name] = {
                "query": query,
                "epochs": f"{variant.config['epochs']:g}",
            }
    return by_idea


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    return {
        "source": sentence(claims.tested("fair_results")),
        "equalTitle": _("At equal cost"),
        "equals": [
            ["parameters", _("equal parameters")],
            ["multiply_adds", _("equal multiply-adds")],
            ["seconds", _("equal seconds")],
        ],
        "families": nets() | {"alexnet_plain": _("… no dropout")},
        "held": {
            "parameters": _(
                "At most {budget} parameters each, as many as LeNet-5 has: the widths were "
                "changed, nothing else. {images} digits, {steps} batches, the best of three "
                "learning rates, two seeds."
            ),
            "multiply_adds": _(
                "At most {budget} multiply-adds each, as many as LeNet-5 needs: the widths were "
                "changed, nothing else. {images} digits, {steps} batches, the best of three "
                "learning rates, two seeds. So narrow a net cannot spare the units that dropout "
                "takes."
            ),
            "seconds": _(
                "Each trained for {budget} seconds of computing on one thread, with the widths and "
                "rates of equal parameters, on 55,000 digits. A cheap network sees more batches."
            ),
        },
        "dotsLabel": _("Accuracy on the test set with 95% intervals"),
        "secondsLabel": _("Accuracy on validation digits over seconds of training"),
        "secondsOf": _("seconds"),
        "curvesLabel": _("Accuracy on validation digits over batches"),
        "right": _("right"),
        "batches": _("batches"),
        "tested": _("MNIST test set"),
        "columns": {
            "parameters": _("parameters"),
            "multiply_adds": _("multiply-adds"),
            "seconds": _("seconds"),
            "batches": _("batches"),
            "calibration": _("calibration error"),
        },
        "ideasTitle": _("One idea at a time"),
        "ideas": ideas(),
        "outcomes": {
            "first": _("What the others are compared with."),
            "better": _("Better than “{first}”: the 95% intervals of all their runs lie apart."),
            "worse": _("Worse than “{first}”: the 95% intervals of all their runs lie apart."),
            "same": _("Some intervals overlap with those of “{first}”: two runs do not settle it."),
            "not_begun": _(
                "Has not begun to learn: its loss is still that of guessing. That says something "
                "about its initial weights, not about the idea."
            ),
        },
        "opened": opened.words(),
        "counts": opened.counts(),
        "onward": _("from {name}"),
        "close": _("Close"),
        "costs": _("{parameters} parameters, {products} multiply-adds"),
        "train": _("Train this one yourself, {epochs} epochs"),
        "unreachable": _("The server cannot be reached; trying again."),
    }


def ideas() -> list[dict[str, Any]]:
    """What each experiment is about, and what its variants are called."""
    return [
        {
            "name": "activation",
            "title": _("tanh or ReLU"),
            "text": _(
                "LeNet-5 three times, with another activation each: same digits ({images}), same "
                "seeds, the notes' SGD. A sigmoid passes on a quarter of the gradient at best."
            ),
            "variants": {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"},
        },
        {
            "name": "dropout",
            "title": _("Dropout"),
            "text": _(
                "The notes' SimpleCNN with 1.6 million parameters and only {images} digits: it can "
                "learn them by heart. Does leaving out half of the units help?"
            ),
            "variants": {"without": _("without dropout"), "dropout": _("dropout 0.5")},
        },
        {
            "name": "augmentation",
            "title": _("Changed digits"),
            "text": _(
                "The same network and {images} digits, seen as they are, or turned, bent, moved "
                "and made thicker or thinner, anew each time."
            ),
            "variants": {"as_they_are": _("as they are"), "changed": _("changed each time")},
        },
        {
            "name": "kernels",
            "title": _("Small kernels"),
            "text": _(
                "One 7 × 7 or three 3 × 3 with a ReLU after each, twice: the same receptive field, "
                "the same number of maps. {images} digits, {steps} batches. Both once more with "
                "batch normalisation, which came in 2015: the stack is the deeper network."
            ),
            "variants": {
                "one_7": _("one 7 × 7"),
                "three_3": _("three 3 × 3"),
                "one_7_norm": _("one 7 × 7, batch norm"),
                "three_3_norm": _("three 3 × 3, batch norm"),
            },
        },
        {
            "name": "overlap",
            "title": _("Overlapping pooling"),
            "text": _(
                "Windows of 2 moved by 2, or windows of 3 moved by 2. {images} digits. The maps "
                "become a little smaller, and with them the fully connected layer."
            ),
            "variants": {"apart": "2 × 2", "overlapping": "3 × 3 / 2"},
        },
        {
            "name": "depth",
            "title": _("Depth"),
            "text": _(
                "1, 2 or 4 convolutions of 3 × 3 in each of three stages, nothing else changed. "
                "{images} digits, {steps} batches. The deepest also with batch normalisation, "
                "which came in 2015."
            ),
            "variants": {
                "3": _("3 layers"),
                "6": _("6 layers"),
                "12": _("12 layers"),
                "12_norm": _("12 layers, batch norm"),
            },
        },
    ]
