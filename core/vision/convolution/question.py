"""What the page asks: an input, a setting, filters, numbers set by hand, and one output cell.

Its fields are those of the live route and of the lesson link alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from core.opened.window import Mode
from core.schema import choice, flag, maybe, nested, whole
from core.vision.convolution import kernels, limits, values
from core.vision.convolution.setting import AFTER, ConvolutionSetting
from core.vision.convolution.source import Source
from core.vision.convolution.values import Edits, OutputCell, Padding


@dataclass(frozen=True)
class ConvolutionQuestion(Source):
    """One state of the page.

    Attributes:
        filters: the kernel of each output channel, by name.
        rows, columns: of the kernels.
        stride to flipped: see `ConvolutionSetting`; a stride of 0 is there to be refused.
        bias: of each output channel; None takes the filter's own.
        angle, dice: of Gabor and of random kernels.
        edits: weights that stand instead of the named ones.
        place: the output number that is opened; outside the output it counts as the nearest in it;
            None: the middle.
        only_cell: whether only that number is wanted; everything else is known.
        turn: a number that comes back as it is.

    Raises:
        Impossible: the setting cannot be computed; the error names the nearest that fits.

    >>> question = ConvolutionQuestion("matrix", matrix="1 2 3;4 5 6;7 8 9", filters=("box",))
    >>> question.setting.output, question.weights().shape
    ((1, 1, 1), torch.Size([1, 1, 3, 3]))
    """

    filters: tuple[str, ...] = values.filters()
    rows: int = whole(3, *limits.KERNEL)
    columns: int = whole(3, *limits.KERNEL)
    stride: int = whole(1, 0, limits.STRIDE[1])
    padding: Padding = values.padding()
    mode: Mode = choice(limits.MODES)
    dilation: int = whole(1, *limits.DILATION)
    groups: int = whole(1, *limits.GROUPS)
    transposed: bool = flag()
    output_padding: int = whole(0, *limits.OUTPUT_PADDING)
    after: str = choice(AFTER)
    flipped: bool = flag()
    bias: tuple[float | None, ...] = values.bias()
    angle: int = whole(45, *kernels.ANGLES)
    dice: int = whole(1)
    edits: Edits = values.edits()
    place: OutputCell | None = maybe(nested(OutputCell))
    only_cell: bool = flag()
    turn: int = whole(0, 0, 2**53)

    def check_together(self) -> None:
        """Refuse what cannot be computed."""
        super().check_together()
        _ = self.setting

    @cached_property
    def input(self) -> Tensor:
        """The numbers that the kernel slides over, float32 (C, H, W)."""
        return self.tensor()

    @cached_property
    def setting(self) -> ConvolutionSetting:
        """How it slides."""
        channels, rows, columns = self.input.shape
        return ConvolutionSetting(
            rows,
            columns,
            channels,
            (self.rows, self.columns),
            filters=len(self.filters),
            **{name: getattr(self, name) for name in SETTING},
        )

    @property
    def cell(self) -> OutputCell:
        """The opened cell, within the output."""
        maps, rows, columns = self.setting.output
        if self.place is None:
            return OutputCell(0, rows // 2, columns // 2)
        place = self.place
        return OutputCell(
            min(place.map, maps - 1), min(place.row, rows - 1), min(place.column, columns - 1)
        )

    def weights(self) -> Tensor:
        """The kernels as they stand on the page, float32 (O, I, kh, kw), I channels in a group."""
        setting = self.setting

        def kernel(filter: int, channel: int) -> Tensor:
            seed, name = self.dice + 31 * filter, self.filters[filter]
            return kernels.kernel(name, setting.kernel, channel, angle=self.angle, seed=seed)

        weights = torch.stack(
            [
                torch.stack([kernel(o, channel) for channel in setting.channels_of(o)])
                for o in range(setting.filters)
            ]
        )
        for at, number in self.edits:
            if all(index < size for index, size in zip(at, weights.shape, strict=True)):
                weights[at] = number
        return weights

    def biases(self) -> Tensor:
        """The bias of each output channel, float32 (O,)."""
        given = (*self.bias, *([None] * len(self.filters)))
        return torch.tensor(
            [
                kernels.own_bias(name) if number is None else number
                for name, number in zip(self.filters, given, strict=False)
            ]
        )


SETTING = (
    *("stride", "padding", "mode", "dilation", "groups", "transposed", "output_padding"),
    *("after", "flipped"),
)
"""Fields that a question and its setting have under the same name."""
