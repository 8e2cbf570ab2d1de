"""What is asked about a run's words while one watches: the looks of the job "vectors".

Each takes (setting, state, query) and gives plain JSON values or arrays. A word that is not in the
vocabulary, or a query that makes no sense, is a ValueError with a sentence. A list of words is one
text with commas.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

from core.language.corpora.texts import Corpus
from core.language.embeddings import ask, counts, opened, tsne
from core.language.embeddings.model import Vectors, baseline
from core.language.embeddings.opened import Step
from core.language.embeddings.projection import Projection, projection, unit
from core.language.embeddings.setting import VectorsSetting
from core.opened import Cell, latex, program, wire
from core.schema import Refusal, mark
from core.training.job import State

Query = Mapping[str, str]
Inspection = Callable[[VectorsSetting, Vectors, Query], Any]

MOST = 64
"""Words of one heat map."""
TOP = 8
"""Answers of one question."""
_SIMILAR = 32
"""Words of the heat map of cosines where none are named."""
_PARTS = 200
"""Sentences of one part of the text."""


def inspections(
    model_of: Callable[[VectorsSetting, State], Vectors],
) -> dict[str, Callable[[VectorsSetting, State, Query], Any]]:
    """All looks, by name."""

    def bound(look: Inspection) -> Callable[[VectorsSetting, State, Query], Any]:
        def seen(setting: VectorsSetting, state: State, query: Query) -> Any:
            return _plain(look(setting, model_of(setting, state), query))

        return seen

    return {look.__name__.strip("_"): bound(look) for look in _INSPECTIONS}


def _words(setting: VectorsSetting, _: Vectors, __: Query) -> dict[str, Any]:
    corpus = setting.corpus()
    return {
        "words": list(corpus.words),
        "counts": corpus.counts,
        "groups": list(corpus.groups),
        "questions": [list(question) for _, question in corpus.questions],
        "examples": [list(example) for example in corpus.examples],
        "tokens": len(corpus.ids),
        "sentences": len(corpus.sentences),
        "dropped": corpus.dropped,
    }


def _near(setting: VectorsSetting, model: Vectors, query: Query) -> dict[str, Any]:
    corpus = setting.corpus()
    word = corpus.look_up(query.get("word", ""))
    count = _whole(query, "count", TOP, 1, MOST)
    found = ask.near(model.words(), word, count)
    return {"word": corpus.words[word], "cosine": _named(corpus, found)}


def _similar(setting: VectorsSetting, model: Vectors, query: Query) -> dict[str, Any]:
    corpus = setting.corpus()
    chosen = _chosen(corpus, query.get("words", "") or ",".join(_families(corpus)), _SIMILAR)
    points = unit(model.words())[chosen]
    return {"words": [corpus.words[i] for i in chosen], "cosines": points @ points.T}


def _map(setting: VectorsSetting, model: Vectors, query: Query) -> dict[str, Any]:
    """Chosen words alone, PCA fitted to them: what differs among them fills the picture."""
    corpus = setting.corpus()
    chosen = _chosen(corpus, query.get("words", ""), MOST)
    points = unit(model.words())[chosen]
    return {"words": [corpus.words[i] for i in chosen]} | {
        name: onto(points) for name, onto in _projections(setting, model, chosen).items()
    }


def _analogy(setting: VectorsSetting, model: Vectors, query: Query) -> dict[str, Any]:
    """Answers to a - b + c; points in the picture of all words, or of those named in "fit"."""
    corpus, vectors = setting.corpus(), model.words()
    a, b, c = (corpus.look_up(query.get(name, "")) for name in "abc")
    cosines = ask.analogy(vectors, a, b, c)
    points = unit(vectors)
    shown = torch.stack((points[b], points[a], points[c], points[a] - points[b] + points[c]))
    fit = query.get("fit", "")
    pictures = _projections(setting, model, _chosen(corpus, fit, MOST) if fit else None)
    asked = [corpus.words[i] for i in (a, b, c)]
    known = {question[:3]: question[3] for _, question in corpus.questions}
    return {
        "excluding": _named(corpus, ask.best(cosines, TOP, (a, b, c))),
        "including": _named(corpus, ask.best(cosines, TOP)),
        "answer": known.get((asked[0], asked[1], asked[2]))
        or known.get((asked[2], asked[1], asked[0])),
    } | {name: onto(shown) for name, onto in pictures.items()}


def _scores(setting: VectorsSetting, model: Vectors, _: Query) -> dict[str, Any]:
    found = ask.scores(setting.corpus(), model.words())
    if found is None:
        return {"of": 0, "excluding": None, "including": None, "by": []}
    return {
        "of": found.of,
        "excluding": found.excluding,
        "including": found.including,
        "by": [
            {"kind": kind, "of": of, "excluding": out / of, "including": within / of}
            for kind, (of, out, within) in found.kinds.items()
        ],
    }


def _tsne(setting: VectorsSetting, model: Vectors, query: Query) -> dict[str, Any]:
    """t-SNE of the most frequent words; the order of the vocabulary."""
    shown = unit(model.words())[: tsne.MAX_POINTS]
    perplexity = _number(query, "perplexity", 15.0, *tsne.PERPLEXITY)
    seed = _whole(query, "seed", 1, 0, 999_999)
    found = tsne.tsne(shown, perplexity, seed)
    return {"plane": found.points, "kl": found.divergence, "perplexity": found.perplexity}


def _text(setting: VectorsSetting, _: Vectors, query: Query) -> dict[str, Any]:
    corpus = setting.corpus()
    total = len(corpus.sentences)
    begin = _whole(query, "from", 0, 0, total - 1)
    count = _whole(query, "count", 20, 1, _PARTS)
    index = corpus.index
    shown = corpus.sentences[begin : begin + count]
    return {
        "from": begin,
        "of": total,
        "tokens": [list(sentence) for sentence in shown],
        "sentences": [[index.get(word, -1) for word in sentence] for sentence in shown],
    }


def _window(setting: VectorsSetting, _: Vectors, query: Query) -> dict[str, Any]:
    """All pairs of one sentence with the widest window, subsampling aside."""
    corpus = setting.corpus()
    number = _whole(query, "sentence", 0, 0, len(corpus.sentences) - 1)
    words = corpus.sentences[number]
    index = corpus.index
    ids = [index.get(word, -1) for word in words]
    begin = int((corpus.sentence < number).sum())
    context = _contexts(corpus, setting.window)[begin : begin + len(words)].tolist()
    offsets = counts.offsets(setting.window).tolist()
    kept = counts.kept(corpus, setting.subsampling)
    return {
        "sentence": number,
        "of": len(corpus.sentences),
        "tokens": list(words),
        "ids": ids,
        "keep": [None if i < 0 else float(kept[i]) for i in ids],
        "pairs": [
            [
                [place, place + offset]
                for offset, other in zip(offsets, context[place], strict=True)
                if other >= 0
            ]
            for place in range(len(words))
        ],
    }


def _opened(setting: VectorsSetting, model: Vectors, query: Query) -> dict[str, Any]:
    """One step for "centre" and "context" (CBOW: the words around, with commas)."""
    corpus = setting.corpus()
    centre, around = _pair(setting, query)
    step = _step(setting, model, query)
    head = {
        "method": setting.method,
        "objective": setting.objective,
        "centre": corpus.words[centre],
        "context": [corpus.words[i] for i in around],
        "words": list(corpus.words),
    }
    if setting.method == "glove":
        return head | _fitted(step, (centre, around[0]), _rate(query))
    if setting.method == "ppmi_svd":
        return head | _associated(step, (centre, around[0]))
    inside = around if setting.method == "cbow" else [centre]
    return head | _predicted(step, inside, centre if setting.method == "cbow" else around[0], query)


def _arithmetic(setting: VectorsSetting, model: Vectors, query: Query) -> dict[str, Any]:
    """One number: "about" a step, a cell, or a cosine; "array" and "index", with dots, say which.

    A step is asked for as in "opened", a cell as in "cell"; a cosine has "a" and "b", or "a", "b",
    "c" and "d" of a - b + c.
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
        step = opened.cosine(model, words)
    else:
        raise Refusal(mark("A number is of a step, a cell or a cosine."))
    places = query.get("index", "").split(".") if query.get("index") else []
    if not all(place.isascii() and place.isdigit() for place in places):
        raise Refusal(mark("An index is whole numbers with dots between."))
    cell = Cell(query.get("array", ""), tuple(map(int, places)))
    shown = step.rules.open(step.trace, cell)
    return {"opened": wire(shown), "latex": latex(shown), "program": program(shown)}


def _pair(setting: VectorsSetting, query: Query) -> tuple[int, list[int]]:
    """The word in the middle and those around it that are asked for."""
    corpus = setting.corpus()
    centre = corpus.look_up(query.get("centre", ""))
    around = [corpus.look_up(w) for w in query.get("context", "").split(",") if w.strip()]
    if not 1 <= len(around) <= 20:
        raise Refusal(mark("The context is 1 to 20 words, with commas between."))
    return centre, around if setting.method == "cbow" else around[:1]


def _rate(query: Query) -> float:
    return _number(query, "rate", 0.5, 1e-4, 10.0)


def _step(setting: VectorsSetting, model: Vectors, query: Query) -> Step:
    centre, around = _pair(setting, query)
    rate = _rate(query)
    if setting.method == "glove":
        return opened.glove(setting, model, centre, around[0], rate)
    if setting.method == "ppmi_svd":
        return opened.ppmi_cell(setting, centre, around[0], model)
    cbow = setting.method == "cbow"
    seed = _whole(query, "seed", 0, 0, 999_999)
    inside, wanted = (around, centre) if cbow else ([centre], around[0])
    return opened.word2vec(setting, model, inside, wanted, rate, seed)


def _predicted(step: Step, inside: list[int], wanted: int, query: Query) -> dict[str, Any]:
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
        "learning_rate": _rate(query),
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
    return head | {"softmax": t["p"], "gradient_sum": float(t["gradient"].sum())}


def _fitted(step: Step, cell: tuple[int, int], rate: float) -> dict[str, Any]:
    """What the picture shows of a step of GloVe."""
    t = step.trace
    of = {"in": ("w", t["w"]), "out": ("u", t["u"])}
    return _counted(step, cell) | {
        "dot": step.number("dot"),
        "bias_in": step.number("b"),
        "bias_out": step.number("c"),
        **{name: step.number(name) for name in ("error", "loss", "slope", "after")},
        "learning_rate": rate,
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
    found: dict[str, Any] = {"cell": list(cell)} | {name: step.number(name) for name in names}
    found["pmi"] = step.number("pmi") if found["joint"] > 0 else None
    if "w" in step.trace:
        found |= {"reconstructed": step.number("reconstructed")}
        found |= {"in": {"before": step.trace["w"]}, "out": {"before": step.trace["u"]}}
    return found


def _both(setting: VectorsSetting, model: Vectors, i: int, j: int) -> Step:
    """A cell in terms of GloVe and of PPMI."""
    of = model if setting.method == "ppmi_svd" else None
    return opened.glove_cell(setting, i, j) | opened.ppmi_cell(setting, i, j, of)


def _counts(setting: VectorsSetting, _: Vectors, query: Query) -> dict[str, Any]:
    """A part of a matrix: "counts" and "weights" as GloVe has them, "ppmi" as PPMI + SVD."""
    corpus = setting.corpus()
    chosen = _chosen(corpus, query.get("words", ""), MOST)
    kind = query.get("kind", "counts")
    if kind == "ppmi":
        whole = baseline(setting)
    elif kind in ("counts", "weights"):
        whole = counts.cooccurrence(corpus, setting.window, by_distance=True)
        whole = counts.weight(whole) if kind == "weights" else whole
    else:
        raise Refusal(mark("The kind is counts, weights or ppmi."))
    values = whole[chosen][:, chosen]
    return {
        "words": [corpus.words[i] for i in chosen],
        "kind": kind,
        "values": values,
        "largest": float(values.max()),
    }


def _cell(setting: VectorsSetting, model: Vectors, query: Query) -> dict[str, Any]:
    """The arithmetic of one cell in terms of GloVe and of PPMI."""
    corpus = setting.corpus()
    i, j = (corpus.look_up(query.get(name, "")) for name in ("row", "column"))
    cell = _both(setting, model, i, j)
    return {
        "row": corpus.words[i],
        "column": corpus.words[j],
        "glove": _counted(cell, (i, j)),
        "ppmi": _associated(cell, (i, j)),
    }


def _spectrum(setting: VectorsSetting, _: Vectors, __: Query) -> dict[str, Any]:
    """The largest singular values of PPMI."""
    return {"values": torch.linalg.svdvals(baseline(setting).double())[:MOST].float()}


_INSPECTIONS: tuple[Inspection, ...] = (
    _words,
    _near,
    _similar,
    _map,
    _analogy,
    _scores,
    _tsne,
    _text,
    _window,
    _opened,
    _arithmetic,
    _counts,
    _cell,
    _spectrum,
)


def _projections(
    setting: VectorsSetting, model: Vectors, fit: list[int] | None
) -> dict[str, Projection]:
    chosen = None if fit is None else torch.tensor(fit)
    return {
        name: projection(setting.corpus(), model.words(), k, chosen)
        for name, k in (("plane", 2), ("space", 3))
    }


def _families(corpus: Corpus) -> list[str]:
    """Kinds of words that analogies are about, as many as fit whole; none in other texts."""
    kinds = dict.fromkeys(kind for kind, _ in corpus.questions)
    fit: list[str] = []
    room = _SIMILAR
    for kind in kinds:
        size = corpus.groups.count(kind)
        if size <= room:
            fit.append(kind)
            room -= size
    return fit


@lru_cache(4)
def _contexts(corpus: Corpus, window: int) -> Tensor:
    return counts.contexts(corpus, window)


def _chosen(corpus: Corpus, text: str, most: int) -> list[int]:
    """Places of words that are named one by one or as a group; the most frequent for "".

    Raises:
        ValueError: a name that is neither, or too many.
    """
    if not text.strip():
        return list(range(min(most, len(corpus.words))))
    found: list[int] = []
    for name in (part.strip() for part in text.split(",")):
        group = [i for i, kind in enumerate(corpus.groups) if kind == name] if name else []
        found += group or [corpus.look_up(name)]
    found = list(dict.fromkeys(found))
    if len(found) > MOST:
        raise Refusal(mark("At most {most} words are shown at once."), most=MOST)
    return found


def _named(corpus: Corpus, found: list[tuple[int, float]]) -> list[list[Any]]:
    return [[corpus.words[i], value] for i, value in found]


def _number(query: Query, name: str, default: float, low: float, high: float) -> float:
    try:
        value = float(query.get(name, default))
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise Refusal(
            mark("{field} is a number from {low} to {high}."), field=name, low=low, high=high
        )
    return value


def _whole(query: Query, name: str, default: int, low: int, high: int) -> int:
    value = _number(query, name, default, low, high)
    if value != int(value):
        raise Refusal(
            mark("{field} is a whole number from {low} to {high}."), field=name, low=low, high=high
        )
    return int(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Tensor):
        return value.numpy()
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value
