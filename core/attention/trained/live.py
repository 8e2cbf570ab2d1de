"""What the page asks when a sentence, a cut or a cell changes, and the answer as bytes.

The bytes are those of `core.attention.packed`: maps as codes, and the numbers of the arithmetic in
the head, in full.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import torch
from torch import Tensor

from core import weights
from core.attention.packed import pack
from core.attention.trained import knockout, rules, sentence
from core.attention.trained.knockout import Cut
from core.attention.trained.model import Cuts, ItModel, Trace
from core.attention.trained.words import CANDIDATES, INDEX, MASK, NOUNS, VOCABULARY
from core.attention.views import all_value_norms, rollout
from core.opened import Cell, Opened, Rules, wire
from core.schema import NotAChoice, Refusal, mark

MAX_BYTES = 16 * 1024
"""Longest question in bytes: the longest sentence and 64 cuts, with room to spare."""
MODELS = {"2x4": "it_2x4", "1x1": "it_1x1", "mlm": "it_mlm"}
MAPS = ("weights", "norms")
TOP = 3
"""Words beside the nouns of the sentence that are named with their probability."""
TERMS = 6
"""Products of query and key that are written out, the largest ones."""
WHOLE = 64
"""Numbers of the longest query: all of them are shown."""

EXAMPLES = (
    "the cat sat on the mat because it was tired",
    "the cat sat on the mat because it was soft",
    "the cat sat on the mat because it was dirty",
    "the mat was used by the cat because it was tired",
    "because it was hungry the monkey ate the banana",
    "the banana was eaten by the monkey because it was ripe",
    "the teacher took the ball from the dog because it was angry",
    "the king gave the penguin the pie because it looked tasty",
)

MASKED_EXAMPLES = (
    "the [MASK] sat on the mat because it was tired",
    "the cat sat on the [MASK] because it was soft",
    "the king gave the [MASK] the pie because it was hungry",
)
"""For the model that guesses hidden words."""

_KEYS = {"sentence", "model", "cuts", "renormalise", "cell", "at", "head", "maps"}
_PLACE = ("layer", "head", "from", "to")


@dataclass(frozen=True)
class Question:
    """One question: what does this network compute from this sentence, with these cuts?

    Attributes:
        words: of the sentence, all known.
        model: "2x4", "1x1" or "mlm".
        cuts: what is cut, all at once.
        renormalise: whether the weights beside a cut grow so that they sum to 1 again.
        cell: layer, head, from, to of the weight whose arithmetic is wanted.
        at: the word that is asked what it stands for; None if there is no "it".
        head: layer and head of the map that is compared with the knock-outs.
        maps: "weights", or "norms" for weights times value norms.
    """

    words: tuple[str, ...]
    model: str = "2x4"
    cuts: tuple[Cut, ...] = ()
    renormalise: bool = True
    cell: tuple[int, int, int, int] | None = None
    at: int | None = None
    head: tuple[int, int] | None = None
    maps: str = "weights"

    @classmethod
    def of(cls, raw: object, shape: tuple[int, int] | None = None) -> Question:
        """Validate what came in as JSON.

        Args:
            raw: the object.
            shape: layers and heads, where the model is not one of those that ship.

        Raises:
            ValueError: with a sentence that says what is wrong.
            WeightsError: the model cannot be loaded.
        """
        if not isinstance(raw, dict) or not {"sentence"} <= set(raw) <= _KEYS:
            raise Refusal(
                mark("A question is an object with a sentence, and has no more than {names}."),
                names=tuple(sorted(_KEYS)),
            )
        words = sentence.read(raw["sentence"])
        name, maps = raw.get("model", "2x4"), raw.get("maps", "weights")
        if not isinstance(name, str) or name not in MODELS:
            raise NotAChoice(
                mark("There is no such model; there are {choices}."), choices=tuple(MODELS)
            )
        if maps not in MAPS:
            raise NotAChoice(mark("The maps are one of: {choices}."), choices=MAPS)
        if not isinstance(raw.get("renormalise", True), bool):
            raise Refusal(mark("“{name}” is true or false."), name="renormalise")
        layers, heads = shape or _shape(network(name).model)
        counts = (layers, heads, len(words), len(words))
        at = knockout.index("at", raw.get("at"), len(words))
        return cls(
            tuple(words),
            name,
            knockout.read(raw.get("cuts", []), *counts[:3]),
            raw.get("renormalise", True),
            _place(raw.get("cell"), _PLACE, counts),  # type: ignore[arg-type]
            _asked(words) if at is None else at,
            _place(raw.get("head"), _PLACE[:2], counts),  # type: ignore[arg-type]
            maps,
        )


@dataclass(frozen=True)
class Number:
    """One weight of a forward pass, and all that it hangs on.

    Attributes:
        rules: of the network.
        trace: every array.
        place: layer, head, from and to of the weight.
    """

    rules: Rules
    trace: dict[str, Tensor]
    place: tuple[int, int, int, int]

    def open(self, matrix: str = "weights") -> Opened:
        """The number at that place of "scores", "scaled", "masked" or "weights"."""
        layer, *index = self.place
        return self.rules.open(self.trace, Cell(f"layer_{layer}_attention_{matrix}", tuple(index)))


@dataclass(frozen=True)
class Network:
    """A shipped model with its card."""

    model: ItModel
    card: dict[str, Any]


@functools.cache
def network(name: str) -> Network:
    """The shipped model "2x4", "1x1" or "mlm", loaded once.

    Raises:
        WeightsError: its weights are missing or damaged; the next call looks again.
    """
    model, card = weights.load(MODELS[name])
    assert isinstance(model, ItModel)
    return Network(model, card)


def warm() -> None:
    """Load the models and run each path once: first calls are slow."""
    for name in MODELS:
        raw = {"sentence": EXAMPLES[0], "model": name, "cuts": [{"to": 1}]}
        answer(Question.of(raw | {"cell": {"layer": 0, "head": 0, "from": 7, "to": 1}}))


def answer(question: Question) -> bytes:
    """Everything that the page paints."""
    net = network(question.model)
    best = net.card["scores"]["best_head"]
    head, maps = reply(net.model, question, (best["layer"], best["head"]))
    return pack(head, maps)


def asked(model: ItModel, text: str) -> dict[str, Any]:
    """The same for any model, the question as JSON text: the head, "maps" as arrays by name.

    Raises:
        ValueError: with a sentence.
    """
    try:
        raw = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Refusal(mark("The question is not valid JSON.")) from None
    head, maps = reply(model, Question.of(raw, _shape(model)), None)
    return head | {"maps": {name: tensor.numpy() for name, tensor in maps.items()}}


@torch.inference_mode()
def reply(
    model: ItModel, question: Question, best: tuple[int, int] | None
) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """The head of an answer, and the maps: before (L, H, T, T), after, rollout (L, T, T).

    Args:
        model: any model of the vocabulary.
        question: of a shape that fits it.
        best: layer and head that are compared with knock-outs where the question names none.
    """
    layers, heads = _shape(model)
    words = question.words
    ids = torch.tensor([[INDEX[word] for word in words]])
    before = model(ids)
    cuts = _cuts(question, layers, heads)
    after = None if cuts is None else model(ids, cuts)
    shown = before if after is None else after
    head: dict[str, Any] = {
        "words": [{"text": word, "part": sentence.part(word)} for word in words],
        "model": question.model,
        "layers": layers,
        "heads": heads,
        "at": question.at,
        "answer": None if question.at is None else _stands_for(question, before, after),
        "says": None if question.at is None else _says(model, question, ids, before, best),
        "cell": _cell(model, question),
    }

    def maps(trace: Trace) -> Tensor:
        found = all_value_norms(model, trace) if question.maps == "norms" else trace.weights
        return found[0]

    painted = {"before": maps(before)} | ({} if after is None else {"after": maps(after)})
    return head, painted | {"rollout": rollout(shown.weights[0])}


def _stands_for(question: Question, before: Trace, after: Trace | None) -> dict[str, Any]:
    """Probabilities that the word at `at` stands for each noun of the sentence, and for others."""
    first = before.logits[0, question.at].softmax(-1)
    second = None if after is None else after.logits[0, question.at].softmax(-1)
    named = _nouns(question.words)
    for chances in (first, second):
        if chances is not None:
            top = [VOCABULARY[i] for i in chances.topk(TOP).indices.tolist()]
            named |= {word: [] for word in top if word not in named}
    rows = [
        {
            "word": word,
            "part": sentence.part(word),
            "positions": positions,
            "before": float(first[INDEX[word]]),
            "after": None if second is None else float(second[INDEX[word]]),
        }
        for word, positions in named.items()
    ]
    chosen = first if second is None else second
    return {"words": rows, "top": VOCABULARY[int(chosen.argmax())]}


def _says(
    model: ItModel, question: Question, ids: Tensor, trace: Trace, best: tuple[int, int] | None
) -> dict[str, Any] | None:
    """What the map says beside what cutting says, of the uncut network.

    "map": the noun that a head looks at most. "cuts": for each noun of the sentence the
    probability of the answer before and after at -> noun is cut in every layer and head.
    """
    at = question.at
    nouns = [place for place, word in enumerate(question.words) if word in NOUNS]
    if at is None or not nouns:
        return None
    layer, head = question.head or best or (len(model.layers) - 1, 0)
    row = trace.weights[0, layer, head, at]
    looked = max(nouns, key=lambda place: float(row[place]))
    chances = trace.logits[0, at].softmax(-1)
    able = [word for word in question.words if word in CANDIDATES] or list(VOCABULARY)
    answered = max(able, key=lambda word: float(chances[INDEX[word]]))
    count = len(nouns)
    cut = model(
        ids.expand(count, -1),
        knockout.edges(
            torch.full((count,), at), torch.tensor(nouns), len(model.layers), ids.shape[1]
        ),
    )
    changed = cut.logits[:, at].softmax(-1)  # (nouns, V)
    p = float(chances[INDEX[answered]])
    return {
        "answer": answered,
        "map": {"layer": layer, "head": head, "to": looked, "weight": float(row[looked])},
        "cuts": [
            {
                "to": place,
                "weight": float(row[place]),
                "before": p,
                "after": float(changed[i, INDEX[answered]]),
                "answer": VOCABULARY[int(changed[i].argmax())],
            }
            for i, place in enumerate(nouns)
        ],
    }


@torch.inference_mode()
def number(model: ItModel, question: Question) -> Number:
    """The selected weight of the network, with the cuts of the question in it.

    Raises:
        ValueError: the question names none.
    """
    if question.cell is None:
        raise ValueError("A question about a number names it.")
    layers, heads = _shape(model)
    ids = torch.tensor([[INDEX[word] for word in question.words]])
    cuts = _cuts(question, layers, heads)
    trace = rules.arrays(model, ids, model(ids, cuts), cuts)
    return Number(rules.rules(model, cuts), trace, question.cell)


def _cuts(question: Question, layers: int, heads: int) -> Cuts | None:
    if not question.cuts:
        return None
    kept = knockout.keep(question.cuts, layers, heads, len(question.words))
    return Cuts(kept, question.renormalise)


def _cell(model: ItModel, question: Question) -> dict[str, Any] | None:
    """The selected weight opened, with the score and the quotient that it is made of.

    "values" (T, E) and "mixed" (E,): what the words of its row carry, and what that adds up to;
    "weights" (T,): the row.
    """
    if question.cell is None:
        return None
    shown = number(model, question)
    layer, head, source, _ = question.cell
    part = f"layer_{layer}_attention"
    opened = {
        name: wire(shown.open(matrix), top=TERMS, whole=WHOLE)
        for name, matrix in (("score", "scores"), ("scaled", "scaled"), ("weight", "weights"))
    }
    rows = {
        "weights": shown.trace[f"{part}_weights"][head, source],
        "values": shown.trace[f"{part}_v"][head],
        "mixed": shown.trace[f"{part}_mixed"][head, source],
    }
    plain = {name: row.tolist() for name, row in rows.items()}
    return opened | plain | dict(zip(_PLACE, question.cell, strict=True))


def _nouns(words: Sequence[str]) -> dict[str, list[int]]:
    """Nouns of a sentence with their places: first those that *it* can be, then people."""
    order = sorted(range(len(words)), key=lambda place: words[place] not in CANDIDATES)
    found: dict[str, list[int]] = {}
    for place in order:
        if words[place] in NOUNS:
            found.setdefault(words[place], []).append(place)
    return found


def _asked(words: Sequence[str]) -> int | None:
    """The last hidden word, or else the last "it"."""
    for word in (MASK, "it"):
        if word in words:
            return len(words) - 1 - list(reversed(words)).index(word)
    return None


def _shape(model: ItModel) -> tuple[int, int]:
    return model.shape["layers"], model.shape["heads"]


def _place(raw: object, names: Sequence[str], counts: Sequence[int]) -> tuple[int, ...] | None:
    if raw is None:
        return None
    if not isinstance(raw, dict) or set(raw) != set(names):
        raise Refusal(mark("A place is {names}."), names=tuple(names))
    found = [knockout.index(name, raw[name], n) for name, n in zip(names, counts, strict=False)]
    if None in found:
        raise Refusal(mark("A place is {names}."), names=tuple(names))
    return tuple(place for place in found if place is not None)
