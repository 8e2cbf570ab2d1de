"""How a drawing, its stages, a place in the network and what is off are written in a lesson link.

Each pair is exactly inverse: reading what was written gives back the same value. Readers raise
ValueError with a sentence. An empty text never stands for anything but an empty value.
"""

from typing import Any

from core.schema import Refusal, custom, mark
from core.vision.drawing import Drawing
from core.vision.off import Off
from core.vision.place import SHAPES, Place
from core.vision.preprocess import NAMES as STAGES
from core.vision.preprocess import Stages

SAMPLE = "sample"
"""Stands for the drawing that belongs to the seed, so that a link need not carry it."""
PLACE = mark("A place is a layer and its indices, such as conv1.12.14.9 or fc1.300.")
FILTERS = mark("Filters are written as conv1.3.17,conv2.5, in order and without repeats.")


def write_drawing(drawing: Drawing | None) -> str:
    """A drawing as text; None, nobody has drawn yet, is "sample"."""
    return SAMPLE if drawing is None else drawing.encode()


def read_drawing(text: str) -> Drawing | None:
    """The inverse of `write_drawing`; an empty text is the blank canvas."""
    return None if text == SAMPLE else Drawing.decode(text)


def drawing_or_sample() -> Any:
    """Declare a drawing as a field, the sample at first; null and lists of strokes in JSON."""
    return custom(None, read_drawing, write_drawing, _of_lists, _lists, checked=Drawing)


def _of_lists(raw: object) -> Drawing | None:
    return None if raw is None else Drawing.of(raw)


def _lists(drawing: Drawing | None) -> list[list[list[int]]] | None:
    return None if drawing is None else drawing.lists()


def write_stages(stages: Stages) -> str:
    """The stages that are on.

    >>> write_stages(Stages(pen=False))
    'crop,fit,centre'
    """
    return ",".join(name for name in STAGES if getattr(stages, name))


def read_stages(text: str) -> Stages:
    """The inverse of `write_stages`."""
    names = [name for name in text.split(",") if name]
    if names != [name for name in STAGES if name in names]:
        raise Refusal(mark("Stages are some of {names}, in this order."), names=tuple(STAGES))
    return Stages(**{name: name in names for name in STAGES})


def write_place(place: Place) -> str:
    """A place in the network.

    >>> write_place(Place("conv1", 12, 14, 9))
    'conv1.12.14.9'
    >>> write_place(Place("fc1", 300))
    'fc1.300'
    """
    return ".".join([place.layer, *map(str, place.index)])


def read_place(text: str) -> Place:
    """The inverse of `write_place`."""
    layer, *indices = text.split(".")
    if layer not in SHAPES or len(indices) != len(SHAPES[layer]):
        raise Refusal(PLACE)
    return Place(layer, *map(_index, indices))


def write_off(off: Off) -> str:
    """The filters that are switched off, in order.

    >>> write_off(Off((17, 3), (5,)))
    'conv1.3.17,conv2.5'
    """
    return ",".join(
        ".".join([layer, *map(str, sorted(set(filters)))])
        for layer, filters in vars(off).items()
        if filters
    )


def read_off(text: str) -> Off:
    """The inverse of `write_off`."""
    parts = [part.split(".") for part in text.split(",") if part]
    filters = {layer: [_index(number) for number in numbers] for layer, *numbers in parts}
    if not filters.keys() <= Off.schema.keys() or write_off(off := Off.read(filters)) != text:
        raise Refusal(FILTERS)
    return off


def _index(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4) or str(int(text)) != text:
        raise Refusal(mark("An index is a whole number."))
    return int(text)
