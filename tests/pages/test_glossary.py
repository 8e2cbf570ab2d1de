"""The glossary: every term is one that the lesson texts use, in both languages."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages import glossary, registry
from pages.glossary import Term
from pages.kit.language import ROOT
from tests.patience import PATIENCE

TERMS = glossary.terms()


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.english)
def test_a_term_stands_in_the_text_of_its_page_in_both_languages(term: Term) -> None:
    folder = ROOT / "pages" / term.page.replace("-", "_")
    for code, name in (("en", term.english), ("ko", term.korean)):
        texts = [path.read_text("utf-8") for path in folder.rglob(f"lesson.{code}.md")]
        plain = " ".join(" ".join(texts).replace("*", "").split())
        assert name.casefold() in plain.casefold(), code


def test_every_page_has_terms_and_no_term_comes_twice() -> None:
    assert {term.page for term in TERMS} == {entry.path for entry in registry.PAGES}
    assert len({term.english for term in TERMS}) == len({term.korean for term in TERMS})
    assert len({term.english for term in TERMS}) == len(TERMS)


@pytest.mark.parametrize("asked", ["forget", "FORGET GATE", "망각", " 망각 게이트 "])
def test_a_term_is_found_in_either_language(asked: str) -> None:
    def script() -> None:
        from pages import glossary, registry

        glossary.show({entry.path: entry.title for entry in registry.PAGES})

    app = AppTest.from_function(script, default_timeout=PATIENCE).run()
    assert app.markdown[0].value.count("\n") == len(TERMS) + 1
    app.text_input[0].set_value(asked).run()
    (row,) = app.markdown[0].value.split("\n")[2:]
    assert (
        "forget gate" in row
        and "망각 게이트" in row
        and "[Inside the cell](inside-the-cell)" in row
    )
    app.text_input[0].set_value("no such term").run()
    assert not app.markdown and app.caption[0].value == "No term of the course is called that."
