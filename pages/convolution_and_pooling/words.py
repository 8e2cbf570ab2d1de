"""Every word in the picture of "Convolution", in the language of the session."""

from __future__ import annotations

from typing import Any

from core.vision.convolution.limits import Impossible
from pages.kit.language import _


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
        "padHelp": _("Control Z takes back, Delete clears."),
        "clear": _("Clear"),
        "matrix": _("The matrix as text"),
        "matrixHelp": _("Rows on lines; an empty line begins another channel."),
        "scale": _("as large as in the input"),
        "play": _("Play"),
        "pause": _("Pause"),
        "back": _("One place back"),
        "next": _("One place on"),
        "speed": _("Speed"),
        "perSecond": _("{count} a second"),
        "placeOf": _("place {place} of {count}"),
        "rows": _("Rows"),
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
        **_choices(),
        **_fields(),
        "rules": _rules(),
        "said": _sentences(),
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
        "flips": [[False, _("correlation")], [True, _("true convolution")]],
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


def _rules() -> dict[str, str]:
    """`core.vision.convolution.limits.RULES`, translated."""
    return {
        "whole": _("{name} is a whole number from {low} to {high}."),
        "stride": _("A kernel with stride 0 never moves on: the stride is at least 1."),
        "fits": _(
            "The kernel is larger than the input: {kernel} × {dilation} reaches over {span}, and "
            "there are {there}, padding included. The rule: dilation · (kernel − 1) + 1 ≤ input + "
            "padding."
        ),
        "groups": _(
            "{groups} groups cannot share {channels} input and {filters} output channels evenly. "
            "The rule: both are multiples of the number of groups."
        ),
        "reflect": _(
            "Reflection mirrors the picture at its edge, the edge itself not included: of {size} "
            "there are {most} to mirror, and {padding} are wanted. The rule: padding < input."
        ),
        "circular": _(
            "Circular padding goes once round: of {size} there are {size} to repeat, and {padding} "
            "are wanted. The rule: padding ≤ input."
        ),
        "same": _(
            "“Same” keeps the size of the input; with stride {stride} torch has no such padding."
        ),
        "transposed same": _(
            "A transposed convolution has no “same”: its padding is a number, cut off from the "
            "output."
        ),
        "transposed mode": _("A transposed convolution pads with zeros only, in torch too."),
        "output padding": _(
            "Output padding {padding} would add empty rows. The rule: it is smaller than the "
            "stride or than the dilation."
        ),
        "output padding alone": _("Output padding belongs to the transposed convolution."),
        "empty": _(
            "Nothing is left: padding {padding} cuts off all of the {whole} rows or columns that "
            "the transposed convolution makes."
        ),
        "large": _("The output would have {size} rows or columns; at most {most} are shown."),
    }


def _sentences() -> dict[str, str]:
    """What the live route says besides, translated; other sentences are shown as they come."""
    return {
        "Type at least one number.": _("Type at least one number."),
        "A matrix has at most 12 rows and columns.": _("A matrix has at most 12 rows and columns."),
        "A matrix has at most 4 channels.": _("A matrix has at most 4 channels."),
        "All channels have as many rows and columns as the first.": _(
            "All channels have as many rows and columns as the first."
        ),
        "A number lies between −100 and 100.": _("A number lies between −100 and 100."),
    }


def refusal(error: Impossible) -> str:
    """A setting that cannot be computed and what stands instead, in the language of the session."""
    spoken = words()
    values = {**error.values, "name": spoken["fields"].get(error.field, error.field)}
    way = _("Now: {field} = {nearest}.").format(
        field=spoken["fields"][error.field],
        nearest=spoken["values"].get(error.nearest, error.nearest),
    )
    return f"{spoken['rules'][error.rule].format(**values)} {way}"
