"""Sets of generated drawings as the network sees them."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import torch
from numpy.random import Generator
from torch import Tensor

from core.vision.drawing import Drawing
from core.vision.hand import digit
from core.vision.hand.mood import varied
from core.vision.hand.others import KINDS, Kind
from core.vision.hand.people import People
from core.vision.hand.person import write
from core.vision.mnist import Digits
from core.vision.preprocess import PEN_PIXELS, paint, place


def digits(count: int, seed: int, held_out: bool = False, pens: bool = False) -> Digits:
    """`count` digits, each label as often as the others, through the whole preprocessing.

    Args:
        count: how many pictures.
        seed: another seed, other people.
        held_out: only styles that no training sees.
        pens: half of them with a pen between 1.9 and 3.6 pixels wide, for training.
    """
    r = np.random.default_rng((seed, 1 + held_out))
    labels = torch.arange(count) % 10
    images = []
    for label in labels.tolist():
        drawing = digit(label, r, held_out=held_out)
        placement = place(drawing)
        if pens and r.random() < 0.5:
            placement = replace(placement, pen=PEN_PIXELS * float(r.uniform(0.7, 1.33)))
        images.append(_bytes(paint(drawing.strokes, placement)))
    return Digits(torch.stack(images), labels)


def written(who: People) -> Digits:
    """People's digits through the whole preprocessing."""
    return Digits(
        torch.stack([_bytes(paint(one.strokes, place(one))) for one in who.drawings]),
        torch.from_numpy(who.labels),
    )


def moods(who: People, count: int, seed: int) -> Digits:
    """People's digits as they are, then all of them in a first other mood, in a second, and so on.

    Args:
        who: N digits.
        count: how many moods; there are N * (count + 1) pictures.
        seed: decides the moods, and the width of three pens in five.
    """
    images = [written(who).images]
    for mood in range(count):
        r = np.random.default_rng((seed, mood))
        images.append(torch.stack([_moody(one, r) for one in who.drawings]))
    return Digits(torch.cat(images), torch.from_numpy(who.labels).repeat(count + 1))


def _moody(drawing: Drawing, r: Generator) -> Tensor:
    other = varied(drawing, r)
    placement = place(other)
    if r.random() < 0.6:
        placement = replace(placement, pen=PEN_PIXELS * float(r.uniform(0.7, 1.33)))
    return _bytes(paint(other.strokes, placement))


def others(
    count: int, seed: int, held_out: bool = False, kinds: Mapping[str, Kind] = KINDS
) -> Digits:
    """`count` things that are not digits; the label is the position of the kind in `kinds`."""
    r = np.random.default_rng((seed, 3 + held_out))
    makers = list(kinds.values())
    labels = torch.arange(count) % len(makers)
    images = []
    for label in labels.tolist():
        drawing = write(makers[label](r, held_out), r)
        images.append(_bytes(paint(drawing.strokes, place(drawing))))
    return Digits(torch.stack(images), labels)


def _bytes(picture: np.ndarray) -> Tensor:
    return torch.from_numpy(np.rint(picture * 255).astype(np.uint8))
