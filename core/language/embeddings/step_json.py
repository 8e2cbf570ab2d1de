"""One step of training in numbers, and how one of them comes about, as JSON.

Both are inspections of the job "vectors": see `inspections`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from core.language.embeddings import counts
from core.language.embeddings.model import Vectors
from core.language.embeddings.setting import VectorsSetting
from core.language.embeddings.steps import cells, cosine
from core.language.embeddings.steps.score import questions, score
from core.language.embeddings.steps.step import RATE, Step, descent
from core.language.embeddings.steps.word2vec import word2vec
from core.opened import Cell, latex, program, wire
from core.schema import Refusal, mark, number, whole

Query = Mapping[str, str]
_MOST = 20
"""Words of one context."""
_RATE = number(RATE, 1e-4, 10.0).named("rate")
_SEED = whole(0).named("seed")


def _opened(setting: VectorsSetting, model: Vectors, query: Query) -> dict[str, Any]:
    """One step for "centre" and "context" (CBOW: the words around, with commas).

    Without a "rate" it is one that lowers the loss: "first_rate", which was tried first, or less.
    """
    corpus = setting.corpus()
    centre, around = _pair(setting, query)
    head: dict[str, Any] = {
        "method": setting.method,
        "objective": setting.objective,
        "centre": corpus.words[centre],
        "context": [corpus.words[i] for i in around],
        "words": list(corpus.words),
    }
    if setting.method == "ppmi_svd":
        return head | _associated(_step(setting, model, query), (centre, around[0]))
    step, rate = _descent(setting, model, query)
    head |= {"learning_rate": rate, "first_rate": RATE}
    if setting.method == "glove":
        return head | _fitted(step, (centre, around[0]))
    cbow = setting.method == "cbow"
    inside, wanted = (around, centre) if cbow else ([centre], around[0])
    return head | _predicted(step, inside, wanted)


def _arithmetic(setting: VectorsSetting, model: Vectors, query: Query) -> dict[str, Any]:
    """One number: "about" a step, a cell, or a cosine; "array" and "index", with dots, say which.

    A step is given as in "opened", a cell as in "cell"; a cosine has "a" and "b", or "a", "b",
    "c" and "d" of a - b + c. A score is of all analogies; "rows" says what they are called.
    """
    corpus, about = setting.corpus(), query.get("about", "step")
    if about == "step":
        step = _step(setting, model, query)
    elif about == "cell":
        i, j = (corpus.look_up(query.get(name, "")) for name in ("row", "column"))
        step = _both(setting, model, i, j)
    elif about == "cosine":
        names = "abcd" if "d" in query else "ab"
        words = {name: corpus.look_up(query.get(name, "")) for name in names}
        step = cosine.of_run(model, words)
    elif about == "score":
        step = score(corpus, model)
    else:
        raise Refusal(mark("A number belongs to a step, a cell, a cosine or a score."))
    places = query.get("index", "").split(".") if query.get("index") else []
    if not all(place.isascii() and place.isdigit() for place in places):
        raise Refusal(mark("An index is whole numbers with dots between."))
    answer = opened_json(step, Cell(query.get("array", ""), tuple(map(int, places))))
    return answer | ({"rows": questions(corpus)} if about == "score" else {})


def opened_json(step: Step, cell: Cell) -> dict[str, Any]:
    """A number of a step: as JSON, as a formula and as a program."""
    shown = step.rules.open(step.trace, cell)
    return {"opened": wire(shown), "latex": latex(shown), "program": program(shown)}


def _pair(setting: VectorsSetting, query: Query) -> tuple[int, list[int]]:
    """The word in the middle and those around it."""
    corpus = setting.corpus()
    centre = corpus.look_up(query.get("centre", ""))
    around = [corpus.look_up(w) for w in query.get("context", "").split(",") if w.strip()]
    if not 1 <= len(around) <= _MOST:
        raise Refusal(mark("The context is 1 to 20 words, with commas between."))
    return centre, around if setting.method == "cbow" else around[:1]


def _step(setting: VectorsSetting, model: Vectors, query: Query) -> Step:
    """The step, or the cell of PPMI, that a query names."""
    if setting.method == "ppmi_svd":
        centre, around = _pair(setting, query)
        return cells.ppmi_cell(setting, centre, around[0], model)
    return _descent(setting, model, query)[0]


def _descent(setting: VectorsSetting, model: Vectors, query: Query) -> tuple[Step, float]:
    """The step that a query names and its rate: "rate", or else one that lowers the loss."""
    centre, around = _pair(setting, query)
    seed = _SEED.parse(query.get("seed", "0"))

    def step_at(rate: float) -> Step:
        if setting.method == "glove":
            return cells.glove(setting, model, centre, around[0], rate)
        cbow = setting.method == "cbow"
        inside, wanted = (around, centre) if cbow else ([centre], around[0])
        return word2vec(setting, model, inside, wanted, rate, seed)

    if "rate" not in query:
        return descent(step_at)
    rate = _RATE.parse(query["rate"])
    return step_at(rate), rate


def _predicted(step: Step, inside: list[int], wanted: int) -> dict[str, Any]:
    """What the picture shows of a step of word2vec."""
    t = step.trace
    sampled = "ids" in t
    shown = t["ids"].tolist() if sampled else [wanted]
    head = {
        "in": {"ids": inside, "before": t["inward"][inside]},
        "one_hot": inside[0],
        "hidden": t["hidden"],
        "loss": step.number("loss"),
        "after": step.number("after"),
        "update_in": t["inward_after"][inside],
        "gradient_in": t["inward_gradient"][inside],
        "scores": t["scores"],
        "gradient_scores": t["gradient"],
        "gradient_hidden": t["back"],
        "out": {
            "ids": shown,
            "before": t["outward"][shown],
            "gradient": t["outward_gradient"][shown],
            "after": t["outward_after"][shown],
        },
    }
    if sampled:
        return head | {"negatives": shown[1:], "labels": t["target"], "sigmoid": t["p"]}
    lines = (t["others"] == 0).nonzero().flatten().tolist()
    sums = {"gradient_sum": float(t["gradient"].sum())}
    return head | {"softmax": t["p"], "lines": lines} | sums


def _fitted(step: Step, cell: tuple[int, int]) -> dict[str, Any]:
    """What the picture shows of a step of GloVe."""
    t = step.trace
    of = {"in": ("w", t["w"]), "out": ("u", t["u"])}
    return _counted(step, cell) | {
        "dot": step.number("dot"),
        "bias_in": step.number("b"),
        "bias_out": step.number("c"),
        **{name: step.number(name) for name in ("error", "loss", "slope", "after")},
        **{
            name: {
                "before": before,
                "gradient": t[f"{array}_gradient"],
                "after": t[f"{array}_after"],
            }
            for name, (array, before) in of.items()
        },
    }


def _counted(step: Step, cell: tuple[int, int]) -> dict[str, Any]:
    """A cell of GloVe: its logarithm is None where it is empty."""
    count = step.number("count")
    return {
        "cell": list(cell),
        "count": count,
        "log": step.number("log") if count > 0 else None,
        "weight": step.number("weight"),
        "x_max": counts.X_MAX,
        "alpha": counts.ALPHA,
    }


def _associated(step: Step, cell: tuple[int, int]) -> dict[str, Any]:
    """A cell of PPMI: its logarithm is None where it is empty."""
    names = ("joint", "row", "column", "total", "by_chance", "ppmi")
    fields: dict[str, Any] = {"cell": list(cell)} | {name: step.number(name) for name in names}
    fields["pmi"] = step.number("pmi") if fields["joint"] > 0 else None
    if "w" in step.trace:
        fields |= {"reconstructed": step.number("reconstructed")}
        fields |= {"in": {"before": step.trace["w"]}, "out": {"before": step.trace["u"]}}
    return fields


def _both(setting: VectorsSetting, model: Vectors, i: int, j: int) -> Step:
    """A cell in terms of GloVe and of PPMI."""
    of = model if setting.method == "ppmi_svd" else None
    return cells.glove_cell(setting, i, j) | cells.ppmi_cell(setting, i, j, of)


def cell(setting: VectorsSetting, model: Vectors, i: int, j: int) -> dict[str, Any]:
    """One cell in terms of GloVe and of PPMI."""
    step = _both(setting, model, i, j)
    return {"glove": _counted(step, (i, j)), "ppmi": _associated(step, (i, j))}


STEP_INSPECTIONS: tuple[Callable[[VectorsSetting, Vectors, Query], Any], ...] = (
    _opened,
    _arithmetic,
)
