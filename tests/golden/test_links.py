"""What every lesson link opened when it was recorded, it opens still, to the letter."""

from __future__ import annotations

import json

import pytest

from pages import registry
from tests.golden import links

GOLDEN = json.loads(links.FILE.read_text(encoding="utf-8"))
PAGES = {entry.path: entry.table for entry in registry.PAGES if entry.table}


def test_every_page_with_a_table_is_recorded() -> None:
    assert GOLDEN.keys() == PAGES.keys()


@pytest.mark.parametrize("page", GOLDEN)
def test_every_link_opens_what_it_opened(page: str) -> None:
    for recorded in GOLDEN[page]["links"]:
        query, *found = recorded if isinstance(recorded, list) else (recorded, recorded, [])
        assert links.answer(PAGES[page], query) == tuple(found), query


@pytest.mark.parametrize("page", GOLDEN)
def test_every_control_has_the_bounds_that_it_had(page: str) -> None:
    """A choice may have gained options."""
    for name, recorded in GOLDEN[page]["fields"].items():
        *facts, options, linked = links.facts(PAGES[page][name])
        *before, known, was_linked = recorded
        assert (facts, linked) == (before, was_linked), name
        assert set(options) >= set(known), name
