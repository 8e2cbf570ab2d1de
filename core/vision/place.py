"""Where a number of the notes' SimpleCNN stands."""

from dataclasses import dataclass

from core.opened import Cell
from core.schema import REQUIRED, Record, Refusal, choice, mark, whole
from core.vision.trace import Field, receptive_field

SHAPES: dict[str, tuple[int, ...]] = {
    "input": (1, 28, 28),
    "conv1": (32, 28, 28),
    "relu1": (32, 28, 28),
    "pool1": (32, 14, 14),
    "conv2": (64, 14, 14),
    "relu2": (64, 14, 14),
    "pool2": (64, 7, 7),
    "fc1": (512,),
    "relu3": (512,),
    "logits": (10,),
    "probabilities": (10,),
}
OUTSIDE = mark("{layer} has {size} along {axis}: 0 to {last}.")


@dataclass(frozen=True)
class Place(Record):
    """Where a number stands; in flat layers the unit is `map`, and row and column are 0.

    >>> Place.read({"layer": "pool1", "map": 3, "row": 4, "column": 5}).field
    Field(top=7, left=9, bottom=11, right=13)
    """

    layer: str = choice(tuple(SHAPES), REQUIRED)
    map: int = whole(low=0, high=max(shape[0] for shape in SHAPES.values()) - 1)
    row: int = whole(0, 0, 27)
    column: int = whole(0, 0, 27)

    def check_together(self) -> None:
        """Refuse an index outside the layer."""
        names = (mark("map"), mark("row"), mark("column"))
        for index, size, axis in zip(self.index, SHAPES[self.layer], names, strict=False):
            if index >= size:
                last = size - 1
                raise Refusal(OUTSIDE, layer=self.layer, size=size, axis=axis, last=last)
        if len(self.index) == 1 and (self.row, self.column) != (0, 0):
            raise Refusal(mark("{layer} has no rows and columns."), layer=self.layer)

    @property
    def index(self) -> tuple[int, ...]:
        """The index into the tensor of one picture."""
        return (self.map,) if len(SHAPES[self.layer]) == 1 else (self.map, self.row, self.column)

    @property
    def cell(self) -> Cell:
        """The same for `core.opened`."""
        return Cell(self.layer, self.index)

    @property
    def field(self) -> Field:
        """The receptive field in the input picture."""
        return receptive_field(
            "logits" if self.layer == "probabilities" else self.layer, self.row, self.column
        )
