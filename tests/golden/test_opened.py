"""Every page says of its numbers what it said when that was recorded."""

from __future__ import annotations

from typing import Any

import pytest

from tests.golden.cells import COUNT, NUMBER, PAGES
from tests.golden.record import computed, recorded

NEAR = {"rel": 1e-3, "abs": 2e-3}
"""Three places are shown; the last digits of a convolution differ from processor to processor."""


def same(now: Any, then: Any, where: str) -> None:
    """Fail where two values from JSON differ by more than rounding."""
    if isinstance(then, str) and isinstance(now, str):
        assert NUMBER.sub("#", now) == NUMBER.sub("#", then), where
        numbers = [[float(x) for x in NUMBER.findall(one)] for one in (now, then)]
        assert numbers[0] == pytest.approx(numbers[1], **NEAR), where
    elif isinstance(then, dict):
        assert now.keys() == then.keys(), where
        for name in then:
            same(now[name], then[name], f"{where}, {name}")
    elif isinstance(then, list):
        assert len(now) == len(then), where
        for a, b in zip(now, then, strict=True):
            same(a, b, where)
    elif then is None or isinstance(then, bool):
        assert now is then, where
    else:
        assert now == pytest.approx(then, **NEAR), where


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_what_it_said(page: str) -> None:
    now, then = computed(page), recorded(page)
    assert len(now) == len(then) == COUNT
    for a, b in zip(now, then, strict=True):
        same(a, b, f"{page}: {b['cell']}")
