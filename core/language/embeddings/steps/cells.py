"""One cell of what was counted: a step of GloVe, and the cell of PPMI."""

from __future__ import annotations

import torch

from core.language.embeddings import counts
from core.language.embeddings.model import Vectors, baseline
from core.language.embeddings.setting import VectorsSetting
from core.language.embeddings.steps.step import SYMBOLS, Step
from core.opened import (
    Activation,
    Capped,
    Combination,
    Dot,
    Given,
    Logarithm,
    Monomial,
    Outer,
    Rule,
    Rules,
)


def glove(setting: VectorsSetting, model: Vectors, i: int, j: int, rate: float) -> Step:
    """One cell of GloVe: f(X) (w.u + b + c - log X)^2. An empty cell has no loss, nothing moves."""
    cell = glove_cell(setting, i, j)
    w, u = model.inward.data[i], model.outward.data[j]
    b, c = model.inward_bias.data[i], model.outward_bias.data[j]
    trace = {"w": w, "u": u, "b": b, "c": c, "dot": w @ u}
    filled = cell.number("count") > 0
    log, weight = cell.trace["log"], cell.trace["weight"]
    zero = torch.tensor(0.0)
    trace["error"] = trace["dot"] + b + c - log if filled else zero
    trace["slope"] = 2.0 * weight * trace["error"]
    trace |= {"w_gradient": trace["slope"] * u, "u_gradient": trace["slope"] * w}
    for name in ("w", "u"):
        trace[f"{name}_after"] = trace[name] - rate * trace[f"{name}_gradient"]
    for name in ("b", "c"):
        trace[f"{name}_after"] = trace[name] - rate * trace["slope"]
    trace["dot_after"] = trace["w_after"] @ trace["u_after"]
    biases = trace["b_after"] + trace["c_after"]
    trace["error_after"] = trace["dot_after"] + biases - log if filled else zero
    made: list[Rule] = [Given(name, "weight") for name in "wubc"]
    for name, loss, after in (("", "loss", ""), ("_after", "after", "_after")):
        trace[loss] = weight * trace[f"error{after}"] ** 2
        made.append(Dot(f"dot{name}", "d, d ->", f"w{name}", f"u{name}"))
        sources = (f"dot{name}", f"b{name}", f"c{name}", "log")
        fitted = Combination(f"error{name}", sources, (1.0, 1.0, 1.0, -1.0))
        made.append(fitted if filled else Given(f"error{name}", "empty"))
        made.append(Monomial(loss, ("weight", f"error{name}"), (1, 2)))
    made += [
        Monomial("slope", ("weight", "error"), (1, 1), factor=2.0),
        Outer("w_gradient", "slope", "u"),
        Outer("u_gradient", "slope", "w"),
        *(Combination(f"{name}_after", (name, f"{name}_gradient"), (1.0, -rate)) for name in "wu"),
        *(Combination(f"{name}_after", (name, "slope"), (1.0, -rate)) for name in "bc"),
    ]
    return cell | Step(Rules(*made, symbols=SYMBOLS), trace)


def glove_cell(setting: VectorsSetting, i: int, j: int) -> Step:
    """Count by distance, its logarithm (minus infinity if empty) and the weight of a cell."""
    count = counts.cooccurrence(setting.corpus(), setting.window, by_distance=True)[i, j]
    trace = {
        "pairs": counts.pairs(setting.corpus(), setting.window, i, j),
        "nearness": 1.0 / torch.arange(1, setting.window + 1),
        "count": count,
        "log": count.log(),
        "weight": counts.weight(count),
    }
    rules = Rules(
        Given("pairs", "counted"),
        Dot("count", "d, d ->", "pairs", "nearness"),
        Logarithm("log", "count"),
        Capped("weight", "count", counts.X_MAX, counts.ALPHA),
        symbols=SYMBOLS,
    )
    return Step(rules, trace)


def ppmi_cell(setting: VectorsSetting, i: int, j: int, model: Vectors | None = None) -> Step:
    """One cell of PPMI, and what the vectors make of it."""
    matrix = counts.cooccurrence(setting.corpus(), setting.window, by_distance=False)
    joint, row, column, total = matrix[i, j], matrix[i].sum(), matrix[:, j].sum(), matrix.sum()
    by_chance = row * column / total
    trace = {
        "pairs": counts.pairs(setting.corpus(), setting.window, i, j),
        "ones": torch.ones(setting.window),
        "joint": joint,
        "row": row,
        "column": column,
        "total": total,
        "by_chance": by_chance,
        "pmi": (joint / by_chance).log(),
        "ppmi": baseline(setting)[i, j],
    }
    made: list[Rule] = [
        *(Given(name, "counted") for name in ("pairs", "row", "column", "total")),
        Dot("joint", "d, d ->", "pairs", "ones"),
        Monomial("by_chance", ("row", "column", "total"), (1, 1, -1)),
        Logarithm("pmi", "joint", over="by_chance"),
        Activation("ppmi", "pmi", "relu"),
    ]
    if model is not None:
        w, u = model.inward.data[i], model.outward.data[j]
        trace |= {"w": w, "u": u, "reconstructed": w @ u}
        made += [Given("w", "weight"), Given("u", "weight")]
        made.append(Dot("reconstructed", "d, d ->", "w", "u"))
    return Step(Rules(*made, symbols=SYMBOLS), trace)
