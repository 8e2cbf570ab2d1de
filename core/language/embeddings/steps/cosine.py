"""The cosine of two words, or of one with the sum of three, from their vectors on."""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor

from core.language.embeddings.model import Vectors
from core.language.embeddings.projection import unit
from core.language.embeddings.steps.step import Step
from core.opened import Combination, Dot, Given, Rule, Rules, Sum, Unit


def of_run(model: Vectors, words: Mapping[str, int]) -> Step:
    """The cosine of words of a run; GloVe's vector of a word is the sum of both that it has."""
    if model.method != "glove":
        return cosine({name: model.words()[word] for name, word in words.items()})
    parts = (model.inward.data, model.outward.data)
    return cosine(
        {name: model.words()[word] for name, word in words.items()},
        {name: (parts[0][word], parts[1][word]) for name, word in words.items()},
    )


def cosine(
    vectors: Mapping[str, Tensor], parts: Mapping[str, tuple[Tensor, Tensor]] | None = None
) -> Step:
    """The cosine of "a" and "b"; or of a - b + c with "d", where all four are there.

    Args:
        vectors: (D,) each.
        parts: two (D,) that each of them is the sum of; none where they are given as they are.

    >>> import torch
    >>> from core.opened import Cell
    >>> step = cosine({"a": torch.tensor([3.0, 4.0]), "b": torch.tensor([1.0, 0.0])})
    >>> round(step.rules.open(step.trace, Cell("cosine", ())).value, 3)
    0.6
    """
    trace: dict[str, Tensor] = {}
    made: list[Rule] = []
    for name, vector in vectors.items():
        if parts:
            both = (f"{name}_inward", f"{name}_outward")
            trace |= dict(zip(both, parts[name], strict=True))
            made += [Given(both[0], "weight"), Given(both[1], "weight"), Sum(name, both)]
        else:
            made.append(Given(name, "weight"))
        trace |= {name: vector, f"{name}_unit": unit(vector)}
        made.append(Unit(f"{name}_unit", name))
    first, second = "a_unit", "b_unit"
    if "d" in vectors:
        first, second = "sum_unit", "d_unit"
        trace["sum"] = trace["a_unit"] - trace["b_unit"] + trace["c_unit"]
        trace["sum_unit"] = unit(trace["sum"])
        terms = ("a_unit", "b_unit", "c_unit")
        made += [Combination("sum", terms, (1.0, -1.0, 1.0)), Unit("sum_unit", "sum")]
    trace["cosine"] = trace[first] @ trace[second]
    made.append(Dot("cosine", "d, d ->", first, second))
    symbols = {f"{name}_unit": rf"\hat {name}" for name in vectors} | {"sum_unit": r"\hat s"}
    return Step(Rules(*made, symbols=symbols | {"sum": "s"}), trace)
