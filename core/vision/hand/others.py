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

# Only the readout that refuses learns these, beside the others.
MORE_LETTERS = {
    "L": "0,0 0,1 .8,1",
    "h": "0,0 0,1; ~0,.6 .4,.4 .75,.6 .75,1",
    "f": "~.9,.05 .55,.05 .45,.3 .45,1; 0,.4 .85,.4",
    "r": "0,1 0,.1; ~0,.5 .3,.1 .8,.15",
    "lambda": "~.1,0 .4,.1 .9,1; .5,.4 0,1",
    "pi": "0,.1 1,.1; .3,.1 .25,1; ~.7,.1 .7,.9 .9,1",
    "Xi": "0,0 1,0; .15,.5 .85,.5; 0,1 1,1",
    "mu": "0,1 .1,0 .1,.6; ~.1,.6 .4,.75 .8,.5; .8,0 .8,.7",
    "digeut": "1,0 0,0 0,1 1,1",
    "chieut": ".5,0 .5,.15; .1,.3 .9,.3; ~.5,.3 .4,.7 0,1; .45,.6 1,1",
    "pieup": "0,0 1,0; .3,0 .3,1; .7,0 .7,1; 0,1 1,1",
    "da": ".5,.05 0,.05 0,.75 .5,.75; .8,0 .8,1; .8,.45 1,.45",
    "ma": "0,.1 0,.75 .5,.75 .5,.1 0,.1; .8,0 .8,1; .8,.45 1,.45",
    "ba": "0,.1 0,.75 .5,.75 .5,.1; 0,.4 .5,.4; .8,0 .8,1; .8,.45 1,.45",
    "sa": "~.3,.1 .2,.5 0,.8; .2,.45 .5,.8; .8,0 .8,1; .8,.45 1,.45",
    "ah": "~.3,.15 .05,.45 .3,.75 .55,.45 .3,.15; .8,0 .8,1; .8,.45 1,.45",
    "ja": "0,.1 .5,.1; ~.3,.1 .2,.5 0,.8; .2,.45 .5,.8; .8,0 .8,1; .8,.45 1,.45",
    "neo": "0,.1 0,.75 .5,.7; .9,0 .9,1; .65,.4 .9,.4",
    "deo": ".5,.05 0,.05 0,.75 .5,.75; .9,0 .9,1; .65,.4 .9,.4",
    "no": "0,0 0,.45 1,.45; .5,.55 .5,.85; 0,.95 1,.95",
    "so": "~.5,0 .35,.3 0,.5; .45,.2 1,.5; .5,.6 .5,.85; 0,.95 1,.95",
    "mo": ".15,0 .15,.45 .85,.45 .85,0 .15,0; .5,.55 .5,.85; 0,.95 1,.95",
    "mu_ko": ".15,0 .15,.4 .85,.4 .85,0 .15,0; 0,.6 1,.6; .5,.6 .5,1",
    "above": "0,1 1,1; .5,0 .5,1; .5,.45 .85,.45",
    "below": "0,0 1,0; .5,0 .5,1; .5,.35 .85,.6",
    "small": "~.5,0 .5,.95 .35,.9; .2,.35 0,.75; .75,.35 1,.75",
    "king": "0,0 1,0; 0,.5 1,.5; 0,1 1,1; .5,0 .5,1",
    "earth": "0,.4 1,.4; .5,0 .5,1; 0,1 1,1",
    "work": "0,0 1,0; .5,0 .5,1; 0,1 1,1",
    "middle": "0,.25 0,.65 1,.65 1,.25 0,.25; .5,0 .5,1",
    "water": ".5,0 .5,1; 0,.3 .4,.3 0,.85; .95,.15 .55,.4 1,.9",
    "fire": "~.5,0 .45,.5 0,1; ~.5,.45 .7,.8 1,1; .1,.25 .2,.5; .9,.2 .75,.45",
    "Tse": "0,0 0,.85 .85,.85; .85,0 .85,.85 1,.85 1,1",
    "De": ".15,.85 .35,0 .8,0 .8,.85; 0,1 0,.85 1,.85 1,1",
    "lam_alif": "~0,0 .3,.6 .7,.9 .9,.6 .6,.55 .1,1; .95,0 .6,.6",
    "i_kana": "~0,.05 .05,.6 .2,.95 .3,.75; ~.85,.15 1,.4 1,.7",
    "sa_kana": "0,.3 1,.3; .3,.05 .3,.6; ~.75,0 .75,.6 .4,1",
    "ki_kana": "0,.25 .9,.15; 0,.55 1,.45; .4,0 .6,1",
}
MORE_SHAPES = {
    "house": "0,1 0,.4 .5,0 1,.4 1,1 0,1",
    "cloud": "~.15,.9 0,.6 .25,.4 .4,.05 .7,.15 .85,.45 1,.7 .85,.9 .15,.9",
    "leaf": "~0,1 .1,.4 .9,0 .8,.65 0,1; 0,1 .7,.25",
    "apple": "~.5,.25 .2,.15 0,.5 .25,.95 .5,.9 .75,.95 1,.5 .8,.15 .5,.25; .5,.25 .6,0",
    "clover": "~.5,.5 .1,.4 .3,.0 .5,.5 .7,0 .95,.4 .5,.5; .5,.5 .55,1",
    "butterfly": "~.5,.5 .1,0 0,.4 .5,.5 .1,1 .5,.5 .9,1 .5,.5 1,.4 .9,0 .5,.5",
    "moon": "~.7,0 .15,.2 .15,.8 .7,1 .45,.7 .45,.3 .7,0",
    "flag": "0,1 0,0 .9,.2 0,.45",
    "key": "~.2,.3 0,.5 .2,.7 .4,.5 .2,.3; .4,.5 1,.5 1,.7; .8,.5 .8,.65",
    "fish": "~1,.1 .6,.8 .2,.8 0,.5 .2,.2 .6,.2 1,.9; 1,.1 1,.9",
    "note": "~.2,.85 0,.9 .1,1 .3,.9 .3,.8; .3,.85 .3,0 .9,.15",
    "lying eight": "~.5,.5 .2,.2 0,.5 .2,.8 .5,.5 .8,.2 1,.5 .8,.8 .5,.5",
    "euro": "~1,.1 .5,0 .2,.5 .5,1 1,.9; 0,.4 .7,.4; 0,.6 .7,.6",
    "smile": "~0,.3 .25,.9 .75,.9 1,.3; .3,0 .3,.1; .7,0 .7,.1",
    "arrow up": ".5,1 .5,0; .1,.4 .5,0 .9,.4",
    "double arrow": "0,.5 1,.5; .25,.25 0,.5 .25,.75; .75,.25 1,.5 .75,.75",
    "envelope": "0,0 1,0 1,1 0,1 0,0 .5,.55 1,0",
    "rake": "0,0 0,.3 1,.3 1,0; .33,0 .33,.3; .67,0 .67,.3; .5,.3 .5,1",
    "anchor": ".5,0 .5,1; .2,.25 .8,.25; ~0,.65 .15,.95 .5,1 .85,.95 1,.65",
    "boat": "0,.6 .2,1 .8,1 1,.6 0,.6; .5,.6 .5,0 .9,.5",
}

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

MORE_KINDS: dict[str, Kind] = {
    "more letters": lambda r, held_out: _pick(MORE_LETTERS, set(), r, held_out),
    "more shapes": lambda r, held_out: _pick(MORE_SHAPES, set(), r, held_out),
}
"""Kinds that only the readout learns."""
