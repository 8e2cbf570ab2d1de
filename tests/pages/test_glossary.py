"""The glossary: every term is one that the lesson texts use, in both languages."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from pages import registry
from pages.kit.language import LANGUAGES, ROOT
from pages.kit.prose import parts
from pages.kit.terms import Term, defined, terms
from tests.patience import PATIENCE

TERMS = terms()


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


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_term_opens_its_definition_on_its_page(code: str) -> None:
    drawn: dict[str, str] = dict.fromkeys((term.page for term in TERMS), "")
    for file in ROOT.glob(f"pages/**/lesson.{code}.md"):
        page = file.parent.relative_to(ROOT / "pages").as_posix()
        address = page.split("/")[0].replace("_", "-")
        drawn[address] += "".join(
            defined(text, code, address) for text in parts(code, page).values()
        )
    for term in TERMS:
        assert f'role="tooltip">{term.defined(code)}</span>' in drawn[term.page], term.english


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_mark_of_emphasis_touches_a_term(code: str) -> None:
    for entry in registry.PAGES:
        for text in parts(code, entry.folder).values():
            drawn = defined(text, code, entry.path)
            assert not re.search(r'\*<span class="fp-term"|</span></span>\*', drawn)
            assert text.count("**") - drawn.count("**") == 2 * drawn.count("<strong>")


@pytest.mark.parametrize(
    ("code", "text", "opened"),
    [
        ("en", "Kernels: a kernel", ["Kernels"]),  # the first alone, in the plural, in a sentence
        ("en", "the forget gate, not the kernelling", ["forget gate"]),
        ("en", "`kernel` [kernel](x) $kernel$ [[kernel]]\n# kernel\n**kernel**", ["kernel"]),
        ("en", "its value and query", []),  # words with another meaning on this page
        ("ko", "커널은 커널화가", ["커널"]),
        ("ko", "대커널은 *망각 게이트*를", ["망각 게이트"]),
    ],
)
def test_a_term_is_the_whole_word_in_a_sentence(code: str, text: str, opened: list[str]) -> None:
    drawn = defined(text, code, "draw-a-digit")
    assert re.findall(r'tabindex="0">([^<]+)<', drawn) == opened
    assert re.sub(r'<span class="fp-term.*?</span></span>', "…", drawn).count("…") == len(opened)


def test_the_same_word_is_a_term_where_it_is_meant() -> None:
    assert "fp-term" in defined("its value", "en", "attention-step-by-step")
