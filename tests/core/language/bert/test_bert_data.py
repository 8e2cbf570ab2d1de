"""Stories, pieces, and what is hidden: what the games are played on."""

from __future__ import annotations

import random

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.language.bert import masking, stories, tasks
from core.language.bert.pieces import (
    CLS_ID,
    MASK_ID,
    PAD_ID,
    SEP_ID,
    SPECIAL,
    UNK,
    cut,
    inputs,
    joined,
    vocabulary,
)
from core.language.bert.topics import LANGUAGES, Language, world


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_story_is_cut_into_its_own_tokens_again(language: Language) -> None:
    for topic in stories.corpus(language, held_out=True):
        for story in topic[:20]:
            for sentence in stories.sentences(language, story):
                assert [piece.text for piece in cut(joined(sentence), language)] == list(sentence)
                assert UNK not in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_and_test_share_no_adjective_and_both_halves_are_in_the_stories(
    language: Language,
) -> None:
    seen, unseen = tasks.adjectives(language)
    assert not seen & unseen
    assert seen | unseen <= set(stories.words(language))
    labelled = tasks.judged(language, True, 1, 200)
    assert not any(unseen & set(row.tokens) for row in labelled)
    assert not any(seen & set(row.tokens) for row in tasks.judged(language, False, 1, 200))
    assert sum(row.positive for row in labelled) == 100


def test_reactions_tell_what_adjectives_mean() -> None:
    here = world("en")
    for topic in stories.corpus("en")[:2]:
        for story in topic[:100]:
            assert (story.reaction in here.glad) == story.good
            assert story.judgement in here.judging(story.good, story.topic)


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_stand_where_the_span_says(language: Language) -> None:
    rows = tasks.questions(language, 3, 300)
    batch = tasks.answer_batch(language, 3, 300)
    none = 0
    for row, ids, target in zip(rows, batch.ids, batch.targets, strict=True):
        tokens = inputs(row.question, row.passage)[0]
        assert vocabulary(language).ids(tokens) == ids[ids != PAD_ID].tolist()
        if row.span is None:
            none += 1
            assert target.tolist() == [0, 0]
        else:
            start, end = target.tolist()
            assert tokens[start : end + 1] == row.passage[row.span[0] : row.span[1] + 1]
    assert 0.15 < none / len(rows) < 0.35


def test_korean_pieces_and_strangers() -> None:
    def pieces(text: str, language: Language) -> list[str]:
        return [piece.text for piece in cut(text, language)]

    assert pieces("수프를 먹었다!", "ko") == ["수프", "##를", "먹었", "##다", "."]
    assert pieces("Mina ATE [mask], xylophone 😀", "en") == ["mina", "ate", "[MASK]", UNK, UNK]
    assert joined(["수프", "##를", "먹었", "##다", "."]) == "수프를 먹었다."


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_any_text_is_cut_or_refused(text: str, language: Language) -> None:
    try:
        found = cut(text, language)
    except ValueError:
        found = []
    assert all(piece.text in vocabulary(language).index for piece in found)


def test_the_rule_of_80_10_10() -> None:
    generator = torch.Generator().manual_seed(0)
    words = len(vocabulary("en"))
    ids = torch.randint(0, words, (400, 40), generator=generator)
    found = masking.hide(ids, 0.15, words, generator)
    ordinary = ids >= len(SPECIAL)
    assert not (found.chosen & ~ordinary).any()
    assert abs(float(found.chosen[ordinary].double().mean()) - 0.15) < 0.01
    shares = [float((found.fate[found.chosen] == i).double().mean()) for i in range(3)]
    assert shares == pytest.approx([0.8, 0.1, 0.1], abs=0.03)
    assert (found.ids[found.chosen & (found.fate == 0)] == MASK_ID).all()
    assert (found.ids == ids)[~found.chosen | (found.fate == 2)].all()
    assert (found.ids[found.chosen & (found.fate == 1)] >= len(SPECIAL)).all()


def test_pairs_are_true_random_or_swapped() -> None:
    def draw(kind: str) -> masking.Pairs:
        return masking.pairs("en", 16, torch.Generator().manual_seed(5), kinds=(kind,))

    def segments(batch: masking.Pairs) -> list[list[list[int]]]:
        return [
            [ids[(seg == part) & (ids > SEP_ID)].tolist() for part in (0, 1)]
            for ids, seg in zip(batch.ids, batch.segments, strict=True)
        ]

    true, other, swapped = draw("true"), draw("random"), draw("swapped")
    assert true.follows.all() and not other.follows.any() and not swapped.follows.any()
    assert (true.ids[:, 0] == CLS_ID).all() and ((true.ids == SEP_ID).sum(1) == 2).all()
    assert [pair[::-1] for pair in segments(swapped)] == segments(true)
    firsts = [[pair[0] for pair in segments(batch)] for batch in (true, other)]
    assert firsts[0] == firsts[1]
    assert all(a[1] != b[1] for a, b in zip(segments(true), segments(other), strict=True))


def test_stories_are_always_the_same() -> None:
    rng = random.Random(4)
    again = random.Random(4)
    assert stories.invent("ko", rng) == stories.invent("ko", again)
