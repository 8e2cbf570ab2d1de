"""Vectors that were trained elsewhere: text files of word2vec (or fastText) and of GloVe.

Both have a word and its numbers on each line, parted by spaces; word2vec's begin with a line of two
whole numbers: how many words and how many numbers each. Such files have gigabytes, so people cut
them: what is there is read, and what the first line says otherwise is told.
"""

from __future__ import annotations

import codecs
import gzip
import io
import os
import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from pathlib import Path
from statistics import mode
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor

from core.encodings import UTF8, is_number, reading
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
_ENDINGS = (".txt", ".vec", ".gz", ".csv", ".tsv")
_PACKED = (b"PK", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd", b"\x1f\x8b", b"Rar!")
"""How files begin that other programs pack."""
_BROKEN_LINES = 0.1
"""Part of the lines that may hold bytes that are no letters; a file with more is something else."""

_STRANGE = re.compile(rb"[^\n]*[\x80-\xff][^\n]*\n")
"""A whole line that is not ASCII alone."""
_MANY_STRANGE, _FEW_STRANGE, _ALPHABETIC = 400, 3, 0.8
"""Such lines that are looked at; how many tell that they are words; the part of what is no ASCII
in them that has to be letters then."""

_FEW_LINES = 1 << 18
"""Characters in which the first lines end."""

Kind = Literal["word2vec", "glove"]

COUNTED = mark(
    "The first number on each line is whole and the others are not: if it counts the words, take "
    "that column out; if it belongs to the vectors, write it with a point."
)
COMMAS = mark(
    "A comma may part the numbers here or mark decimals: write spaces or semicolons between the "
    "numbers."
)


NO_WORDS = mark(
    "There are only numbers in the file: a word has to stand before those of each line."
)
LONG_WORD = mark("Line {line} begins with a word of more than {most} letters.")


@dataclass(frozen=True)
class Notes:
    """What was wrong with a file that could be read all the same.

    Attributes:
        promised: words that the first line promises, if there are others; else 0.
        promised_numbers: numbers a word that it promises, if there are others; else 0.
        broken: lines with bytes that are no letters; a mark stands for each.
        cut: whether the last line was cut short and is left out.
        encoding: that was taken, by its name in Python; "" where the file itself tells.
    """

    promised: int = 0
    promised_numbers: int = 0
    broken: int = 0
    cut: bool = False
    encoding: str = ""


class Vectors:
    """Words with their vectors. W words, D numbers each."""

    def __init__(
        self,
        words: Sequence[str],
        matrix: Tensor,
        kind: Kind,
        dropped: int = 0,
        notes: Notes | None = None,
        encodings: tuple[str, ...] = (),
    ) -> None:
        """Keep them, and their lengths brought to 1.

        Args:
            words: W different ones.
            matrix: (W, D) float32.
            kind: the format that they were in.
            dropped: words of the file that are not kept.
            notes: what was wrong with the file.
            encodings: all in which the file can be read, the one that was taken first; none where
                it tells itself.
        """
        self.words = tuple(words)
        largest = matrix.abs().amax(1, keepdim=True).double()
        self.matrix = unit(matrix / largest.clamp_min(torch.finfo(torch.float64).tiny))
        self.kind = kind
        self.dropped = dropped
        self.notes = notes or Notes()
        self.encodings = encodings
        self.index = {word: i for i, word in enumerate(self.words)}

    @property
    def size(self) -> int:
        """Bytes that it takes in memory; a word and its place in the index take about 200."""
        return self.matrix.nbytes + 200 * len(self.words)

    def look_up(self, word: str) -> int:
        """Place of a word as it is written, or else in lower case.

        Raises:
            ValueError: it is not there, or its vector is zero.
        """
        word = unicodedata.normalize("NFC", word.strip())
        index = self.index.get(word, self.index.get(word.lower()))
        if index is None:
            raise Refusal(mark("The word {word} is not in this file."), word=word[:24])
        if not self.matrix[index].any():
            raise Refusal(
                mark("All numbers of {word} are 0: such a vector has no direction."),
                word=word[:24],
            )
        return index

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
        points = self.matrix[[self.index[word] for word in words]]
        plane: list[list[float]] = principal(points, 2)(points).tolist()
        return plane

    def about(self) -> dict[str, Any]:
        """What the file held."""
        return {
            "words": len(self.words),
            "dimension": self.matrix.shape[1],
            "kind": self.kind,
            "dropped": self.dropped,
            "notes": vars(self.notes),
        }

    def _best(self, cosines: Tensor, count: int, without: Sequence[int]) -> list[tuple[str, float]]:
        best = similarity.best(cosines, count, without)
        return [(self.words[i], value) for i, value in best]


def read(content: bytes, encoding: str | None = None) -> Vectors:
    """The vectors of a file, packed by gzip or not.

    Args:
        content: of the file.
        encoding: of its letters, one of the file's `encodings`; without it the likeliest.

    Raises:
        ValueError: too large, binary, without vectors, or a line that does not fit; the sentence
            names the line.
    """
    if len(content) > MAX_FILE_BYTES:
        raise Refusal(mark("The file is larger than {most} MB."), most=MAX_FILE_BYTES >> 20)
    if content[:2] == b"\x1f\x8b":
        content = _unpacked(content)
    if content.startswith(_PACKED):
        raise Refusal(mark("The file is packed: unpack it first."))
    if content.startswith(b"version https://git-lfs"):
        raise Refusal(
            mark("The file is a pointer of Git LFS, the vectors have not come: run git lfs pull.")
        )
    text, broken, encodings = _decoded(content, encoding)
    if "\n" not in text:
        text = text.replace("\r", "\n")
    last = text.count("\n") + 1 if text and not text.endswith("\n") else 0
    written = _written(text)
    lines = _lines(text)
    first = next(lines, None)
    if first is None:
        raise Refusal(mark("The file is empty."))
    head = _head(first.text)
    if head is not None:
        first = next(lines, None)
        if first is None:
            raise Refusal(mark("The file has a first line but no vectors."))
    elif written.titled:
        first = next(lines)
    dimension = _dimension(first, head, written)
    if not dimension and text.lstrip()[:1] in ("{", "["):
        raise Refusal(
            mark("The file is JSON: save the vectors as text, a word and its numbers on each line.")
        )
    if not DIMENSIONS[0] <= dimension <= DIMENSIONS[1]:
        raise Refusal(
            mark("Line {line} has {given} numbers after its word; vectors have {low} to {high}."),
            line=first.number,
            given=max(dimension, 0),
            low=DIMENSIONS[0],
            high=DIMENSIONS[1],
        )
    by_word, rest, cut = _vectors(first, lines, dimension, last, written)
    promised = head.words if head and head.words != len(by_word) + rest else 0
    if promised > len(by_word) + rest and last and not cut and not rest and len(by_word) > 1:
        by_word.popitem()  # nobody knows whether its last number is all there
        cut = True
    if len(by_word) < 3:
        raise Refusal(mark("The file has fewer than three words."))
    if all(map(is_number, by_word)) and not all(map(str.isdecimal, by_word)):
        raise Refusal(NO_WORDS)
    matrix = torch.from_numpy(np.stack(list(by_word.values())))
    numbers = head.dimension if head and head.dimension != dimension else 0
    taken = encodings[0] if encodings else ""
    notes = Notes(promised, numbers, broken, cut, "" if taken == UTF8 else taken)
    kind: Kind = "word2vec" if head else "glove"
    return Vectors(_unquoted([*by_word]), matrix, kind, rest, notes, encodings)


def _unquoted(words: list[str]) -> list[str]:
    """Words without the quotes that R writes around each of them."""
    quoted = all(len(word) > 2 and word[0] == word[-1] == '"' for word in words)
    return [word[1:-1] for word in words] if quoted else words


def _unpacked(content: bytes) -> bytes:
    """The first bytes of a file packed by gzip, up to a whole line where there are more.

    Raises:
        Refusal: it is damaged from its beginning.
    """
    parts: list[bytes] = []
    size = 0
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
        try:
            while size <= MAX_FILE_BYTES and (part := packed.read1(1 << 20)):
                parts.append(part)
                size += len(part)
        except (EOFError, OSError, zlib.error):  # cut short: what has come is whole
            if not parts:
                raise Refusal(mark("The packed file is damaged.")) from None
    return _begun(b"".join(parts))


def _begun(content: bytes) -> bytes:
    """Whole lines of a file that may be longer than is read."""
    if len(content) <= MAX_FILE_BYTES:
        return content
    return content[: content.rfind(b"\n", 0, MAX_FILE_BYTES) + 1] or content[:MAX_FILE_BYTES]


def _decoded(content: bytes, wanted: str | None) -> tuple[str, int, tuple[str, ...]]:
    """The text, in how many lines bytes that are no letters were replaced, and its encodings.

    They are all in which it can be read, the one that was taken first; none where the file tells.
    """
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return content.decode("utf-32", errors="replace"), 0, ()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace"), 0, ()
    if b"\0" in content:
        found = reading(content)
        if found is None:
            raise Refusal(mark("The file is binary: save the vectors as text."))
        return found.text, 0, ()
    try:
        return content.decode("utf-8-sig"), 0, ()
    except UnicodeDecodeError:
        encodings = _encodings(content)
    if wanted in encodings:
        encodings = (wanted, *(each for each in encodings if each != wanted))
    text, broken, most = _replaced(content, encodings[0] if encodings else UTF8)
    guessed = encodings[:1] == (UTF8,) != (wanted,) and len(encodings) > 1
    if broken > most and broken >= _FEW_STRANGE and guessed:
        encodings = (*encodings[1:], UTF8)
        text, broken, most = _replaced(content, encodings[0])
    if broken > most:
        raise Refusal(
            mark("The file is not text in UTF-8: it may be a binary one; save the vectors as text.")
        )
    return text, broken, encodings


def _replaced(content: bytes, encoding: str) -> tuple[str, int, float]:
    """The text, how many lines hold what is no letter in an encoding, and how many may."""
    text = content.decode(encoding, errors="replace")
    lines = text.split("\n")
    return text, sum("\ufffd" in line for line in lines), _BROKEN_LINES * len(lines)


def _encodings(content: bytes) -> tuple[str, ...]:
    """In which a file can be read that is not UTF-8 throughout, the likeliest first.

    A few bytes that are no letters make no other encoding of it; letters of another language do.
    """
    lines = (line.group() for line in _STRANGE.finditer(content))
    strange = b"".join(islice(lines, _MANY_STRANGE)) or content
    found = reading(strange)
    if found is None or not found.encoding:
        return ()
    letters = [each for each in found.text if not each.isascii()]
    alphabetic = sum(map(str.isalpha, letters))
    few = strange.count(b"\n") < _FEW_STRANGE or alphabetic < _ALPHABETIC * len(letters)
    if few and found.encoding != "cp949":
        return (UTF8, *found.encodings)
    return (*found.encodings, UTF8)


@dataclass(frozen=True)
class _Line:
    number: int
    text: str


@dataclass(frozen=True)
class _Written:
    """How the fields of a line are parted.

    Attributes:
        separator: None for spaces and tabs.
        comma: whether numbers have decimal commas.
        titled: whether a first line names the columns, or is a comment.
        dimension: numbers that most of the first lines have.
    """

    separator: str | None = None
    comma: bool = False
    titled: bool = False
    dimension: int = 0

    def numbers(self, line: str) -> int:
        """How many numbers stand behind the word of a line."""
        fields = line.split(self.separator)
        if len(fields) > DIMENSIONS[1] + MAX_LETTERS:
            return len(fields) - 1
        behind = fields if self.blank(line) else fields[1:]
        return sum(1 for _ in takewhile(is_number, map(self.plain, reversed(behind))))

    def counts(self, line: str) -> bool:
        """Whether a first line numbers the columns, as pandas does."""
        name, *rest = line.split(self.separator or "\t")
        named = [field for field in rest if field.isdecimal()]
        return name.lower() in ("", "word", "token") and named in (
            [str(n) for n in range(len(named))],
            [str(n + 1) for n in range(len(named))],
        )

    def check(self, lines: Sequence[str], dimension: int) -> None:
        """Refuse what may be other numbers than it seems.

        Raises:
            Refusal: a first column may count the words, or commas may mark decimals.
        """
        tails = [line.split(self.separator)[-dimension:] for line in lines]
        tails = [tail for tail in tails if len(tail) == dimension]
        whole = [
            [re.fullmatch(r"[+-]?\d+", number.strip()) is not None for number in tail]
            for tail in tails
        ]
        if len(tails) > 1 and all(each[0] and not any(each[1:]) for each in whole):
            raise Refusal(COUNTED)
        if self.separator == "," and all(map(all, whole)) and dimension % 2 == 0:
            before = [number.strip() for tail in tails for number in tail[::2]]
            behind = [number.strip() for tail in tails for number in tail[1::2]]
            zeros = "-0" in before or any(re.match(r"0\d", number) for number in behind)
            if zeros and all(number.isdecimal() for number in behind):
                raise Refusal(COMMAS)

    def blank(self, line: str) -> bool:
        """Whether a line may begin with a word that is itself a space, of which there are many."""
        return self.separator is None and line[0].isspace()

    def plain(self, number: str) -> str:
        decimal = self.comma and not number.endswith(",")
        return number.replace(",", ".") if decimal else number


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


def _written(text: str) -> _Written:
    """How a file is written, by its first lines: as word2vec does, or as a table of a program."""
    begin = text[:_FEW_LINES]
    if len(begin) < len(text) and "\n" in begin:
        begin = begin[: begin.rfind("\n")]
    lines = [line.text for line in islice(_lines(begin), 5)]
    if lines and _head(lines[0]):
        del lines[0]
    ways = [_Written(), _Written(comma=True), _Written(";", comma=True), _Written(",")]
    for way in ways:
        counts = [way.numbers(line) for line in lines]
        titled = len(counts) > 1 and (counts[0] < DIMENSIONS[0] or way.counts(lines[0]))
        usual = mode(counts[titled:] or [0])
        if usual >= DIMENSIONS[0]:
            way.check(lines[titled:], usual)
            return replace(way, titled=titled, dimension=usual)
    return _Written()


def _dimension(first: _Line, head: _Head | None, written: _Written) -> int:
    """Numbers after the word of a line; what the head says where a word has spaces."""
    if head is None and 0 < written.dimension <= DIMENSIONS[1]:
        return written.dimension
    if head is None:
        return written.numbers(first.text)
    return written.numbers(first.text) or head.dimension


def _vectors(
    first: _Line, lines: Iterator[_Line], dimension: int, last: int, written: _Written
) -> tuple[dict[str, np.ndarray[Any, np.dtype[np.float32]]], int, bool]:
    """Vectors by word, how many further words there are, and whether the last line was cut.

    A word that comes twice counts as a further one. A line without an end may be cut short.
    """
    by_word: dict[str, np.ndarray[Any, np.dtype[np.float32]]] = {}
    rest = 0
    line: _Line | None = first
    while line is not None:
        if len(by_word) >= MAX_FILE_WORDS:
            rest += 1
        else:
            try:
                word, vector = _vector(line, dimension, written)
            except Refusal:
                if line.number == last:
                    return by_word, rest, True
                raise
            if word in by_word and word.isspace():
                raise Refusal(
                    mark("Line {line} begins with a blank: a word and its numbers are one line."),
                    line=line.number,
                )
            rest += word in by_word
            by_word.setdefault(word, vector)
        line = next(lines, None)
    return by_word, rest, False


def _vector(
    line: _Line, dimension: int, written: _Written
) -> tuple[str, np.ndarray[Any, np.dtype[np.float32]]]:
    word, *numbers = line.text.rsplit(written.separator, dimension)
    if len(numbers) == dimension - 1 and written.blank(line.text):
        numbers = [word, *numbers]
        word = line.text[: len(line.text) - len(line.text.lstrip())]
        word = word[:-1] or word
    count = len(line.text.split(written.separator)) - 1
    if len(numbers) != dimension:
        raise _other(line, count, dimension)
    if len(word) > MAX_LETTERS:
        raise Refusal(LONG_WORD, line=line.number, most=MAX_LETTERS)
    try:
        vector = np.array([written.plain(number) for number in numbers], np.float64)
        if "_" in line.text[len(word) :]:
            raise ValueError  # Python's own way to write a number
    except ValueError:
        raise Refusal(
            mark("Line {line} does not hold a word and {wanted} numbers."),
            line=line.number,
            wanted=dimension,
        ) from None
    if not (np.abs(vector) <= np.finfo(np.float32).max).all():  # nor is NaN
        raise Refusal(
            mark("Line {line} holds a number that is infinite or none."), line=line.number
        )
    # With more fields than fit, the last of them would be taken for numbers of a longer word.
    tail = word.rsplit(written.separator, 1)[1:]
    if tail and is_number(written.plain(tail[0])):
        raise _other(line, count, dimension)
    if written.separator:  # rows may be numbered, as pandas numbers them
        word = re.sub(rf"^(?:\d*{written.separator})+(?=.)", "", word).strip().strip('"')
    return unicodedata.normalize("NFC", word), vector.astype(np.float32)


def _other(line: _Line, count: int, dimension: int) -> Refusal:
    return Refusal(
        mark("Line {line} has {given} numbers after its word; the others have {wanted}."),
        line=line.number,
        given=count,
        wanted=dimension,
    )


def folder() -> Path:
    """The folder of the files that visitors may choose."""
    return Path(os.environ.get(FOLDER) or Path(__file__).parents[3] / "data" / "vectors")


def shelf() -> list[str]:
    """Names of the files there."""
    try:
        names = [path.name for path in folder().iterdir() if _may(path)]
    except OSError:
        return []
    return sorted(names)


def content(name: str) -> bytes:
    """A file of the shelf, as far as it is read; no other file of the server can be asked for.

    Raises:
        ValueError: there is none of this name.
        OSError: it cannot be read.
    """
    if name not in shelf():
        raise Refusal(mark("There is no such file of vectors."))
    with (folder() / name).open("rb") as file:
        found = file.read(MAX_FILE_BYTES + 1)
    if found[:2] == b"\x1f\x8b":
        return found[:MAX_FILE_BYTES]
    return _begun(found)


def _may(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in _ENDINGS and not path.name.startswith(".")
