"""What a next-word model makes of a sentence: guesses, influence of each word, gates, one number.

The inspections of the job "words". A query may name another person, another distance than the one
that was trained, and other small talk.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

from core.recurrent.cell import gates as cell
from core.recurrent.cell.influence import influence
from core.recurrent.cells import HAS
from core.recurrent.words import opened
from core.recurrent.words.sentences import GRAMMARS, Language, encode, sentence, vocabulary
from core.schema import Refusal, mark
from core.training.job import State
from core.training.learner import loaded

Models = Mapping[str, nn.Module]


def sentence_of(query: Mapping[str, str], language: Language, distance: int) -> list[str]:
    """The sentence that a query describes.

    Raises:
        Refusal: there is no such sentence.
    """
    grammar = GRAMMARS[language]
    text = query.get("distance", str(distance))
    talk = query.get("talk", "0")
    for value in (text, talk):
        if not (value.isascii() and value.isdigit() and len(value) <= 6):
            raise Refusal(mark("Distance and talk are whole numbers."))
    return sentence(query.get("name", grammar.names[0]), int(text), language, int(talk))


def reading(
    models: Models, state: State, language: Language, distance: int, query: Mapping[str, str]
) -> dict[str, Any]:
    """How each member reads the sentence.

    Returns:
        "vocabulary", all words; "words" (with the answer last), "name_at", "answer_at", "answer",
        "distance", "names", "chance", and in "cells" for each member: "influence" |dh_T/dx_t| of
        each word before the answer, "guesses" [word, probability] after each of them, "answers"
        [profession, probability] at the end, the likeliest first, and "right".
    """
    grammar = GRAMMARS[language]
    words = sentence_of(query, language, distance)
    numbers = encode(words, language)[:-1]
    vocab = list(vocabulary(language))
    loaded(state, models)
    cells = {}
    for kind, model in models.items():
        with torch.no_grad():
            shares = model(numbers[None])[0].softmax(-1)  # (T, V)
            x = model.get_submodule("embed")(numbers)
        best, which = shares.max(-1)
        answers = [(word, float(shares[-1, vocab.index(word)])) for word in grammar.answers]
        cells[kind] = {
            "influence": influence(_network(model), x).tolist(),
            "guesses": [[vocab[w], p] for w, p in zip(which.tolist(), best.tolist(), strict=True)],
            "answers": sorted(answers, key=lambda each: -each[1]),
            "right": vocab[int(which[-1])] == words[-1],
        }
    return {
        "vocabulary": vocab,
        "words": words,
        "name_at": len(grammar.head),
        "names": list(grammar.names),
        "answer_at": len(words) - 1,
        "answer": words[-1],
        "distance": len(words) - 1 - len(grammar.head),
        "chance": 1 / len(grammar.answers),
        "cells": cells,
    }


def alone(
    models: Models, state: State, language: Language, distance: int, query: Mapping[str, str]
) -> dict[str, Any]:
    """The control without memory: what each member says when it forgets after every word.

    Returns:
        "words" before the answer; in "cells" for each member [word, probability] after each of
        them: "read" with all words before it, "alone" with a state of zeros before it.
    """
    words = sentence_of(query, language, distance)
    numbers = encode(words, language)[:-1]
    vocab = list(vocabulary(language))
    loaded(state, models)
    cells = {}
    for kind, model in models.items():
        with torch.no_grad():
            ways = {"read": model(numbers[None])[0], "alone": model(numbers[:, None])[:, 0]}
        said = {name: scores.softmax(-1).max(-1) for name, scores in ways.items()}
        cells[kind] = {
            name: [[vocab[w], p] for w, p in zip(which.tolist(), best.tolist(), strict=True)]
            for name, (best, which) in said.items()
        }
    return {"words": words[:-1], "answer": words[-1], "cells": cells}


def gates(
    models: Models, state: State, language: Language, distance: int, query: Mapping[str, str]
) -> dict[str, Any]:
    """Every gate of each member over the words before the answer: "cells", each gate (T, H)."""
    words = sentence_of(query, language, distance)[:-1]
    loaded(state, models)
    cells = {}
    for kind, model in models.items():
        with torch.no_grad():
            x = model.get_submodule("embed")(encode(words, language))
        cells[kind] = {n: v.numpy() for n, v in cell.maps(_network(model), x).items()}
    return {"words": words, "series": None, "prediction": None, "layers": 1, "cells": cells}


def number(
    models: Models, state: State, language: Language, distance: int, query: Mapping[str, str]
) -> dict[str, Any]:
    """One number of one member (`core.recurrent.cell.gates.number`); the query names the cell."""
    model, ids = _read_by(models, state, language, distance, query)
    with torch.no_grad():
        x = model.get_submodule("embed")(ids)
        return cell.number(_network(model), x, cell.place_of(query))


def spoken(
    models: Models, state: State, language: Language, distance: int, query: Mapping[str, str]
) -> dict[str, Any]:
    """One number of what a member says, see `core.recurrent.words.opened`; the query names both."""
    model, ids = _read_by(models, state, language, distance, query)
    return opened.number(model, ids, query)


def _read_by(
    models: Models, state: State, language: Language, distance: int, query: Mapping[str, str]
) -> tuple[nn.Module, Tensor]:
    """The member that the query names, with the weights of the state, and the words it reads."""
    kind = query.get("cell", next(iter(models)))
    if kind not in models:
        raise Refusal(HAS, names=tuple(models))
    words = sentence_of(query, language, distance)[:-1]
    loaded(state, models)
    return models[kind], encode(words, language)


def _network(model: nn.Module) -> nn.RNNBase:
    network = model.get_submodule("rnn")
    assert isinstance(network, nn.RNNBase)
    return network
