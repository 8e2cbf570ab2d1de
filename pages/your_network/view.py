"""The picture of "Your network": the component of view.js, and all its words."""

from __future__ import annotations

from typing import Any

from core.networks import inputs
from core.networks.answer import reads_digits
from core.networks.layers import told
from core.networks.opening import Network
from core.vision.drawing import MAX_POINTS, MAX_STROKES, PEN, SIDE
from pages.kit import opened
from pages.kit.cell_words import gate_names
from pages.kit.exchange import Exchange
from pages.kit.language import _
from pages.kit.picture import Picture

PICTURE = Picture("network", "your_network/view.js")


def network_picture(
    shared: Exchange,
    *,
    net: str,
    network: Network,
    picture: str,
    guess: dict[str, Any] | None,
    hidden: list[str],
    language: str,
) -> None:
    """Show the picture.

    Args:
        shared: what the person can choose in the picture itself.
        net: where the network is on the shelf.
        network: it.
        picture: the name of a picture that was brought; "" for the drawing.
        guess: what is asked before the answer is shown.
        hidden: parts that are left out: "scales", "table", "number".
        language: of the words; another one builds the picture anew.
    """
    form = inputs.form(network)
    PICTURE.show(
        shared,
        net=net,
        label=examples().get(net, network.name),
        rows=told(network),
        form={"kind": form.kind, "size": list(form.size), "kinds": form.kinds},
        example="" if form.kind == "picture" else " ".join(_plain(network)),
        scored=reads_digits(network),
        picture=picture,
        guess=guess,
        hidden=hidden,
        language=language,
        limits={"side": SIDE, "pen": PEN, "points": MAX_POINTS, "strokes": MAX_STROKES},
        words=words(),
    )


def _plain(network: Network) -> list[str]:
    return [f"{value:g}" for value in inputs.example(network)]


def examples() -> dict[str, str]:
    """What each network of ours is called."""
    return {
        "simple": _("SimpleCNN of “Draw a digit”"),
        "lenet5": "LeNet-5",
        "sine": _("RNN, GRU and LSTM of “Sine, live”"),
        "it": _("the encoder that says what “it” is"),
    }


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    return {
        "canvas": _("Canvas: draw a digit with mouse, finger or pen"),
        "canvasHelp": _(
            "Ctrl+Z undoes, Delete clears. With the keyboard alone, begin with a sample."
        ),
        "tools": _("Drawing tools"),
        "undo": _("Undo"),
        "clear": _("Clear"),
        "sample": _("A sample"),
        "full": _("The canvas is full. Erase something, or clear it."),
        "unreachable": _("The server cannot be reached; trying again."),
        "inputTitle": _("What goes in"),
        "scale": _("Pixels"),
        "scales": [
            ["unit", _("0 to 1")],
            ["signed", _("−1 to 1")],
            ["mnist", _("MNIST's mean and deviation")],
            ["bytes", _("0 to {most}").format(most=inputs.LARGEST)],
        ],
        "ownPicture": _("Your picture goes in. Draw, and the drawing does."),
        "series": _("{count} numbers, separated by spaces"),
        "tokens": _("{count} whole numbers from 0 to {most}: places in a table"),
        "numbers": _("Numbers that go in"),
        "anew": _("The example again"),
        "answerTitle": _("What comes out"),
        "outputs": _("the {shown} largest of {count}"),
        "firstOutputs": _("the first {shown} of {count}"),
        "openOutput": _("How output {at} comes about"),
        "took": _("computed in {ms} ms"),
        "tableTitle": _("{net}: {count} layers"),
        "columns": {
            "layer": _("layer"),
            "op": _("operator"),
            "shape": _("output"),
            "parameters": _("parameters"),
            "products": _("multiply-adds"),
            "maps": _("maps"),
        },
        "together": _("together"),
        "mapsTitle": _("{op}, {name}"),
        "mapsNote": _("{shape}. Click a number to open it."),
        "thinned": _("{shown} of {count} maps are shown."),
        "mapsLabel": _("Maps of {layer}. Arrow keys choose one, Enter opens its strongest number."),
        "mapOf": _("map {map} of {count}"),
        "kernelTitle": _("Kernel of map {map}"),
        "kernelLabel": _("The weights that map {map} is made with, {shape}."),
        "break": _("Break this kernel"),
        "mend": _("Mend it"),
        "mendAll": _("Mend all {count}"),
        "scoreTitle": _("On MNIST's test digits"),
        "measure": _("Measure"),
        "measuring": _("Measuring …"),
        "scoreSays": _("{right} of {of} right: {share}, 95% interval {low} to {high}"),
        "scoreBroken": _("with {count} broken kernels"),
        "number": _("{layer} {place}"),
        "within": _("{layer}, {part}"),
        "parts": gate_names()
        | {
            "x": _("what it reads"),
            "share": _("share"),
            "last_h": _("last hidden state"),
            "last_c": _("last cell state"),
        },
        "directions": {"forward": "", "reverse": _("read backwards:")},
        "onward": _("from {name}"),
        "close": _("Close"),
        "opened": opened.words(),
        "input": _("input"),
    }
