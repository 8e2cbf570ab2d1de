"""The answer to a question of the page: pairs, pieces, a sentence in them, and what to compare.

P pairs, W different words, K ways to cut a text
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch

from core.language.tokenizer.merges import (
    Learned,
    encode,
    learn,
    pairs_of,
    steps,
    words,
)
from core.language.tokenizer.question import MAX_MERGES, TokensNumberQuestion, TokensQuestion
from core.opened import Cell, Dot, Given, Rules
from core.opened.scored import Scored

PAIRS, SHOWN = 8, 60
"""Pairs and words of a text that are shown, the most frequent ones."""
WAYS = ("characters", "pieces", "words")
_SYMBOLS = {"count": "n", "inside": "i", "times": "t", "length": "L", "sizes": "s"}


@dataclass(frozen=True, eq=False)
class Cut:
    """A text after some merges.

    Attributes:
        counts: how often each word occurs, the most frequent first.
        learned: all that can be learned of it.
        step: merges that are used.
        pieces: of each word.
    """

    counts: Mapping[str, int]
    learned: Learned
    step: int
    pieces: Mapping[str, Sequence[str]]

    @property
    def pairs(self) -> list[tuple[tuple[str, str], int]]:
        """The most frequent pairs; the first one is merged next."""
        known = {piece: n for n, piece in enumerate(self.learned.vocabulary(self.step))}
        found = pairs_of(self.pieces, self.counts)
        order = sorted(found, key=lambda p: (-found[p], known[p[0]], known[p[1]]))
        return [(pair, found[pair]) for pair in order[:PAIRS]]


@lru_cache(8)
def _learned(text: str) -> tuple[Counter[str], Learned]:
    counts = Counter(words(text))
    return Counter(dict(counts.most_common())), learn(counts, MAX_MERGES)


def cut(question: TokensQuestion) -> Cut:
    """The text of a question as its merges cut it."""
    counts, learned = _learned(question.learned_from)
    step = min(question.step, len(learned.merges))
    used = learned.merges[:step]
    return Cut(counts, learned, step, {word: encode(word, used) for word in counts})


def answer(question: TokensQuestion) -> dict[str, Any]:
    """All that the picture shows, as plain values."""
    seen = cut(question)
    merges = seen.learned.merges
    used = merges[: seen.step]
    vocabulary = seen.learned.vocabulary(seen.step)
    return {
        "text": question.learned_from,
        "step": seen.step,
        "steps": len(merges),
        "last": vars(used[-1]) | {"piece": used[-1].piece} if used else None,
        "done": seen.step == len(merges) < MAX_MERGES,
        "pairs": [
            {
                "left": left,
                "right": right,
                "count": count,
                "next": not n and seen.step < len(merges),
            }
            for n, ((left, right), count) in enumerate(seen.pairs)
        ],
        "words": [
            {"times": times, "pieces": list(seen.pieces[word])}
            for word, times in list(seen.counts.items())[:SHOWN]
        ],
        "others": max(0, len(seen.counts) - SHOWN),
        "alphabet": list(seen.learned.alphabet),
        "pieces": vocabulary[len(seen.learned.alphabet) :],
        "sentence": [
            {"pieces": _marked(encode(word, used), vocabulary), "steps": steps(word, used)}
            for word in words(question.said)
        ],
        "ways": _ways(seen, question.said, vocabulary),
    }


def number(question: TokensNumberQuestion) -> dict[str, Any]:
    """A count opened, word by word: see `Scored.reply`. Without a number it is the first one.

    Raises:
        Refusal: there is no such number.
    """
    seen = cut(question)
    first = Cell("count" if question.part == "pairs" else "length", (0,))
    cell = question.number or first
    row = next(iter(cell.index), 0)
    return (pairs(seen, row) if question.part == "pairs" else lengths(seen)).reply(cell)


def pairs(seen: Cut, row: int) -> Scored:
    """How often each pair stands in the text: "count" (P,), of "inside" (P, W) and "times" (W,).

    Args:
        seen: the text.
        row: the pair whose words are counted: the W that hold it.
    """
    shown = [pair for pair, _ in seen.pairs]
    within = {word: pairs_of({word: pieces}, {word: 1}) for word, pieces in seen.pieces.items()}
    held = [word for word, found in within.items() if found[shown[row]]] if row < len(shown) else []
    inside = [[within[word][pair] for word in held] for pair in shown]
    return _counted("count", "inside", inside, [f"{a} {b}" for a, b in shown], held, seen)


def lengths(seen: Cut) -> Scored:
    """How long the text is: "length" (K,), of "sizes" (K, W) of each word and "times" (W,)."""
    sizes = [
        [len(word) for word in seen.counts],
        [len(seen.pieces[word]) for word in seen.counts],
        [1 for _ in seen.counts],
    ]
    return _counted("length", "sizes", sizes, WAYS, list(seen.counts), seen)


def _counted(
    array: str,
    each: str,
    found: list[list[int]],
    names: Sequence[str],
    held: Sequence[str],
    seen: Cut,
) -> Scored:
    times = torch.tensor([seen.counts[word] for word in held], dtype=torch.float64)  # (W,)
    inside = torch.tensor(found, dtype=torch.float64).reshape(len(found), len(times))
    made = (
        Dot(array, "k w, w -> k", each, "times"),
        Given(each, "counted"),
        Given("times", "counted"),
    )
    trace = {array: inside @ times, each: inside, "times": times}
    return Scored(Rules(*made, symbols=_SYMBOLS), trace, names, held)


def _marked(pieces: Sequence[str], vocabulary: Sequence[str]) -> list[dict[str, Any]]:
    known = set(vocabulary)
    return [{"text": piece, "known": piece in known} for piece in pieces]


def _ways(seen: Cut, sentence: str, vocabulary: Sequence[str]) -> list[dict[str, Any]]:
    """Each way to cut: how many tokens it knows, and what text and sentence come to in it."""
    said = words(sentence)
    used = seen.learned.merges[: seen.step]
    ways: tuple[tuple[set[str], list[str]], ...] = (
        (set(seen.learned.alphabet), [letter for word in said for letter in word]),
        (set(vocabulary), [piece for word in said for piece in encode(word, used)]),
        (set(seen.counts), said),
    )
    total = lengths(seen).trace["length"].tolist()
    return [
        {
            "way": way,
            "vocabulary": len(known),
            "length": int(length),
            "sentence": len(tokens),
            "unknown": sum(token not in known for token in tokens),
        }
        for way, (known, tokens), length in zip(WAYS, ways, total, strict=True)
    ]
