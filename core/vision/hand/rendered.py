"""Sets of generated drawings as the network sees them."""

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from core.vision.hand import digit, nondigit
from core.vision.hand.others import KINDS
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


def others(count: int, seed: int, held_out: bool = False) -> Digits:
    """`count` things that are not digits; the label is the position of the kind in KINDS."""
    r = np.random.default_rng((seed, 3 + held_out))
    names = list(KINDS)
    labels = torch.arange(count) % len(names)
    images = []
    for label in labels.tolist():
        drawing = nondigit(r, names[label], held_out)
        images.append(_bytes(paint(drawing.strokes, place(drawing))))
    return Digits(torch.stack(images), labels)


def _bytes(picture: np.ndarray) -> Tensor:
    return torch.from_numpy(np.rint(picture * 255).astype(np.uint8))
