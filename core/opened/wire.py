"""A number as plain JSON, which pages/kit/opened.js paints.

Of every number:
    array, index     where it stands
    kind             the rule: "dot", "conv", "pool", "sum", "scale", "mask", "activation",
                     "exponential", "softmax", "hit", "norm", "lookup", "position", "gate",
                     "recurrence", "given", "combination", "product", "loss", "log", "capped",
                     "unit", "chain", "length", "mean", "total", "squares", "share", "routed",
                     "ramp", "count"
    value, total     the number itself, and added up again from its parts
    computed         what would stand there if it were not set by hand, else null
    sources          [{"role", "array", "spans": [[begin, end], ...]}], what to outline
    inner            the same of the number that a function is applied to, or null

and of a kind what it needs: see `fields` of its rule. Minus infinity and what is not there is null.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from core.opened.parts import Opened, Part, Wire

TOP = 8
"""How many of the largest products are named; the rest is one number."""


def wire(shown: Opened, top: int = TOP, whole: int = 0) -> Wire:
    """The number as JSON values.

    Args:
        shown: the number.
        top: how many of the largest products of a sum are named.
        whole: of a sum of at most so many products all numbers travel.
    """
    return {
        "array": shown.cell.array,
        "index": list(shown.cell.index),
        "value": finite(shown.value),
        "total": finite(shown.total),
        "computed": None if shown.computed is None else finite(shown.computed),
        "sources": [_source(part) for part in shown.parts if part.array],
        "inner": None if shown.inner is None else wire(shown.inner, top, whole),
        **shown.rule.fields(shown, top, whole),
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


def largest(
    left: Part,
    right: Part,
    top: int,
    whole: int,
    combine: Callable[[Tensor, Tensor], Tensor] = torch.mul,
) -> Wire:
    """A sum of products: the largest ones, what all others add up to, and how many there are.

    "terms" [{"at": index in the left array, "left", "right", "product"}]; "rest" is null where
    nothing is left out; "left" and "right" all numbers, null where there are more than `whole`.
    Where `combine` says so, it is a sum of something else than products.
    """
    a, b = left.values.flatten().double(), right.values.flatten().double()
    products = combine(a, b)
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
