"""What the page gets for a question: the head of an answer in JSON, and maps.

As bytes they are those of `core.attention.packed`: maps as codes, and the numbers of the arithmetic
in the head, in full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import torch
from torch import Tensor

from core.attention.blocks import PreNorm
from core.attention.packed import pack
from core.attention.places import Pair
from core.attention.trained.cuts import Cut, keep
from core.attention.trained.model import Cuts, ItModel, Trace
from core.attention.trained.numbers import numbers
from core.attention.trained.question import ReferentQuestion
from core.attention.trained.sentences.reading import written
from core.attention.trained.sentences.vocabulary import LANGUAGES, Vocabulary
from core.attention.trained.shipped import EXAMPLES, MODELS, network
from core.attention.views import rollout, value_norms
from core.opened import wire
from core.schema import Refusal, mark

TOP = 3
"""Words beside the nouns of the sentence that are named with their probability."""
TERMS = 6
"""Products of query and key that are written out, the largest ones."""
WHOLE = 128
"""Products of the longest sum: all of them are shown."""


def warm() -> None:
    """Load the models and run each path once: first calls are slow."""
    cell = {"layer": 0, "head": 0, "from": 7, "to": 1}
    for language in LANGUAGES:
        for model in MODELS:
            raw = {"sentence": EXAMPLES[language][0], "model": model, "language": language}
            answer(ReferentQuestion.read(raw | {"cuts": [{"to": 1}], "cell": cell}))


def answer(question: ReferentQuestion) -> bytes:
    """Everything that the page paints.

    Raises:
        Refusal: the network has no such layer, head or number.
    """
    net = network(question.model, question.language)
    return pack(*reply(net.model, question, net.best_head))


def answer_of(model: ItModel, query: Mapping[str, str]) -> dict[str, Any]:
    """The same for any model, the question as JSON text in "q": the head, "maps" by name.

    Raises:
        Refusal: it cannot be read, or the model has no such place.
    """
    try:
        raw = orjson.loads(query.get("q", ""))
    except orjson.JSONDecodeError:
        raise Refusal(mark("The question is not valid JSON.")) from None
    head, maps = reply(model, _asked(raw, model), None)
    return head | {"maps": {name: tensor.numpy() for name, tensor in maps.items()}}


def _asked(raw: object, model: ItModel) -> ReferentQuestion:
    """A question to a model of one language."""
    of_model = {"language": model.language}
    return ReferentQuestion.read(raw | of_model if isinstance(raw, dict) else raw)


@torch.inference_mode()
def reply(
    model: ItModel, question: ReferentQuestion, best: Pair | None
) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """The head of an answer, and the maps: before (L, H, T, T), after, rollout (L, T, T).

    Args:
        model: any model of the question's language.
        question: what is asked.
        best: layer and head that are compared with cuts where the question names none.

    Raises:
        Refusal: the model has no such layer, head or number.
    """
    layers, heads = model.shape["layers"], model.shape["heads"]
    question.check_shape(layers, heads)
    words = question.words
    vocabulary = model.vocabulary
    ids = torch.tensor([[vocabulary.index[word] for word in words]])
    before, after = model(ids), None
    if question.cuts:
        kept = keep(question.cuts, layers, heads, len(words))
        after = model(ids, Cuts(kept, question.renormalise))
    at = question.referring
    head: dict[str, Any] = {
        "words": [{"text": word, "part": vocabulary.part(word)} for word in words],
        "sentence": written(words, question.language),
        "model": question.model,
        "unlike": question.unlike,
        "layers": layers,
        "heads": heads,
        "at": at,
        "answer": None if at is None else _probabilities(vocabulary, words, at, before, after),
        "says": None if at is None else _compared(model, question, at, ids, before, best),
        **_opened(model, question),
    }
    maps = {"before": _map(model, question.maps, before)}
    if after is not None:
        maps["after"] = _map(model, question.maps, after)
    return head, maps | {"rollout": rollout((after or before).weights[0])}


def _map(model: ItModel, kind: str, trace: Trace) -> Tensor:
    return (value_norms_of(model, trace) if kind == "norms" else trace.weights)[0]


def value_norms_of(model: ItModel, trace: Trace) -> Tensor:
    """`value_norms` of every layer: (N, L, H, T, T)."""
    found = []
    for layer, seen in zip(model.layers, trace.layers, strict=True):
        assert isinstance(layer, PreNorm)
        found.append(value_norms(layer.attention, seen.attended.attention))
    return torch.stack(found, 1)


def _probabilities(
    vocabulary: Vocabulary,
    words: Sequence[str],
    at: int,
    before: Trace,
    after: Trace | None,
) -> dict[str, Any]:
    """How likely the word at `at` stands for each noun of the sentence, and for the likeliest."""
    first = before.logits[0, at].softmax(-1)
    second = None if after is None else after.logits[0, at].softmax(-1)
    named, index = _nouns(vocabulary, words), vocabulary.index
    for chances in (first, second):
        for likely in [] if chances is None else chances.topk(TOP).indices.tolist():
            named.setdefault(vocabulary.words[likely], [])
    rows = [
        {
            "word": word,
            "id": index[word],
            "part": vocabulary.part(word),
            "positions": positions,
            "before": float(first[index[word]]),
            "after": None if second is None else float(second[index[word]]),
        }
        for word, positions in named.items()
    ]
    chosen = first if second is None else second
    return {"words": rows, "top": vocabulary.words[int(chosen.argmax())]}


def _compared(
    model: ItModel,
    question: ReferentQuestion,
    at: int,
    ids: Tensor,
    trace: Trace,
    best: Pair | None,
) -> dict[str, Any] | None:
    """What the map says beside what cutting says, of the uncut network.

    "map": the noun that a head reads most. "cuts": for each noun of the sentence the probability of
    the answer before and after at -> noun is cut in every layer and head. "in_head", "in_layer":
    the same after the connection to the map's noun is cut in that head, or in its layer, alone.
    """
    words, vocabulary = question.words, model.vocabulary
    nouns = [place for place, word in enumerate(words) if word in vocabulary.nouns]
    if not nouns:
        return None
    layer, head = question.head or best or (len(model.layers) - 1, 0)
    row = trace.weights[0, layer, head, at]
    read = max(nouns, key=lambda place: float(row[place]))
    chances = trace.logits[0, at].softmax(-1)
    able = [word for word in words if word in vocabulary.candidates] or list(vocabulary.words)
    answered = max(able, key=lambda word: float(chances[vocabulary.index[word]]))
    answer = vocabulary.index[answered]
    cuts = [Cut(source=at, target=place) for place in nouns]
    cuts += Cut(layer, head, at, read), Cut(layer, None, at, read)
    shape = (len(model.layers), model.shape["heads"], len(words))
    kept = torch.stack([keep((cut,), *shape) for cut in cuts], 1)  # (L, cuts, H, T, T)
    found = model(ids.expand(len(cuts), -1), Cuts(kept)).logits[:, at].softmax(-1)  # (cuts, V)
    changed, (in_head, in_layer) = found[:-2], found[-2:]
    return {
        "answer": answered,
        "id": answer,
        "map": {"layer": layer, "head": head, "to": read, "weight": float(row[read])},
        "in_head": float(in_head[answer]),
        "in_layer": float(in_layer[answer]),
        "cuts": [
            {
                "to": place,
                "weight": float(row[place]),
                "before": float(chances[answer]),
                "after": float(changed[i, answer]),
                "answer": vocabulary.words[int(changed[i].argmax())],
            }
            for i, place in enumerate(nouns)
        ],
    }


def _opened(model: ItModel, question: ReferentQuestion) -> dict[str, Any]:
    """The selected weight, and whatever other number is opened.

    Beside that number "labels", the words of the sentence that it is of.

    Of the weight also the score and the quotient that it is made of, "weights" (T,), its row,
    "values" (T, E) and "mixed" (E,): what the words of the row carry, and what that adds up to.
    """
    found: dict[str, Any] = {"cell": None, "opened": None, "labels": None}
    if question.cell is None and question.number is None:
        return found
    shown = numbers(model, question)
    if question.number is not None:
        number = shown.open(question.number)
        found["opened"] = wire(number, top=TERMS, whole=WHOLE)
        found["labels"] = shown.words(number.cell)
    if question.cell is not None:
        layer, head, source, target = question.cell
        part = f"layer_{layer}_attention"
        opened = {
            name: wire(shown.open_weight(matrix), top=TERMS, whole=WHOLE)
            for name, matrix in (("score", "scores"), ("scaled", "scaled"), ("weight", "weights"))
        }
        rows = {
            "weights": shown.trace[f"{part}_weights"][head, source],
            "values": shown.trace[f"{part}_v"][head],
            "mixed": shown.trace[f"{part}_mixed"][head, source],
        }
        place = {"layer": layer, "head": head, "from": source, "to": target}
        found["cell"] = opened | {name: row.tolist() for name, row in rows.items()} | place
    return found


def _nouns(vocabulary: Vocabulary, words: Sequence[str]) -> dict[str, list[int]]:
    """Nouns of a sentence with their places: first those that *it* can be, then people."""
    found: dict[str, list[int]] = {}
    able = vocabulary.candidates
    for place in sorted(range(len(words)), key=lambda place: words[place] not in able):
        if words[place] in vocabulary.nouns:
            found.setdefault(words[place], []).append(place)
    return found
