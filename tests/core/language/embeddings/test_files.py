"""Vectors from elsewhere: both formats, and everything that a file can be instead."""

from __future__ import annotations

import gzip
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.language.embeddings import files

GLOVE = "king 1 1 0\nman 1 0 0\nwoman 0 0 1\nqueen 0 1 1\nthe -1 -1 -1\n"
WORD2VEC = "5 3\n" + GLOVE


@pytest.mark.parametrize(("text", "kind"), [(GLOVE, "glove"), (WORD2VEC, "word2vec")])
def test_both_formats_are_read_and_asked(text: str, kind: str) -> None:
    found = files.read(text.replace("\n", " \r\n").encode("utf-8-sig"))
    about = {"words": 5, "dimension": 3, "kind": kind, "dropped": 0}
    assert found.about() == about | {"notes": vars(files.Notes())}
    assert found.near("King ", 2)[0][0] in ("man", "queen")
    answers = found.analogy("king", "man", "woman")
    assert answers["excluding"][0][0] == "queen"
    assert {"king", "woman"} & {word for word, _ in answers["including"]}
    assert len(found.plane(["king", "man", "the"])) == 3
    with pytest.raises(ValueError, match="zebra is not in this file"):
        found.near("zebra")


def test_words_with_a_space_and_words_that_come_twice() -> None:
    found = files.read(b"nan 1 2\n. . . 3 4\nnew york 5 6\nnan 7 8\n\n")
    assert found.words == ("nan", ". . .", "new york")
    assert found.dropped == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"5 3\n", "no vectors"),
        (b"king 1 2 3\nman 1 2\nwoman 1 2 3\n", "Line 2"),
        (b"king 1 2 3\nman 1 2 3 4\nwoman 1 2 3\n", "Line 2"),
        (b"king 1 2 3\nman 1 x 3\n", "Line 2 does not hold a word and 3 numbers"),
        (b"king 1 2 3\nman 1 nan 3\n", "infinite or none"),
        (b"king 1 2 3\nman 1 2 3\nwoman 1 2 3\nqueen 1 2\n", "Line 4 has 2 numbers"),
        (b"3 99999\nking one two\n", "2 to 1,000"),
        (b"king\nman\nwoman\n", "Line 1 has 0 numbers"),
        (b"king 1 2\nman 2 1\n", "fewer than three"),
        (b"\x1f\x8b\x08rest", "packed file is damaged"),
        (b"PK\x03\x04", "packed: unpack it first"),
        (b"3 2\nking \x00\x00\x80\x3f", "binary"),
        (b"3 2\nking \xff\xfe\xfd", "UTF-8"),
        *((begin + b"rest", "packed: unpack it first") for begin in (b"BZh9", b"\xfd7zXZ\0")),
        (gzip.compress(gzip.compress(GLOVE.encode(), mtime=0), mtime=0), "packed: unpack it first"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "git lfs pull"),
        (b'{"king": [1, 1, 0],\n "man": [1, 0, 0]}', "The file is JSON"),
        (b"king 0x1 2 3\nman 1 2 3\nwoman 1 2 3\n", "Line 1 does not hold a word and 3 numbers"),
        (b"5 3 1\nking 1 2 3\nman 1 2 3\n", "Line 1 has 2 numbers"),
        (b"king 1e39 1 1\nman 1 2 3\n", "infinite or none"),
        (b"1.0 2.0 3.0\n2.0 3.0 4.0\n4.5 5.0 6.0\n", "only numbers in the file"),
        (b"a 1 2\n" + b"b" * 201 + b" 1 2\n", "Line 2 begins with a word of more than 200"),
        (b"# A page of prose\nthat goes on and on.\n", "Line 1"),
    ],
)
def test_other_files_are_refused_with_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said) as caught:
        files.read(content)
    assert str(caught.value).endswith(".")


def test_too_large_a_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 1 << 20)
    with pytest.raises(ValueError, match="1 MB"):
        files.read(b"a" * (1 << 20) + b"a")
    monkeypatch.setattr(files, "MAX_FILE_WORDS", 3)
    found = files.read(WORD2VEC.encode())
    assert found.words == ("king", "man", "woman")
    assert found.dropped == 2


MANY = "\n".join(f"word{n} {n}.5 1.25 {n % 7}" for n in range(40))


@pytest.mark.parametrize(
    ("content", "words", "notes"),
    [
        (f"2000000 3\n{MANY}\n", 40, {"promised": 2_000_000}),
        (f"39 3\n{MANY}\n", 40, {"promised": 39}),
        (f"40 300\n{MANY}\n", 40, {"promised_numbers": 300}),
        (f"40 2\n{MANY}\n", 40, {"promised_numbers": 2}),
        (f"40 3\n{MANY}", 40, {}),
        (f"2000000 3\n{MANY}", 39, {"promised": 2_000_000, "cut": True}),
        (f"{MANY}\nlast 1.5 2", 40, {"cut": True}),
        (f"{MANY}\nlas", 40, {"cut": True}),
        (f"{MANY}\nlast 1.5 2 -", 40, {"cut": True}),
        (f"{MANY}\nsp\udcffam 1 2 3\n", 41, {"broken": 1}),
    ],
)
def test_a_file_that_was_cut_or_is_slightly_wrong_is_read_and_says_so(
    content: str, words: int, notes: dict[str, int]
) -> None:
    raw = content.encode("utf-8", "surrogateescape")
    for written in (raw, gzip.compress(raw, mtime=0)):
        found = files.read(written)
        assert len(found.words) == words and found.matrix.shape[1] == 3
        assert vars(found.notes) == vars(files.Notes()) | notes


def test_a_korean_file_from_before_unicode_is_read_and_says_so() -> None:
    """Also where it was cut within a syllable, and where most of its words are English."""
    korean = "".join(f"낱말{n} {n}.5 1.25 {n * 7919 % 1000}\n" for n in range(40)).encode("cp949")
    cut = korean + "끝".encode("cp949")[:1]
    for written in (korean, b"40 3\n" + korean, gzip.compress(korean, mtime=0), cut):
        found = files.read(written)
        assert found.words[:2] == ("낱말0", "낱말1") and found.notes.encoding == "cp949"
        assert len(found.words) == 40
    few = files.read(f"{MANY}\n왕 1 2 3\n여왕 2 3 4\n".encode("cp949"))
    assert few.words[-2:] == ("왕", "여왕") and few.notes.encoding == "cp949"
    told = files.read(f"{MANY}\n왕 1 2 3\n".encode())
    assert not told.notes.encoding and not told.encodings


OLD = {
    "cp1252": "Größe über Straße façade naïve",
    "cp1251": "слово дерево вода небо",
    "cp932": "言葉 ことば 世界 日本",
    "gb18030": "词语 世界 水 天空 树",
}


@pytest.mark.parametrize("encoding", OLD)
@pytest.mark.parametrize("english", ["", MANY])
def test_a_file_from_before_unicode_can_be_read_in_its_own_encoding(
    encoding: str, english: str
) -> None:
    """Which one nobody can tell by a few words: one is taken and said, the others are offered."""
    words = OLD[encoding].split()
    lines = "".join(f"\n{word} {n}.5 1.25 {n * 7 % 5}" for n, word in enumerate(words))
    written = f"{english}{lines}\n".lstrip().encode(encoding)
    found = files.read(written)
    assert encoding in found.encodings and "utf-8-sig" in found.encodings
    assert found.notes.encoding == found.encodings[0].replace("utf-8-sig", "")
    for packed in (written, gzip.compress(written, mtime=0)):
        chosen = files.read(packed, encoding)
        assert chosen.words[-len(words) :] == tuple(words)
        assert chosen.notes.encoding == encoding and not chosen.notes.broken
    if encoding == "cp1252":
        assert found.words == chosen.words


def test_an_encoding_that_does_not_fit_is_not_taken() -> None:
    korean = "낱말 1 2 3\n사람 2 3 1\n나무 3 1 2\n".encode("cp949")
    assert files.read(korean, "koi8_r").words  # any bytes are letters there
    assert files.read(korean, "ascii").notes.encoding == "cp949"
    damaged = files.read(f"{MANY}\nsp\udcffam 1 2 3\n".encode("utf-8", "surrogateescape"))
    assert damaged.encodings[0] == "utf-8-sig" and damaged.notes.broken == 1


def test_the_surrogates_of_a_known_file_are_one_word_of_many() -> None:
    found = files.read(MANY.encode() + b"\n\xed\xa0\x80\xb0 1 2 3\n")
    assert found.notes.broken == 1 and "\ufffd" in found.words[-1]


def test_a_packed_file_is_read_as_far_as_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    long = "".join(f"word{n} {n}.5 1.25 {n * 7919 % 1000}\n" for n in range(20_000)).encode()
    packed = gzip.compress(long, mtime=0)
    found = files.read(packed[: len(packed) // 2])
    assert 3 < len(found.words) < 20_000
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 100_000)
    found = files.read(gzip.compress(b"word 1 2 3\n" * 3 + long[:200_000], mtime=0)[:100_000])
    assert found.matrix.isfinite().all() and not found.notes.cut


def test_a_file_of_utf_16_is_read() -> None:
    assert len(files.read(MANY.encode("utf-16")).words) == 40


SAME = files.read(GLOVE.encode())


COMMAS = GLOVE.replace("1", "1,0")


@pytest.mark.parametrize(
    "text",
    [
        GLOVE.replace("\n", "\r"),
        GLOVE.replace(" ", "\t"),
        GLOVE.replace(" ", ","),
        GLOVE.replace(" ", ", "),
        '"' + GLOVE.replace(" ", ",").replace("king", 'king"'),
        "word,x,y,z\n" + GLOVE.replace(" ", ","),
        re.sub(r"(?m)^(\w+)", r'"\1"', GLOVE),
        "word;x;y;z\n" + COMMAS.replace(" ", ";"),
        COMMAS,
        COMMAS.replace(" ", "\t"),
        "# made by us\n" + GLOVE,
        "2,000 3\n" + GLOVE,
        ",0,1,2\n" + GLOVE.replace(" ", ","),
        ",word,0,1,2\n"
        + "".join(f"{n},{line}\n" for n, line in enumerate(GLOVE.replace(" ", ",").splitlines())),
    ],
)
def test_a_table_of_a_program_is_read_as_vectors(text: str) -> None:
    found = files.read(text.encode())
    assert found.words == SAME.words and found.matrix.equal(SAME.matrix)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a 900 .1 .2\nb 80 .3 .1\nc 7 .5 .9\n", "The first number on each line is whole"),
        ("a,0,25,-0,05\nb,0,10,1,20\nc,1,00,0,31\n", "A comma may part the numbers here or mark"),
        ("a .1 .2\n .3 .4\nb .5 .6\n .7 .8\nc .9 1\n .2 .3\n", "Line 4 begins with a blank"),
        ("a .1 .2\nb 1_0 .2\nc .3 .1\n", "Line 2 does not hold a word and 2 numbers"),
    ],
)
def test_what_may_be_other_numbers_is_not_guessed(text: str, says: str) -> None:
    """A column of counts, decimal commas between commas, lines that were wrapped."""
    with pytest.raises(ValueError, match=says):
        files.read(text.encode())


def test_words_may_be_numbers() -> None:
    assert files.read(b"1990 .1 .2\n1991 .2 .3\n1992 .3 .1\n").words == ("1990", "1991", "1992")
    assert files.read(b"3.5 .1 .2\n7 .2 .3\nof .3 .1\n").words == ("3.5", "7", "of")


@pytest.mark.parametrize("text", ["a 0 1\nb 1 0\nc 1 1\n", "a,1,0\nb,12,2\nc,3,10\n"])
def test_vectors_of_whole_numbers_are_vectors(text: str) -> None:
    assert files.read(text.encode()).words == ("a", "b", "c")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_words_are_the_same_in_each_unicode(encoding: str) -> None:
    """A Mac writes Hangul in parts; whoever types it does not."""
    text = unicodedata.normalize("NFD", GLOVE.replace("king", "왕"))
    assert files.read(text.encode(encoding)).near("왕")


def test_a_word_may_be_a_space_and_hold_any_other() -> None:
    found = files.read("\u00a0 .1 2\nnew\u2028york 3 4\nthe 5 6\n".encode())
    assert found.words == ("\u00a0", "new\u2028york", "the")


def test_the_length_of_a_vector_does_not_matter_and_none_is_said() -> None:
    found = files.read(f"{GLOVE}small 1e-30 1e-30 0\nlarge 3e38 3e38 0\nno 0 0 0\n".encode())
    king = found.matrix[found.look_up("king")]
    for word in ("small", "large"):
        assert found.matrix[found.look_up(word)].allclose(king)
    assert len(found.plane(["king", "no"])) == 2
    with pytest.raises(ValueError, match="All numbers of no are 0"):
        found.near("no")


def test_a_long_line_without_an_end_is_not_an_empty_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 1 << 16)
    with pytest.raises(ValueError, match="Line 1 has 0 numbers"):
        files.read(gzip.compress(b"a" * (1 << 17), mtime=0))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60) | st.text("a1 .-\n", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        found = files.read(content)
    except ValueError:
        return
    assert found.matrix.isfinite().all()
    assert len(found.words) >= 3


def test_only_files_of_the_shelf_can_be_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = tmp_path / "shelf"
    monkeypatch.setenv(files.FOLDER, str(shelf))
    assert files.shelf() == []
    shelf.mkdir()
    (tmp_path / "secret.txt").write_text(GLOVE)
    for name in ("a.txt", "b.vec", "c.py", ".d.txt"):
        (shelf / name).write_text(GLOVE)
    assert files.shelf() == ["a.txt", "b.vec"]
    assert len(files.read(files.content("a.txt")).words) == 5
    for name in ("../secret.txt", str(tmp_path / "secret.txt"), "c.py", ".d.txt", ""):
        with pytest.raises(ValueError, match="no such file"):
            files.content(name)
