"""The lesson texts: no figure is written by hand, and each says where it comes from."""

from __future__ import annotations

import re
import unicodedata

import pytest
from streamlit.testing.v1 import AppTest

from core import catalogue
from core.claims import CLAIMS, REFERENCE, fill
from pages import registry
from pages.bert.page import TABS as BERT
from pages.kit.language import LANGUAGES, ROOT
from pages.kit.numbers import strong
from pages.kit.prose import _figure, parts
from tests.patience import PATIENCE

LESSONS = (
    "home",
    *(
        path.parent.relative_to(ROOT / "pages").as_posix()
        for path in sorted((ROOT / "pages").rglob("lesson.en.md"))
    ),
)
TEXTS = [
    (code, page, part, text)
    for code in LANGUAGES
    for page in LESSONS
    for part, text in parts(code, page).items()
]

_ASIDE = re.compile(
    r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$"  # code, formulas
    r"|\[\[\w+\]\]|\]\([^)]*\)"  # references, addresses of links
    r"|\b[A-Z][\w-]*-\d+\b|\b(?:19|20)\d\d\b",  # names such as VGG-16, years
    re.DOTALL | re.ASCII,
)
_FIGURE = re.compile(r"(?<![\w.,^_-])\d[\d,]*(?:\.\d+)?%?(?![\w²³⁰¹])", re.ASCII)
SMALL = 12
"""Whole numbers up to here count what the reader sees: 3 × 3 weights, two layers."""
GIVEN = {
    "180": "an angle",
    "95%": "the level of the intervals",
    "0.95": "assumed, to be multiplied",
    "0.6": "assumed, to be multiplied",
    "3.2": "a section of a paper",
    "1000": "the side of a picture that the notes assume",
    "1,000,000": "its square",
    "16": "in the title of a paper",
    "2": "a name, SQuAD 2",
}
"""Figures that claim nothing: they are assumed or belong to a name."""


def by_hand(text: str) -> list[str]:
    """Every figure in a text that is neither referred to nor given."""

    def small(figure: str) -> bool:
        return figure.isdigit() and int(figure) <= SMALL

    figures = [match[0].rstrip(",") for match in _FIGURE.finditer(_ASIDE.sub(" ", text))]
    return [figure for figure in figures if not small(figure) and figure not in GIVEN]


def test_no_figure_is_writtenby_hand() -> None:
    written = {
        (code, page, part): figures
        for code, page, part, text in TEXTS
        if (figures := by_hand(text))
    }
    assert not written


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("about 61,706 of them, or 98.8%", ["61,706", "98.8%"]),
        ("a loss of 0.005 after 150 steps", ["0.005", "150"]),
        ("61,706개와 98.8%에서", ["61,706", "98.8%"]),
        ("VGG-16 of 2014 has 3 × 3 weights, `x[100]`, $e^{50}$, [[mnist_test]]", []),
    ],
)
def test_a_figure_by_hand_is_seen(text: str, figures: list[str]) -> None:
    assert by_hand(text) == figures


def test_every_reference_has_a_figure_and_every_figure_is_referred_to() -> None:
    assert {name for *_, text in TEXTS for name in REFERENCE.findall(text)} == set(CLAIMS)


def test_both_languages_refer_to_the_same_figures() -> None:
    def referred(of: str) -> dict[tuple[str, str], set[str]]:
        return {
            (page, part): {name.removesuffix(f"_{of}") for name in REFERENCE.findall(text)}
            for code, page, part, text in TEXTS
            if code == of
        }

    assert referred("en") == referred("ko")


@pytest.mark.parametrize("name", CLAIMS)
def test_a_figure_can_be_written_and_has_one_source(name: str) -> None:
    claim = CLAIMS[name]
    assert re.fullmatch(r"\d[\d,]*(\.\d+)?%?", claim.text)
    assert not (claim.command and claim.where)
    assert not claim.command or catalogue.command(claim.command) in str(claim.source)


def test_an_unknown_figure_is_an_error() -> None:
    with pytest.raises(KeyError):
        fill("[[nowhere]]")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_figure_says_where_it_comes_from(code: str) -> None:
    def page() -> None:
        import streamlit as st

        from pages.kit.prose import prose

        st.session_state["fp.language"] = st.query_params["lang"]
        prose("inside_the_cell", "more")

    app = AppTest.from_function(page, default_timeout=PATIENCE)
    app.query_params["lang"] = code
    drawn = app.run().markdown[0]
    assert drawn.allow_html
    word = {"en": "Measured beforehand", "ko": "미리 잰 값"}[code]
    command = catalogue.command("words_race")
    assert f'<span title="{word}: {command}">100%</span>' in drawn.value
    assert "[[" not in drawn.value


LONGEST = 200
"""Words of prose that stand on a page before "Read more", the objective among them."""
TABS = {"bert": BERT}
"""Parts that stand below the beginning of a text, one at a time."""
FIRST = [
    (lesson, wholes)
    for lesson in sorted(
        path.parent.relative_to(ROOT / "pages").as_posix()
        for path in (ROOT / "pages").rglob("lesson.en.md")
    )
    for wholes in ((("", tab) if tab else ("",)) for tab in TABS.get(lesson, ("",)))
] + [("transformer", ("train",)), ("attention_in_a_trained_model", ("korean",))]


@pytest.mark.parametrize(("lesson", "wholes"), FIRST)
def test_little_has_to_be_read_at_first(lesson: str, wholes: tuple[str, ...]) -> None:
    objective = parts("en", lesson.partition("/")[0])["objective"]
    text = " ".join((objective, *(parts("en", lesson)[part] for part in wholes)))
    assert len(text.split()) <= LONGEST


@pytest.mark.parametrize(("lesson", "wholes"), FIRST)
def test_both_languages_say_the_same_at_first(lesson: str, wholes: tuple[str, ...]) -> None:
    """Paragraph for paragraph, and what is one click deeper as well."""
    for part in (*wholes, "more"):
        english, korean = (parts(code, lesson)[part].split("\n\n") for code in LANGUAGES)
        assert len(english) == len(korean), part


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("entry", registry.PAGES, ids=lambda entry: entry.folder)
def test_a_page_has_an_objective_a_summary_and_a_reason_to_go_on(
    entry: registry.Entry, code: str
) -> None:
    text = parts(code, entry.folder)
    beginning = {"en": "After this page you can ", "ko": "이 페이지를 마치면 "}[code]
    assert text["objective"].startswith(beginning) and text["objective"].count("\n\n") == 0
    assert len(re.findall("^- ", text["summary"], re.MULTILINE)) == 3
    after = dict(zip(registry.PAGES, registry.PAGES[1:], strict=False)).get(entry)
    reasons = [name for name in text if name.startswith("next-")]
    assert reasons == [f"next-{after.path if after else 'home'}"], "a reason for another page"
    assert text[reasons[0]].startswith("Because ") or code != "en"


def test_only_the_reason_to_go_on_speaks_of_the_next_page() -> None:
    """Elsewhere a link names the page: it stays right wherever a page comes in between."""
    told = {
        (page, part)
        for _code, page, part, text in TEXTS
        if re.search(r"next\s+page|다음\s+페이지", text)
    }
    assert told and all(part.startswith("next") for _page, part in told)


def test_the_texts_are_all_there() -> None:
    assert len(TEXTS) > 2 * len(LESSONS) and (ROOT / "pages" / "home.en.md").is_file()


def test_no_star_of_markdown_stays_a_star() -> None:
    """Stars between a mark and a letter begin something: they do not end it."""
    starred = re.compile(r"[^\n]{0,20}[)\]”’.,!?%…]\*+(?=[가-힣])")
    assert not [found for *_, text in TEXTS for found in starred.findall(text)]


def test_a_percentage_in_bold_can_have_a_particle_behind_it() -> None:
    before, stars = strong("99.3%")[:-2], strong("99.3%")[-2:]
    assert stars == "**" and not unicodedata.category(before[-1]).startswith(("P", "S", "Z"))


SOURCES = [
    ("draw_a_digit", "why", "Draelos", "2020", {"en": "single linear layer", "ko": "하나만"}),
    ("inside_the_cell", "gates", "Chung", "2014", {"en": "other way round", "ko": "반대"}),
    ("attention_in_a_trained_model", "care", "Jain", "2019", {"en": "recurrent", "ko": "순환"}),
    ("bert", "follows", "ALBERT", "", {"en": "order need not be learned", "ko": "순서는 배울"}),
    ("bert", "follows", "RoBERTa", "", {"en": "stay equal or improve", "ko": "같거나 조금 나아"}),
    ("bert", "care", "ALBERT", "2020", {"en": "Order\ninstead of topic", "ko": "주제 대신 순서"}),
    ("bert", "care", "RoBERTa", "2019", {"en": "Without the next", "ko": "다음 문장 예측을 뺀"}),
]
"""What was found elsewhere: page, part, who found it and when, and a piece of the claim."""


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("page", "part", "who", "when", "claim"), SOURCES)
def test_what_a_paper_found_stands_beside_its_name(
    page: str, part: str, who: str, when: str, claim: dict[str, str], code: str
) -> None:
    (told,) = (
        paragraph
        for paragraph in parts(code, page)[part].split("\n\n")
        if who in paragraph and when in paragraph and claim[code] in paragraph
    )
    assert told


def test_what_was_not_computed_while_one_looks_says_so() -> None:
    """Home: most numbers are, what was measured beforehand or comes from a paper says so."""
    said = {"en": ("Most of them are computed", "measured beforehand"), "ko": ("대부분", "미리")}
    for code in LANGUAGES:
        assert all(words in parts(code, "home")[""] for words in said[code])
    for claim in CLAIMS.values():
        begins = "Published" if claim.where else "Measured beforehand" if claim.command else None
        title = _figure(claim)
        assert title.startswith(f'<span title="{begins or "Computed by this program"}'), claim
    assert any(claim.where for claim in CLAIMS.values())
    assert any(claim.command for claim in CLAIMS.values())
