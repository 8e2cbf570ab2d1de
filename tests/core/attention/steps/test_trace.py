"""Attention in steps is PyTorch's attention, whatever the heads, masks and kinds."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional as F

from core.attention.blocks import join, split
from core.attention.steps.question import (
    FIXED,
    HEADED,
    HEADS,
    MATRICES,
    Cell,
    StepsQuestion,
    example,
    read_words,
)
from core.attention.steps.rules import fitting, open_number
from core.attention.steps.trace import allowed, divisor, steps
from core.attention.steps.words import EXAMPLE_PAIRS, PAD, QUESTIONS, embeddings, positions

SENTENCE = read_words(example("en")[0])


@st.composite
def questions(draw: st.DrawFn) -> StepsQuestion:
    words = st.lists(
        st.sampled_from(["the", "cat", "it", "zebra", "😀", "고양이가", PAD, "<b>"]), min_size=1
    )
    kind = draw(st.sampled_from(("self", "cross")))
    masks = ("none", "padding") if kind == "cross" else ("none", "causal", "padding")
    return StepsQuestion(
        ("tired", *draw(words))[:10],
        ("mat", *draw(words))[:10] if kind == "cross" else (),
        kind,
        draw(st.sampled_from(("hand", "random"))),
        seed=draw(st.integers(0, 999)),
        positions=draw(st.booleans()),
        scaled=draw(st.booleans()),
        mask=draw(st.sampled_from(masks)),
        temperature=draw(st.sampled_from((0.1, 0.5, 1.0, 5.0))),
        heads=draw(st.sampled_from(HEADS)),
    )


@given(questions())
@settings(max_examples=60, deadline=None)
def test_the_heads_are_pytorchs_scaled_dot_product_attention(question: StepsQuestion) -> None:
    run = steps(question)
    q, k, v = (split(run[name], question.heads) for name in "QKV")
    scale = 1 / (divisor(question) * question.temperature)
    theirs = F.scaled_dot_product_attention(q, k, v, attn_mask=allowed(question), scale=scale)
    torch.testing.assert_close(run["heads"], theirs, atol=1e-5, rtol=1e-4)
    assert torch.equal(run["Z"], join(run["heads"]))


@given(questions())
@settings(max_examples=60, deadline=None)
def test_rows_sum_to_one_and_what_is_masked_is_exactly_zero(question: StepsQuestion) -> None:
    run = steps(question)
    torch.testing.assert_close(run["A"].sum(2), torch.ones_like(run["A"][:, :, 0]))
    assert (run["A"][:, ~allowed(question)] == 0).all()
    assert (run["A"] >= 0).all()


@pytest.mark.parametrize("heads", HEADS)
@pytest.mark.parametrize("kind", ["self", "cross"])
@pytest.mark.parametrize("mask", ["none", "causal", "padding"])
def test_all_of_it_is_pytorchs_multi_head_attention(heads: int, kind: Any, mask: Any) -> None:
    if (kind, mask) == ("cross", "causal"):
        return
    question = StepsQuestion(
        SENTENCE[:7], ("one", "two", "three"), kind, "random", mask=mask, heads=heads
    )
    run = steps(question)
    theirs = nn.MultiheadAttention(8, heads, bias=False, batch_first=True)
    with torch.no_grad():
        theirs.in_proj_weight.copy_(torch.cat([run[name].T for name in ("Wq", "Wk", "Wv")]))
        theirs.out_proj.weight.copy_(run["Wo"].T)
        context = run["C"] if kind == "cross" else run["X"]
        output, weights = theirs(
            run["X"][None],
            context[None],
            context[None],
            attn_mask=~allowed(question),
            average_attn_weights=False,
        )
    torch.testing.assert_close(run["O"], output[0])
    torch.testing.assert_close(run["A"], weights[0])


@pytest.mark.parametrize("code", ["en", "ko"])
@pytest.mark.parametrize("heads", [1, 2, 4])
def test_by_hand_it_finds_the_cat_and_the_mat_is_the_runner_up(code: str, heads: int) -> None:
    words = read_words(example(code)[0])
    weights = steps(StepsQuestion(words, heads=heads))["A"][0, words.index(EXAMPLE_PAIRS[code][0])]
    first, second = weights.topk(2).indices.tolist()
    assert words[first] == EXAMPLE_PAIRS[code][1]
    assert words[second] in ("mat", "매트")
    assert weights[first] > 0.6 > 0.2 > weights[second]


def test_golden_numbers_of_the_example() -> None:
    run = steps(StepsQuestion(SENTENCE))
    it, cat, mat = (SENTENCE.index(word) for word in ("it", "cat", "mat"))
    assert run["S"][0, it, [cat, mat]].tolist() == [9.0, 3.0]
    assert run["A"][0, it, cat].item() == pytest.approx(
        math.exp(9 / 8**0.5) / (math.exp(9 / 8**0.5) + math.exp(3 / 8**0.5) + 8)
    )


def test_without_the_root_the_winner_takes_nearly_all() -> None:
    it, cat = SENTENCE.index("it"), SENTENCE.index("cat")
    assert steps(StepsQuestion(SENTENCE, scaled=False))["A"][0, it, cat] > 0.99


def test_without_positions_the_order_means_nothing_and_with_them_it_does() -> None:
    there, back = StepsQuestion(SENTENCE), StepsQuestion(SENTENCE[::-1])
    torch.testing.assert_close(steps(there)["O"], steps(back)["O"].flip(0))
    a, b = (steps(replace(q, positions=True))["O"] for q in (there, back))
    assert not torch.allclose(a, b.flip(0), atol=0.1)


def test_the_positions_are_those_of_the_paper() -> None:
    table = positions(10)
    for place, column in ((0, 0), (3, 0), (3, 1), (9, 6), (9, 7)):
        angle = place / 10_000 ** (column // 2 * 2 / 8)
        expected = math.cos(angle) if column % 2 else math.sin(angle)
        assert table[place, column].item() == pytest.approx(expected, abs=1e-6)


def test_the_same_word_is_the_same_row_and_another_seed_is_another() -> None:
    rows = embeddings(("zebra", "a", "zebra"), by_hand=False, seed=1)
    assert torch.equal(rows[0], rows[2]) and not torch.equal(rows[0], rows[1])
    assert not torch.equal(rows, embeddings(("zebra", "a", "zebra"), by_hand=False, seed=2))
    torch.testing.assert_close(rows * 100, (rows * 100).round())


def test_what_is_set_by_hand_stands_and_all_that_follows_is_computed_from_it() -> None:
    cell = Cell("S", 0, 7, 5)
    question = StepsQuestion(SENTENCE, edits=((cell, 20.0),), place=cell)
    before, after = steps(StepsQuestion(SENTENCE)), steps(question)
    assert after.at(cell) == 20 and after.computed(cell) == before.at(cell)
    assert torch.equal(after["V"], before["V"])
    assert after["A"][0, 7].argmax() == 5
    assert torch.equal(after["A"][0, :7], before["A"][0, :7])
    assert open_number(after, cell).computed == pytest.approx(3.0)


def test_a_number_that_has_no_place_now_waits() -> None:
    far = ((Cell("Q", 0, 9, 0), 5.0), (Cell("A", 7, 0, 0), 1.0))
    short = steps(StepsQuestion(("one", "two"), edits=far))
    assert all(
        torch.equal(short[name], steps(StepsQuestion(("one", "two")))[name])
        for name in short.values
    )


@given(questions(), st.data())
@settings(max_examples=80, deadline=None)
def test_the_arithmetic_of_any_number_gives_that_number(
    question: StepsQuestion, data: st.DataObject
) -> None:
    run = steps(question)
    matrix = data.draw(st.sampled_from([name for name in MATRICES if name in run.values]))
    size = run[matrix].shape
    cell = Cell(
        matrix,
        data.draw(st.integers(0, size[0] - 1)) if matrix in HEADED else 0,
        data.draw(st.integers(0, size[-2] - 1)),
        data.draw(st.integers(0, size[-1] - 1)),
    )
    assert fitting(run, cell) == cell
    shown = open_number(run, cell)
    assert shown.total == pytest.approx(shown.value, abs=1e-4, rel=1e-4)


def test_every_matrix_has_a_name_and_every_question_a_column() -> None:
    run = steps(StepsQuestion(("a",), ("b",), "cross", positions=True))
    assert set(MATRICES) == set(run.values) - {"heads"}
    assert len(QUESTIONS) == 8 and set(FIXED) < set(MATRICES)
