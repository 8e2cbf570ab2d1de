"""What a convolution can be asked for, and the sentence when it cannot be done.

Every refusal names the rule, the number that breaks it and the nearest value that fits, so that a
page can say it in any language and offer the way out as a button.
"""

from __future__ import annotations

from core.schema import Message, Refusal, mark, short
from core.schema.kinds import WHOLE
from core.vision.impossible import Impossible

KERNEL = (1, 7)
STRIDE = (1, 8)
PADDING = (0, 8)
DILATION = (1, 4)
CHANNELS = (1, 4)
"""Of the input."""
FILTERS = (1, 6)
"""Channels of the output."""
OUTPUT_PADDING = (0, 7)
GROUPS = (1, 4)
LARGEST_OUTPUT = 256
"""Rows or columns of an output that is still shown."""
LARGEST_NUMBER = 100.0
"""Size of a number that is typed."""

MODES = ("zeros", "reflect", "replicate", "circular")
NAMED_PADDINGS = ("valid", "same")

ROWS = mark("the kernel's number of rows")
COLUMNS = mark("the kernel's number of columns")
OUTPUTS = mark("the number of output channels")

RULES = {
    "stride": mark("A kernel with stride 0 never moves on: the stride is at least 1."),
    "fits": mark(
        "The kernel is larger than the input: {kernel} × {dilation} reaches over {span}, and there "
        "are {there}, padding included. The rule: dilation · (kernel − 1) + 1 ≤ input + padding."
    ),
    "groups": mark(
        "{groups} groups cannot share {channels} input and {filters} output channels evenly. The "
        "rule: both are multiples of the number of groups."
    ),
    "reflect": mark(
        "Reflection mirrors the picture at its edge, the edge itself not included: of {size} there "
        "are {most} to mirror, and {padding} are wanted. The rule: padding < input."
    ),
    "circular": mark(
        "Circular padding goes once round: of {size} there are {size} to repeat, and {padding} are "
        "wanted. The rule: padding ≤ input."
    ),
    "same": mark(
        "“Same” keeps the size of the input; with stride {stride} torch has no such padding."
    ),
    "transposed same": mark(
        "A transposed convolution has no “same”: its padding is a number, cut off from the output."
    ),
    "transposed mode": mark("A transposed convolution pads with zeros only, in torch too."),
    "output padding": mark(
        "Output padding {padding} would add empty rows. The rule: it is smaller than the stride or "
        "than the dilation."
    ),
    "output padding alone": mark("Output padding belongs to the transposed convolution."),
    "empty": mark(
        "Nothing is left: padding {padding} cuts off all of the {whole} rows or columns that the "
        "transposed convolution makes."
    ),
    "large": mark("The output would have {size} rows or columns; at most {most} are shown."),
}
"""What breaks where values are within their limits, but do not go together."""


def within(field: str, value: object, limits: tuple[int, int], name: Message) -> int:
    """A whole number within limits.

    Raises:
        Impossible: it is outside them.
        Refusal: it is no whole number at all.
    """
    low, high = limits
    if type(value) is not int:
        raise Refusal(WHOLE, field=name, low=low, high=high, given=short(value))
    if not low <= value <= high:
        nearest = min(max(value, low), high)
        if field == "stride" and value == 0:
            raise Impossible(RULES["stride"], field, nearest)
        raise Impossible(WHOLE, field, nearest, field=name, low=low, high=high, given=value)
    return value
