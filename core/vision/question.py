"""What "Draw a digit" asks, while the pen moves and when it rests."""

from __future__ import annotations

from dataclasses import dataclass

from core.schema import REQUIRED, Record, custom, flag
from core.vision import link, networks
from core.vision.drawing import Drawing, strokes
from core.vision.off import Off
from core.vision.place import Place
from core.vision.preprocess import Stages


@dataclass(frozen=True)
class DrawingQuestion(Record):
    """What does this network compute from this drawing, prepared so?

    Attributes:
        drawing: the strokes.
        model: "ours", "notes", or the name of a network that was trained here.
        stages: which stages of the preparation are on.
        off: filters that are switched off.
        place: the number whose arithmetic is wanted.
        strip: whether the answers after each stage are wanted too; they cost five forward passes.

    >>> question = DrawingQuestion.read({"drawing": [], "place": {"layer": "fc1", "map": 3}})
    >>> question.place, question.model, question.stages.centre
    (Place(layer='fc1', map=3, row=0, column=0), 'ours', True)
    """

    drawing: Drawing = strokes(REQUIRED)
    model: str = custom("ours", networks.checked, str)
    stages: Stages = custom(
        Stages(), link.read_stages, link.write_stages, Stages.read, Stages.write, checked=Stages
    )
    off: Off = custom(Off(), link.read_off, link.write_off, Off.read, Off.lists, checked=Off)
    place: Place = custom(
        Place("conv1", 0, 14, 14),
        link.read_place,
        link.write_place,
        Place.read,
        Place.write,
        checked=Place,
    )
    strip: bool = flag(True)
