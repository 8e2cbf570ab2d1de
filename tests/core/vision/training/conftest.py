"""Few generated digits: rendering hundreds takes seconds, and forty show the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.vision.training import data, inspections, judging, rescoring

FEW = 40


@pytest.fixture(autouse=True, scope="module")
def few_digits() -> Iterator[None]:
    caches = (data.judged, data._pen, judging._answered, rescoring._before, inspections.net_of)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "PEN_JUDGED", FEW)
        for cache in caches:
            cache.cache_clear()
        yield
    for cache in caches:
        cache.cache_clear()
