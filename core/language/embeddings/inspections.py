"""What a page sees of a run's words while it trains: the inspections of the job "vectors".

Each takes (setting, state, query) and gives plain JSON values or arrays. A query holds texts; a
list of words is one text with commas. A word that is not in the vocabulary, or a query that makes
no sense, is a `Refusal`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

from core.language.corpora.texts import Corpus
from core.language.embeddings import counts, similarity, tsne
from core.language.embeddings.model import Vectors, baseline
from core.language.embeddings.projection import Projection, projection, unit
from core.language.embeddings.setting import VectorsSetting
from core.language.embeddings.step_json import STEP_INSPECTIONS
from core.language.embeddings.step_json import cell as cell_json
from core.schema import Field, Refusal, choice, mark, number, whole
from core.training.job import State

Query = Mapping[str, str]
Inspection = Callable[[VectorsSetting, Vectors, Query], Any]

MOST = 64
"""Words of one heat map."""
TOP = 8
"""Answers of one question."""
_SIMILAR = 32
"""Words of the heat map of cosines where none are named."""
KINDS = ("counts", "weights", "ppmi")
_FIELDS: dict[str, Field] = {
    "count": whole(TOP, 1, MOST),
    "perplexity": number(15.0, *tsne.PERPLEXITY),
    "seed": whole(1),
    "kind": choice(KINDS),
}


def inspections(
    model_of: Callable[[VectorsSetting, State], Vectors],
) -> dict[str, Callable[[VectorsSetting, State, Query], Any]]:
    """All inspections, by name."""

    def bound(inspection: Inspection) -> Callable[[VectorsSetting, State, Query], Any]:
        def inspected(setting: VectorsSetting, state: State, query: Query) -> Any:
            return _plain(inspection(setting, model_of(setting, state), query))

        return inspected

    return {one.__name__.strip("_"): bound(one) for one in (*_INSPECTIONS, *STEP_INSPECTIONS)}


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
    nearest = similarity.near(model.words(), word, _value(query, "count"))
    return {"word": corpus.words[word], "cosine": _named(corpus, nearest)}


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
    cosines = similarity.analogy(vectors, a, b, c)
    points = unit(vectors)
    shown = torch.stack((points[b], points[a], points[c], points[a] - points[b] + points[c]))
    fit = query.get("fit", "")
    pictures = _projections(setting, model, _chosen(corpus, fit, MOST) if fit else None)
    first, minus, plus = (corpus.words[i] for i in (a, b, c))
    known = {question[:3]: question[3] for _, question in corpus.questions}
    return {
        "excluding": _named(corpus, similarity.best(cosines, TOP, (a, b, c))),
        "including": _named(corpus, similarity.best(cosines, TOP)),
        "answer": known.get((first, minus, plus)) or known.get((plus, minus, first)),
    } | {name: onto(shown) for name, onto in pictures.items()}


def _tsne(setting: VectorsSetting, model: Vectors, query: Query) -> dict[str, Any]:
    """t-SNE of the most frequent words; the order of the vocabulary."""
    shown = unit(model.words())[: tsne.MAX_POINTS]
    map_ = tsne.tsne(shown, _value(query, "perplexity"), _value(query, "seed"))
    return {"plane": map_.points, "kl": map_.divergence, "perplexity": map_.perplexity}


def _window(setting: VectorsSetting, _: Vectors, query: Query) -> dict[str, Any]:
    """All pairs of one sentence with the widest window, subsampling aside."""
    corpus = setting.corpus()
    sentences = whole(0, 0, len(corpus.sentences) - 1).named("sentence")
    at = sentences.parse(query.get("sentence", "0"))
    words, index = corpus.sentences[at], corpus.index
    ids = [index.get(word, -1) for word in words]
    begin = int((corpus.sentence < at).sum())
    context = _contexts(corpus, setting.window)[begin : begin + len(words)].tolist()
    offsets = counts.offsets(setting.window).tolist()
    keep = counts.keep_chances(corpus, setting.subsampling)
    return {
        "sentence": at,
        "of": len(corpus.sentences),
        "tokens": list(words),
        "ids": ids,
        "keep": [None if i < 0 else float(keep[i]) for i in ids],
        "pairs": [
            [
                [place, place + offset]
                for offset, other in zip(offsets, context[place], strict=True)
                if other >= 0
            ]
            for place in range(len(words))
        ],
    }


def _counts(setting: VectorsSetting, _: Vectors, query: Query) -> dict[str, Any]:
    """A part of a matrix: "counts" and "weights" as GloVe has them, "ppmi" as PPMI + SVD."""
    corpus = setting.corpus()
    chosen = _chosen(corpus, query.get("words", ""), MOST)
    kind = _value(query, "kind")
    if kind == "ppmi":
        matrix = baseline(setting)
    else:
        matrix = counts.cooccurrence(corpus, setting.window, by_distance=True)
        matrix = counts.weight(matrix) if kind == "weights" else matrix
    values = matrix[chosen][:, chosen]
    return {
        "words": [corpus.words[i] for i in chosen],
        "kind": kind,
        "values": values,
        "largest": float(values.max()),
    }


def _cell(setting: VectorsSetting, model: Vectors, query: Query) -> dict[str, Any]:
    """The arithmetic of one cell in terms of GloVe and of PPMI."""
    corpus = setting.corpus()
    row, column = (corpus.look_up(query.get(name, "")) for name in ("row", "column"))
    names = {"row": corpus.words[row], "column": corpus.words[column]}
    return names | cell_json(setting, model, row, column)


_INSPECTIONS: tuple[Inspection, ...] = (
    _words,
    _near,
    _similar,
    _map,
    _analogy,
    _tsne,
    _window,
    _counts,
    _cell,
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
        Refusal: a name that is neither, or too many.
    """
    if not text.strip():
        return list(range(min(most, len(corpus.words))))
    indices: list[int] = []
    for name in (part.strip() for part in text.split(",")):
        group = [i for i, kind in enumerate(corpus.groups) if kind == name] if name else []
        indices += group or [corpus.look_up(name)]
    indices = list(dict.fromkeys(indices))
    if len(indices) > MOST:
        raise Refusal(mark("At most {most} words are shown at once."), most=MOST)
    return indices


def _named(corpus: Corpus, pairs: list[tuple[int, float]]) -> list[list[Any]]:
    return [[corpus.words[i], value] for i, value in pairs]


def _value(query: Query, name: str) -> Any:
    """A value of a query as its field has it; the default where it says nothing."""
    field = _FIELDS[name].named(name)
    return field.parse(query[name]) if name in query else field.default


def _plain(value: Any) -> Any:
    if isinstance(value, Tensor):
        return value.numpy()
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value
