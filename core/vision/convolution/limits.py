"""What a convolution can be asked for, and the sentence when it cannot be done.

Every refusal names the rule, the number that breaks it and the nearest value that fits, so that a
page can say it in any language and offer the way out as a button.
"""

from __future__ import annotations

from collections.abc import Mapping

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

RULES = {
    "whole": "{name} is a whole number from {low} to {high}.",
    "stride": "A kernel with stride 0 never moves on: the stride is at least 1.",
    "fits": (
        "The kernel is larger than the input: {kernel} × {dilation} reaches over {span}, and there "
        "are {there}, padding included. The rule: dilation · (kernel − 1) + 1 ≤ input + padding."
    ),
    "groups": (
        "{groups} groups cannot share {channels} input and {filters} output channels evenly. The "
        "rule: both are multiples of the number of groups."
    ),
    "reflect": (
        "Reflection mirrors the picture at its edge, the edge itself not included: of {size} there "
        "are {most} to mirror, and {padding} are wanted. The rule: padding < input."
    ),
    "circular": (
        "Circular padding goes once round: of {size} there are {size} to repeat, and {padding} are "
        "wanted. The rule: padding ≤ input."
    ),
    "same": "“Same” keeps the size of the input; with stride {stride} torch has no such padding.",
    "transposed same": (
        "A transposed convolution has no “same”: its padding is a number, cut off from the output."
    ),
    "transposed mode": "A transposed convolution pads with zeros only, in torch too.",
    "output padding": (
        "Output padding {padding} would add empty rows. The rule: it is smaller than the stride or "
        "than the dilation."
    ),
    "output padding alone": "Output padding belongs to the transposed convolution.",
    "empty": (
        "Nothing is left: padding {padding} cuts off all of the {whole} rows or columns that the "
        "transposed convolution makes."
    ),
    "large": "The output would have {size} rows or columns; at most {most} are shown.",
}
"""Each rule as a sentence, for the page to translate; numbers stand where the braces are."""

NEAREST = "The nearest that fits: {nearest}."


class Impossible(ValueError):
    """A setting that cannot be computed; the message is a sentence.

    Attributes:
        rule: which one is broken, a key of `RULES`.
        values: the numbers in its sentence.
        field: what to change.
        nearest: to which value; the nearest that fits, all else as it is.
    """

    def __init__(self, rule: str, field: str, nearest: int | str, **values: int | str) -> None:
        text = f"{RULES[rule]} {NEAREST}".format(**values, nearest=nearest)
        super().__init__(text)
        self.rule, self.field, self.nearest = rule, field, nearest
        self.values: Mapping[str, int | str] = values


def whole(field: str, value: object, limits: tuple[int, int], name: str = "") -> int:
    """A whole number within limits.

    Raises:
        Impossible: it is outside them.
        ValueError: it is no whole number at all.
    """
    low, high = limits
    if type(value) is not int:
        raise ValueError(f"{name or field} is a whole number from {low} to {high}.")
    if not low <= value <= high:
        nearest = min(max(value, low), high)
        if field == "stride" and value == 0:
            raise Impossible("stride", field, nearest)
        raise Impossible("whole", field, nearest, name=name or field, low=low, high=high)
    return value
