"""The first picture of "LeNet, AlexNet, VGG": the component of view.js, and its words."""

from __future__ import annotations

from typing import Any

from pages.kit import opened
from pages.kit.exchange import Exchange
from pages.kit.language import _
from pages.kit.picture import Picture
from pages.lenet_alexnet_vgg.timeline import timeline

PICTURE = Picture("arch", "lenet_alexnet_vgg/view.js")


def networks_picture(
    shared: Exchange,
    *,
    drawing: list[list[list[int]]],
    guess: dict[str, Any] | None,
    hidden: list[str],
    language: str,
) -> None:
    """Show the picture.

    Args:
        shared: what the person can change in it: left, right, scale, side, layer.
        drawing: strokes, to draw a receptive field on.
        guess: what is asked before the answer is shown.
        hidden: parts that are left out: "choice", "table", "timeline".
        language: of the words; another one builds the picture anew.
    """
    PICTURE.show(
        shared,
        drawing=drawing,
        guess=guess,
        hidden=hidden,
        language=language,
        words=words(),
    )


def names() -> dict[str, str]:
    """What each published network is called, in the order of the choice."""
    return {
        "lenet5_1998": _("LeNet-5 (1998)"),
        "lenet5": _("LeNet-5, as built today"),
        "alexnet_2012": _("AlexNet (2012, two cards)"),
        "alexnet": _("AlexNet (torchvision)"),
        "vgg11": "VGG-11",
        "vgg16": "VGG-16",
        "vgg19": "VGG-19",
        "simple": _("SimpleCNN (the notes)"),
        "alexnet_small": _("AlexNet, small, runs here"),
        "vgg_small": _("VGG, small, runs here"),
    }


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    return {
        "names": names(),
        "left": _("First network"),
        "right": _("Second network"),
        "beside": _("Compare with"),
        "scale": _("scale"),
        "scales": [
            ["log", _("logarithmic"), _("Each doubling adds one step: all stacks can be seen.")],
            ["true", _("true"), _("Twice as many is twice as long: all proportions are right.")],
        ],
        "input": _("input"),
        "sums": _("{parameters} parameters, {memory}; {products} multiply-adds for one picture"),
        "blockSays": _("{layer}, {shape}"),
        "legend": _("sheet: a map; depth of a stack, length of a strip: how many maps or units"),
        "front": _("in front map {map}, of your drawing"),
        "blank": _("not run here: its sheets are blank"),
        "openCell": _("How this number comes about: {layer} {place}"),
        "layer": _("layer"),
        "fieldTitle": _("What one number sees"),
        "sees": _(
            "The number of {layer} in row {row}, column {column} sees {size} × {size} pixels of "
            "{side} × {side}. The next one sees the same, {jump} further."
        ),
        "seesAll": _("Each number of {layer} sees all {side} × {side} pixels."),
        "all": _("all"),
        "together": _("together"),
        "kinds": kinds(),
        "groups": _("{groups} groups"),
        "columns": {
            "layer": _("layer"),
            "outputs": _("output"),
            "kernel": _("kernel"),
            "stride": _("stride"),
            "padding": _("padding"),
            "parameters": _("parameters"),
            "multiply_adds": _("multiply-adds"),
            "weight_bytes": _("memory of weights"),
            "output_bytes": _("memory of outputs"),
            "field": _("receptive field"),
            "jump": _("jump"),
        },
        "columnHelp": {
            "outputs": _("Maps × rows × columns, or units."),
            "multiply_adds": _("Convolutions and matrix products, for one picture."),
            "weight_bytes": _("As float32, 4 bytes for a number."),
            "output_bytes": _("As float32, for one picture."),
            "field": _("Side of the square of pixels that one number depends on."),
            "jump": _("Pixels from what one number sees to what the next one sees."),
        },
        "counts": {
            **opened.counts(),
            "weight_bytes": _("memory of weights, bytes"),
            "output_bytes": _("memory of outputs, bytes"),
            "groups": _("separate halves"),
            "links": _("connections of maps by the table"),
            "field": _("receptive field"),
            "jump": _("jump"),
        },
        "opened": opened.words(),
        "number": _("{net}, {layer} {place}"),
        "onward": _("from {name}"),
        "close": _("Close"),
        "formulas": {
            "outputs": _("side of the output; all outputs"),
            "parameters": _("parameters"),
            "multiply_adds": _("multiply-adds"),
            "memory": _("bytes of weights; of outputs"),
            "field": _("receptive field; jump"),
        },
        "timelineTitle": _("What each of them brought"),
        "timeline": timeline(),
        "tryIt": _("See it tried"),
        "unreachable": _("The server cannot be reached; trying again."),
    }


def kinds() -> dict[str, str]:
    """What each kind of layer is called."""
    return {
        "conv": _("convolution"),
        "sparse": _("convolution, by a table"),
        "subsample": _("subsampling"),
        "average": _("average pooling"),
        "max": _("max-pooling"),
        "norm": _("normalisation"),
        "fc": _("fully connected"),
        "distances": _("squared distances"),
    }
