"""The page "Long dependencies": its state in both languages, and what the pictures tell."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.recurrent.adding.job import JOB
from pages.long_dependencies import page as long_dependencies
from tests.pages.listings import listings
from tests.patience import PATIENCE

GOOD = {"length": 20, "forget_bias": 3, "scale": 1.5, "hidden": 8, "seed": 2, "step": 5}


def _page() -> None:
    from pages.long_dependencies import page as long_dependencies

    long_dependencies.page()


NUMBERS = {"lesson": "numbers"}


def opened(query: dict[str, str] | None = None, language: str = "en") -> AppTest:
    test = AppTest.from_function(_page, default_timeout=PATIENCE)
    for name, value in ({"lang": language} | (query or {})).items():
        test.query_params[name] = value
    return test.run()


def values(test: AppTest) -> dict[str, Any]:
    found: dict[str, Any] = test.session_state["fp.state.long"]["values"]
    return found


@pytest.mark.parametrize(
    ("language", "heading"),
    [("en", "What really helps? The adding problem"), ("ko", "무엇이 정말 도움이 될까? 덧셈 문제")],
)
def test_the_page_in_both_languages(language: str, heading: str) -> None:
    test = opened(NUMBERS, language)
    assert not test.exception
    assert test.header[0].value == heading
    assert r"\prod_{k=2}^{50}" in test.latex[0].value
    assert any("torch.manual_seed" in text for text in listings(test))


def test_a_link_opens_its_state() -> None:
    asked = {"length": "20", "forget_bias": "3.0", "step": "7", "cell": "gru", "seed": "5"}
    test = opened(asked | NUMBERS)
    assert not test.exception
    state = values(test)
    assert (state["length"], state["forget_bias"], state["step"], state["cell"]) == (
        20, 3.0, 7, "gru",
    )  # fmt: skip
    assert r"\prod_{k=8}^{20}" in test.latex[0].value


def test_rubbish_in_a_link_is_ignored() -> None:
    rubbish = {"length": "1e9", "scale": "nan", "cell": "transformer", "step": "-1", "x": "<b>"}
    test = opened(rubbish)
    assert not test.exception
    assert values(test)["length"] == 50
    ignored = test.session_state["fp.state.long"]["ignored"]
    assert {part.name for part in ignored} == set(rubbish)


def test_a_step_beyond_the_end_is_the_last_one() -> None:
    test = opened({"length": "5", "step": "100"} | NUMBERS)
    assert not test.exception
    assert r"\partial s_{5}" in test.latex[0].value


def state_after(monkeypatch: pytest.MonkeyPatch, picture: str, view: Any) -> dict[str, Any]:
    def shown(first: Any, *_: Any, **named: Any) -> None:
        hear = named.get("on_view") or first.on_view
        hear(view)

    monkeypatch.setattr(long_dependencies, picture, shown)
    test = opened()
    assert not test.exception
    return values(test)


def test_what_the_first_picture_tells_is_the_state(monkeypatch: pytest.MonkeyPatch) -> None:
    state = state_after(monkeypatch, "gradient_picture", GOOD)
    assert {name: state[name] for name in GOOD} == GOOD


@pytest.mark.parametrize(
    "change", [{"length": 1}, {"scale": "much"}, {"seed": 10**9}, {"step": None}, {"hidden": [8]}]
)
def test_rubbish_from_the_first_picture_changes_nothing(
    change: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    state = state_after(monkeypatch, "gradient_picture", GOOD | change)
    assert state == long_dependencies.TABLE.defaults()


def test_what_the_second_picture_tells_is_the_state(monkeypatch: pytest.MonkeyPatch) -> None:
    view = {"config": {"learning_rate": 0.01, "cell": "gru", "length": 30}}
    state = state_after(monkeypatch, "adding_picture", view)
    assert (state["rate"], state["cell"], state["run_length"]) == (0.01, "gru", 30)


@pytest.mark.parametrize(
    "view",
    [{}, {"config": 3}, {"config": {"hidden": -1}}, {"config": {"layers": 2}}, {"config": None}],
)
def test_rubbish_from_the_second_picture_changes_nothing(
    view: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert state_after(monkeypatch, "adding_picture", view) == long_dependencies.TABLE.defaults()


def test_every_run_that_the_page_allows_is_one_that_the_job_allows() -> None:
    table, names = long_dependencies.TABLE, long_dependencies.RUN
    for end in ("low", "high"):
        for field, name in names.items():
            value = getattr(table[field].kind, end, None)
            if value is not None:
                JOB.read({name: value})
