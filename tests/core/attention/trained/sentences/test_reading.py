"""What is typed becomes words, or a sentence that says what is in the way."""

from __future__ import annotations

import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st

from core.attention.trained.sentences.grammar import sample
from core.attention.trained.sentences.reading import MAX_CHARACTERS, Unknown, near, part, read
from core.attention.trained.sentences.vocabulary import INDEX


def test_case_spaces_and_punctuation_do_not_matter() -> None:
    plain = read("the cat sat on the mat because it was tired")
    assert read("  The CAT  sat on\tthe mat, because it was “tired”!\n") == plain
    assert read("the cat — it") == ["the", "cat", "it"]
    assert read("the [MASK] sat") == ["the", "[MASK]", "sat"]


@pytest.mark.parametrize("text", ["", "   ", "...", "\u200b\u200e", "!?"])
def test_nothing_gets_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="Write a sentence"):
        read(text)


def test_limits() -> None:
    assert len(read("cat " * 64)) == 64
    with pytest.raises(ValueError, match="at most 64 words; this one has 65"):
        read("cat " * 65)
    with pytest.raises(ValueError, match=f"at most {MAX_CHARACTERS:,} characters"):
        read("cat " * 10_000)
    with pytest.raises(ValueError, match="is a text"):
        read(["the", "cat"])
    with pytest.raises(ValueError, match="fills up"):
        read("the [PAD] cat")


def test_an_unknown_word_comes_with_near_ones() -> None:
    with pytest.raises(Unknown, match=r"“kat” \(near it: .*cat") as caught:
        read("the kat sat on the matt")
    assert [stranger.word for stranger in caught.value.strangers] == ["kat", "matt"]
    assert "mat" in caught.value.strangers[1].near
    assert "cat" in near("cats")


@pytest.mark.parametrize(
    "text", ["the 🐈 sat", "<script>alert(1)</script>", "הקט ישב", "고양이가 앉았다", "a" * 1_999]
)
def test_strange_words_are_named_and_shortened(text: str) -> None:
    with pytest.raises(Unknown) as caught:
        read(text)
    assert all(len(stranger.word) <= 25 for stranger in caught.value.strangers)
    assert len(str(caught.value)) < 500


def test_many_unknown_words_are_counted() -> None:
    with pytest.raises(Unknown, match="17 more"):
        read(" ".join(f"zzz{i}" for i in range(20)))


@given(st.text(max_size=2_100))
@example("\ud800")
@example("ﬁ İ ß")
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    refusal = ""
    try:
        found = read(text)
    except ValueError as error:
        refusal = str(error)
    if refusal:
        assert refusal.endswith(".")
    else:
        assert 1 <= len(found) <= 64 and all(word in INDEX for word in found)


@given(st.integers(0, 10_000))
def test_every_sentence_of_the_grammar_is_read(seed: int) -> None:
    for text in sample(3, torch.Generator().manual_seed(seed)).texts():
        assert " ".join(read(text)) == text


def test_parts() -> None:
    parts = [part(word) for word in "the cat mat king it tired".split()]
    assert parts == ["other", "animal", "thing", "person", "it", "other"]
