"""Every word in the pictures of "Why not a plain network", in the language of the session."""

from __future__ import annotations

from typing import Any

from pages.kit import opened, scored
from pages.kit.language import _
from pages.kit.run import words as training_words


def words() -> dict[str, Any]:
    """The words of view.js."""
    return {
        "fields": {
            "side": _("Side of the picture"),
            "channels": _("Channels of the picture"),
            "units": _("Units of the layer"),
            "kernel": _("Side of a kernel"),
            "maps": _("Kernels"),
        },
        "channels": [[1, _("grey")], [3, _("three colours")]],
        "layers": {
            "connected": _("Fully connected layer"),
            "convolution": _("Convolution"),
        },
        "rules": {
            "connected": _(
                "parameters: {inputs} numbers in, each with a weight to each of {units} units, and "
                "{units} biases"
            ),
            "convolution": _(
                "parameters: {maps} kernels of {kernel} × {kernel} × {channels} weights, and "
                "{maps} biases, whatever the size of the picture"
            ),
        },
        "rows": {
            "memory": _("memory, float32"),
            "training": _("to train it with Adam"),
            "products": _("products for one picture"),
        },
        "toScale": _("Parameters as areas, to scale"),
        "ratio": _("The fully connected layer has {times} times as many parameters."),
        "ratioLess": _("Here the convolution has {times} times as many parameters."),
        "enlarged": _(
            "The small square is drawn larger than it is: to scale its side would be {side}% of "
            "the picture's width."
        ),
        "neighbours": _("What flattening does to neighbours"),
        "drawing": _("Your drawing, 28 × 28"),
        "shuffled": _("The same pixels, shuffled"),
        "other": _("another shuffle"),
        "seed": _("seed {seed}"),
        "vector": _("What a plain network gets: the rows one after the other, 784 numbers"),
        "vectorShuffled": _("Shuffled: to a plain network this is just as good"),
        "apart": _(
            "In the vector the right neighbour is {across} away, the lower one {down}; in a "
            "picture of {side} × {side} pixels {large}. On average {mean}."
        ),
        "apartMixed": _(
            "{share} of all neighbours are none any more; in the vector they lie {mean} apart on "
            "average."
        ),
        "unreachable": _("The server cannot be reached. What you set is safe; trying again."),
        "opened": opened.words(),
        "onward": _("from {name}"),
        "close": _("Close"),
        "numbers": {
            "side": _("Side of the picture"),
            "channels": _("Channels of the picture"),
            "units": _("Units of the layer"),
            "kernel": _("Side of a kernel"),
            "maps": _("Kernels"),
            "inputs": _("numbers of the picture"),
            "connected_times": _("parameters of the fully connected layer over the convolution's"),
            "convolution_times": _(
                "parameters of the convolution over the fully connected layer's"
            ),
            **_places(),
            **{
                f"{layer}_{what}": f"{name}: {text}"
                for layer, name in (
                    ("connected", _("Fully connected layer")),
                    ("convolution", _("Convolution")),
                )
                for what, text in (
                    ("parameters", _("parameters")),
                    ("memory", _("memory, float32")),
                    ("training", _("to train it with Adam")),
                    ("products", _("products for one picture")),
                )
            },
        },
    }


def _places() -> dict[str, str]:
    """What the numbers of neighbours in a vector are called."""
    orders = {"flat": _("row after row"), "mixed": _("shuffled")}
    parts = {
        "first": _("place of a pixel in the vector"),
        "second": _("place of its neighbour"),
        "gap": _("one place minus the other"),
        "distances": _("distance of two neighbours"),
        "mean": _("mean distance of neighbours"),
    }
    return {
        "row": _("row"),
        "column": _("column"),
        "width": _("pixels in a row"),
        "place": _("place of the first pixel in the vector"),
        "right": _("place of its right neighbour"),
        "below": _("place of its lower neighbour"),
        "across": _("distance of the right neighbour"),
        "down": _("distance of the lower neighbour"),
        "large_place": _("place of the first pixel of the large picture"),
        "large_below": _("place of its lower neighbour there"),
        "large_down": _("distance of the lower neighbour in the large picture"),
        "parted": _("parted or not"),
        "broken": _("share of neighbours that are none any more"),
        **{
            f"{order}_{part}": f"{text}, {name}"
            for order, name in orders.items()
            for part, text in parts.items()
        },
    }


def run_words() -> dict[str, Any]:
    """The words of shuffled.js."""
    panel = training_words.words(
        named=["channels"],
        fields={
            "channels": _("{value} and three times as many maps"),
            "steps": _("{value} steps"),
            "seed": _("seed {value}"),
            "shuffle": _("shuffle {value}"),
            "learning_rate": _("rate {value}"),
            "batch": _("batch {value}"),
            "data": "",
        },
        values={"data": {"mnist": "MNIST", "pen": _("generated pen digits")}},
    )
    members = {
        "cnn": _("CNN, as it is"),
        "cnn_shuffled": _("CNN, shuffled"),
        "mlp": _("MLP, as it is"),
        "mlp_shuffled": _("MLP, shuffled"),
    }
    return (
        panel
        | opened.of_networks()
        | {
            "members": members,
            "short": {
                "cnn": "CNN",
                "cnn_shuffled": _("CNN, shuffled"),
                "mlp": "MLP",
                "mlp_shuffled": _("MLP, shuffled"),
            },
            "scored": scored.words(members),
            "chartTitle": _("Digits that are still wrong"),
            "chartLabel": _("Share of wrong digits against training step, logarithmic"),
            "wrong": _("share wrong of 1,000 digits never learned from"),
            "step": _("step"),
            "chance": _("guessing"),
            "now": _("right, this run"),
            "seeds": _("three seeds, saved; 5,000 digits"),
            "yours": _("your drawing"),
            "note": _("Solid: pixels as they are. Dashed: all pixels at other, fixed places."),
            "finding": _(
                "With {parameters} parameters each: the shuffle costs the convolutional network "
                "{cnn} points; the plain one changes by {mlp}, and its seeds differ by {spread}. "
                "What is left of the convolution's lead, {left} points, is not due to neighbours."
            ),
        }
    )
