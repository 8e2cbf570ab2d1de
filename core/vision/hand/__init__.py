"""Drawings that nobody drew: digits in many hands, and things that are not digits.

MNIST holds how American census clerks and pupils wrote around 1990. People write otherwise: a 1
with a long flag, a barred 7, a closed 4. These strokes go through the same preprocessing as a
person's, so a network can be trained and, on styles kept apart, checked on them. Everything is
decided by the generator that is passed in.

>>> digit(7, np.random.default_rng(0)) == digit(7, np.random.default_rng(0))
True
"""

import numpy as np
from numpy.random import Generator

from core.vision.drawing import Drawing
from core.vision.hand.others import KINDS
from core.vision.hand.person import write
from core.vision.hand.styles import STYLES

HELD_OUT = {
    0: "two halves",
    1: "long flag, base",
    2: "swan",
    3: "loop in the middle",
    4: "lightning",
    5: "like an S",
    6: "from below",
    7: "serif and bar",
    8: "two curves",
    9: "circle and leg",
}
"""The style of each digit that no training sees."""

_SHOWN = {
    0: ("oval", "clockwise"),
    1: ("flag", "bar", "flag, base"),
    2: ("flat base", "loop", "curl at the start"),
    3: ("round", "curled ends"),
    4: ("open", "closed"),
    5: ("bar last", "one stroke"),
    6: ("curve into loop", "curled top"),
    7: ("plain", "barred", "curved leg"),
    8: ("from the right shoulder", "two circles"),
    9: ("straight leg", "curved leg", "hooked leg"),
}


def styles(label: int, held_out: bool = False) -> list[str]:
    """Names of the ways to write a digit: those to train on, or those kept apart."""
    return [name for name in STYLES[label] if (name == HELD_OUT[label]) is held_out]


def digit(label: int, r: Generator, style: str | None = None, held_out: bool = False) -> Drawing:
    """One digit by one person.

    Args:
        label: 0 to 9.
        r: decides the person and, unless given, the style.
        style: a name from `styles`; by default any of them.
        held_out: choose among the styles kept apart from training.

    Raises:
        ValueError: no such digit or style.
    """
    if label not in STYLES:
        raise ValueError(f"A digit is one of 0 to 9, not {label!r}.")
    names = styles(label, held_out)
    name = style if style is not None else names[r.integers(len(names))]
    if name not in STYLES[label]:
        known = ", ".join(STYLES[label])
        raise ValueError(f"There is no style {name!r} for a {label}; there are {known}.")
    return write(STYLES[label][name](r), r)


def nondigit(r: Generator, kind: str | None = None, held_out: bool = False) -> Drawing:
    """Something that is not a digit, of one of KINDS; held out are other members of each kind.

    Raises:
        ValueError: no such kind.
    """
    names = list(KINDS)
    name = kind if kind is not None else names[r.integers(len(names))]
    if name not in KINDS:
        raise ValueError(f"There is no kind {name!r}; there are {', '.join(KINDS)}.")
    return write(KINDS[name](r, held_out), r)


def sample(n: int) -> Drawing:
    """The n-th example of a neat digit, n % 10, always the same; another way every ten.

    Raises:
        ValueError: n is negative.
    """
    if n < 0:
        raise ValueError(f"Examples are counted from 0, not {n}.")
    label, way = n % 10, n // 10
    shown = _SHOWN[label]
    r = np.random.default_rng((label, way))
    return write(STYLES[label][shown[way % len(shown)]](r), r, neat=True)
