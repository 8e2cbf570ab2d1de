"""Where a number of the notes' SimpleCNN stands."""

from dataclasses import dataclass

from core.opened import Cell
from core.schema import Refusal, mark
from core.vision.trace import FLAT, Field, receptive_field

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


@dataclass(frozen=True)
class Place:
    """Where a number stands; in flat layers the unit is `map`, and row and column are 0."""

    layer: str
    map: int
    row: int = 0
    column: int = 0

    def __post_init__(self) -> None:
        """Refuse what the network does not have.

        Raises:
            ValueError: unknown layer, or an index outside it.
        """
        if self.layer not in SHAPES:
            raise Refusal(
                mark("The network has no layer of that name; it has {names}."), names=tuple(SHAPES)
            )
        for index, size, axis in zip(
            self.index, SHAPES[self.layer], (mark("map"), mark("row"), mark("column")), strict=False
        ):
            if type(index) is not int or not 0 <= index < size:
                raise Refusal(
                    mark("{layer} has {size} along {axis}: 0 to {last}."),
                    layer=self.layer,
                    size=size,
                    axis=axis,
                    last=size - 1,
                )
        if self.layer in (*FLAT, "probabilities") and (self.row, self.column) != (0, 0):
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
