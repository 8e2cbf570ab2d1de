"""What is typed becomes words, or a sentence that says what is in the way."""

from __future__ import annotations

import unicodedata

import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st

from core.attention.trained.sentences.grammar import VOCABULARIES, sample
from core.attention.trained.sentences.reading import (
    MAX_CHARACTERS,
    Unknown,
    near,
    read,
    spelt,
    written,
)
from core.attention.trained.sentences.vocabulary import LANGUAGES, Language


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


@given(st.text(max_size=2_100), st.sampled_from(LANGUAGES))
@example("\ud800", "ko")
@example("ﬁ İ ß", "en")
@example("[MASK][MASK]가[", "ko")
def test_any_text_is_read_or_refused_in_a_sentence(text: str, language: Language) -> None:
    refusal = ""
    try:
        found = read(text, language)
    except ValueError as error:
        refusal = str(error)
    if refusal:
        assert refusal.endswith(".")
    else:
        assert 1 <= len(found) <= 64 and all(word in VOCABULARIES[language].index for word in found)


@given(st.integers(0, 10_000), st.sampled_from(LANGUAGES))
def test_every_sentence_of_the_grammar_is_read(seed: int, language: Language) -> None:
    for text in sample(3, torch.Generator().manual_seed(seed), language=language).texts():
        words = text.split()
        assert read(text, language) == words
        assert read(written(words, language), language) == words


def test_korean_is_read_as_it_is_written() -> None:
    words = "고양이 가 매트 위에 앉았다 그것 이 피곤해 서였다".split()
    for text in ("고양이가 매트 위에 앉았다. 그것이 피곤해서였다.", " ".join(words)):
        assert read(text, "ko") == words
    decomposed = unicodedata.normalize("NFD", "고양이가 매트 위에 앉았다. 그것이 피곤해서였다!")
    assert read(decomposed, "ko") == words
    assert read("[MASK]가 매트 위에", "ko") == ["[MASK]", "가", "매트", "위에"]
    assert written(["고양이", "가", "[MASK]", "위에"], "ko") == "고양이가 [MASK] 위에"


def test_no_two_korean_readings_are_spelt_alike() -> None:
    korean = VOCABULARIES["ko"]
    assert all("".join(words) == text for text, words in spelt("ko").items())
    assert all(spelt("ko")[word] == (word,) for word in korean.words if word != "[PAD]")
    assert len(spelt("ko")) == len(set(spelt("ko").values()))


def test_an_unknown_korean_word_comes_with_near_ones() -> None:
    with pytest.raises(Unknown, match="“고양아가”") as caught:
        read("고양아가 매트 위에 앉았다", "ko")
    assert caught.value.strangers[0].near[0] == "고양이가"
    assert near("고양이을", "ko")[0] == "고양이를"  # a particle that does not fit
    assert all(word in spelt("ko") for word in near("피곤했다", "ko"))
    with pytest.raises(ValueError, match="고양이가 매트 위에"):
        read(" . ", "ko")


@pytest.mark.parametrize(
    ("sentence", "language"), [("the cat mat king it tired", "en"), ("개 매트 왕 그것 졸려", "ko")]
)
def test_parts(sentence: str, language: Language) -> None:
    parts = [VOCABULARIES[language].part(word) for word in sentence.split()]
    assert parts[-5:] == ["animal", "thing", "person", "it", "other"]
