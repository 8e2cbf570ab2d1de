"""The grammar says the same in both languages, and what is held out is never learnt from."""

from __future__ import annotations

import datetime
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.transformer import dates, grammar, parsing, texts
from core.language.transformer.grammar import english, korean, sample
from core.language.transformer.tasks import END, LONGEST, PAD, START, TASKS, task


@given(st.integers(0, 2**32))
def test_what_is_said_can_be_read_back(seed: int) -> None:
    said = sample(random.Random(seed))
    assert parsing.from_english(english(said)) == said
    assert parsing.from_korean(korean(said)) == said
    assert max(len(english(said)), len(korean(said))) < LONGEST


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the cat sat on the mat", "고양이가 매트 위에 앉았다"),
        ("the cat slept on the mat", "고양이가 매트 위에서 잤다"),
        ("the dog ate the big apple yesterday", "개가 어제 큰 사과를 먹었다"),
        ("the farmer will give the red key to the king", "농부가 왕에게 빨간 열쇠를 줄 것이다"),
        ("the bread is sweet", "빵은 달콤하다"),
        ("the student played in the park", "학생이 공원에서 놀았다"),
        ("the king put the hat in the box", "왕이 모자를 상자 안에 놓았다"),
    ],
)
def test_translations_are_those_of_a_person(one: str, other: str) -> None:
    there, back = task("en-ko"), task("ko-en")
    found = there.truth(texts.read(there, one))
    assert found is not None and texts.join(there, found[0]) == other
    again = back.truth(texts.read(back, other))
    assert again is not None and texts.join(back, again[0]) == one


@pytest.mark.parametrize(
    "text",
    ["the cat", "cat the sat", "the cat sat on", "on the mat", "the cat the dog", "the cat was"],
)
def test_what_is_no_sentence_has_no_translation(text: str) -> None:
    there = task("en-ko")
    assert there.truth(texts.read(there, text)) is None


def test_the_famous_sentence_is_held_out() -> None:
    assert grammar.pair_held_out("cat", "mat")
    for name in TASKS:
        about = task(name)
        truth = about.truth(texts.read(about, about.examples[0]))
        assert truth is not None and truth[1]
        assert all(about.truth(texts.read(about, text)) for text in about.examples)


@pytest.mark.parametrize("name", TASKS)
def test_nothing_held_out_is_learnt_from(name: str) -> None:
    about = task(name)
    known, held = about.pools
    sources = {tuple(row) for row in known.source.tolist()}
    width = known.source.shape[1]
    for row in held.source.tolist():
        assert tuple(row + [PAD] * (width - len(row))) not in sources
    for batch in (known, held):
        assert batch.target[:, 0].eq(START).all()
        assert (batch.target == END).sum(1).eq(1).all() and (batch.source == END).sum(1).eq(1).all()
    pairs = zip(held.source.tolist(), held.target.tolist(), strict=True)
    for source, target in pairs:
        tokens = [about.words[i] for i in source if i not in (PAD, END)]
        right = [about.words[i] for i in target if i not in (PAD, START, END)]
        assert about.truth(tokens) == (right, True)


@given(st.integers(0, 36_524), st.integers(0, len(dates.FORMS) - 1))
def test_dates_are_read(day: int, form: int) -> None:
    date = dates.FIRST + datetime.timedelta(day)
    assert dates.read(dates.split(dates.FORMS[form](date))) == date


@pytest.mark.parametrize("text", ["31/2/2024", "30 feb 2024", "2024-03-05", "1/1/1949", "march"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert dates.read(dates.split(text.replace("31/2", "2/31"))) is None


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("en-ko", "", "Write something"),
        ("en-ko", "🙂 …", "🙂"),
        ("en-ko", "the elephant sat on the matt", "“elephant”.*“matt” .near it: mat"),
        ("ko-en", "고양이가 달 위에 앉았다", "“달”"),
        ("en-ko", "고양이 the", "“고양이”"),
        ("copy", "1 2 x", "“x”"),
        ("copy", "12345678901234567890123456", "At most 23 tokens"),
        ("copy", "1" * 501, "At most 500"),
        ("dates", "5 foo 2024", "“foo”"),
        ("en-ko", 7, "a text"),
        ("en-ko", "a b c d e f", "3 more"),
        ("en-ko", "<end> <pad>", "“<end>”"),
    ],
)
def test_what_cannot_be_read_is_named(name: str, text: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        texts.read(task(name), text)


@given(st.text(max_size=60), st.sampled_from(TASKS))
def test_any_text_is_read_or_refused_in_a_sentence(text: str, name: str) -> None:
    about = task(name)
    try:
        tokens = texts.read(about, text)
    except ValueError as error:
        tokens, sentence = [], str(error)
        assert sentence[0].isupper()
    assert set(tokens) <= set(about.source_words)


def test_there_is_no_other_task() -> None:
    with pytest.raises(ValueError, match="The task is one of en-ko"):
        task("de-fr")
