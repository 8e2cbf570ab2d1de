"""Sentences: grammatical, labelled by the adjective, and nothing held out is ever learnt from."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.attention.trained.sentences.grammar import (
    HELD_OUT,
    VOCABULARIES,
    Batch,
    like,
    pairs,
    sample,
)
from core.attention.trained.sentences.vocabulary import GROUPS, LANGUAGES, Group, Language
from core.korean import particles

BOTH = pytest.mark.parametrize("language", LANGUAGES)


def _sample(language: Language, kind: str = "learning", count: int = 4_000, seed: int = 1) -> Batch:
    generator = torch.Generator().manual_seed(seed)
    return sample(count, generator, kind, language)  # type: ignore[arg-type]


def _group(language: Language, thing: str) -> Group:
    return next(group for group in GROUPS if thing in VOCABULARIES[language].things[group])


def _read(batch: Batch) -> list[tuple[list[str], str, str, str]]:
    """Words, animal, thing, adjective, found in the text and not by the batch's own places."""
    found, words = [], VOCABULARIES[batch.language]
    things = words.candidates - set(words.animals)
    for text in batch.texts():
        sentence = text.split()
        animal = next(word for word in sentence if word in words.animals)
        thing = next(word for word in sentence if word in things)
        found.append((sentence, animal, thing, sentence[sentence.index(words.it) + 2]))
    return found


def _early(sentence: list[str]) -> bool:
    """Whether the reason comes before what it explains."""
    return sentence[0] in ("because", "since") or sentence[-2] in (
        *("서", "보여서"),
        *("이", "가"),
    )


@BOTH
def test_a_word_has_one_part_and_one_number(language: Language) -> None:
    words = VOCABULARIES[language]
    listed = [word for part in words.parts().values() for word in part]
    assert len(listed) == len(set(listed)) == len(words.words) - 2
    assert words.index["[PAD]"] == 0 and words.index["[MASK]"] == 1
    assert len(words.nouns) >= 80
    assert len({len(verbs) for verbs in words.verbs.values()}) == 1


@BOTH
def test_the_adjective_says_who_it_is(language: Language) -> None:
    batch, words = _sample(language), VOCABULARIES[language]
    for i, (sentence, animal, thing, adjective) in enumerate(_read(batch)):
        assert sentence[batch.it[i]] == words.it
        assert sentence[batch.animal[i]] == animal and sentence[batch.thing[i]] == thing
        if adjective in words.living:
            assert batch.share[i].tolist() == [1, 0] and batch.referent[i] == batch.animal[i]
        elif adjective in words.either:
            assert batch.share[i].tolist() == [0.5, 0.5]
        else:
            assert adjective in words.lifeless[_group(language, thing)]
            assert batch.share[i].tolist() == [0, 1] and batch.other[i] == batch.animal[i]


@BOTH
def test_order_and_reason_vary_so_that_a_place_gives_nothing_away(language: Language) -> None:
    batch = _sample(language)
    first = (batch.referent < batch.other).double().mean()
    assert 0.45 < first < 0.55
    early = sum(_early(text.split()) for text in batch.texts()) / len(batch)
    assert 0.2 < early < 0.5
    assert len({tuple(text.split()[:2]) for text in batch.texts()}) > 50
    assert len(VOCABULARIES[language].frames) == {"en": 18, "ko": 84}[language]


def test_no_korean_particle_gives_the_noun_away() -> None:
    batch = _sample("ko", count=20_000)
    texts, clear = batch.texts(), batch.share[:, 0] != 0.5
    after = [text.split() for text in texts]
    for particle in ("이", "가", "은", "는", "을", "를", "과", "와"):
        of_animal = [
            bool(batch.share[i, 0])
            for i, words in enumerate(after)
            if clear[i] and words[int(batch.animal[i]) + 1] == particle
        ]
        assert len(of_animal) > 200 and 0.4 < sum(of_animal) / len(of_animal) < 0.6, particle
    assert {words[int(batch.it[i]) + 1] for i, words in enumerate(after)} == {"이"}


def test_korean_particles_fit_their_nouns() -> None:
    pairs_of = {"이": "이(가)", "가": "이(가)", "은": "은(는)", "는": "은(는)", "을": "을(를)"}
    pairs_of |= {"를": "을(를)", "과": "과(와)", "와": "과(와)"}
    nouns = VOCABULARIES["ko"].nouns
    for text in _sample("ko").texts():
        sentence = text.split()
        for noun, particle in zip(sentence, sentence[1:], strict=False):
            if noun in nouns and particle in pairs_of:
                assert particles(noun + pairs_of[particle]) == noun + particle


@BOTH
def test_nothing_held_out_is_learnt_from(language: Language) -> None:
    words = VOCABULARIES[language]
    for sentence, animal, thing, adjective in _read(_sample(language, count=8_000)):
        kept = pairs(True, language)[_group(language, thing)].tolist()
        assert [words.index[animal], words.index[thing]] not in kept
        if adjective in words.late:
            assert _early(sentence)


@BOTH
def test_held_out_sentences_are_held_out(language: Language) -> None:
    words, batch = VOCABULARIES[language], _sample(language, "pairs")
    assert set(batch.share.flatten().tolist()) == {0, 1}
    for _, animal, thing, adjective in _read(batch):
        group = _group(language, thing)
        assert [words.index[animal], words.index[thing]] in pairs(True, language)[group].tolist()
        assert adjective not in words.late
    for sentence, animal, thing, adjective in _read(_sample(language, "adjectives")):
        assert adjective in words.late
        assert not _early(sentence)
        group = _group(language, thing)
        assert [words.index[animal], words.index[thing]] in pairs(False, language)[group].tolist()


@BOTH
def test_a_fifth_of_the_pairs_is_held_out_and_every_noun_is_known(language: Language) -> None:
    words = VOCABULARIES[language]
    for group in GROUPS:
        out, known = pairs(True, language)[group], pairs(False, language)[group]
        every = len(words.animals) * len(words.things[group])
        assert len(out) + len(known) == every
        assert abs(len(out) / every - HELD_OUT) < 0.01
        assert len(torch.cat([out, known]).unique(dim=0)) == every
        assert len(known[:, 0].unique()) == len(words.animals)
        assert len(known[:, 1].unique()) == len(words.things[group])


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 70),
    st.integers(0, 2**31),
    st.sampled_from(["learning", "pairs"]),
    st.sampled_from(LANGUAGES),
)
def test_the_seed_makes_the_sentences(count: int, seed: int, kind: str, language: Language) -> None:
    first, again = _sample(language, kind, count, seed), _sample(language, kind, count, seed)
    assert len(first) == count
    assert torch.equal(first.ids, again.ids) and torch.equal(first.share, again.share)
    lengths = (first.ids != 0).sum(1)
    assert all((row[:n] != 0).all() for row, n in zip(first.ids, lengths, strict=True))


@BOTH
@pytest.mark.parametrize("kind", ["learning", "pairs", "adjectives"])
def test_what_the_grammar_makes_is_like_it(language: Language, kind: str) -> None:
    assert all(like(text.split(), language) for text in _sample(language, kind, 300).texts())


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("the dog chased the cat because it was hungry", "en"),
        ("the cat sat on the mat because it was ripe", "en"),
        ("the cat sat on the mat", "en"),
        ("it was the teacher", "en"),
        ("고양이 가 개 을 밀었다 그것 이 피곤해 서였다", "ko"),
        ("고양이 가 공 를 밀었다 그것 이 피곤해 서였다", "ko"),
    ],
)
def test_other_sentences_of_known_words_are_not(sentence: str, language: Language) -> None:
    assert not like(sentence.split(), language)
