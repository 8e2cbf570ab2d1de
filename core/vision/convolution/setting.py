"""How a kernel moves over an input, and whether it can: torch's conv2d and conv_transpose2d."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.opened.window import Axis, Mode
from core.schema import Refusal, mark
from core.vision.convolution.limits import (
    COLUMNS,
    DILATION,
    FILTERS,
    GROUPS,
    KERNEL,
    LARGEST_OUTPUT,
    MODES,
    NAMED_PADDINGS,
    OUTPUT_PADDING,
    OUTPUTS,
    PADDING,
    ROWS,
    RULES,
    STRIDE,
    within,
)
from core.vision.convolution.values import Padding
from core.vision.impossible import Impossible
from core.vision.nets import ACTIVATIONS

AFTER = ("none", *ACTIVATIONS)
"""Activations after the sum."""


@dataclass(frozen=True)
class ConvolutionSetting:
    """One convolution, all of it that can be set.

    Attributes:
        rows, columns, channels: of the input.
        kernel: rows and columns of the kernel.
        stride, dilation: in both directions.
        padding: a number, or "valid" (none) or "same" (as many as keep the size; of an odd number
            the greater half comes behind, as in torch).
        mode: what stands in the padding.
        filters: output channels.
        groups: how many groups of channels are kept apart; as many as channels: depthwise.
        transposed: conv_transpose2d instead of conv2d.
        output_padding: rows and columns added at the end of a transposed one.
        after: the activation.
        flipped: a convolution as mathematics has it, with the kernel turned by 180 degrees, instead
            of the cross-correlation that networks call by this name.

    Raises:
        Impossible: it cannot be computed; the error names the nearest value that fits.
        ValueError: something is of the wrong kind.
    """

    rows: int
    columns: int
    channels: int = 1
    kernel: tuple[int, int] = (3, 3)
    stride: int = 1
    padding: Padding = 0
    mode: Mode = "zeros"
    dilation: int = 1
    filters: int = 1
    groups: int = 1
    transposed: bool = False
    output_padding: int = 0
    after: str = "none"
    flipped: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be computed."""
        within("rows", self.kernel[0], KERNEL, ROWS)
        within("columns", self.kernel[1], KERNEL, COLUMNS)
        within("stride", self.stride, STRIDE, mark("the stride"))
        within("dilation", self.dilation, DILATION, mark("the dilation"))
        within("filters", self.filters, FILTERS, OUTPUTS)
        within("groups", self.groups, GROUPS, mark("the number of groups"))
        within("output_padding", self.output_padding, OUTPUT_PADDING, mark("output padding"))
        if self.padding not in NAMED_PADDINGS:
            within("padding", self.padding, PADDING, mark("padding"))
        if self.mode not in MODES:
            raise Refusal(mark("There is no such padding; there are {names}."), names=tuple(MODES))
        if self.after not in AFTER:
            raise Refusal(
                mark("There is no such activation; there are {names}."), names=tuple(AFTER)
            )
        for name in (mark("transposed"), mark("flipped")):
            if not isinstance(getattr(self, name), bool):
                raise Refusal(mark("{name} is true or false."), name=name)
        self._check_groups()
        if self.transposed:
            self._check_transposed()
        else:
            self._check_plain()

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """Rows and columns."""
        vertical, horizontal = (
            Axis(
                size,
                kernel,
                self.stride,
                self.dilation,
                *self._pads(kernel),
                self.output_padding,
                self.transposed,
            )
            for size, kernel in zip((self.rows, self.columns), self.kernel, strict=True)
        )
        return vertical, horizontal

    @property
    def output(self) -> tuple[int, int, int]:
        """Channels, rows and columns of the output."""
        rows, columns = self.axes
        return self.filters, rows.output, columns.output

    @property
    def inputs(self) -> int:
        """Input channels that one output channel sees."""
        return self.channels // self.groups

    @property
    def parameters(self) -> int:
        """Weights and biases."""
        return self.filters * (self.inputs * self.kernel[0] * self.kernel[1] + 1)

    @property
    def multiply_adds(self) -> int:
        """As counted for networks: products of the whole output, those with padding included."""
        rows, columns = self.axes
        products = self.filters * self.inputs * self.kernel[0] * self.kernel[1]
        places = (self.rows, self.columns) if self.transposed else (rows.output, columns.output)
        return products * places[0] * places[1]

    def channels_of(self, filter: int) -> range:
        """The input channels that an output channel sees."""
        group = filter // (self.filters // self.groups)
        return range(group * self.inputs, (group + 1) * self.inputs)

    def _pads(self, kernel: int) -> tuple[int, int]:
        if self.padding == "valid":
            return 0, 0
        if self.padding == "same":
            total = self.dilation * (kernel - 1)
            return total // 2, total - total // 2
        return self.padding, self.padding

    def _check_groups(self) -> None:
        shared = math.gcd(self.channels, self.filters)
        if shared % self.groups:
            fitting = [n for n in range(1, shared + 1) if shared % n == 0]
            nearest = min(fitting, key=lambda n: (abs(n - self.groups), n))
            raise Impossible(
                RULES["groups"],
                "groups",
                nearest,
                groups=self.groups,
                channels=self.channels,
                filters=self.filters,
            )

    def _check_plain(self) -> None:
        if self.output_padding:
            raise Impossible(RULES["output padding alone"], "output_padding", 0)
        if self.padding == "same" and self.stride > 1:
            raise Impossible(RULES["same"], "stride", 1, stride=self.stride)
        for axis, field in zip(self.axes, ("rows", "columns"), strict=True):
            most = max(axis.low, axis.high)
            limit = {"reflect": axis.size - 1, "circular": axis.size}.get(self.mode)
            if limit is not None and most > limit:
                named = self.padding == "same"
                raise Impossible(
                    RULES[self.mode],
                    "mode" if named else "padding",
                    "replicate" if named else limit,
                    size=axis.size,
                    most=limit,
                    padding=most,
                )
            if axis.span > axis.padded:
                raise Impossible(
                    RULES["fits"],
                    field,
                    (axis.padded - 1) // self.dilation + 1,
                    kernel=axis.kernel,
                    dilation=self.dilation,
                    span=axis.span,
                    there=axis.padded,
                )

    def _check_transposed(self) -> None:
        if self.mode != "zeros":
            raise Impossible(RULES["transposed mode"], "mode", "zeros")
        if self.padding == "same":
            most = max(self.kernel) - 1
            raise Impossible(RULES["transposed same"], "padding", min(self.dilation * most // 2, 8))
        if self.output_padding >= max(self.stride, self.dilation):
            raise Impossible(
                RULES["output padding"],
                "output_padding",
                max(self.stride, self.dilation) - 1,
                padding=self.output_padding,
            )
        for axis in self.axes:
            if axis.output < 1:
                left = axis.output + 2 * axis.low
                raise Impossible(
                    RULES["empty"], "padding", (left - 1) // 2, padding=axis.low, whole=left
                )
            if axis.output > LARGEST_OUTPUT:
                # The first row of a stamp lands at (size - 1) * stride; one row less, one stride.
                over = axis.output - axis.size * self.stride + self.stride
                fitting = (LARGEST_OUTPUT - over) // max(1, axis.size - 1)
                raise Impossible(
                    RULES["large"],
                    "stride",
                    max(1, fitting),
                    size=axis.output,
                    most=LARGEST_OUTPUT,
                )
