"""Vectors from elsewhere: both formats, and everything that a file can be instead."""

from __future__ import annotations

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
    assert found.about() == {"words": 5, "dimension": 3, "kind": kind, "dropped": 0}
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
        (b"4 2\nking 1 2\nman 1 3\nwoman 1 4\n", "promises 4 words; there are 3"),
        (b"3 5\nking 1 2\nman 1 3\nwoman 1 4\n", "Line 2"),
        (b"3 99999\nking 1 2\n", "2 to 1,000"),
        (b"king\nman\nwoman\n", "Line 1 has 0 numbers"),
        (b"king 1 2\nman 2 1\n", "fewer than three"),
        (b"\x1f\x8b\x08rest", "packed"),
        (b"3 2\nking \x00\x00\x80\x3f", "binary"),
        (b"3 2\nking \xff\xfe\xfd", "UTF-8"),
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
