"""The page "Attention, step by step": links, languages, what the picture tells; and its route."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from core.attention.steps import answer as steps_answer
from core.attention.steps.question import Cell, StepsQuestion
from pages.attention_step_by_step import api, page
from pages.kit.routes import served
from tests.pages.application import application
from tests.patience import PATIENCE

ADDRESS = "/forward-pass/attention/steps"

GOOD: dict[str, Any] = {
    "words": "the fox ran",
    "context": "",
    "kind": "self",
    "numbers": "random",
    "seed": 12,
    "positions": True,
    "scaled": False,
    "mask": "causal",
    "temperature": 0.5,
    "heads": 4,
    "place": {"matrix": "Q", "head": 0, "row": 1, "column": 2},
    "edits": [[{"matrix": "Wq", "head": 0, "row": 0, "column": 0}, 2.5]],
    "told": 1,
}


def _page() -> None:
    from pages.attention_step_by_step import page as attention_step_by_step

    attention_step_by_step.page()


def opened(query: str = "", language: str = "en") -> AppTest:
    test = AppTest.from_function(_page, default_timeout=PATIENCE)
    for part in filter(None, query.split("&")):
        name, value = part.split("=", 1)
        test.query_params[name] = value
    test.query_params["lang"] = language
    test.run()
    assert not test.exception
    return test


def values(test: AppTest) -> dict[str, Any]:
    found: dict[str, Any] = test.session_state["fp.state.steps"]["values"]
    return found


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_is_drawn_in_both_languages(language: str) -> None:
    test = opened(language=language)
    shown = " ".join(part.value for part in test.markdown)
    assert ("query" in shown) if language == "en" else ("쿼리" in shown)
    assert not test.error


def test_a_link_opens_the_page_as_it_was() -> None:
    text = "words=a+b&kind=cross&context=c+d&mask=padding&temperature=0.3&heads=8&positions=1"
    found = values(opened(f"{text}&edits=Q.0.1.2=-3.5&place=V.0.1.1&numbers=random&scaled=0"))
    assert found["heads"] == 8 and found["temperature"] == 0.3 and found["mask"] == "padding"
    assert found["edits"] == ((Cell("Q", 0, 1, 2), -3.5),) and found["place"] == Cell("V", 0, 1, 1)


@pytest.mark.parametrize(
    "query",
    [
        "words=" + "x+" * 50,
        "words=%00",
        "kind=cross&mask=causal",
        "words=[pad]&mask=padding",
        "heads=3&temperature=99&seed=-1",
        "edits=Q.0.0.0=1e999&place=Z.9.9.9.9",
        "place=C.0.11.11",
        "place=EC.0.11.11&words=one",
        "edits=A.7.11.11=3",
    ],
)
def test_rubbish_in_a_link_opens_a_page_that_works(query: str) -> None:
    test = opened(query)
    assert not test.error and values(test)["mask"] == "none"


def state_after(view: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setattr(
        page.attention_steps, "steps_picture", lambda told, **__: told.on_view(view)
    )
    return values(opened())


def test_what_the_picture_tells_is_the_state_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    found = state_after(GOOD, monkeypatch)
    assert found["words"] == "the fox ran" and found["heads"] == 4 and found["seed"] == 12
    assert found["place"] == Cell("Q", 0, 1, 2)
    assert found["edits"] == ((Cell("Wq", 0, 0, 0), 2.5),)


@pytest.mark.parametrize(
    "change",
    [
        {"words": "x " * 11},
        {"words": 7},
        {"kind": "cross", "mask": "causal"},
        {"place": {"matrix": "Nothing"}},
        {"edits": 3},
        {"heads": "many"},
        {"temperature": None},
    ],
)
def test_rubbish_from_the_picture_changes_nothing(
    change: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert state_after(GOOD | change, monkeypatch)["seed"] == 3


def test_the_walk_names_parts_of_the_picture() -> None:
    known = set(page.attention_steps.words()["matrices"]) | {"all", "talk", "lens", "heads"}
    assert {part for names, _ in page.STEPS for part in names.split()} <= known


# -- the live route ------------------------------------------------------------------------------

ASKED = {name: value for name, value in GOOD.items() if name != "told"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(application(served(api.LIVE)), raise_server_exceptions=False) as client:
        yield client


def test_a_question_gets_the_answer_of_core(client: TestClient) -> None:
    answer = client.post(ADDRESS, json=ASKED)
    assert answer.status_code == 200
    assert answer.content == steps_answer.answer(StepsQuestion.read(ASKED))


HOSTILE = {
    "nothing": (b"", 400),
    "half": (b'{"words": "a', 400),
    "NaN": (b'{"words": "a", "temperature": NaN}', 400),
    "no object": (b"7", 422),
    "deep": (b"[" * 100_000, 400),
    "10,000 words": (json.dumps({"words": "word " * 10_000}).encode(), 422),
    "too long": (json.dumps({"words": "a" * 300_000}).encode(), 413),
    "a place outside": (b'{"words": "a", "place": {"matrix": "A", "row": 99}}', 422),
    "a text for a number": (b'{"words": "a", "edits": [[{"matrix": "Q"}, "1"]]}', 422),
    "larger than a float": (b'{"words": "a", "edits": [[{"matrix": "Q"}, 1e999]]}', 400),
    "larger than an integer": (
        b'{"words": "a", "edits": [[{"matrix": "Q"}, 1' + b"0" * 400 + b"]]}",
        400,
    ),
    "a list for heads": (b'{"words": "a", "heads": [1]}', 422),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_post_gets_a_sentence(client: TestClient, name: str) -> None:
    body, status = HOSTILE[name]
    answer = client.post(ADDRESS, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (status, 422 if status == 400 else status)
    assert answer.text.endswith(".") and len(answer.text) < 300 and "\n" not in answer.text


def test_another_method_type_or_site_is_refused(client: TestClient) -> None:
    assert client.get(ADDRESS).status_code == 405
    assert client.post(ADDRESS, content=b"{}").status_code == 415
    assert client.post(ADDRESS, json=ASKED, headers={"Origin": "http://evil"}).status_code == 403
