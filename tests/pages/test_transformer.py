"""The page "Transformer": links, languages, what its picture tells; its route."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from core.language.transformer import answer, lesson
from core.language.transformer.job import JOB
from core.language.transformer.question import BlockCell
from core.language.transformer.setting import TransformerSetting
from core.language.transformer.tasks import TASKS
from pages.kit.routes import served
from pages.transformer import api, page, view
from pages.transformer import run as transformer_run
from tests.pages.application import application
from tests.pages.listings import listings
from tests.patience import PATIENCE

ADDRESS = "/forward-pass/language/transformer"

GOOD: dict[str, Any] = {
    "task": "en-ko",
    "text": "the dog sat on the table",
    "mode": "beam",
    "beams": 4,
    "temperature": 2,
    "seed": 3,
    "prefix": ["고양이"],
    "step": 2,
    "block": "softmax",
    "head": 1,
    "cell": {"matrix": "logits", "row": 1, "column": 2},
    "told": 1,
}


def _page() -> None:
    from pages.transformer import page

    page.page()


def opened(query: str = "", language: str = "en") -> AppTest:
    test = AppTest.from_function(_page, default_timeout=PATIENCE)
    for part in filter(None, query.split("&")):
        name, value = part.split("=", 1)
        test.query_params[name] = value
    test.query_params["lang"] = language
    test.run()
    assert not test.exception and not test.error
    return test


def values(test: AppTest) -> dict[str, Any]:
    found: dict[str, Any] = test.session_state["fp.state.transformer"]["values"]
    return found


@pytest.mark.parametrize(("language", "word"), [("en", "start token"), ("ko", "시작 토큰")])
def test_both_tabs_are_drawn_in_both_languages(language: str, word: str) -> None:
    assert word in " ".join(part.value for part in opened(language=language).markdown)
    assert opened("tab=train", language).toggle


def test_a_link_opens_the_page_as_it_was() -> None:
    found = values(
        opened("task=ko-en&text=개가 잤다&mode=sample&prefix=the dog&block=linear&cell=logits.1.5")
    )
    assert (found["task"], found["text"]) == ("ko-en", "개가 잤다")
    assert (found["prefix"], found["block"]) == (("the", "dog"), "linear")
    assert found["cell"] == BlockCell("logits", 1, 5)


@pytest.mark.parametrize(
    ("cell", "symbol"),
    [("weights.1.2", "A^{(2)}_{1,2}"), ("q.99.0", "A^{(2)}_{")],  # no such row
)
def test_the_lesson_has_the_formula_and_the_program_of_the_number(cell: str, symbol: str) -> None:
    test = opened(f"block=decoder.0.attention&head=1&cell={cell}&lesson=numbers")
    formula = test.latex[0].value.strip("$\n")
    latex, program, *_ = listings(test)
    assert formula.startswith(symbol) and latex.startswith(formula)
    assert "print(decoder_0_" in program and "load_file" in program
    assert formula.rpartition(" = ")[2][:4] in program


@pytest.mark.parametrize(
    "query",
    ["text=the <b>flies</b>", "prefix=the", "cell=a.b.c", "cell=1.2", "task=sort&text=the cat"],
)
def test_rubbish_in_a_link_shows_the_example(query: str) -> None:
    found = values(opened(query))
    assert (found["text"], found["prefix"], found["cell"]) == ("", (), None)


def test_what_the_picture_tells_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = []
    monkeypatch.setattr(view, "transformer_picture", lambda told, **_: heard.append(told.on_view))
    test = opened()

    class State(dict[str, Any]):
        table = page.TABLE
        values = values(test)

        def set(self, name: str, value: Any) -> None:
            self.values[name] = value

        def hidden_parts(self, *_: object) -> list[str]:
            return []

        def plain(self, names: dict[str, str]) -> dict[str, Any]:
            return {name: self.table[name].write(self.values[name]) for name in names}

        def __getitem__(self, name: str) -> Any:
            return self.values[name]

    page._picture(State())  # type: ignore[arg-type]
    told = heard[-1]
    told(GOOD)
    assert State.values["prefix"] == ("고양이",)
    assert State.values["cell"] == BlockCell("logits", 1, 2)
    for wrong in ({"text": "flies"}, {"beams": 9}, {"prefix": [1]}, {"block": "x"}, {"head": 4}):
        told(GOOD | {"task": "sort"} | wrong)
    assert State.values["task"] == "en-ko" and State.values["head"] == 1


def test_presets_are_settings_of_the_job_and_examples_are_held_out() -> None:
    for fields in transformer_run.PRESETS.values():
        assert isinstance(JOB.read(fields), TransformerSetting)
    for task in TASKS:
        found = lesson.greedy(task, "")
        assert found["truth"]["held_out"] and found["right"]


def test_facts_of_the_lesson() -> None:
    step, tokens, exact = lesson.fooled()
    assert tokens > exact + 0.2 and step > 0
    found = lesson.greedy("reverse", "")
    assert "고양이" in lesson.picture(lesson.greedy("en-ko", ""), 0).decode()
    rows = lesson.table(found).decode().splitlines()
    assert len(rows) == 1 + 4 * (len(found["target"]) - 1) * len(found["source"])


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(application(served(api.LIVE))) as client:
        yield client


def post(client: TestClient, body: bytes) -> tuple[int, bytes]:
    found = client.post(ADDRESS, content=body, headers={"content-type": "application/json"})
    return found.status_code, found.content


def test_the_route_answers_as_the_core_does(client: TestClient) -> None:
    asked = {"task": "sort", "text": "3 1 2", "block": "softmax"}
    status, found = post(client, json.dumps(asked).encode())
    assert status == 200 and found == answer.answer(asked)


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"{", 400, "JSON"),
        (b"[]", 422, "object"),
        (b"{}", 422, "Task"),
        (b'{"task": "en-ko", "text": "flies"}', 422, "flies"),
        (b'{"task": "en-ko", "text": ""}', 422, "such as"),
        (b'{"task": "en-ko", "text": "%s"}' % (b"x" * answer.MAX_BYTES), 413, ""),
    ],
)
def test_bad_questions_get_a_sentence(
    client: TestClient, body: bytes, status: int, said: str
) -> None:
    found, text = post(client, body)
    assert found == status and said in text.decode()
