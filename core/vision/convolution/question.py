"""What the page asks: an input, a setting, filters, numbers set by hand, and one output cell.

Everything is validated here, whether it comes from the live route or from a lesson link.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import torch
from torch import Tensor

from core.schema import Refusal, mark, short
from core.vision.convolution import kernels
from core.vision.convolution.limits import FILTERS, LARGEST_NUMBER, OUTPUTS, whole
from core.vision.convolution.setting import Padding, Setting
from core.vision.convolution.source import Source

MAX_EDITS = 400
PLAIN = (
    "stride",
    "mode",
    "dilation",
    "groups",
    "transposed",
    "output_padding",
    "after",
    "flipped",
)
"""Fields that a view and a `Setting` have under the same name."""
SOURCE = ("source", "drawing", "seed", "matrix", "channels", "picture", "normalised")

Edit = tuple[int, int, int, int]
"""Filter, its input channel counted within its group, row, column."""
Edits = tuple[tuple[Edit, float], ...]


@dataclass(frozen=True)
class Cell:
    """A number of the output."""

    map: int = 0
    row: int = 0
    column: int = 0

    def __post_init__(self) -> None:
        """Refuse what no output has."""
        for index in (self.map, self.row, self.column):
            if type(index) is not int or not 0 <= index < 1000:
                raise Refusal(mark("A cell is a map, a row and a column, each from 0."))


@dataclass(frozen=True)
class Question:
    """One state of the page.

    Attributes:
        source: the input.
        filters: the kernel of each output channel, by name.
        kernel: rows and columns.
        padding: a number, "valid" or "same".
        plain: the other fields of a `Setting`.
        bias: of each output channel; None takes the filter's own.
        angle, dice: of Gabor and of random kernels.
        edits: weights that stand instead of the named ones.
        cell: the output number that is opened; outside the output it counts as the nearest in it;
            None: the middle.

    Raises:
        Impossible: the setting cannot be computed; the error names the nearest that fits.
        ValueError: something cannot be read.
    """

    source: Source = field(default_factory=Source)
    filters: tuple[str, ...] = ("sobel_x",)
    kernel: tuple[int, int] = (3, 3)
    padding: Padding = 0
    plain: Mapping[str, Any] = field(default_factory=dict)
    bias: tuple[float | None, ...] = ()
    angle: int = 45
    dice: int = 1
    edits: Edits = ()
    cell: Cell | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be computed."""
        whole("filters", len(self.filters), FILTERS, OUTPUTS)
        whole("angle", self.angle, kernels.ANGLES, mark("the angle"))
        whole("dice", self.dice, kernels.SEEDS, mark("the seed of a random kernel"))
        for name in self.filters:
            kernels.checked(name)
        for number in self.bias:
            if number is not None:
                check_number(number)
        if len(self.bias) > FILTERS[1]:
            raise Refusal(mark("There are more biases than filters."))
        if len(self.edits) > MAX_EDITS:
            raise Refusal(mark("At most {most} weights are set by hand at once."), most=MAX_EDITS)
        object.__setattr__(self, "_input", self.source.tensor())
        object.__setattr__(self, "_setting", self._made())

    def _made(self) -> Setting:
        channels, rows, columns = self.input.shape
        return Setting(
            rows,
            columns,
            channels,
            self.kernel,
            padding=self.padding,
            filters=len(self.filters),
            **self.plain,
        )

    @property
    def input(self) -> Tensor:
        """The numbers that the kernel slides over, float32 (C, H, W)."""
        found: Tensor = self.__dict__["_input"]
        return found

    @property
    def setting(self) -> Setting:
        """How it slides."""
        found: Setting = self.__dict__["_setting"]
        return found

    @property
    def place(self) -> Cell:
        """The opened cell, within the output."""
        maps, rows, columns = self.setting.output
        if self.cell is None:
            return Cell(0, rows // 2, columns // 2)
        return Cell(
            min(self.cell.map, maps - 1),
            min(self.cell.row, rows - 1),
            min(self.cell.column, columns - 1),
        )

    def weights(self) -> Tensor:
        """The kernels as they stand on the page, float32 (O, I, kh, kw), I channels in a group."""
        setting = self.setting
        whole_weight = torch.stack(
            [
                torch.stack(
                    [
                        kernels.kernel(
                            name, self.kernel, channel, angle=self.angle, seed=self.dice + 31 * o
                        )
                        for channel in setting.channels_of(o)
                    ]
                )
                for o, name in enumerate(self.filters)
            ]
        )
        for (o, i, row, column), number in self.edits:
            if o < setting.filters and i < setting.inputs:
                if row < self.kernel[0] and column < self.kernel[1]:
                    whole_weight[o, i, row, column] = number
        return whole_weight

    def biases(self) -> Tensor:
        """The bias of each output channel, float32 (O,)."""
        given = (*self.bias, *([None] * len(self.filters)))
        return torch.tensor(
            [
                kernels.own_bias(name) if number is None else number
                for name, number in zip(self.filters, given, strict=False)
            ]
        )

    @classmethod
    def of(cls, raw: object) -> Question:
        """Validate what came in as JSON: one flat object, as the page keeps it.

        Raises:
            ValueError: with a sentence that says what is wrong.
        """
        if not isinstance(raw, Mapping):
            raise Refusal(mark("A question is an object."))
        known = {*SOURCE, *PLAIN, "filters", "rows", "columns", "padding", "bias", "angle", "dice"}
        known |= {"edits", "place"}
        if unknown := [str(name)[:40] for name in raw if name not in known]:
            raise Refusal(mark("A question knows no {given}."), given=short(unknown))
        for name in (mark("filters"), mark("bias"), mark("edits")):
            if not isinstance(raw.get(name, []), list):
                raise Refusal(mark("{name} is a list."), name=name)
        place = raw.get("place")
        if place is not None and (
            not isinstance(place, Mapping) or not set(place) <= {"map", "row", "column"}
        ):
            raise Refusal(mark("A cell is a map, a row and a column, each from 0."))
        return cls(
            Source.of(raw),
            tuple(raw.get("filters", ["sobel_x"])),
            (raw.get("rows", 3), raw.get("columns", 3)),
            raw.get("padding", 0),
            {name: raw[name] for name in PLAIN if name in raw},
            tuple(raw.get("bias", [])),
            raw.get("angle", 45),
            raw.get("dice", 1),
            checked_edits(raw.get("edits", [])),
            None if place is None else Cell(**place),
        )

    def other(self, **changes: Any) -> Question:
        """The same question with another setting: changes of fields of a `Setting`, or of mine."""
        mine = {name: changes.pop(name) for name in list(changes) if name in _FIELDS}
        return replace(self, plain={**self.plain, **changes}, **mine)


_FIELDS = tuple(Question.__dataclass_fields__)


def check_number(number: object) -> float:
    """A number that may be set by hand, as float.

    Raises:
        ValueError: it is not finite, or too large.
    """
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise Refusal(mark("A weight is a number."))
    if not math.isfinite(number) or abs(number) > LARGEST_NUMBER:
        raise Refusal(mark("A number is set between −{most} and {most}."), most=LARGEST_NUMBER)
    return float(number)


def checked_edits(raw: Sequence[object]) -> Edits:
    """Weights set by hand, each [filter, channel, row, column, number]; of two for one, the later.

    Raises:
        ValueError: one of them cannot be read.
    """
    if len(raw) > MAX_EDITS:
        raise Refusal(mark("At most {most} weights are set by hand at once."), most=MAX_EDITS)
    found: dict[Edit, float] = {}
    for edit in raw:
        if not isinstance(edit, list) or len(edit) != 5:
            raise Refusal(
                mark("A weight set by hand is filter, channel, row, column and the number.")
            )
        o, i, row, column, number = edit
        if any(type(index) is not int or not 0 <= index < 8 for index in (o, i, row, column)):
            raise Refusal(
                mark("A weight set by hand stands in a filter, a channel, a row, a column.")
            )
        found[o, i, row, column] = check_number(number)
    return tuple(found.items())
