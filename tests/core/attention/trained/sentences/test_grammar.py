"""Sentences: grammatical, labelled by the adjective, and nothing held out is ever learnt from."""

from __future__ import annotations

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.attention.trained.sentences import vocabulary as words
from core.attention.trained.sentences.grammar import FRAMES, HELD_OUT, Batch, pairs, sample
from core.attention.trained.sentences.vocabulary import GROUPS, INDEX, LATE_ADJECTIVES, VOCABULARY

ANIMALS = set(words.ANIMALS)
THINGS = {noun: group for group in GROUPS for noun in words.THINGS[group]}


def _sample(kind: str = "learning", count: int = 4_000, seed: int = 1) -> Batch:
    return sample(count, torch.Generator().manual_seed(seed), kind)  # type: ignore[arg-type]


def _read(batch: Batch) -> list[tuple[list[str], str, str, str]]:
    """Words, animal, thing, adjective, found in the text and not by the batch's own places."""
    found = []
    for text in batch.texts():
        sentence = text.split()
        animal = next(word for word in sentence if word in ANIMALS)
        thing = next(word for word in sentence if word in THINGS)
        found.append((sentence, animal, thing, sentence[sentence.index("it") + 2]))
    return found


def test_a_word_has_one_part_and_one_number() -> None:
    listed = [word for part in words.parts().values() for word in part]
    assert len(listed) == len(set(listed)) == len(VOCABULARY) - 2
    assert INDEX["[PAD]"] == 0 and INDEX["[MASK]"] == 1
    assert len(words.NOUNS) >= 80


def test_the_adjective_says_who_it_is() -> None:
    batch = _sample()
    for i, (sentence, animal, thing, adjective) in enumerate(_read(batch)):
        assert sentence[batch.it[i]] == "it"
        assert sentence[batch.animal[i]] == animal and sentence[batch.thing[i]] == thing
        if adjective in words.LIVING_ADJECTIVES:
            assert batch.share[i].tolist() == [1, 0] and batch.referent[i] == batch.animal[i]
        elif adjective in words.EITHER_ADJECTIVES:
            assert batch.share[i].tolist() == [0.5, 0.5]
        else:
            assert adjective in words.THING_ADJECTIVES[THINGS[thing]]
            assert batch.share[i].tolist() == [0, 1] and batch.other[i] == batch.animal[i]


def test_order_and_reason_vary_so_that_a_place_gives_nothing_away() -> None:
    batch = _sample()
    first = (batch.referent < batch.other).double().mean()
    assert 0.45 < first < 0.55
    fronted = (batch.it < batch.animal).double().mean()
    assert 0.2 < fronted < 0.5
    assert len({tuple(text.split()[:2]) for text in batch.texts()}) > 50
    assert len(FRAMES) == 18


def test_nothing_held_out_is_learnt_from() -> None:
    for sentence, animal, thing, adjective in _read(_sample(count=8_000)):
        kept = pairs(held_out=True)[THINGS[thing]].tolist()
        assert [INDEX[animal], INDEX[thing]] not in kept
        if adjective in LATE_ADJECTIVES:
            assert sentence[0] in ("because", "since")


def test_held_out_sentences_are_held_out() -> None:
    batch = _sample("pairs")
    assert set(batch.share.flatten().tolist()) == {0, 1}
    for _, animal, thing, adjective in _read(batch):
        assert [INDEX[animal], INDEX[thing]] in pairs(held_out=True)[THINGS[thing]].tolist()
        assert adjective not in LATE_ADJECTIVES
    for sentence, animal, thing, adjective in _read(_sample("adjectives")):
        assert adjective in LATE_ADJECTIVES
        assert sentence[0] not in ("because", "since")
        assert [INDEX[animal], INDEX[thing]] in pairs(held_out=False)[THINGS[thing]].tolist()


def test_a_fifth_of_the_pairs_is_held_out_and_every_noun_is_known() -> None:
    for group in GROUPS:
        out, known = pairs(True)[group], pairs(False)[group]
        every = len(words.ANIMALS) * len(words.THINGS[group])
        assert len(out) + len(known) == every
        assert abs(len(out) / every - HELD_OUT) < 0.01
        assert len(torch.cat([out, known]).unique(dim=0)) == every
        assert len(known[:, 0].unique()) == len(words.ANIMALS)
        assert len(known[:, 1].unique()) == len(words.THINGS[group])


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 70), st.integers(0, 2**31), st.sampled_from(["learning", "pairs"]))
def test_the_seed_makes_the_sentences(count: int, seed: int, kind: str) -> None:
    first, again = _sample(kind, count, seed), _sample(kind, count, seed)
    assert len(first) == count
    assert torch.equal(first.ids, again.ids) and torch.equal(first.share, again.share)
    lengths = (first.ids != 0).sum(1)
    assert all((row[:n] != 0).all() for row, n in zip(first.ids, lengths, strict=True))
