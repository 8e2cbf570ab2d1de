"""Sentences with a memory: exact distances, fair chances, words that are known."""

from __future__ import annotations

from collections import Counter

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.recurrent.words.sentences import (
    FARTHEST,
    GRAMMARS,
    LANGUAGES,
    Language,
    batch,
    encode,
    sentence,
    vocabulary,
)


@given(st.sampled_from(LANGUAGES), st.data())
def test_the_answer_follows_the_name_at_the_distance_that_was_asked_for(
    language: Language, data: st.DataObject
) -> None:
    grammar = GRAMMARS[language]
    name = data.draw(st.sampled_from(grammar.names))
    distance = data.draw(st.integers(grammar.nearest, FARTHEST))
    words = sentence(name, distance, language, data.draw(st.integers(0, 9999)))
    assert words.index(name) + distance == len(words) - 1
    assert words[-1] == grammar.professions[name]
    assert len(encode(words, language)) == len(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_the_name_one_of_six_guesses_is_right(language: Language) -> None:
    counts = Counter(GRAMMARS[language].professions.values())
    assert list(counts.values()) == [2] * 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_small_talk_gives_nobody_away(language: Language) -> None:
    grammar = GRAMMARS[language]
    talk = set(" ".join(grammar.talk).split())
    assert not talk & {*grammar.names, *grammar.answers}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_batch_holds_sentences_of_the_grammar(language: Language) -> None:
    grammar = GRAMMARS[language]
    words = list(vocabulary(language))
    drawn = batch(50, 9, language, torch.Generator().manual_seed(0))
    for row in drawn.tolist():
        said = [words[number] for number in row]
        name = said[len(grammar.head)]
        assert said[-1] == grammar.professions[name]
        assert len(said) - 1 - len(grammar.head) == 9
    assert len({tuple(row) for row in drawn.tolist()}) > 45


def test_an_unknown_word_is_met_with_near_ones() -> None:
    with pytest.raises(ValueError, match="Words near it: Conan"):
        encode(["Conann"], "en")
