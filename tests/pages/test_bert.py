"""The page "BERT": its tabs in both languages, links, what the pictures tell it, and its route."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from core.language.bert.examples import examples
from core.language.bert.job import JOB
from core.language.bert.pieces import MAX_TOKENS
from core.language.bert.question import MAX_BYTES, GameQuestion
from pages.bert import api, lesson, page
from pages.bert.places import read_places, write_places
from pages.bert.questions import game_question
from pages.kit.routes import served
from tests.pages.application import application
from tests.pages.listings import listings
from tests.patience import PATIENCE

ADDRESS = "/forward-pass/bert/answer"

JSON = {"Content-Type": "application/json"}


def _page() -> None:
    from pages.bert import page as bert

    bert.page()


def opened(**query: str) -> AppTest:
    test = AppTest.from_function(_page, default_timeout=PATIENCE)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def values(test: AppTest) -> dict[str, Any]:
    found: dict[str, Any] = test.session_state["fp.state.bert"]["values"]
    return found


@pytest.mark.parametrize("tab", page.TABS)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_tab_has_prose_and_a_program(tab: str, language: str) -> None:
    program = opened(tab=tab, lang=language, lesson="numbers")
    assert not program.exception and not program.error
    assert any(language in text for text in listings(program))
    test = opened(tab=tab, lang=language)
    assert not test.exception and not test.error
    assert len([block for block in test.markdown if block.value.startswith("##")]) >= 2


@pytest.mark.parametrize("task", ["sentiment", "answer", "pretrain"])
@pytest.mark.parametrize("begin", ["pretrained", "frozen", "scratch"])
def test_every_run_that_the_page_allows_is_one_that_the_job_allows(
    task: str, begin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(lesson, "lesson", lambda *all: shown.append(all[2]))
    for end in ("low", "high"):
        query = {
            name: str(getattr(page.TABLE[name].kind, end))
            for name in ("labels", "share", "batch", "steps", "run_seed")
        }
        rate = "1e-09" if end == "low" else str(page.TABLE["rate"].kind.high)
        query |= {"rate": rate, "layers": "3", "heads": "1"}
        test = opened(tab="tune", task=task, begin=begin, **query)
        assert not test.exception
        config = shown[-1]
        assert JOB.write(JOB.read(config)) == config
        assert (config["objective"], config["start"]) == (task, begin)
        own = task == "pretrain" or begin == "scratch"
        assert (config["layers"], config["heads"]) == ((3, 1) if own else (2, 4))


def test_rubbish_in_a_link_is_ignored() -> None:
    test = opened(tab="x", covered="3.x", head="0.0", labels="-3", task="poetry", temperature="9")
    assert not test.exception
    kept = values(test)
    for name in ("tab", "covered", "head", "labels", "task", "temperature"):
        assert kept[name] == page.TABLE[name].default, name


@pytest.mark.parametrize("places", [None, (), (0,), (1, 5, 46)])
def test_hidden_places_come_back_from_a_link(places: tuple[int, ...] | None) -> None:
    assert read_places(write_places(places)) == places


@pytest.mark.parametrize("text", ["-1", "200", "1..2", "a", "²"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"by their places|invalid literal"):
        read_places(text)


def test_what_the_picture_chose_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def choose(told: Any, **_: Any) -> None:
        told.on_view(told.view | {"text": "#1", "covered": [2, 5], "head": [1, 3], "drawn": True})

    monkeypatch.setattr(page, "bert_games", choose)
    kept = values(opened())
    assert (kept["text"], kept["covered"], kept["head"]) == ("#1", (2, 5), (1, 3))
    assert kept["drawn"] is True


def test_a_run_is_asked_what_the_game_asks() -> None:
    class State(dict[str, Any]):
        pass

    state: Any = State(text="#1", next="", covered=None, review="", question="", passage="")
    for game in ("hidden", "sentiment", "answer"):
        question = game_question(state, game, "en")  # type: ignore[arg-type]
        row = examples("en")[game][1 if game == "hidden" else 0]
        assert {key: row[key] for key in question if key in row}.items() <= question.items()
        assert GameQuestion.read(question).game == game


@pytest.mark.parametrize(
    "query",
    [
        {"cell": "left.0.layer_1_attention_weights.2,4,3"},
        {"tab": "hidden", "cell": "draw.0.loss."},
        {"tab": "follows"},
        {"tab": "tune", "cell": "frozen.0.cls.0,5"},
        {"tab": "tune", "task": "answer", "cell": "scratch.0.span_probabilities.3"},
        {"tab": "write", "cell": "fill.2.probabilities.3,9", "order": "surest"},
    ],
    ids=str,
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_lesson_opens_the_number(query: dict[str, str], language: str) -> None:
    test = opened(lang=language, lesson="numbers", **query)
    assert not test.exception
    (formula,) = (one.value for one in test.latex)
    assert any(text == formula.strip("$ \n") for text in listings(test))
    program = next(text for text in listings(test) if "load_file" in text)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, "program", "exec"), {})
    shown = float(formula.strip("$ \n").rpartition("= ")[2])
    assert float(out.getvalue().split()[0]) == pytest.approx(shown, abs=6e-4)


def test_the_questions_have_the_answers_of_the_networks() -> None:
    for language in ("en", "ko"):
        sides, swapped, gain = lesson._questions(language)  # type: ignore[arg-type]
        assert 0 < float(sides.answer) <= 100
        assert swapped.answer == "yes"  # order was never learnt
        assert gain.answer == "pretrained"


def test_the_route_answers_and_refuses_in_a_sentence() -> None:
    app = application(served(api.LIVE))
    good = {"game": "hidden", "language": "en", "text": "the soup was tasty.", "hide": [2]}
    with TestClient(app, raise_server_exceptions=False) as client:
        found = client.post(ADDRESS, json=good).json()
        assert found["places"][0]["truth"] == "soup"
        for change, status in (
            ({"text": ""}, 422),
            ({"text": "soup " * MAX_TOKENS}, 422),
            ({"hide": [99]}, 422),
            ({"game": "chess"}, 422),
            ({"language": "fr"}, 422),
        ):
            answer = client.post(ADDRESS, json=good | change)
            assert answer.status_code == status and answer.text.endswith("."), change
        strange = client.post(
            ADDRESS, json=good | {"text": "the zebra was tasty \N{PARTY POPPER}."}
        )
        assert strange.status_code == 200 and "zebra" in strange.json()["unknown"]
        assert client.post(ADDRESS, content=b"{", headers=JSON).status_code == 400
        assert client.post(ADDRESS, content=b"x" * (MAX_BYTES + 1), headers=JSON).status_code == 413
        assert client.get(ADDRESS).status_code == 405
