"""What people draw that is not a digit: scribbles, shapes, letters of several scripts and so on.

Left out on purpose: what some digit looks like in a hurry, such as O, I, l, S, Z, b, q, g, a
square, an upright line.
"""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from core.vision.hand.curves import Stroke, arc, curve, line
from core.vision.hand.styles import STYLES

# Strokes apart by ";", points by spaces; "~" makes a stroke smooth.
LETTERS = {
    "A": "0,1 .5,0 1,1; .2,.62 .8,.62",
    "E": "1,0 0,0 0,1 1,1; 0,.5 .8,.5",
    "F": "1,0 0,0 0,1; 0,.48 .8,.48",
    "H": "0,0 0,1; 1,0 1,1; 0,.5 1,.5",
    "K": "0,0 0,1; 1,0 0,.55 1,1",
    "M": "0,1 .1,0 .5,.7 .9,0 1,1",
    "N": "0,1 0,0 1,1 1,0",
    "R": "0,1 0,0; ~0,0 .7,.02 .9,.25 .6,.5 0,.5; .4,.5 1,1",
    "T": "0,0 1,0; .5,0 .5,1",
    "V": "0,0 .5,1 1,0",
    "W": "0,0 .25,1 .5,.3 .75,1 1,0",
    "X": "0,0 1,1; 1,0 0,1",
    "m": "0,1 0,.1; ~0,.4 .25,.05 .45,.3 .45,1; ~.45,.4 .75,.05 1,.3 1,1",
    "n": "0,1 0,.1; ~0,.4 .4,.02 .9,.2 1,.6 1,1",
    "w": "~0,0 .1,.8 .3,1 .5,.4 .7,1 .9,.8 1,0",
    "k": "0,0 0,1; .8,.35 0,.7 .9,1",
    "t": "~.4,0 .4,.8 .6,1 .9,.9; 0,.3 .9,.3",
    "Gamma": "1,0 0,0 0,1",
    "Delta": "0,1 .5,0 1,1 0,1",
    "Lambda": "0,1 .5,0 1,1",
    "Pi": "0,0 1,0; .15,0 .15,1; .85,0 .85,1",
    "Sigma": "1,.1 1,0 0,0 .55,.5 0,1 1,1 1,.9",
    "Psi": "~0,0 .05,.5 .5,.65 .95,.5 1,0; .5,0 .5,1",
    "Omega": "~0,1 .3,1 .05,.5 .25,.05 .75,.05 .95,.5 .7,1 1,1",
    "Zhe": "0,0 1,1; 1,0 0,1; .5,0 .5,1",
    "Sha": "0,0 0,1 1,1 1,0; .5,0 .5,1",
    "I": "0,0 0,1 1,0 1,1",
    "Yu": "0,0 0,1; 0,.5 .4,.5; ~.7,0 .4,.5 .7,1 1,.5 .7,0",
    "bieup": "0,0 0,1 1,1 1,0; 0,.45 1,.45",
    "siot": "~.5,0 .4,.5 0,1; .45,.4 1,1",
    "jieut": "0,0 1,0; ~.5,0 .4,.5 0,1; .45,.4 1,1",
    "tieut": "1,0 0,0 0,1 1,1; 0,.5 1,.5",
    "hieut": "~.5,.0 .5,.12; 0,.25 1,.25; ~.5,.4 .15,.7 .5,1 .85,.7 .5,.4",
    "a": "0,0 0,1; 0,.5 .5,.5",
    "o": ".5,0 .5,.8; 0,.9 1,.9",
    "ga": "0,.05 .5,.05 .4,.7; .8,0 .8,1; .8,.45 1,.45",
    "na": "0,.1 0,.7 .5,.65; .8,0 .8,1; .8,.45 1,.45",
    "person": "~.5,0 .4,.5 0,1; ~.5,.3 .7,.75 1,1",
    "big": "0,.35 1,.35; ~.5,0 .45,.5 0,1; ~.5,.4 .7,.8 1,1",
    "tree": "0,.3 1,.3; .5,0 .5,1; .5,.3 0,.85; .5,.3 1,.85",
    "field": "0,0 0,1 1,1 1,0 0,0; .5,0 .5,1; 0,.5 1,.5",
    "mountain": ".5,0 .5,1; 0,.4 0,1 1,1 1,.4",
    "sun": "0,0 0,1 1,1 1,0 0,0; 0,.5 1,.5",
    "alef": ".1,0 .9,1; ~1,0 .9,.35 .65,.6; ~.3,.35 .05,.6 .1,1",
    "shin": "~0,0 .1,.8 .5,1 .9,.8 1,0; ~.5,0 .45,.5 .3,.9",
}
HELD_LETTERS = {"F", "K", "W", "R", "Psi", "Zhe", "siot", "na", "big", "mountain", "shin"}

SHAPES = {
    "triangle": "0,1 .5,0 1,1 0,1",
    "star": ".2,1 .5,0 .8,1 0,.38 1,.38 .2,1",
    "heart": "~.5,1 .05,.5 .1,.1 .35,.05 .5,.3; ~.5,.3 .65,.05 .9,.1 .95,.5 .5,1",
    "arrow": "0,.5 1,.5; .65,.2 1,.5 .65,.8",
    "tick": "0,.6 .35,1 1,0",
    "equals": "0,.3 1,.3; 0,.7 1,.7",
    "hash": ".3,0 .25,1; .7,0 .65,1; 0,.35 1,.35; 0,.65 1,.65",
    "percent": "1,0 0,1; ~.2,.05 .05,.2 .2,.35 .35,.2 .2,.05; ~.8,.65 .65,.8 .8,.95 .95,.8 .8,.65",
    "question": "~.05,.2 .4,0 .85,.15 .6,.45 .45,.75; .45,.98",
    "root": "0,.5 .15,.45 .35,1 .5,0 1,0",
    "face": "~.5,0 .05,.5 .5,1 .95,.5 .5,0; .35,.35; .65,.35; ~.3,.65 .5,.78 .7,.65",
}
HELD_SHAPES = {"heart", "percent", "tick"}

Kind = Callable[[Generator, bool], list[Stroke]]


def glyph(text: str, r: Generator) -> list[Stroke]:
    """Strokes from the short form of the tables above, each point a little off."""
    strokes = []
    for part in text.split(";"):
        points = [
            tuple(float(v) for v in pair.split(",")) for pair in part.strip().lstrip("~").split()
        ]
        near = [(x + r.normal(0, 0.03), y + r.normal(0, 0.03)) for x, y in points]
        if len(near) == 1:
            strokes.append(np.array([near[0], near[0]]))
        else:
            strokes.append(curve(*near) if part.strip().startswith("~") else line(*near))
    return strokes


def _pick(table: dict[str, str], held: set[str], r: Generator, held_out: bool) -> list[Stroke]:
    names = [n for n in table if (n in held) is held_out]
    return glyph(table[names[r.integers(len(names))]], r)


def _points(r: Generator, count: int) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in r.random((count, 2))]


def _dots(r: Generator, held_out: bool) -> list[Stroke]:
    count = int(r.integers(4, 9)) if held_out else int(r.integers(2, 6))
    return [np.array([p, (p[0] + 0.01, p[1])]) for p in _points(r, count)]


def _scribble(r: Generator, held_out: bool) -> list[Stroke]:
    """Held out: many strokes apart; otherwise one long wandering stroke."""
    if held_out:
        return [curve(*_points(r, int(r.integers(3, 6)))) for _ in range(int(r.integers(3, 6)))]
    return [curve(*_points(r, int(r.integers(9, 30))))]


def _hatching(r: Generator, held_out: bool) -> list[Stroke]:
    rows = int(r.integers(6, 14))
    turns = [(float(i % 2) + r.normal(0, 0.05), i / rows) for i in range(rows + 1)]
    if held_out:
        turns = [(y, x) for x, y in turns]
    return [line(*turns)]


def _line(r: Generator, held_out: bool) -> list[Stroke]:
    """Lying, or leaning far more than anybody's 1; `write` may still turn it a little."""
    tilt = r.uniform(-0.1, 0.1) if held_out else r.choice([-1, 1]) * r.uniform(0, 0.24)
    bend = r.normal(0, 0.05)
    return [curve((0.0, 0.5 - tilt), (0.5, 0.5 + bend), (1.0, 0.5 + tilt))]


def _cross(r: Generator, held_out: bool) -> list[Stroke]:
    if held_out:
        return [
            line((0, 0), (1, 1)),
            line((1, 0), (0, 1)),
            line((0.5, 0), (0.5, 1)),
            line((0, 0.5), (1, 0.5)),
        ]
    x, y = r.uniform(0.35, 0.65, 2)
    return [line((0, y), (1, y)), line((x, 0), (x, 1))]


def _zigzag(r: Generator, held_out: bool) -> list[Stroke]:
    count = int(r.integers(5, 10))
    turns = [(i / count, float(i % 2) * r.uniform(0.35, 1)) for i in range(count + 1)]
    return [curve(*turns) if held_out else line(*turns)]


def _spiral(r: Generator, held_out: bool) -> list[Stroke]:
    turns = r.uniform(2.2, 4)
    t = np.linspace(0.05, 1, int(turns * 30))
    angle = 2 * np.pi * (turns * t * (-1 if held_out else 1) + r.random())
    return [0.5 + 0.5 * t[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)]


def _letter(r: Generator, held_out: bool) -> list[Stroke]:
    return _pick(LETTERS, HELD_LETTERS, r, held_out)


def _shape(r: Generator, held_out: bool) -> list[Stroke]:
    return _pick(SHAPES, HELD_SHAPES, r, held_out)


def _two_digits(r: Generator, held_out: bool) -> list[Stroke]:
    """Side by side. Held out: pairs whose second digit is smaller by at least two."""
    while True:
        a, b = (int(d) for d in r.integers(0, 10, 2))
        if (a - b >= 2) is held_out:
            break
    out = []
    for digit, left in ((a, 0.0), (b, 1.0 + r.uniform(0.1, 0.5))):
        ways = list(STYLES[digit].values())
        strokes = ways[r.integers(len(ways))](r)
        out += [s + np.array([left, r.normal(0, 0.04)]) for s in strokes]
    return out


def _circles(r: Generator, held_out: bool) -> list[Stroke]:
    """Chains of rings, side by side or within each other."""
    if held_out:
        return [arc(0.5, 0.5, s, s, 0, 1) for s in (0.5, r.uniform(0.15, 0.3))]
    return [arc(0.5 * i, 0.5, 0.3, 0.3, 0, 1) for i in range(int(r.integers(2, 4)))]


KINDS: dict[str, Kind] = {
    "dots": _dots,
    "scribble": _scribble,
    "hatching": _hatching,
    "line": _line,
    "cross": _cross,
    "zigzag": _zigzag,
    "spiral": _spiral,
    "shape": _shape,
    "letter": _letter,
    "rings": _circles,
    "two digits": _two_digits,
}
