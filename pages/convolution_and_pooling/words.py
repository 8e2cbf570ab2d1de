"""Every word in the picture of "Convolution", in the language of the session."""

from __future__ import annotations

from typing import Any

from core.vision.impossible import Impossible
from pages.kit import opened, prepared
from pages.kit.language import _, sentence


def words() -> dict[str, Any]:
    """The words by the names that js/conv*.js have for them."""
    return {
        "input": _("Input"),
        "outputLabel": _("Output"),
        "patch": _("under the kernel"),
        "kernel": _("kernel"),
        "products": _("products"),
        "productsTurned": _("products, kernel turned by 180°"),
        "entry": _("{name}, row {row}, column {column}: {value}"),
        "sum": _("sum of the products"),
        "allChannels": _("all {count} channels together"),
        "channelSum": _("{channel}: {sum}"),
        "bias": _("bias"),
        "before": _("sum and bias"),
        "output": _("output, row {row}, column {column}"),
        "activations": {
            "relu": _("ReLU: what is negative becomes 0"),
            "tanh": _("tanh of it"),
            "sigmoid": _("sigmoid of it"),
            "gelu": _("GELU of it"),
            "leaky": _("leaky ReLU: what is negative, times 0.1"),
        },
        "channels": _("Channels"),
        "filters": _("Filters"),
        "channel": _("channel {number}"),
        "filter": _("filter {number}"),
        "colours": [_("red"), _("green"), _("blue")],
        "readIn": _("row {row}, column {column}: {value} · goes into {count} output cells"),
        "readPadding": _("padding: {value} · goes into {count} output cells"),
        "readOut": _("row {row}, column {column}: {value} · sees what is outlined in the input"),
        "pad": _("Draw here"),
        "tools": [["pen", _("draw")], ["kernel", _("move the kernel")]],
        "undo": _("Undo"),
        "padHelp": _("Ctrl+Z undoes, Delete clears."),
        "clear": _("Clear"),
        "matrix": _("The matrix as text"),
        "matrixHelp": _("Rows on lines; an empty line begins another channel."),
        "play": _("Play"),
        "pause": _("Pause"),
        "back": _("One place back"),
        "next": _("One place on"),
        "speed": _("Speed"),
        "perSecond": _("{count} a second"),
        "placeOf": _("place {place} of {count}"),
        "rows": _("Rows"),
        "columns": _("Columns"),
        "rowsAndColumns": _("Rows and columns"),
        "cost": _("Cost"),
        "costs": _("{parameters} parameters, {products} products"),
        "rest": _("Rounded down: {count} left over at the end, reached by no kernel (hatched)."),
        "unreachable": _("The server cannot be reached. What you set is safe; trying again."),
        "wayOut": _("Use {field} = {nearest}"),
        "another": _("Another sample"),
        "dice": _("Draw others"),
        "release": _("take back what you set ({count})"),
        "fewer": _("Remove the shown filter"),
        "more": _("Add a filter"),
        "depthwise": _("depthwise"),
        "opened": opened.words(),
        "onward": _("from {name}"),
        "close": _("Close"),
        "names": {
            "x": _("Input"),
            "y": _("Output"),
            "kernel": _("kernel"),
            "bias": _("bias"),
            "output_rows": _("rows of the output"),
            "output_columns": _("columns of the output"),
            "inputs": _("input channels of a filter"),
            "parameters": _("parameters"),
            "multiply_adds": _("products"),
            **on_the_way(),
        },
        **_choices(),
        **_fields(),
    }


def _choices() -> dict[str, Any]:
    return {
        "groups": {
            "input": _("Input"),
            "kernel": _("Kernel"),
            "movement": _("Movement"),
            "after": _("Channels, and after"),
        },
        "sources": [
            ["drawing", _("my drawing")],
            ["sample", _("a sample")],
            ["matrix", _("a matrix")],
            ["maps", _("maps of a network")],
            ["picture", _("my picture")],
        ],
        "kernelGroups": [
            [
                _("Edges"),
                [
                    ["sobel_x", _("Sobel x: left to right")],
                    ["sobel_y", _("Sobel y: top to bottom")],
                    ["laplacian", _("Laplacian")],
                    ["corner", _("corner")],
                ],
            ],
            [
                _("Smooth and sharp"),
                [
                    ["identity", _("identity")],
                    ["box", _("box blur")],
                    ["gauss", _("Gaussian blur")],
                    ["sharpen", _("sharpen")],
                    ["emboss", _("emboss")],
                ],
            ],
            [
                _("Texture"),
                [["gabor", _("Gabor")], ["random", _("random")]],
            ],
        ],
        "networks": {
            "ours": _("learned, our recipe"),
            "notes": _("learned, the notes' recipe"),
            "lenet5": _("learned, LeNet-5"),
            "alexnet": _("learned, AlexNet in small"),
            "vgg": _("learned, VGG in small"),
            "tiny": _("learned, the tiny network"),
        },
        "paddings": [["valid", _("valid")], ["same", _("same")]],
        "modes": [
            ["zeros", _("zeros")],
            ["reflect", _("mirrored")],
            ["replicate", _("edge repeated")],
            ["circular", _("all round")],
        ],
        "directions": [[False, _("convolution")], [True, _("transposed")]],
        "flips": [[False, _("cross-correlation")], [True, _("true convolution")]],
        "afters": [
            ["none", _("none")],
            ["relu", "ReLU"],
            ["tanh", "tanh"],
            ["sigmoid", "sigmoid"],
            ["gelu", "GELU"],
            ["leaky", "leaky ReLU"],
        ],
    }


def _fields() -> dict[str, Any]:
    return {
        "fields": {
            "rows": _("Kernel rows"),
            "columns": _("Kernel columns"),
            "stride": _("Stride"),
            "padding": _("Padding"),
            "mode": _("What stands in the padding"),
            "dilation": _("Dilation"),
            "groups": _("Groups"),
            "channels": _("Channels"),
            "filters": _("Filters"),
            "angle": _("Angle"),
            "number": _("Filter of the network"),
            "output_padding": _("Output padding"),
            "kernel": _("Kernel"),
            "source": _("Input"),
            "normalised": _("from −1 to +1"),
            "bias": _("Bias"),
            "after": _("Activation"),
        },
        "values": {"zeros": _("zeros"), "replicate": _("edge repeated")},
        "help": {
            "stride": _("How many cells the kernel moves on at a time."),
            "dilation": _("How far apart the cells are that the kernel looks at."),
            "padding": _("How many cells are put around the input."),
            "groups": _("Channels are shared out; each filter sees its group only."),
            "output_padding": _("Rows and columns added at the end of the output."),
            "normalised": _(
                "As the networks get it: paper −1, ink +1. A padding of zeros is then grey."
            ),
            "depthwise": _("One filter for each channel, which sees nothing else."),
        },
    }


def refusal(error: Impossible) -> str:
    """A setting that cannot be computed and what stands instead, in the language of the session."""
    spoken = words()
    way = _("Now: {field} = {nearest}.").format(
        field=spoken["fields"][error.field],
        nearest=spoken["values"].get(error.nearest, error.nearest),
    )
    return f"{sentence(error)} {way}"


def on_the_way() -> dict[str, str]:
    """What the arrays are called on the way from a drawing to the network's first pooling."""
    return {
        **prepared.names(),
        "input": _("ink, normalised"),
        "conv1": "conv1",
        "relu1": _("conv1, after ReLU"),
        "pool1": _("max-pool 1"),
    }
