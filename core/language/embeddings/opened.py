"""One step opened: how every number of one pair's loss, gradient and update comes about.

The update is plain gradient descent for this one pair, as in the papers. A run takes the mean over
hundreds of pairs, and Adam scales each number's step. W words, D numbers a word, K negatives, w the
window. A number that is not an axis is an array of no axes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from core.language.embeddings import counts, objectives
from core.language.embeddings.model import Vectors, baseline
from core.language.embeddings.projection import unit
from core.language.embeddings.setting import VectorsSetting
from core.opened import (
    Activation,
    Capped,
    Combination,
    CrossEntropy,
    Dot,
    Given,
    Logarithm,
    Lookup,
    Monomial,
    Outer,
    Rule,
    Rules,
    Softmax,
    Sum,
    Unit,
)

SYMBOLS = {
    "inward": "W",
    "outward": "U",
    "out": "U",
    "hidden": "h",
    "scores": "s",
    "target": "t",
    "gradient": "g",
    "pull": "g",
    "back": r"\nabla h",
    "inward_gradient": r"\nabla W",
    "outward_gradient": r"\nabla U",
    "inward_after": "W'",
    "outward_after": "U'",
    "out_after": "U'",
    "hidden_after": "h'",
    "scores_after": "s'",
    "p_after": "p'",
    "loss": r"\mathcal{L}",
    "after": r"\mathcal{L}'",
    "count": "X",
    "log": r"\ln X",
    "weight": "f",
    "error": "e",
    "slope": r"\nabla e",
    "pairs": "n",
    "nearness": "d^{-1}",
    "w_gradient": r"\nabla w",
    "u_gradient": r"\nabla u",
    "w_after": "w'",
    "u_after": "u'",
    "ones": "1",
}
"""How arrays are written in formulas; all others by their own names."""


@dataclass(frozen=True)
class Step:
    """A step for one pair, or one cell.

    Attributes:
        rules: how its numbers come about.
        trace: its arrays.
    """

    rules: Rules
    trace: dict[str, Tensor]

    def number(self, name: str) -> float:
        """An array that is one number."""
        return float(self.trace[name])

    def __or__(self, other: Step) -> Step:
        """Both."""
        rules = Rules(*self.rules.by_name.values(), *other.rules.by_name.values(), symbols=SYMBOLS)
        return Step(rules, self.trace | other.trace)


def word2vec(
    setting: VectorsSetting,
    model: Vectors,
    looked_up: Sequence[int],
    wanted: int,
    rate: float,
    seed: int = 0,
) -> Step:
    """One pair of skip-gram (one word looked up) or one window of CBOW (the mean of several).

    With the full softmax every word is a row of "scores", "p" and "gradient"; with negative
    sampling the word that is wanted is the first and the negatives follow: "ids" has their numbers.

    Args:
        setting: of the run.
        model: its vectors at this state.
        looked_up: the words whose vectors make the hidden vector.
        wanted: the word that is to be found.
        rate: of the update.
        seed: of the negatives.
    """
    inward, outward = model.inward.data, model.outward.data
    size = len(inward)
    x = torch.bincount(torch.tensor(looked_up), minlength=size).float() / len(looked_up)
    target = torch.zeros(1, size)
    target[0, wanted] = 1.0
    drawn = None
    sampled = setting.objective == "negative"
    trace = {"inward": inward, "outward": outward, "x": x}
    if sampled:
        generator = torch.Generator().manual_seed(seed)
        noise = counts.noise(setting.corpus())
        negatives = torch.multinomial(noise, setting.negatives, True, generator=generator)
        drawn = torch.bincount(negatives, minlength=size).float()[None]
        ids = torch.cat((torch.tensor([wanted]), negatives))
        labels = torch.eye(len(ids))[0]
        trace |= {"ids": ids, "target": labels, "drawn": torch.eye(size)[ids]}
    else:
        trace["target"] = target[0]
    found = objectives.word2vec(inward, outward, x[None], target, drawn)
    of_in, of_out = found.gradients
    trace |= {"inward_gradient": of_in, "outward_gradient": of_out}
    trace |= {"inward_after": inward - rate * of_in, "outward_after": outward - rate * of_out}
    trace |= _answers(trace, "") | {"loss": torch.tensor(found.loss)}
    trace["gradient"] = trace["p"] - trace["target"]
    trace["back"] = trace["gradient"] @ trace["out" if sampled else "outward"]
    if sampled:
        trace["pull"] = trace["gradient"] @ trace["drawn"]
    trace |= _answers(trace, "_after")
    after = (trace["inward_after"], trace["outward_after"])
    trace["after"] = torch.tensor(objectives.word2vec(*after, x[None], target, drawn).loss)
    return Step(_word2vec_rules(sampled, rate), trace)


def _answers(trace: dict[str, Tensor], after: str) -> dict[str, Tensor]:
    """From the vectors to the probabilities, before or after the update."""
    hidden = trace["x"] @ trace[f"inward{after}"]
    if "ids" not in trace:
        scores = trace[f"outward{after}"] @ hidden
        return {
            f"hidden{after}": hidden,
            f"scores{after}": scores,
            f"p{after}": scores.softmax(0),
        }
    out = trace[f"outward{after}"][trace["ids"]]
    scores = out @ hidden
    return {
        f"hidden{after}": hidden,
        f"out{after}": out,
        f"scores{after}": scores,
        f"p{after}": scores.sigmoid(),
    }


def _word2vec_rules(sampled: bool, rate: float) -> Rules:
    made: list[Rule] = [
        Given("inward", "weight"),
        Given("outward", "weight"),
        Given("x", "one hot"),
        Given("target", "target"),
    ]
    for after in ("", "_after"):
        made.append(Dot(f"hidden{after}", "w, w d -> d", "x", f"inward{after}"))
        rows = f"outward{after}"
        if sampled:
            rows = f"out{after}"
            made.append(Lookup(rows, f"outward{after}", "ids"))
        made.append(Dot(f"scores{after}", "d, r d -> r", f"hidden{after}", rows))
        p, scores = f"p{after}", f"scores{after}"
        made.append(Activation(p, scores, "sigmoid") if sampled else Softmax(p, scores))
        made.append(CrossEntropy("after" if after else "loss", p, "target", binary=sampled))
    made.append(Combination("gradient", ("p", "target"), (1.0, -1.0)))
    made.append(Dot("back", "r, r d -> d", "gradient", "out" if sampled else "outward"))
    if sampled:
        made.append(Dot("pull", "r, r w -> w", "gradient", "drawn"))
    made.append(Outer("inward_gradient", "x", "back"))
    made.append(Outer("outward_gradient", "pull" if sampled else "gradient", "hidden"))
    made += [
        Combination(f"{name}_after", (name, f"{name}_gradient"), (1.0, -rate))
        for name in ("inward", "outward")
    ]
    return Rules(*made, symbols=SYMBOLS)


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
    found = counts.cooccurrence(setting.corpus(), setting.window, by_distance=False)
    joint, row, column, total = found[i, j], found[i].sum(), found[:, j].sum(), found.sum()
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


def cosine(model: Vectors, words: dict[str, int]) -> Step:
    """The cosine of two words, "a" and "b"; or of a - b + c with "d", where all four are there.

    GloVe's vector of a word is the sum of both that it has.
    """
    trace: dict[str, Tensor] = {}
    made: list[Rule] = []
    for name, word in words.items():
        if model.method == "glove":
            both = (f"{name}_inward", f"{name}_outward")
            trace |= {both[0]: model.inward.data[word], both[1]: model.outward.data[word]}
            made += [Given(both[0], "weight"), Given(both[1], "weight"), Sum(name, both)]
        else:
            made.append(Given(name, "weight"))
        trace[name] = model.words()[word]
        trace[f"{name}_unit"] = unit(trace[name])
        made.append(Unit(f"{name}_unit", name))
    first, second = "a_unit", "b_unit"
    if "d" in words:
        trace["sum"] = trace["a_unit"] - trace["b_unit"] + trace["c_unit"]
        trace["sum_unit"] = unit(trace["sum"])
        terms = ("a_unit", "b_unit", "c_unit")
        made += [Combination("sum", terms, (1.0, -1.0, 1.0)), Unit("sum_unit", "sum")]
        first, second = "sum_unit", "d_unit"
    trace["cosine"] = trace[first] @ trace[second]
    made.append(Dot("cosine", "d, d ->", first, second))
    symbols = {f"{name}_unit": rf"\hat {name}" for name in words} | {"sum_unit": r"\hat s"}
    return Step(Rules(*made, symbols=symbols | {"sum": "s"}), trace)
