"""Every word in the picture of "Pooling", in the language of the session."""

from __future__ import annotations

from typing import Any

from pages.convolution_and_pooling.words import on_the_way
from pages.kit import opened
from pages.kit.language import _


def words() -> dict[str, Any]:
    """The words by the names that js/pool*.js have for them."""
    return {
        "input": _("Input"),
        "window": _("One window"),
        "output": _("Output"),
        "left": _("Left picture"),
        "right": _("Right picture"),
        "legends": {"input": _("What is pooled"), "layer": _("Pooling layer")},
        "fields": {
            "source": _("What is pooled"),
            "side": _("Rows and columns"),
            "layer": _("Layer"),
            "map": _("Map"),
            "kind": _("Pooling"),
            "ceil": _("Rounding"),
            "window": _("Window"),
            "stride": _("Stride"),
            "padding": _("Padding"),
            "dx": _("to the right, pixels"),
            "dy": _("down, pixels"),
        },
        "help": {
            "stride": _("Cells from one window to the next."),
            "padding": _("At most half of the window, as in PyTorch."),
        },
        "sources": [
            ["drawing", _("your drawing")],
            ["sample", _("a sample")],
            ["matrix", _("a small matrix")],
            ["map", _("a feature map")],
        ],
        "drawingNote": _("What you drew on “Draw a digit”, 28 × 28 numbers from 0 to 1."),
        "matrixNote": _("Double-click a number to type another one."),
        "another": _("another sample"),
        "layers": {
            "conv1": _("conv1, before ReLU"),
            "relu1": _("conv1, after ReLU"),
            "conv2": _("conv2, before ReLU"),
            "relu2": _("conv2, after ReLU"),
        },
        "kinds": [["max", _("maximum")], ["average", _("average")]],
        "roundings": [[False, _("round down")], [True, _("round up")]],
        "maxSays": _("The largest wins: {value}. The other {count} are forgotten."),
        "tiedSays": _("All {count} are {value}: the first is taken as the winner."),
        "averageSays": _("All together {sum}, each with a share of 1/{count}: {value}."),
        "sizeRule": _("Size of the output:"),
        "readIn": _("row {row}, column {column}: {value} · lies in {count} windows"),
        "readPadding": _("padding · lies in {count} windows"),
        "readOut": _("row {row}, column {column}: {value} · its window is outlined"),
        "viewsLabel": _("Show"),
        "views": [
            ["gradient", _("Where the gradient goes")],
            ["lost", _("What is lost")],
            ["shift", _("What a small shift changes")],
        ],
        "titles": {
            "gradient": [_("Gradient that reaches the input"), _("Gradient at the output")],
            "lost": [_("Put back as far as it can be"), _("Lost: input minus what came back")],
            "shift": [_("Input, shifted"), _("Output: after the shift minus before")],
        },
        "gradientLabel": _("Gradient at the output"),
        "gradients": [["one", _("1 at the open cell")], ["ones", _("1 everywhere")]],
        "gradientSays": _(
            "{given} goes in at the output, {arrived} arrives. It reaches {reached} of {all} "
            "numbers; the most that one of them gets is {most}."
        ),
        "lostSays": _(
            "{all} numbers became {left}. Put back, {kept} are exactly as they were; of the "
            "length of the input {share} is missing."
        ),
        "shiftSays": _(
            "How much changes for the next layer: pooled, with the stride alone, and as it is."
        ),
        "ways": {
            "max": _("maximum"),
            "average": _("average"),
            "stride": _("stride only"),
            "none": _("as it is"),
        },
        "changed": _("values changed"),
        "norm": _("difference"),
        "changedLabel": _("values that changed, share"),
        "normLabel": _("length of the difference / of the original"),
        "pixels": _("shift, pixels"),
        "opened": opened.words(),
        "onward": _("from {name}"),
        "close": _("Close"),
        "names": _names(),
        "unreachable": _("The server cannot be reached. What you set is safe; trying again."),
    }


def _names() -> dict[str, str]:
    """What each array is called that a number can be opened in."""
    kinds = {
        "max": _("maximum"),
        "average": _("average"),
        "stride": _("stride only"),
        "none": _("as it is"),
    }
    about = {
        "before": _("before the shift"),
        "after": _("after the shift"),
        "change": _("after minus before"),
        "norm": _("difference"),
        "norm_part": _("length of the difference"),
        "norm_whole": _("length before the shift"),
        "changed": _("values changed"),
        "noticed": _("changed or not"),
    }
    return {
        "x": _("Input"),
        "y": _("Output"),
        "given": _("Gradient at the output"),
        "routed": _("Gradient that reaches the input"),
        "unpooled": _("Put back as far as it can be"),
        "lost": _("Lost: input minus what came back"),
        "missing": _("what is missing of the length of the input"),
        "missing_part": _("length of what is lost"),
        "missing_whole": _("length of the input"),
        "all": _("numbers of the input"),
        "left": _("numbers of the output"),
        "input_rows": _("rows of the input"),
        "input_columns": _("columns of the input"),
        "output_rows": _("rows of the output"),
        "output_columns": _("columns of the output"),
        "same": _("exactly as before or not"),
        "kept": _("numbers that came back exactly"),
        "goes_in": _("the gradient that goes in, added up"),
        "arrived": _("the gradient that arrives, added up"),
        "touched": _("reached or not"),
        "reached": _("numbers that the gradient reaches"),
        "most": _("the most that one number gets"),
        "moved": _("Input, shifted"),
        "after": _("Output after the shift"),
        "difference": _("Output: after the shift minus before"),
        **{
            f"{way}_{part}": f"{name}, {text}"
            for way, name in kinds.items()
            for part, text in about.items()
        },
        **on_the_way(),
        "conv2": "conv2",
        "relu2": _("conv2, after ReLU"),
    }
