"""Where a number of a recurrent network stands, and how the address of a page writes it.

Read and write are exact inverses; a text that is not exactly what `write` gives is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.recurrent.cells import GATES
from core.schema import Refusal, mark

NAMES = tuple(dict.fromkeys(gate for gates in GATES.values() for gate in gates))
MOST = {"layer": 3, "time": 500, "unit": 256}
"""How many there can be of each; which of them a run has, it says itself."""
LABELS = {"layer": mark("layer"), "time": mark("time step"), "unit": mark("unit")}
INDEX = mark("{field} is a whole number from 0 to {high}.")
PLACE = mark("A place is a gate, layer, time and unit, such as forget.0.4.12.")


@dataclass(frozen=True)
class Place:
    """A gate or state by name, its layer, the time step and the unit, all counted from 0."""

    gate: str
    layer: int
    time: int
    unit: int

    def __post_init__(self) -> None:
        """Refuse what no cell has.

        Raises:
            Refusal: an unknown gate, or an index that no run can have.
        """
        if self.gate not in NAMES:
            raise Refusal(mark("A cell has {names}."), names=NAMES)
        for name, most in MOST.items():
            value = getattr(self, name)
            if type(value) is not int or not 0 <= value < most:
                raise Refusal(INDEX, field=LABELS[name], high=most - 1)


def write_place(place: Place) -> str:
    """A place as text.

    >>> write_place(Place("forget", 0, 4, 12))
    'forget.0.4.12'
    """
    return f"{place.gate}.{place.layer}.{place.time}.{place.unit}"


def read_place(text: str) -> Place:
    """The inverse of `write_place`.

    >>> read_place("c.1.0.7")
    Place(gate='c', layer=1, time=0, unit=7)
    """
    gate, *indices = text.split(".")
    if len(indices) != 3 or not all(i.isascii() and i.isdigit() and len(i) <= 4 for i in indices):
        raise Refusal(PLACE)
    place = Place(gate, *map(int, indices))
    if write_place(place) != text:
        raise Refusal(mark("Indices are written without leading zeros."))
    return place
