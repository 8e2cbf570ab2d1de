"""docs/notes.md: each link opens, and what its row quotes stands there in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import orjson
import pytest
from streamlit.testing.v1 import AppTest

from core.address import find
from core.schema.table import LESSON
from core.training import shipped
from core.training.jobs import JOBS
from pages.kit.run import inspection
from pages.kit.run.api import SHIPPED
from tests.patience import PATIENCE

NOTES = Path(__file__).resolve().parents[2] / "docs" / "notes.md"
LINES = 73
_ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.*?) ?\|$", re.MULTILINE)
_DEFINITION = re.compile(r'<span class="fp-definition".*?</span></span>', re.DOTALL)
_MARKUP = re.compile(r"</?span[^>]*>")
"""Around a figure in the prose: where it comes from."""
_LINK = re.compile(r"\]\(http://localhost:8501/([^)]+)\)")


class Row(NamedTuple):
    """A line of the notes: the links that open it, and what it quotes."""

    number: int
    links: tuple[str, ...]
    quotes: tuple[tuple[str, ...], ...]
    """Of each: English, Korean."""


def rows() -> list[Row]:
    found = []
    for number, _said, where, quoted in _ROW.findall(NOTES.read_text(encoding="utf-8")):
        quotes = tuple(tuple(pair.split(" · ")) for pair in quoted.split("; ") if pair)
        found.append(Row(int(number), tuple(_LINK.findall(where)), quotes))
    return found


class _Engine:
    """The shipped runs, answering at once and in this process."""

    @property
    def runs(self) -> _Engine:
        return self

    def __getitem__(self, run: str) -> SimpleNamespace:
        return _shipped(SHIPPED[run.removeprefix("shipped-")])

    def ask(self, do: Callable[[], Any]) -> Future[Any]:
        answer: Future[Any] = Future()
        answer.set_result(do())
        return answer


@cache
def _shipped(name: str) -> SimpleNamespace:
    recording = shipped.load(name)
    job = find(JOBS[recording.job])
    config, step = job.read(recording.config), recording.saved[-1].step
    return SimpleNamespace(job=job, config=config, recording=recording, step=step)


@pytest.fixture(autouse=True, scope="module")
def _engine() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inspection, "ENGINE", _Engine())
        yield


def _page(path: str) -> None:
    from pages import registry

    next(entry for entry in registry.PAGES if entry.path == path).module.page()


@cache
def opened(path: str, query: tuple[tuple[str, str], ...], language: str) -> AppTest:
    """A page as a link opens it; rows with the same link share it."""
    app = AppTest.from_function(_page, args=(path,), default_timeout=PATIENCE)
    for name, value in (*query, ("lang", language)):
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return unfolded(app)


def unfolded(app: AppTest) -> AppTest:
    """The page with all that stands behind a line: it is drawn once it is opened."""
    lines: Any = app.expander
    folded = [line.proto.id.partition("fp-more-")[2] for line in lines]
    for key in filter(None, folded):
        app.session_state[f"fp-more-{key}"] = True
    if any(folded):
        app.run()
    assert not app.exception
    return app


def strings(value: Any) -> Iterator[str]:
    """Every text in plain JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def texts(block: Any) -> Iterator[str]:
    """Everything that is written in a part of a page, the words of its pictures included."""
    yield str(getattr(block, "label", ""))
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from texts(child)
        elif child.type == "bidi_component":
            yield from strings(orjson.loads(child.proto.json))
        else:
            yield from (str(getattr(child, name, "")) for name in ("label", "value"))


def shown(link: str, language: str) -> str:
    """What a link opens: the tab of the lesson that it names, or else the whole page."""
    address = urlsplit(link)
    query = tuple(parse_qsl(address.query))
    app = opened(address.path, query, language)
    part: Any = app.main
    if LESSON in dict(query):
        (named,) = app.main.get("tab_container")
        assert named.proto.tab_container.default_tab_index, "no tab of that name"
        part = named.children[named.proto.tab_container.default_tab_index]
    written = _DEFINITION.sub("", " ".join(texts(part)))
    for tag, mark in (("strong", "**"), ("em", "*")):  # as the lesson file has it
        written = re.sub(f"</?{tag}>", mark, written)
    return " ".join(_MARKUP.sub("", written).split())


def amiss(row: Row, language: str) -> list[str]:
    """Quotes that none of a row's links opens, and links that open none of its quotes."""
    quotes = [quote[0 if language == "en" else -1] for quote in row.quotes]
    there = {link: shown(link, language) for link in row.links}
    nowhere = [quote for quote in quotes if not any(quote in text for text in there.values())]
    return nowhere + [
        link for link, text in there.items() if not any(quote in text for quote in quotes)
    ]


def test_each_line_of_the_notes_has_a_row() -> None:
    assert [row.number for row in rows()] == list(range(1, LINES + 1))


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.number}-{row.links[0]}")
def test_each_link_opens_what_its_row_quotes(row: Row, language: str) -> None:
    assert row.quotes and row.links
    assert not amiss(row, language)
