"""Byte-pair encoding: pieces are learned by merging the most frequent pair of them, over and over.

Sennrich, Haddow and Birch 2016, after a compression by Gage 1994. Words are what whitespace parts,
and punctuation stands by itself; a sign stands for the space before a word (Kudo and Richardson
2018), so that pieces put together are the text again. Of pairs that are equally frequent the one
whose pieces were known earlier is merged, as the `tokenizers` library does it: a test holds the two
equal.

>>> learned = learn({"▁low": 5, "▁lower": 2, "▁newest": 6, "▁widest": 3}, 5)
>>> [(merge.piece, merge.count) for merge in learned.merges]
[('es', 9), ('est', 9), ('lo', 7), ('▁lo', 7), ('▁low', 7)]
>>> encode("▁lowest", learned.merges)
['▁low', 'est']
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from string import punctuation

SPACE = "▁"
LEAST = 2
"""What occurs once is no pattern: such a pair is not merged."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Merge:
    """Two pieces that are one from now on, and how often they stood side by side.

    Attributes:
        left, right: the pieces.
        count: occurrences in the text when they were merged.
    """

    left: str
    right: str
    count: int

    @property
    def piece(self) -> str:
        """What they make."""
        return self.left + self.right


@dataclass(frozen=True)
class Learned:
    """What was learned.

    Attributes:
        alphabet: the pieces to begin with: every character of the text, in Unicode's order.
        merges: in their order.
    """

    alphabet: tuple[str, ...]
    merges: tuple[Merge, ...]

    def vocabulary(self, count: int) -> list[str]:
        """The pieces after the first merges, as they became known; two merges may make one."""
        made = (merge.piece for merge in self.merges[:count])
        return list(dict.fromkeys((*self.alphabet, *made)))


def words(text: str) -> list[str]:
    """The words of a text, each with the sign of its space in front, and its punctuation.

    >>> words("to  be, or")
    ['▁to', '▁be', ',', '▁or']
    """
    found: list[str] = []
    for word in text.split():
        apart = True
        for letter in SPACE + word:
            mark = is_mark(letter)
            if mark or apart:
                found.append(letter)
            else:
                found[-1] += letter
            apart = mark
    return found


def is_mark(letter: str) -> bool:
    """Whether a character stands by itself."""
    return letter in punctuation or unicodedata.category(letter).startswith("P")


def learn(counts: Mapping[str, int], most: int) -> Learned:
    """Merge pairs until none occurs twice.

    Args:
        counts: how often each word occurs.
        most: merges at most.
    """
    alphabet = tuple(sorted({letter for word in counts for letter in word}))
    known = {piece: number for number, piece in enumerate(alphabet)}
    cut = {word: list(word) for word in counts}
    pairs: Counter[Pair] = Counter()
    within: dict[Pair, set[str]] = {}

    def tally(word: str, sign: int) -> None:
        for pair in pairwise(cut[word]):
            pairs[pair] += sign * counts[word]
            within.setdefault(pair, set()).add(word)

    for word in counts:
        tally(word, 1)
    merges: list[Merge] = []
    while len(merges) < most and pairs:
        left, right = max(pairs, key=lambda p: (pairs[p], -known[p[0]], -known[p[1]]))
        if pairs[left, right] < LEAST:
            break
        merges.append(Merge(left, right, pairs[left, right]))
        known.setdefault(left + right, len(known))
        for word in within.pop((left, right)):  # only their pairs change
            tally(word, -1)
            cut[word] = merged(cut[word], left, right)
            tally(word, 1)
        pairs = +pairs  # those that are gone
    return Learned(alphabet, tuple(merges))


def merged(pieces: Sequence[str], left: str, right: str) -> list[str]:
    """The pieces with that pair merged wherever it stands, from the left.

    >>> merged(list("aaa"), "a", "a")
    ['aa', 'a']
    """
    found: list[str] = []
    for piece in pieces:
        if piece == right and found and found[-1] == left:
            found[-1] = left + right
        else:
            found.append(piece)
    return found


def steps(word: str, merges: Sequence[Merge]) -> list[tuple[int, list[str]]]:
    """How a word is encoded: each merge that applies, by its number, and the pieces after it.

    Of the pairs that stand in the word the one that was learned first is merged.
    """
    rank = {(merge.left, merge.right): n for n, merge in reversed([*enumerate(merges)])}
    pieces = list(word)
    found: list[tuple[int, list[str]]] = []
    while ranks := [rank[pair] for pair in pairwise(pieces) if pair in rank]:
        first = min(ranks)
        pieces = merged(pieces, merges[first].left, merges[first].right)
        found.append((first, pieces))
    return found


def encode(word: str, merges: Sequence[Merge]) -> list[str]:
    """The pieces of a word."""
    found = steps(word, merges)
    return found[-1][1] if found else list(word)


def pairs_of(cut: Mapping[str, Sequence[str]], counts: Mapping[str, int]) -> Counter[Pair]:
    """How often each pair stands side by side.

    Args:
        cut: the pieces of each word.
        counts: how often each word occurs.
    """
    found: Counter[Pair] = Counter()
    for word, pieces in cut.items():
        for pair in pairwise(pieces):
            found[pair] += counts[word]
    return found
