"""The size of an output as a formula."""

from __future__ import annotations

from core.opened.window import Axis


def size(axis: Axis, name: str) -> str:
    """The size of the output along one axis, with the numbers of this state."""
    pads = rf"2 \cdot {axis.low}" if axis.low == axis.high else f"({axis.low} + {axis.high})"
    if axis.transposed:
        return (
            rf"{name} = ({axis.size} - 1) \cdot {axis.stride} - {pads} + {axis.dilation} \cdot "
            rf"({axis.kernel} - 1) + {axis.extra} + 1 = {axis.output}"
        )
    return (
        rf"{name} = \left\lfloor \frac{{{axis.size} + {pads} - {axis.dilation} \cdot "
        rf"({axis.kernel} - 1) - 1}}{{{axis.stride}}} \right\rfloor + 1 = {axis.output}"
    )
