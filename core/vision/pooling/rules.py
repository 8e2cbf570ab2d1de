"""How each number of the tab "Pooling" comes about: the pooled map, and the pictures below it.

H, W rows and columns of the input    N numbers of a map, laid out in a row
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.opened import (
    Activation,
    Cell,
    Combination,
    Count,
    Gather,
    Given,
    Length,
    Monomial,
    Opened,
    Pool,
    Routed,
    Rule,
    Rules,
    Total,
    latex,
    program,
    wire,
)
from core.schema import custom
from core.vision import pixels
from core.vision import rules as network_rules
from core.vision.networks import network
from core.vision.pooling.layer import (
    NOTICED,
    PoolingSetting,
    pool,
    routed,
    unchanged,
    unpooled,
    ways,
)
from core.vision.pooling.question import PoolingQuestion, inputs
from core.vision.trace import trace

SYMBOLS = {
    "given": r"\nabla y", "routed": r"\nabla x", "unpooled": r"\hat x", "input_rows": "H",
    "input_columns": "W", "output_rows": "H'", "output_columns": "W'", "window": "k",
    "stride": "s", "padding": "p",
}  # fmt: skip


def _pool(array: str, source: str, s: PoolingSetting) -> Pool:
    return Pool(array, source, s.kind, s.window, s.stride, s.padding, s.ceil)


def rules(setting: PoolingSetting, height: int, width: int) -> tuple[Rule, ...]:
    """The rules of all that is made of the input "x", (H, W)."""
    layer = _pool("y", "x", setting)
    found: list[Rule] = [
        layer,
        Given("given", "set"),
        Routed("routed", "given", layer),
        Routed("unpooled", "y", layer, mean=True),
        Combination("lost", ("x", "unpooled"), (1.0, -1.0)),
        *_share("missing", "lost", "x"),
        *(Given(side, "picture_size") for side in ("input_rows", "input_columns")),
        *(Given(name, "built") for name in ("window", "stride", "padding")),
        Count("output_rows", _windows("input_rows", setting, height)),
        Count("output_columns", _windows("input_columns", setting, width)),
        Count("all", "input_rows * input_columns"),
        Count("left", "output_rows * output_columns"),
        Given("same", "same"),
        Total("kept", "same"),
        Total("goes_in", "given"),
        Total("arrived", "routed"),
        Activation("touched", "routed", "step"),
        Total("reached", "touched"),
        Gather("most", "routed", ("most_row", "most_column")),
        Given("moved", "moved"),
        _pool("after", "moved", setting),
        Combination("difference", ("after", "y"), (1.0, -1.0)),
    ]
    for name, way in ways(setting).items():
        found += [
            _pool(f"{name}_before", "x", way),
            _pool(f"{name}_after", "moved", way),
            Combination(f"{name}_change", (f"{name}_after", f"{name}_before"), (1.0, -1.0)),
            *_share(f"{name}_norm", f"{name}_change", f"{name}_before"),
            Total(f"{name}_changed", f"{name}_noticed", mean=True),
            Given(f"{name}_noticed", "noticed"),
        ]
    return tuple(found)


def _windows(side: str, setting: PoolingSetting, length: int) -> str:
    """How many windows lie along a side of that length; ⌈a / s⌉ is ⌊(a + s − 1) / s⌋."""
    up = " + stride - 1" if setting.ceil else ""
    last = " - 1" if setting.drops(length) else ""
    return f"({side} + 2 * padding - window{up}) // stride + 1{last}"


def _share(name: str, part: str, whole: str) -> tuple[Rule, ...]:
    """The length of one map over that of another."""
    return (
        Length(f"{name}_part", part, axes=2),
        Length(f"{name}_whole", whole, axes=2),
        Monomial(name, (f"{name}_part", f"{name}_whole"), (1, -1)),
    )


def arrays(x: Tensor, moved: Tensor, setting: PoolingSetting, given: Tensor) -> dict[str, Tensor]:
    """Every array that these rules speak of.

    Args:
        x: the input, (H, W).
        moved: the same after a shift.
        setting: of the layer.
        given: the gradient at the output.
    """
    y, after, again = pool(x, setting), pool(moved, setting), unpooled(x, setting)
    found = {
        "x": x,
        "y": y,
        "given": given,
        "routed": routed(x, setting, given),
        "unpooled": again,
        "lost": x - again,
        "moved": moved,
        "after": after,
        "difference": after - y,
    }
    found |= _lengths("missing", x - again, x)
    found |= _counts(found)
    sizes = ("window", "stride", "padding")
    found |= {name: torch.tensor(getattr(setting, name)) for name in sizes}
    for name, way in ways(setting).items():
        before, then = pool(x, way), pool(moved, way)
        noticed = (then - before).abs() > NOTICED * before.abs().max()
        found |= {
            f"{name}_before": before,
            f"{name}_after": then,
            f"{name}_change": then - before,
            f"{name}_noticed": noticed.float().flatten(),
            f"{name}_changed": noticed.float().mean(),
        }
        found |= _lengths(f"{name}_norm", then - before, before)
    return found


def _counts(found: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """What the sentences count: numbers before and after, what came back, what a gradient does."""
    x, y, back = found["x"], found["y"], found["routed"]
    sides = zip(
        ("input_rows", "input_columns", "output_rows", "output_columns"),
        (*x.shape, *y.shape),
        strict=True,
    )
    same = unchanged(found["lost"]).float()
    touched = (back > 0).float()
    row, column = divmod(int(back.argmax()), x.shape[1])
    return {
        **{name: torch.tensor(side) for name, side in sides},
        "all": torch.tensor(x.numel()),
        "left": torch.tensor(y.numel()),
        "same": same,
        "kept": same.sum(),
        "goes_in": found["given"].sum(),
        "arrived": back.sum(),
        "touched": touched,
        "reached": touched.sum(),
        "most_row": torch.tensor([row]),
        "most_column": torch.tensor([column]),
        "most": back.max()[None],
    }


def _lengths(name: str, part: Tensor, whole: Tensor) -> dict[str, Tensor]:
    found = {f"{name}_part": part.norm(), f"{name}_whole": whole.norm()}
    # of nothing there is no share
    return found | ({name: part.norm() / whole.norm()} if whole.any() else {})


def opened(x: Tensor, setting: PoolingSetting, row: int, column: int) -> Opened:
    """The arithmetic of one output cell."""
    found = {"x": x, "y": pool(x, setting)}
    return Rules(_pool("y", "x", setting)).open(found, Cell("y", (row, column)))


# -- any number of the tab ------------------------------------------------------------------------


@dataclass(frozen=True)
class PoolingNumberQuestion(PoolingQuestion):
    """How does this number of the tab come about?"""

    opened: Cell | None = custom(None, network_rules.read_cell, network_rules.write_cell)


def declared(question: PoolingQuestion) -> tuple[Rules, Mapping[str, Tensor]]:
    """Rules and arrays of all numbers of the tab, down to the pixels of a drawing."""
    x, moved = inputs(question, [(0, 0), (question.dx, question.dy)])
    setting = question.setting
    given = torch.ones_like(pool(x, setting))
    if question.gradient == "one":
        given.zero_()[question.row, question.column] = 1
    below, found = _input(question, x)
    found = found | arrays(x, moved, setting, given)
    return Rules(*rules(setting, *x.shape), *below, symbols={**pixels.SYMBOLS, **SYMBOLS}), found


def _input(question: PoolingQuestion, x: Tensor) -> tuple[tuple[Rule, ...], dict[str, Tensor]]:
    """What the input is made of: the ink of a drawing, perhaps through a network."""
    if question.source == "matrix":
        return (Given("x", "typed"),), {}
    below, found = pixels.drawn(question.drawn)
    source, index = "ink", 0
    if question.source == "map":
        source, index = question.layer, question.map
        model = network("ours").model
        found = network_rules.arrays(model, trace(model, found["ink"])) | found
        below = (*below, *network_rules.rules().by_name.values())
    at = {"maps": torch.full((len(x),), index), "rows": torch.arange(len(x))}
    return (*below, Gather("x", source, ("maps", "rows"))), found | at


def answer(question: PoolingNumberQuestion) -> dict[str, Any]:
    """The number as it was asked for, and "opened" for the picture."""
    shown = number(question, question.opened or Cell("y", (question.row, question.column)))
    return {"number": network_rules.write_cell(shown.cell), "opened": wire(shown)}


def number(question: PoolingQuestion, cell: Cell) -> Opened:
    """The arithmetic of any number of the tab.

    Raises:
        Refusal: there is no such number.
    """
    known, found = declared(question)
    return known.open(found, cell)


def formula(question: PoolingQuestion, cell: Cell) -> dict[str, str]:
    """The number as LaTeX and as a program that prints it."""
    shown = number(question, cell)
    return {"latex": latex(shown), "program": program(shown)}
