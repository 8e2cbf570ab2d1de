"""A number as plain JSON, which pages/kit/opened.js paints.

Of every number:
    array, index     where it stands
    kind             the rule: "dot", "conv", "pool", "sum", "scale", "mask", "activation",
                     "exponential", "softmax", "norm", "lookup", "position", "gate", "recurrence",
                     "given", "combination", "product", "loss", "log", "capped", "unit"
    value, total     the number itself, and added up again from its parts
    computed         what would stand there if it were not set by hand, else null
    sources          [{"role", "array", "spans": [[begin, end], ...]}], what to outline
    inner            the same of the number that a function is applied to, or null

and of a kind what it needs; see the functions below. Minus infinity and what is not there is null.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from torch import Tensor

from core.opened.functions import (
    Activation,
    BatchNorm,
    Exponential,
    LayerNorm,
    Lookup,
    Mask,
    Position,
    Scale,
    Softmax,
    Sum,
)
from core.opened.measures import (
    Capped,
    Combination,
    CrossEntropy,
    Logarithm,
    Monomial,
    Outer,
    Unit,
)
from core.opened.parts import Opened, Part
from core.opened.recurrent import Gate, Recurrence
from core.opened.rules import Conv, Dot, Given, Pool

TOP = 8
"""How many of the largest products are named; the rest is one number."""

Wire = dict[str, Any]


def wire(shown: Opened, top: int = TOP, whole: int = 0) -> Wire:
    """The number as JSON values.

    Args:
        shown: the number.
        top: how many of the largest products of a sum are named.
        whole: of a sum of at most so many products all numbers travel.
    """
    kind, fields = _KINDS[type(shown.rule)]
    return {
        "array": shown.cell.array,
        "index": list(shown.cell.index),
        "kind": kind,
        "value": finite(shown.value),
        "total": finite(shown.total),
        "computed": None if shown.computed is None else finite(shown.computed),
        "sources": [_source(part) for part in shown.parts if part.array],
        "inner": None if shown.inner is None else wire(shown.inner, top, whole),
        **fields(shown, top, whole),
    }


def finite(value: float) -> float | None:
    """A number for JSON: None for what is infinite or not there."""
    return value if math.isfinite(value) else None


def plain(values: Tensor) -> Any:
    """Nested lists of numbers for JSON."""
    found = values.tolist()
    return found if math.isfinite(float(values.sum())) else _finite(found)


def _finite(values: Any) -> Any:
    return [_finite(value) for value in values] if isinstance(values, list) else finite(values)


def _source(part: Part) -> Wire:
    spans = [[at.start, at.stop] if len(at) else [0, 0] for at in part.box]
    return {"role": part.role, "array": part.array, "spans": spans}


def largest(left: Part, right: Part, top: int, whole: int) -> Wire:
    """A sum of products: the largest ones, what all others add up to, and how many there are.

    "terms" [{"at": index in the left array, "left", "right", "product"}]; "rest" is null where
    nothing is left out; "left" and "right" all numbers, null where there are more than `whole`.
    """
    a, b = left.values.flatten().double(), right.values.flatten().double()
    products = a * b
    count = len(products)
    chosen = products.abs().topk(min(top, count)).indices
    rest = float(products.sum() - products[chosen].sum()) if count > top else None
    values = zip(
        chosen.tolist(), a[chosen].tolist(), b[chosen].tolist(), products[chosen].tolist(),
        strict=True,
    )  # fmt: skip
    return {
        "terms": [
            {"at": _unravelled(left, at), "left": x, "right": y, "product": product}
            for at, x, y, product in values
        ],
        "rest": rest,
        "sum": float(products.sum()),
        "count": count,
        "left": plain(a) if count <= whole else None,
        "right": plain(b) if count <= whole else None,
    }


def _unravelled(part: Part, at: int) -> list[int]:
    found = []
    for axis in reversed(part.box):
        at, place = divmod(at, len(axis) or 1)
        found.append(axis[place] if len(axis) else 0)
    return found[::-1]


def _given(shown: Opened, top: int, whole: int) -> Wire:
    """Given: "origin"."""
    rule = shown.rule
    assert isinstance(rule, Given)
    return {"origin": rule.origin}


def _dot(shown: Opened, top: int, whole: int) -> Wire:
    """Dot: see `largest`; "bias" or null."""
    bias = shown.number("bias") if "bias" in shown else None
    return largest(shown.part("left"), shown.part("right"), top, whole) | {"bias": bias}


def _conv(shown: Opened, top: int, whole: int) -> Wire:
    """Conv: "channels" of the input; for each its "patch", "kernel" and "sums"; "bias" or null."""
    rule = shown.rule
    assert isinstance(rule, Conv)
    return {
        "channels": list(shown.part("patch").box[0]),
        "patch": plain(shown.part("patch").values),
        "kernel": plain(shown.part("kernel").values),
        "sums": plain(rule.sums(shown)),
        "bias": shown.number("bias") if "bias" in shown else None,
    }


def _pool(shown: Opened, top: int, whole: int) -> Wire:
    """Pool: "window" without padding, "winner" [row, column] or null, "count" of the mean."""
    rule = shown.rule
    assert isinstance(rule, Pool)
    return {
        "window": plain(shown.part("window").values),
        "winner": list(rule.winner(shown)) if rule.kind == "max" else None,
        "count": int(shown.number("count")),
    }


def _sum(shown: Opened, top: int, whole: int) -> Wire:
    """Sum: "terms", a number for each source."""
    return {"terms": [finite(float(part.values)) for part in shown.parts]}


def _scale(shown: Opened, top: int, whole: int) -> Wire:
    """Scale: "x", what is taken away first, "divisor", and what that is the "root" of, or 1."""
    rule = shown.rule
    assert isinstance(rule, Scale)
    return {
        "x": finite(shown.number("x")),
        "minus": rule.minus,
        "divisor": rule.divisor,
        "root": rule.root,
    }


def _mask(shown: Opened, top: int, whole: int) -> Wire:
    """Mask: "x", and whether it is "open"."""
    return {"x": finite(shown.number("x")), "open": bool(shown.number("allowed"))}


def _activation(shown: Opened, top: int, whole: int) -> Wire:
    """Activation: "function", its argument "x", "silent" where it is switched off."""
    rule = shown.rule
    assert isinstance(rule, Activation)
    silent = rule.silent(shown)
    return {"function": rule.function, "x": finite(shown.number("x")), "silent": silent}


def _exponential(shown: Opened, top: int, whole: int) -> Wire:
    """Exponential: "x", "largest" of the row, "temperature"."""
    rule = shown.rule
    assert isinstance(rule, Exponential)
    largest_ = finite(shown.number("largest"))
    return {
        "x": finite(shown.number("x")),
        "largest": largest_,
        "temperature": rule.temperature,
    }


def _softmax(shown: Opened, top: int, whole: int) -> Wire:
    """Softmax: the "row", "powers" of it, their "sum", "largest", "temperature", "column", "cut".

    "cut" is true where the share is 0 because it was cut and not made up for.
    """
    rule = shown.rule
    assert isinstance(rule, Softmax)
    powers = rule.exponentials(shown)
    row = shown.part("row").values
    return {
        "row": plain(row),
        "powers": plain(powers),
        "sum": float(powers.sum()),
        "largest": finite(float(row.max())),
        "temperature": rule.temperature,
        "column": shown.last,
        "cut": "allowed" in shown and not shown.number("allowed"),
    }


def _layer_norm(shown: Opened, top: int, whole: int) -> Wire:
    """Norm: "x", "mean", "variance", "eps", "weight", "bias"."""
    rule, row = shown.rule, shown["row"]
    assert isinstance(rule, LayerNorm)
    return {
        "x": float(row[shown.last]),
        "mean": float(row.mean()),
        "variance": float(row.var(correction=0)),
        "eps": rule.eps,
        "weight": shown.number("weight"),
        "bias": shown.number("bias"),
    }


def _batch_norm(shown: Opened, top: int, whole: int) -> Wire:
    """Norm: the same of a channel."""
    rule = shown.rule
    assert isinstance(rule, BatchNorm)
    names = ("x", "mean", "variance", "weight", "bias")
    return {name: shown.number(name) for name in names} | {"eps": rule.eps}


def _lookup(shown: Opened, top: int, whole: int) -> Wire:
    """Lookup: "weight" of the table, and the "factor" that it is multiplied by."""
    rule = shown.rule
    assert isinstance(rule, Lookup)
    return {"weight": shown.number("weight"), "factor": math.sqrt(rule.scale), "scale": rule.scale}


def _position(shown: Opened, top: int, whole: int) -> Wire:
    """Position: "place", "exponent" of 10000 over "width", "angle", "function" "sin" or "cos"."""
    rule = shown.rule
    assert isinstance(rule, Position)
    return {
        "place": shown.cell.index[0],
        "exponent": rule.exponent(shown),
        "width": rule.width,
        "angle": rule.angle(shown),
        "function": "cos" if shown.last % 2 else "sin",
    }


def _recurrence(shown: Opened, top: int, whole: int) -> Wire:
    """Recurrence: sums "x" and "h" as in `largest`; "b_ih", "b_hh", "reset", "before", "function".

    "reset" is null where no reset gate stands before what comes from h; "before" is the sum that
    goes through the function.
    """
    rule = shown.rule
    assert isinstance(rule, Recurrence)
    return {
        "x": largest(shown.part("x"), shown.part("w_ih"), top, whole),
        "h": largest(shown.part("h"), shown.part("w_hh"), top, whole),
        "b_ih": shown.number("b_ih"),
        "b_hh": shown.number("b_hh"),
        "reset": shown.number("reset") if rule.reset else None,
        "before": rule.before(shown),
        "function": rule.function,
    }


def _gate(shown: Opened, top: int, whole: int) -> Wire:
    """Gate: "products" [{"factors": [{"array", "function", "before", "value"}], "value"}]."""
    rule = shown.rule
    assert isinstance(rule, Gate)
    return {
        "products": [
            {
                "factors": [{**vars(f), "value": shown.number(f.role)} for f in factors],
                "value": rule.product(shown, factors),
            }
            for factors in rule.products
        ]
    }


def _combination(shown: Opened, top: int, whole: int) -> Wire:
    """Combination: "terms", a number for each source, and the "factors" that they are taken by."""
    rule = shown.rule
    assert isinstance(rule, Combination)
    return {
        "terms": [finite(float(part.values)) for part in shown.parts],
        "factors": list(rule.factors),
    }


def _monomial(shown: Opened, top: int, whole: int) -> Wire:
    """Product: "terms", a number for each source, the "powers" of them, a constant "factor"."""
    rule = shown.rule
    assert isinstance(rule, Monomial)
    terms = [finite(float(part.values)) for part in shown.parts]
    return {"terms": terms, "powers": list(rule.powers), "factor": rule.factor}


def _outer(shown: Opened, top: int, whole: int) -> Wire:
    """Product of two numbers, each to the power of 1."""
    terms = [shown.number("left"), shown.number("right")]
    return {"terms": terms, "powers": [1, 1], "factor": 1.0}


def _cross_entropy(shown: Opened, top: int, whole: int) -> Wire:
    """Loss: "terms" [{"at", "p"}], the probabilities whose logarithms are added up."""
    rule = shown.rule
    assert isinstance(rule, CrossEntropy)
    return {"terms": [{"at": at, "p": p} for at, p in rule.surprises(shown)]}


def _logarithm(shown: Opened, top: int, whole: int) -> Wire:
    """Log: "x", and what that is "over", else null."""
    over = shown.number("over") if "over" in shown else None
    return {"x": shown.number("x"), "over": over}


def _capped(shown: Opened, top: int, whole: int) -> Wire:
    """Capped: "x", the "most" that it is divided by, the "power"."""
    rule = shown.rule
    assert isinstance(rule, Capped)
    return {"x": shown.number("x"), "most": rule.most, "power": rule.power}


def _unit(shown: Opened, top: int, whole: int) -> Wire:
    """Unit: "x", and the "length" of its row."""
    rule = shown.rule
    assert isinstance(rule, Unit)
    return {"x": float(shown["row"][shown.last]), "length": rule.length(shown)}


_KINDS: dict[type[Any], tuple[str, Callable[[Opened, int, int], Wire]]] = {
    Given: ("given", _given),
    Dot: ("dot", _dot),
    Conv: ("conv", _conv),
    Pool: ("pool", _pool),
    Sum: ("sum", _sum),
    Scale: ("scale", _scale),
    Mask: ("mask", _mask),
    Activation: ("activation", _activation),
    Exponential: ("exponential", _exponential),
    Softmax: ("softmax", _softmax),
    LayerNorm: ("norm", _layer_norm),
    BatchNorm: ("norm", _batch_norm),
    Lookup: ("lookup", _lookup),
    Position: ("position", _position),
    Recurrence: ("recurrence", _recurrence),
    Gate: ("gate", _gate),
    Combination: ("combination", _combination),
    Monomial: ("product", _monomial),
    Outer: ("product", _outer),
    CrossEntropy: ("loss", _cross_entropy),
    Logarithm: ("log", _logarithm),
    Capped: ("capped", _capped),
    Unit: ("unit", _unit),
}
