"""Of every declaration: parts add up to torch's tensor, sources enter, programs print the value."""

from __future__ import annotations

import contextlib
import io
import math
import random
import re
from collections.abc import Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
import torch
from torch.nn import functional as F

from core.opened import Cell, Opened, Rules, Trace, latex, program, whole_program, wire
from core.opened.latex import counted, measured, number
from tests.core.opened.declarations import DECLARATIONS

CELLS = 4
"""Random cells of each array."""
STATIC = ("mean", "variance", "var")
"""Torch has no gradients towards what a batch norm has measured."""


def namespace(trace: Trace) -> dict[str, Any]:
    """The arrays as a program has them; "a.b" is an attribute."""
    found: dict[str, Any] = {"torch": torch, "F": F}
    for name, value in trace.items():
        first, *rest = name.split(".")
        if not rest:
            found[first] = value
            continue
        place = found.setdefault(first, SimpleNamespace())
        for step in rest[:-1]:
            place.__dict__.setdefault(step, SimpleNamespace())
            place = getattr(place, step)
        setattr(place, rest[-1], value)
    return found


def printed(source: str) -> list[float]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(source, "program", "exec"), {})
    return [float(line) for line in out.getvalue().split()]


def cells(rules: Rules, trace: Trace, seed: int) -> list[Cell]:
    dice = random.Random(seed)
    return [
        Cell(name, tuple(dice.randrange(size) for size in trace[name].shape))
        for name in rules.by_name
        for _ in range(CELLS)
    ]


def near(value: float, trace: Trace, shown: Opened) -> Any:
    """Within 1e-5, of sums of large products within that share of them."""
    entering = [part.values.float().nan_to_num(0, 0, 0).abs() for part in shown.parts]
    most = max((float(x.max()) for x in entering if x.numel()), default=1.0)
    return pytest.approx(value, abs=1e-5 * max(1.0, most), rel=1e-5)


@cache
def _declared(name: str, seed: int) -> tuple[Rules, Trace, Mapping[str, Any], int]:
    with torch.random.fork_rng(), torch.no_grad():
        torch.manual_seed(seed)
        return (*DECLARATIONS[name](seed), seed)


@pytest.fixture(params=[(name, seed) for name in DECLARATIONS for seed in (1, 2)], ids=str)
def declared(request: pytest.FixtureRequest) -> tuple[Rules, Trace, Mapping[str, Any], int]:
    return _declared(*request.param)


def test_parts_add_up_to_the_tensor(declared: Any) -> None:
    rules, trace, _, seed = declared
    for cell in cells(rules, trace, seed):
        shown = rules.open(trace, cell)
        assert shown.value == float(trace[cell.array][cell.index])
        assert shown.total == near(shown.value, trace, shown), cell


def test_a_statement_makes_the_whole_array(declared: Any) -> None:
    rules, trace, _, _ = declared
    for name, rule in rules.by_name.items():
        with torch.no_grad():
            found = eval(rule.statement(trace), namespace(trace))
        torch.testing.assert_close(found, trace[name], atol=1e-5, rtol=1e-4, check_dtype=False)


def test_nothing_but_the_sources_enters(declared: Any) -> None:
    rules, trace, _, seed = declared
    for cell in cells(rules, trace, seed):
        shown = rules.open(trace, cell)
        leaves = {
            name: value.clone().requires_grad_(
                value.is_floating_point() and re.split(r"[._]", name)[-1] not in STATIC
            )
            for name, value in trace.items()
        }
        out = eval(shown.rule.statement(leaves), namespace(leaves))
        if not shown.rule.reads or not math.isfinite(shown.value):
            continue
        wanted = [leaves[name] for name in shown.rule.reads if leaves[name].requires_grad]
        if not wanted or not out.requires_grad:  # whole numbers, or 1 and 0
            continue
        grads = torch.autograd.grad(out[cell.index], wanted, allow_unused=True)
        for leaf, grad in zip(wanted, grads, strict=True):
            name = next(name for name, value in leaves.items() if value is leaf)
            outside = torch.zeros_like(leaf) if grad is None else grad.clone()
            for part in shown.parts:
                if part.array == name:
                    outside[tuple(slice(r.start, r.stop, r.step) for r in part.box)] = 0.0
            assert not outside.nan_to_num().any(), (cell, name)


def test_the_program_prints_the_number(declared: Any) -> None:
    rules, trace, _, seed = declared
    for cell in cells(rules, trace, seed):
        shown = rules.open(trace, cell)
        source = program(shown, "a note")
        assert max(map(len, source.splitlines())) <= 110
        (found,) = printed(source)
        assert found == near(shown.value, trace, shown), source


def test_the_whole_program_prints_it_too(declared: Any) -> None:
    rules, trace, about, seed = declared
    if not about.get("whole", True):
        pytest.skip("it hangs on all steps before it, or a shorter one is the same")
    for cell in cells(rules, trace, seed)[::CELLS]:  # one of each array: all weights are in each
        shown = rules.open(trace, cell)
        source = whole_program(rules, trace, shown, **about)
        found = printed(source)
        assert found
        for value in found:
            assert value == pytest.approx(shown.value, abs=2e-4, rel=1e-4), source


def test_the_formula_names_the_number(declared: Any) -> None:
    rules, trace, _, seed = declared
    for cell in cells(rules, trace, seed):
        text = latex(rules.open(trace, cell))
        value = float(trace[cell.array][cell.index])
        assert text.endswith((number(value), measured(value), counted(value)))
        assert text.count("{") == text.count("}")
        assert "}_{" not in text or "_{_" not in text


def test_it_travels_as_json(declared: Any) -> None:
    rules, trace, _, seed = declared
    for cell in cells(rules, trace, seed):
        shown = rules.open(trace, cell)
        there = orjson.loads(orjson.dumps(wire(shown)))
        assert there["array"] == cell.array and tuple(there["index"]) == cell.index
        if math.isfinite(shown.value):
            assert there["total"] == near(there["value"], trace, shown)
        for source in there["sources"]:
            shape = trace[source["array"]].shape
            for (begin, end), size in zip(source["spans"], shape, strict=True):
                assert 0 <= begin <= end <= size


def test_what_is_not_there_is_refused() -> None:
    rules, trace, _ = DECLARATIONS["attention"](1)
    for wrong in (Cell("X", (0,)), Cell("X", (0, 8)), Cell("x", (0, 0)), Cell("X", (-1, 0))):
        with pytest.raises(ValueError, match=r"\.$"):
            rules.open(trace, wrong)


def test_a_number_that_was_set_by_hand_says_so() -> None:
    rules, trace, _ = DECLARATIONS["attention"](1)
    shown = rules.open(trace, Cell("Q", (1, 2)), computed=0.25)
    assert r":= " in latex(shown) and "0.250" in latex(shown)
    assert printed(program(shown)) == pytest.approx([shown.value])
    assert wire(shown)["computed"] == 0.25


def test_the_largest_products_come_first_and_the_rest_is_one_number() -> None:
    rules, trace, _ = DECLARATIONS["network"](1)
    found = wire(rules.open(trace, Cell("f", (3,))), top=5)
    sizes = [abs(term["product"]) for term in found["terms"]]
    assert sizes == sorted(sizes, reverse=True) and len(sizes) == 5
    for term in found["terms"]:
        assert term["left"] == pytest.approx(float(trace["p"][tuple(term["at"])]))
    whole = sum(term["product"] for term in found["terms"]) + found["rest"] + found["bias"]
    assert whole == pytest.approx(found["value"], abs=1e-5)
