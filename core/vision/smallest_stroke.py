"""The shortest piece of ink that decides the answer, found by taking pieces of the drawing away."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.vision.attribution import BATCH, logits_of
from core.vision.drawing import Drawing
from core.vision.models import SimpleCNN, normalise
from core.vision.preprocess import Picture, Placement, Stages, paint, place

UNITS = 24
"""Into how many units of equal length a drawing is cut; the pieces tried are made of them."""


@dataclass(frozen=True, eq=False)
class Removal:
    """A piece of ink without which the network gives another answer."""

    stroke: int
    """The stroke that the piece belongs to, from 0."""
    piece: NDArray[np.int16]
    """Its points in canvas units, (P, 2)."""
    length: float
    """Its length in canvas units; 0 for a dot."""
    share: float
    """Its length as a share of all ink, 0 to 1."""
    before: int
    """The answer with all ink."""
    after: int
    """The answer without the piece."""


def smallest_stroke(
    model: SimpleCNN, drawing: Drawing, stages: Stages = Stages(), units: int = UNITS
) -> Removal | None:
    """The shortest piece of ink whose removal changes the answer, or None if no single piece does.

    The drawing is cut into about `units` units of equal length, at least one for each stroke.
    Tried is every run of units within a stroke, whole strokes among them, from the shortest up; of
    equally short ones that change the answer, the one that changes it most clearly is taken. A
    deletion test as in Fong and Vedaldi, "Interpretable Explanations of Black Boxes by Meaningful
    Perturbation" (2017), with ink in place of pixels.

    The placement of the whole drawing is kept. Otherwise the rest would be scaled and centred
    again, and that would be tested instead of the ink. What is left has round ends, as a pen
    leaves. Taking away all ink would not test a piece, and is not tried.

    Args:
        model: in eval mode.
        drawing: what the pen did.
        stages: the preprocessing that the answer was made with.
        units: 1 to 64; the cost grows with the square.

    Raises:
        ValueError: `units` out of range.
    """
    if not 1 <= units <= 64:
        raise ValueError("A drawing can be cut into 1 to 64 units.")
    if not drawing.strokes:
        return None
    lengths = [float(_arc(stroke)[-1]) for stroke in drawing.strokes]
    total = sum(lengths)
    counts = [max(1, round(units * length / total)) if total else 1 for length in lengths]
    tried = sorted(
        (round(length * (last - first) / count, 6), index, first, last)
        for index, (length, count) in enumerate(zip(lengths, counts, strict=True))
        for first in range(count)
        for last in range(first + 1, count + 1)
        if len(counts) > 1 or last - first < count
    )
    with torch.inference_mode():
        parts = _Parts(drawing, counts, place(drawing, stages))
        before = int(_ask(model, [parts.whole()])[0].argmax())
        for start in range(0, len(tried), BATCH):
            batch = tried[start : start + BATCH]
            logits = _ask(model, [parts.without(*run) for _, *run in batch])
            lead = logits.max(1).values - logits[:, before]  # above 0: another answer has won
            changes = [
                (length, -gap, number)
                for number, ((length, *_), gap) in enumerate(zip(batch, lead.tolist(), strict=True))
                if gap > 0
            ]
            if changes:
                length, _, number = min(changes)
                _, index, first, last = batch[number]
                piece = _piece(drawing.strokes[index], first / counts[index], last / counts[index])
                share = length / total if total else 0.0
                return Removal(index, piece, length, share, before, int(logits[number].argmax()))
    return None


class _Parts:
    """Pictures of a drawing without one piece, put together from the pictures of its units.

    A pixel's ink is that of the nearest point of the pen's path, so two pieces together give the
    larger ink of the two: hundreds of candidates cost hardly more rendering than one drawing.
    """

    def __init__(self, drawing: Drawing, counts: list[int], placement: Placement) -> None:
        self._within: list[tuple[Picture, Picture]] = []
        for stroke, count in zip(drawing.strokes, counts, strict=True):
            units = [_piece(stroke, i / count, (i + 1) / count) for i in range(count)]
            self._within.append(_running([paint((unit,), placement) for unit in units]))
        self._across = _running([before[-1] for before, _ in self._within])

    def whole(self) -> Picture:
        """All ink, (28, 28)."""
        picture: Picture = self._across[0][-1]
        return picture

    def without(self, stroke: int, first: int, last: int) -> Picture:
        """All ink but the units `first` to `last - 1` of a stroke, (28, 28)."""
        (earlier, later), (before, after) = self._across, self._within[stroke]
        left = earlier[stroke], later[stroke + 1], before[first], after[last]
        picture: Picture = np.maximum.reduce(left)
        return picture


def _running(pictures: list[Picture]) -> tuple[Picture, Picture]:
    """Ink of the first i pictures together, and of all from i on; each (n + 1, 28, 28)."""
    blank = np.zeros_like(pictures[0])
    before = np.maximum.accumulate(np.stack([blank, *pictures]))
    after = np.maximum.accumulate(np.stack([blank, *reversed(pictures)]))[::-1]
    return before, after


def _ask(model: SimpleCNN, pictures: list[Picture]) -> torch.Tensor:
    """Ink (N, 28, 28) -> logits (N, 10)."""
    return logits_of(model, normalise(torch.from_numpy(np.stack(pictures))))


def _arc(stroke: NDArray[np.int16]) -> NDArray[np.float64]:
    """Length of the path from its start to each of its points, (P,)."""
    steps = np.hypot(*np.diff(stroke.astype(float), axis=0).T)
    return np.concatenate([[0.0], np.cumsum(steps)])


def _piece(stroke: NDArray[np.int16], start: float, end: float) -> NDArray[np.int16]:
    """The part of a path between two shares of its length, rounded to canvas units."""
    arc = _arc(stroke)
    low, high = start * arc[-1], end * arc[-1]
    ends = np.array([[np.interp(at, arc, axis) for axis in stroke.T] for at in (low, high)])
    inner = stroke[(arc > low) & (arc < high)]
    piece: NDArray[np.int16] = np.rint(np.concatenate([ends[:1], inner, ends[1:]])).astype(np.int16)
    return piece
