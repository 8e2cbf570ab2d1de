"""The glossary: its terms are those of the lesson texts; one thing has one word everywhere."""

from __future__ import annotations

import re
from functools import cache

import pytest
from babel.messages.pofile import read_po
from streamlit.testing.v1 import AppTest

from core.korean import particles
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
        import streamlit as st

        from pages import glossary, registry

        st.session_state.setdefault("fp-glossary-open", True)
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


@pytest.mark.parametrize("term", [term for term in TERMS if term.shows], ids=lambda t: t.english)
def test_what_a_term_names_in_a_picture_is_a_step_of_the_walk_there(term: Term) -> None:
    for page, block in term.shows.items():
        folder = ROOT / "pages" / page.replace("-", "_")
        source = " ".join(file.read_text("utf-8") for file in folder.glob("*.py"))
        steps = " ".join(re.findall(r'\(\s*"([^"]+)",\s*mark\(', source)).split()
        assert block in steps, page
        assert not term.only or page in term.only
        told = defined(f"{term.english}.", "en", page)
        assert f'data-shows="{block}"' in told


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


INSTEAD = {
    "(으)로": "으로(로)",
    "가운데 값": "중앙값",
    "강의 노트": "공부 노트",
    "교차 어텐션": "크로스 어텐션",
    "그래디언트": "기울기",
    "끝 토큰": "종료 토큰",
    "낱말": "단어",
    "라벨": "레이블",
    "망각 편향": "망각 게이트 편향",
    "매개변수": "파라미터",
    "보폭": "스트라이드",
    "사전 훈련": "사전 학습",
    "모형": "모델",
    "밸류": "값",
    "순방향 신경망": "피드포워드 신경망",
    "순전파 신경망": "피드포워드 신경망",
    "순환 네트워크": "순환 신경망",
    "시험 세트": "시험 데이터",
    "시험 집합": "시험 데이터",
    "십시오": "세요",
    "실어 오": "전달",
    "야코비안": "야코비 행렬",
    "어텐션 지도": "어텐션 맵",
    "에폭": "에포크",
    "완전 연결 층": "완전 연결층",
    "완전연결": "완전 연결",
    "입력의 형태": "입력의 모양",
    "임의의": "무작위",
    "음성 샘플": "네거티브 샘플",
    "음성 표본": "네거티브 표본",
    "자유 실행": "자유 예측",
    "초기값": "초깃값",
    "탐욕": "그리디",
    "학습에서 뺀": "떼어 둔",
    "테스트": "시험",
    "훈련": "학습",
    "갱신": "업데이트",
}
"""Other Korean words for a thing that has one here, each with the one that is used."""
PLAIN = {
    "carried home": "passed along",
    "fed the truth": "teacher-forced",
    "hang on": "depend on",
    "hangs on": "depends on",
    "learnt": "learned",
    "no sentence of the grammar": "not a sentence of the grammar",
    "Not so.": "Not quite.",
    "oftener": "more often",
    "reads to the left": "reads left context only",
    "shipped": "included, or saved",
    "Take away": "Export",
}
"""English that readers stumbled over, each with what is said instead."""


@cache
def _written(code: str) -> tuple[str, ...]:
    """Everything that a visitor reads in a language."""
    lessons = [path.read_text("utf-8") for path in ROOT.glob(f"pages/**/*.{code}.md")]
    with (ROOT / "locale" / "ko" / "LC_MESSAGES" / "forward_pass.po").open("rb") as file:
        messages = [str(m.string if code == "ko" else m.id) for m in read_po(file) if m.id]
    means = [term.means_ko if code == "ko" else term.means for term in TERMS]
    return (*(" ".join(text.replace("*", "").split()) for text in lessons), *messages, *means)


@pytest.mark.parametrize(("code", "words"), [("ko", INSTEAD), ("en", PLAIN)])
def test_one_thing_has_one_word(code: str, words: dict[str, str]) -> None:
    texts = _written(code)
    assert len(texts) > len(TERMS)
    found = {
        word: texts[at][max(0, texts[at].casefold().index(word.casefold()) - 20) :][:60]
        for word in words
        for at, text in enumerate(texts)
        if word.casefold() in text.casefold()
    }
    assert not found


_FIXED = (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"))
_TERM = re.compile(
    "(?<![가-힣])(?:[가-힣]+ )?("
    + "|".join(sorted((re.escape(term.korean) for term in TERMS), key=len, reverse=True))
    + f"|스텝|시점|구간|네트워크|신경망|모델)({'|'.join(sum(_FIXED, ()))})(?![가-힣(])"
)
_ANY = re.compile(r"([가-힣]+?)(으로|은|이|가|을|를|과|와|로)(?![가-힣(])")
_WHOLE = re.compile(
    "(가까|차|사|나)이|(나|모|이|그|짝지)은|나을|누군가|무언가|평가|효과|경로"
    "|[가-힣]+[은는한된인쁜]가|[가-힣]*인가"
)
"""Words that end like a particle that would not fit: near, better, somebody, whether it is."""


def test_a_fixed_particle_fits_the_sound_before_it() -> None:
    """As core.korean chooses it where the word before is filled in."""
    wrong = []
    for text in _written("ko"):
        for found in (*_TERM.finditer(text), *_ANY.finditer(text)):
            word, particle = found[1], found[2]
            if _WHOLE.fullmatch(word + particle):
                continue
            pair = next(pair for pair in _FIXED if particle in pair)
            if particles(f"{word}{pair[0]}({pair[1]})") != word + particle:
                wrong.append(text[max(0, found.start() - 10) : found.end() + 10])
    assert not wrong


def test_a_question_ends_in_one_form() -> None:
    """What is to be guessed is asked with -ㄹ까요; only the teacher of the story asks otherwise."""
    formal = re.compile("[^.?!]*니까[?,.]")
    asked = [found[0] for text in _written("ko") for found in formal.finditer(text)]
    assert asked and all("가리킵니까" in question for question in asked)


def test_a_heading_is_the_same_wherever_it_stands() -> None:
    """In English and in Korean, heading for heading."""
    pairs = set()
    for path in ROOT.glob("pages/**/lesson.en.md"):
        page = path.parent.relative_to(ROOT / "pages").as_posix()
        english, korean = parts("en", page), parts("ko", page)
        for part, text in english.items():
            headings = re.findall("^## (.+)$", text, re.MULTILINE)
            pairs |= set(
                zip(headings, re.findall("^## (.+)$", korean[part], re.MULTILINE), strict=True)
            )
    assert len(pairs) == len({one for one, _ in pairs}) == len({other for _, other in pairs})
