"""The ways of writing each digit, read once from digits.json beside this file.

A way is a list of lines, carried out in order. All but the last give a name to a number, a point or
a stroke; the last one lists the strokes. Numbers are written as sums, products and quotients of
numbers, names and draws: `u(low, high)` uniform, `n(mean, deviation)` normal, `pick(a, b)` one of
them. A stroke is a list that begins with what makes it: a function of `curves`, "join",
"reversed", "oval", "eight", or one of the "parts" that several ways share. A part begins with the
names of its arguments, and its last line is its stroke.

>>> [name for name in STYLES[0]][:3]
['oval', 'clockwise', 'open']
>>> r = np.random.default_rng(0)
>>> [stroke.shape for stroke in STYLES[7]["barred"](r)]
[(17, 2), (9, 2)]
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from types import CodeType
from typing import Any

import numpy as np
from numpy.random import Generator

from core.vision.hand.curves import Stroke, arc, curve, join, line

Style = Callable[[Generator], list[Stroke]]
Names = dict[str, Any]
"""What has a name so far: draws, numbers, points, strokes."""

_DATA = json.loads(Path(__file__).with_name("digits.json").read_text(encoding="utf-8"))
_ARITHMETIC = (
    *(ast.Expression, ast.BinOp, ast.UnaryOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub),
    *(ast.Call, ast.Name, ast.Load, ast.Constant),
)


def _oval(r: Generator, turn: float, start: float) -> Stroke:
    angle = 2 * np.pi * np.linspace(start, start + turn, 56)
    drift = 1 + r.uniform(-0.12, 0.12) * np.linspace(0, 1, 56)
    square = r.uniform(0.85, 1.0)  # below 1: fuller than an ellipse
    c, s = np.cos(angle), np.sin(angle)
    x = np.sign(c) * np.abs(c) ** square * drift
    y = np.sign(s) * np.abs(s) ** square * drift
    return np.stack([0.5 + r.uniform(0.28, 0.5) * x, 0.5 + 0.5 * y], axis=1)


def _eight(r: Generator, start: float, way: float, turn: float) -> Stroke:
    """Once around a figure of eight; start 0 is the top, 0.25 the crossing."""
    t = 2 * np.pi * (start + way * np.linspace(0, turn, 72))
    waist = r.uniform(0.4, 0.54)
    up, low = r.uniform(0.3, 0.42), r.uniform(0.38, 0.5)
    y = (1 - np.cos(t)) / 2
    y = np.where(y < 0.5, y * 2 * waist, waist + (y - 0.5) * 2 * (1 - waist))
    x = 0.5 - np.where(y < waist, up, low) * np.sin(2 * t)
    return np.stack([x, y], axis=1)


def _strokes(lines: list[Any], r: Generator) -> list[Stroke]:
    *named, strokes = lines
    names = _named(named, _draws(r), r)
    return [_stroke(each, names, r) for each in strokes]


def _draws(r: Generator) -> Names:
    return {"u": r.uniform, "n": r.normal, "pick": lambda *options: r.choice(options)}


def _named(lines: list[Any], names: Names, r: Generator) -> Names:
    for name, form in lines:
        names[name] = _form(form, names, r)
    return names


def _form(form: Any, names: Names, r: Generator) -> Any:
    """A stroke, a point or a number."""
    if not isinstance(form, list):
        return _number(form, names)
    return _stroke(form, names, r) if form[0] in _MAKERS else _point(form, names)


def _stroke(form: Any, names: Names, r: Generator) -> Stroke:
    if isinstance(form, str):
        stroke: Stroke = names[form]
        return stroke
    maker, *rest = form
    return _MAKERS[maker](rest, names, r)


def _point(form: Any, names: Names) -> tuple[float, float]:
    if isinstance(form, str):
        point: tuple[float, float] = names[form]
        return point
    x, y = form
    return _number(x, names), _number(y, names)


def _number(written: str | float, names: Mapping[str, Any]) -> float:
    if not isinstance(written, str):
        return written
    return float(eval(_compiled(written), {"__builtins__": {}}, names))


@cache
def _compiled(written: str) -> CodeType:
    """The arithmetic of a number, which may hold nothing else.

    Raises:
        ValueError: it does.
    """
    tree = ast.parse(written, mode="eval")
    if not all(isinstance(node, _ARITHMETIC) for node in ast.walk(tree)):
        raise ValueError(f"This is no arithmetic: {written!r}.")
    return compile(tree, "digits.json", "eval")


def _part(part: list[Any], rest: list[Any], names: Names, r: Generator) -> Stroke:
    arguments, *named, stroke = part
    given = {name: _number(each, names) for name, each in zip(arguments, rest, strict=True)}
    return _stroke(stroke, _named(named, _draws(r) | given, r), r)


Maker = Callable[[list[Any], Names, Generator], Stroke]
_MAKERS: dict[str, Maker] = {
    "curve": lambda rest, names, r: curve(*(_point(each, names) for each in rest)),
    "line": lambda rest, names, r: line(*(_point(each, names) for each in rest)),
    "join": lambda rest, names, r: join(*(_stroke(each, names, r) for each in rest)),
    "reversed": lambda rest, names, r: _stroke(rest[0], names, r)[::-1],
    "arc": lambda rest, names, r: arc(*(_number(each, names) for each in rest)),
    "oval": lambda rest, names, r: _oval(r, *(_number(each, names) for each in rest)),
    "eight": lambda rest, names, r: _eight(r, *(_number(each, names) for each in rest)),
    **{name: partial(_part, part) for name, part in _DATA["parts"].items()},
}

STYLES: dict[int, dict[str, Style]] = {
    int(digit): {name: partial(_strokes, lines) for name, lines in ways.items()}
    for digit, ways in _DATA["styles"].items()
}
"""For each digit the ways of writing it, by name: functions that return dense strokes."""
