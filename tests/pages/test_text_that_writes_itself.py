"""The page "Text that writes itself": its state in both languages, and what the picture tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.recurrent.text.job import JOB
from core.recurrent.text.shown import CARDS, RUNS, last
from core.training import shipped
from pages.kit.language import LANGUAGES
from pages.kit.run.inspection import Inspected
from pages.text_that_writes_itself import page as writing
from tests.pages.listings import listings
from tests.patience import PATIENCE

TEXT = "The cat sat on the mat, and the dog looked on.\n" * 20
VIEW: dict[str, Any] = {
    **{"temperature": 0.5, "draw": 3, "top_k": 7, "top_p": 0.9},
    **{"letter": 9, "property": "word", "watched": 4},
    **{"number": {"array": "scores", "index": [9, 2]}, "run": "", "at": -1, "config": {}},
}


def _page() -> None:
    from pages.text_that_writes_itself import page as writing

    writing.page()


def opened(language: str = "en", **query: str) -> AppTest:
    test = AppTest.from_function(_page, default_timeout=PATIENCE)
    for name, value in ({"lang": language} | query).items():
        test.query_params[name] = value
    return test.run()


def values(test: AppTest) -> dict[str, Any]:
    found: dict[str, Any] = test.session_state["fp.state.text"]["values"]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tab", ["see", "predict"])
def test_the_page_is_drawn_in_both_languages(language: str, tab: str) -> None:
    assert not opened(language, lesson=tab).exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_opens_a_number_of_the_shipped_run(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def inspect(self: Inspected, name: str, query: Mapping[str, str]) -> Any:
        assert self.example == f"shipped-{RUNS[language]}" and not self.run
        config = JOB.read(shipped.load(CARDS[language]).config)
        return JOB.inspections[name](config, last(language).state, query)

    monkeypatch.setattr(Inspected, "inspect", inspect)
    test = opened(language, number="probabilities.5.3", temperature="0.5", lesson="numbers")
    assert not test.exception
    assert r"\frac{e^{(s_{4,2}" in test.latex[0].value and "/0.5" in test.latex[0].value
    assert any("torch" in text for text in listings(test))


def test_the_whole_run_is_a_program() -> None:
    test = opened(lesson="python", cell="lstm", hidden="24")
    assert not test.exception
    assert any('NETWORKS["lstm"]' in text for text in listings(test))


def test_rubbish_in_a_link_is_ignored() -> None:
    rubbish = {"temperature": "0", "cell": "transformer", "letter": "-1", "number": "1.2", "x": "1"}
    test = opened(**rubbish)
    assert not test.exception
    ignored = test.session_state["fp.state.text"]["ignored"]
    assert {part.name for part in ignored} == set(rubbish)


def after(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> dict[str, Any]:
    monkeypatch.setattr(writing, "text_picture", lambda shared, **_: shared.on_view(VIEW | changes))
    test = opened()
    assert not test.exception
    return values(test)


def test_what_the_picture_tells_is_the_state(monkeypatch: pytest.MonkeyPatch) -> None:
    state = after(monkeypatch, config={"learning_rate": 0.01, "cell": "lstm", "language": "ko"})
    names = ("temperature", "draw", "top_k", "top_p", "letter", "property", "watched")
    told = {name: state[name] for name in names}
    assert told == {name: VIEW[name] for name in told}
    assert writing.TABLE["number"].format(state["number"]) == "scores.10.3"
    assert (state["rate"], state["cell"], state["corpus"]) == (0.01, "lstm", "ko")


@pytest.mark.parametrize(
    "changes", [{"temperature": 9}, {"letter": None}, {"number": 3}, {"property": "mood"}]
)
def test_rubbish_from_the_picture_is_not_taken(
    changes: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    (name,) = changes
    assert after(monkeypatch, **changes).get(name) != changes[name]


def test_a_text_of_ones_own_is_learned_from(monkeypatch: pytest.MonkeyPatch) -> None:
    configs: list[dict[str, Any]] = []
    monkeypatch.setattr(writing, "text_picture", lambda _, **data: configs.append(data["config"]))
    test = opened(corpus="own")
    test.text_area(key="fp.text.pasted").set_value(TEXT).run()
    assert not test.exception
    assert any("different ones" in caption.value for caption in test.caption)
    assert JOB.read(test_config := configs[-1]).text == TEXT and test_config["language"] == "en"
    test.text_area(key="fp.text.pasted").set_value("Too short.").run()
    assert any("at least 500" in error.value for error in test.error)


def test_every_run_that_the_page_allows_is_one_that_the_job_allows() -> None:
    for end in ("low", "high"):
        for field, name in writing.RUN.items():
            kind = writing.TABLE[field].kind
            if hasattr(kind, end):
                JOB.read({"hidden": 8, "context": 8, name: getattr(kind, end)})
