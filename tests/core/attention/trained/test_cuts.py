"""Cuts that come in from a browser, and what they cut."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.attention.trained.cuts import MAX_CUTS, Cut, edges, keep
from core.attention.trained.question import ReferentQuestion


def read(raw: Any) -> tuple[Cut, ...]:
    question = ReferentQuestion.read({"sentence": "it " * 10, "cuts": raw})
    question.check_shape(2, 4)
    return question.cuts


def test_an_edge_a_head_and_a_word() -> None:
    kept = keep([Cut(source=7, target=1)], 2, 4, 10)
    assert (~kept).sum() == 8 and not kept[:, :, 7, 1].any()
    kept = keep([Cut(layer=1, head=3)], 2, 4, 10)
    assert (~kept).sum() == 100 and not kept[1, 3].any()
    kept = keep([Cut(target=4)], 2, 4, 10)
    assert (~kept).sum() == 80 and not kept[..., 4].any()
    assert keep((), 2, 4, 10).all()


def test_json_becomes_cuts() -> None:
    raw = [{"from": 7, "to": 1}, {"layer": 1, "head": 3}, {"layer": None, "to": 4}]
    assert read(raw) == (Cut(source=7, target=1), Cut(1, 3), Cut(target=4))


def test_each_sentence_has_its_own_edge() -> None:
    cuts = edges(torch.tensor([3, 0]), torch.tensor([1, 2]), 2, 5)
    assert cuts.keep.shape == (2, 2, 1, 5, 5)
    assert (~cuts.keep).sum() == 4
    assert not cuts.keep[1, 0, 0, 3, 1] and not cuts.keep[0, 1, 0, 0, 2]


@pytest.mark.parametrize(
    "raw",
    [
        {},
        "all",
        [{}] * (MAX_CUTS + 1),
        [[0, 1]],
        [{"edge": 1}],
        [{"layer": 2}],
        [{"head": -1}],
        [{"to": 10}],
        [{"from": 1.5}],
        [{"to": True}],
        [{"to": "1"}],
        [{"to": float("nan")}],
    ],
)
def test_what_is_no_cut(raw: Any) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        read(raw)


@given(
    st.lists(
        st.builds(
            Cut,
            *[st.none() | st.integers(0, n - 1) for n in (2, 4, 6, 6)],
        ),
        max_size=5,
    )
)
def test_order_does_not_matter_and_more_cuts_leave_less(cuts: list[Cut]) -> None:
    kept = keep(cuts, 2, 4, 6)
    assert torch.equal(kept, keep(cuts[::-1], 2, 4, 6))
    assert (kept <= keep(cuts[1:], 2, 4, 6)).all()
