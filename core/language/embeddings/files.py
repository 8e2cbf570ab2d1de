"""Vectors that were trained elsewhere: text files of word2vec (or fastText) and of GloVe.

Both have a word and its numbers on each line, parted by spaces; word2vec's begin with a line of two
whole numbers: how many words and how many numbers each.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor

from core.language.embeddings import similarity
from core.language.embeddings.projection import principal, unit
from core.language.embeddings.steps.cosine import cosine
from core.language.embeddings.steps.step import Step
from core.schema import Refusal, mark

MAX_FILE_BYTES = 64 << 20
MAX_FILE_WORDS = 50_000
"""Words that are kept, the first: files begin with the most frequent."""
DIMENSIONS = (2, 1_000)
MAX_LETTERS = 200
FOLDER = "FORWARD_PASS_VECTORS"
"""Variable that names the folder of files that visitors may choose; else data/vectors."""
_ENDINGS = (".txt", ".vec")

Kind = Literal["word2vec", "glove"]


class Vectors:
    """Words with their vectors. W words, D numbers each."""

    def __init__(self, words: Sequence[str], matrix: Tensor, kind: Kind, dropped: int = 0) -> None:
        """Keep them, and their lengths brought to 1.

        Args:
            words: W different ones.
            matrix: (W, D) float32.
            kind: the format that they were in.
            dropped: words of the file that are not kept.
        """
        self.words = tuple(words)
        self.matrix = unit(matrix)
        self.kind = kind
        self.dropped = dropped
        self.index = {word: i for i, word in enumerate(self.words)}

    @property
    def size(self) -> int:
        """Bytes that it takes in memory; a word and its place in the index take about 200."""
        return self.matrix.nbytes + 200 * len(self.words)

    def look_up(self, word: str) -> int:
        """Place of a word as it is written, or else in lower case.

        Raises:
            ValueError: it is not there.
        """
        word = word.strip()
        found = self.index.get(word, self.index.get(word.lower()))
        if found is None:
            raise Refusal(mark("The word {word} is not in this file."), word=word[:24])
        return found

    def near(self, word: str, count: int = 8) -> list[tuple[str, float]]:
        """The words of the largest cosine."""
        place = self.look_up(word)
        return self._best(self.matrix @ self.matrix[place], count, (place,))

    def analogy(self, a: str, b: str, c: str, count: int = 8) -> dict[str, list[tuple[str, float]]]:
        """Answers to a - b + c, "excluding" the three words and "including" them."""
        x, y, z = (self.look_up(word) for word in (a, b, c))
        cosines = self.matrix @ unit(self.matrix[x] - self.matrix[y] + self.matrix[z])
        return {
            "excluding": self._best(cosines, count, (x, y, z)),
            "including": self._best(cosines, count, ()),
        }

    def cosine(self, words: Mapping[str, str]) -> Step:
        """How a cosine comes about: of "a" and "b", or of a - b + c with "d".

        Their vectors have length 1 already: longer ones are not stored.
        """
        return cosine({name: self.matrix[self.look_up(word)] for name, word in words.items()})

    def plane(self, words: Sequence[str]) -> list[list[float]]:
        """(n, 2) a map of some words: PCA of their directions."""
        points = self.matrix[[self.look_up(word) for word in words]]
        found: list[list[float]] = principal(points, 2)(points).tolist()
        return found

    def about(self) -> dict[str, Any]:
        """What the file held."""
        return {
            "words": len(self.words),
            "dimension": self.matrix.shape[1],
            "kind": self.kind,
            "dropped": self.dropped,
        }

    def _best(self, cosines: Tensor, count: int, without: Sequence[int]) -> list[tuple[str, float]]:
        found = similarity.best(cosines, count, without)
        return [(self.words[i], value) for i, value in found]


def read(content: bytes) -> Vectors:
    """The vectors of a file.

    Raises:
        ValueError: too large, binary, packed, without vectors, or a line that does not fit; the
            sentence names the line.
    """
    if len(content) > MAX_FILE_BYTES:
        raise Refusal(mark("The file is larger than {most} MB."), most=MAX_FILE_BYTES >> 20)
    if content[:2] in (b"\x1f\x8b", b"PK"):
        raise Refusal(mark("The file is packed: unpack it first."))
    if b"\0" in content:
        raise Refusal(mark("The file is binary: save the vectors as text."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(
            mark("The file is not text in UTF-8: it may be a binary one; save the vectors as text.")
        ) from None
    lines = _lines(text)
    first = next(lines, None)
    if first is None:
        raise Refusal(mark("The file is empty."))
    head = _head(first.text)
    if head is None:
        dimension = len(first.text.split()) - 1
    else:
        dimension = head.dimension
        first = next(lines, None)
        if first is None:
            raise Refusal(mark("The file has a first line but no vectors."))
    if not DIMENSIONS[0] <= dimension <= DIMENSIONS[1]:
        raise Refusal(
            mark("Line {line} has {given} numbers after its word; vectors have {low} to {high}."),
            line=first.number,
            given=max(dimension, 0),
            low=DIMENSIONS[0],
            high=DIMENSIONS[1],
        )
    found, rest = _vectors(first, lines, dimension)
    if head is not None and head.words != len(found) + rest:
        raise Refusal(
            mark("The first line promises {promised} words; there are {given}."),
            promised=head.words,
            given=len(found) + rest,
        )
    if len(found) < 3:
        raise Refusal(mark("The file has fewer than three words."))
    matrix = torch.from_numpy(np.stack(list(found.values())))
    return Vectors(list(found), matrix, "word2vec" if head else "glove", rest)


@dataclass(frozen=True)
class _Line:
    number: int
    text: str


@dataclass(frozen=True)
class _Head:
    words: int
    dimension: int


def _lines(text: str) -> Iterator[_Line]:
    """Lines that hold something; a word may hold any space but these two ends of a line."""
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r ")
        if line:
            yield _Line(number, line)


def _head(line: str) -> _Head | None:
    parts = line.split()
    if len(parts) == 2 and all(part.isascii() and part.isdigit() for part in parts):
        return _Head(int(parts[0][:12]), int(parts[1][:12]))
    return None


def _vectors(
    first: _Line, lines: Iterator[_Line], dimension: int
) -> tuple[dict[str, np.ndarray[Any, np.dtype[np.float32]]], int]:
    """Vectors by word, and how many further words there are (twice the same word among them)."""
    found: dict[str, np.ndarray[Any, np.dtype[np.float32]]] = {}
    rest = 0
    line: _Line | None = first
    while line is not None:
        if len(found) >= MAX_FILE_WORDS:
            rest += 1
        else:
            word, vector = _vector(line, dimension)
            rest += word in found
            found.setdefault(word, vector)
        line = next(lines, None)
    return found, rest


def _vector(line: _Line, dimension: int) -> tuple[str, np.ndarray[Any, np.dtype[np.float32]]]:
    word, *numbers = line.text.rsplit(None, dimension)
    if len(numbers) != dimension or (len(word) > MAX_LETTERS):
        count = len(line.text.split()) - 1
        raise Refusal(
            mark("Line {line} has {given} numbers after its word; the lines before have {wanted}."),
            line=line.number,
            given=count,
            wanted=dimension,
        )
    try:
        vector = np.array(numbers, np.float32)
    except ValueError:
        raise Refusal(
            mark("Line {line} does not hold a word and {wanted} numbers."),
            line=line.number,
            wanted=dimension,
        ) from None
    if not np.isfinite(vector).all():
        raise Refusal(
            mark("Line {line} holds a number that is infinite or none."), line=line.number
        )
    # With more fields than fit, the last of them would be taken for numbers of a longer word.
    tail = word.rsplit(None, 1)[1:]
    if tail and _is_number(tail[0]):
        raise Refusal(
            mark("Line {line} has {given} numbers after its word; the lines before have {wanted}."),
            line=line.number,
            given=len(line.text.split()) - 1,
            wanted=dimension,
        )
    return word, vector


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def folder() -> Path:
    """The folder of the files that visitors may choose."""
    return Path(os.environ.get(FOLDER) or Path(__file__).parents[3] / "data" / "vectors")


def shelf() -> list[str]:
    """Names of the files there."""
    try:
        found = [path.name for path in folder().iterdir() if _may(path)]
    except OSError:
        return []
    return sorted(found)


def content(name: str) -> bytes:
    """A file of the shelf; no other file of the server can be asked for.

    Raises:
        ValueError: there is none of this name, or it is too large.
        OSError: it cannot be read.
    """
    if name not in shelf():
        raise Refusal(mark("There is no such file of vectors."))
    path = folder() / name
    if path.stat().st_size > MAX_FILE_BYTES:
        raise Refusal(mark("The file is larger than {most} MB."), most=MAX_FILE_BYTES >> 20)
    return path.read_bytes()


def _may(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in _ENDINGS and not path.name.startswith(".")
