"""Kneser-Ney, beside values worked out by hand, and as shares that add up to one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.recurrent.text.grams import MOST, Grams, perplexities


def test_a_bigram_by_hand() -> None:
    """The text a b a c a b over a, b, c.

    Bigrams: ab 2, ba 1, ac 1, ca 1; so n1 = 3, n2 = 1, and the discount is 3 / (3 + 2) = 0.6.
    In how many contexts a letter was met: a in 2 (b, c), b in 1, c in 1; their discount is
    2 / (2 + 2) = 0.5, of 4 in all with 3 kinds. The lower order gives b
    (1 - 0.5) / 4 + 0.5 * 3 / 4 * 1/3 = 0.25.
    After a: ab counts 2 of 3, two kinds: (2 - 0.6) / 3 + 0.6 * 2 / 3 * 0.25 = 0.56667.
    """
    text = np.array([0, 1, 0, 2, 0, 1])
    grams = Grams(text, 3, most=2)
    assert grams.often[2].discount == pytest.approx(0.6)
    assert grams.widely[1].discount == pytest.approx(0.5)
    after = grams.probabilities(np.array([0, 1]), 1, 2)
    assert after.tolist() == pytest.approx([1.4 / 3 + 0.4 * 0.25])
    # b was followed by a alone: (1 - 0.6) / 1 + 0.6 * 1 / 1 * ((2 - 0.5) / 4 + 0.375 / 3)
    assert grams.probabilities(np.array([1, 0]), 1, 2).tolist() == pytest.approx([0.7])


def test_a_unigram_by_hand() -> None:
    """Counts 3, 2, 1 over three letters: n1 = n2 = 1, so the discount is 1/3."""
    grams = Grams(np.array([0, 1, 0, 2, 0, 1]), 3, most=1)
    found = grams.probabilities(np.array([0, 1, 2]), 0, 1)
    assert found.tolist() == pytest.approx(
        [(3 - 1 / 3) / 6 + 1 / 18, (2 - 1 / 3) / 6 + 1 / 18, (1 - 1 / 3) / 6 + 1 / 18]
    )


def test_a_context_that_was_never_met_says_what_a_shorter_one_does() -> None:
    grams = Grams(np.array([0, 1, 0, 1, 2, 0, 1]), 4, most=3)
    never = np.array([3, 3, 1])
    assert grams.probabilities(never, 2, 3)[0] == grams.widely[1].discount * 3 / 4 / 4 + (
        (1 - grams.widely[1].discount) / grams.widely[1].totals[0]
    )


@given(st.lists(st.integers(0, 3), min_size=8, max_size=60), st.integers(1, MOST), st.data())
def test_the_shares_of_all_letters_add_up_to_one(
    text: list[int], order: int, data: st.DataObject
) -> None:
    grams = Grams(np.array(text), 4)
    context = data.draw(st.lists(st.integers(0, 3), max_size=6))
    shares = [
        grams.probabilities(np.array([*context, letter]), len(context), order)[0]
        for letter in range(4)
    ]
    assert min(shares) >= 0 and math.fsum(shares) == pytest.approx(1)


def test_perplexity_is_per_character_as_it_is_written() -> None:
    train, held = np.array([0, 1, 2, 3] * 30), np.array([0, 1, 2, 3] * 3)
    once = perplexities(train, held, 4, 12)
    assert once[0] == pytest.approx(4, rel=1e-6) and 1 < once[1] < 1.1
    new = perplexities(train, np.array([0, 0, 2, 2]), 4, 4)
    assert all(math.isfinite(each) for each in new) and new[1] > 10
    assert perplexities(train, held, 4, 6)[0] == pytest.approx(once[0] ** 2)
