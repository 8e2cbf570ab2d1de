"""The tabs "Pooling" and "Why not a plain network": links, languages, and their routes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from core.vision.hand import sample
from core.vision.plain.answer import PlainQuestion
from core.vision.plain.answer import answer as plain_answer
from core.vision.pooling.answer import answer as pooling_answer
from core.vision.pooling.question import LAYERS, PoolingQuestion
from core.vision.shuffled.job import JOB
from pages import frame
from pages.convolution_and_pooling import api
from pages.convolution_and_pooling.plain import view as plain
from pages.convolution_and_pooling.plain import words as plain_words
from pages.convolution_and_pooling.pooling import view as pooling
from pages.convolution_and_pooling.pooling import words as pooling_words
from pages.kit.routes import served
from tests.pages.application import application
from tests.patience import PATIENCE

SCRIPT = Path(__file__).resolve().parents[2] / "pages" / "main.py"
POOLING, PLAIN = "/forward-pass/pooling", "/forward-pass/plain"
STROKES = sample(3).lists()


def _page() -> None:
    from pages.convolution_and_pooling import page as convolution_and_pooling

    convolution_and_pooling.page()


def opened(query: str, language: str = "en") -> AppTest:
    test = AppTest.from_function(_page, default_timeout=PATIENCE)
    for part in query.split("&"):
        name, value = part.split("=", 1)
        test.query_params[name] = value
    test.query_params["lang"] = language
    test.run()
    assert not test.exception
    return test


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = application(served(api.LIVE))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


# -- the tabs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("tab", ["pooling", "plain"])
def test_both_tabs_are_shown_in_both_languages(tab: str, language: str) -> None:
    test = opened(f"tab={tab}", language)
    assert len(test.tabs) >= 3 and not test.error
    text = " ".join(part.value for part in test.markdown)
    assert ("풀링" in text or "합성곱" in text) == (language == "ko")


def test_a_link_brings_the_whole_setting() -> None:
    test = opened(
        "tab=pooling&pool_source=matrix&pool_matrix=1 2;3 4&pool_kind=average&pool_view=lost"
        "&lesson=numbers"
    )
    kept = test.session_state["fp.state.conv"]["values"]
    assert kept["pool_matrix"] == "1 2;3 4" and kept["pool_kind"] == "average"
    assert r"\frac{2 + 2\cdot0 - 2}{2}" in test.latex[0].value


def test_a_link_to_a_layer_that_torch_has_not_is_no_error_page() -> None:
    for query in ("pool_window=3&pool_padding=3", "pool_source=matrix&pool_matrix=1&pool_window=6"):
        test = opened(f"tab=pooling&{query}")
        assert not test.error  # the picture says which rule it breaks


def test_the_first_question_counts_the_rows_of_this_layer() -> None:
    test = opened("tab=pooling&pool_window=3&pool_stride=2&lesson=predict")
    text = " ".join(part.value for part in test.markdown)
    assert "window 3, stride 2, padding 0" in text


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "You answered 1,000,000. The answer is **1,000,001**."),
        ("ko", "예측한 답: 1,000,000. 정답: **1,000,001**."),
    ],
)
def test_an_answer_of_seven_digits_is_told_in_full(language: str, told: str) -> None:
    """And as an answer, not as something that a network says: none says how many weights it has."""
    test = opened("tab=plain&lesson=predict", language)
    (asked,) = (each for each in test.number_input if each.key == "fp.quiz.plain-unit")
    asked.set_value(1_000_000).run()
    test.button(key="fp.quiz.plain-unit.reveal").click().run()
    test.number_input(key="fp.quiz.plain-unit").set_value(1_000_000).run()
    test.button(key="fp.quiz.plain-unit.reveal").click().run()
    text = " ".join(part.value for part in test.markdown)
    assert told in text


def test_every_word_is_there() -> None:
    for values in (pooling_words.words(), plain_words.words(), plain_words.run_words()):
        assert all(value not in (None, "") for value in values.values())
    assert pooling_words.words()["layers"].keys() == LAYERS.keys()


@pytest.mark.parametrize(("tab", "walk"), [("pooling", pooling.STEPS), ("plain", plain.STEPS)])
def test_a_link_into_a_tab_opens_the_walk_of_that_tab(
    tab: str, walk: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    walks: list[object] = []
    header = frame._header

    def seen(entry: Any, steps: Any, state: Any) -> Any:
        walks.append(steps)
        return header(entry, steps, state)

    monkeypatch.setattr(frame, "_header", seen)
    app = AppTest.from_file(str(SCRIPT), default_timeout=PATIENCE)
    app.query_params["tab"] = tab
    app._page_hash = calc_hash("convolution-and-pooling")
    assert not app.run().exception
    assert walks == [walk]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, Any]]:
    """What each picture is sent, by the key of the picture."""
    found: dict[str, dict[str, Any]] = {}
    for picture in (pooling.PICTURE, plain.PICTURE, plain.RUN_PICTURE):
        monkeypatch.setattr(picture, "_component", lambda key, data, **_: found.update({key: data}))
    return found


def test_the_pictures_are_sent_what_a_link_says(sent: dict[str, dict[str, Any]]) -> None:
    opened("tab=plain&plain_width=16&plain_steps=40&plain_side=224&plain_channels=3")
    assert sent["plain"]["view"]["side"] == 224 and sent["plain"]["view"]["channels"] == 3
    config = sent["shuffled"]["config"]
    assert JOB.write(JOB.read(config)) | config == JOB.write(JOB.read(config))
    assert (config["channels"], config["steps"]) == (16, 40)
    assert sent["shuffled"]["card"]["seeds"] == [0, 1, 2]
    opened("tab=pooling&pool_source=map&pool_layer=conv2&pool_map=40&pool_ceil=1")
    view = sent["pooling"]["view"]
    assert (view["source"], view["layer"], view["map"], view["ceil"]) == ("map", "conv2", 40, True)
    assert sent["pooling"]["hidden"] == []


def test_a_lecturer_can_hide_the_controls(sent: dict[str, dict[str, Any]]) -> None:
    opened("tab=pooling&hide=pool_source,pool_window")
    assert sent["pooling"]["hidden"] == ["inputs", "layer"]


# -- the routes ------------------------------------------------------------------------------------


def test_the_routes_give_the_answers_of_core(client: TestClient) -> None:
    asked = {"drawing": STROKES, "setting": {"kind": "average", "window": 3}}
    found = client.post(POOLING, json=asked)
    assert found.status_code == 200
    assert found.content == orjson.dumps(pooling_answer(PoolingQuestion.read(asked)))
    moved = {"drawing": STROKES, "source": "map", "view": "shift"}  # on a thread of its own
    found = client.post(POOLING, json=moved)
    assert found.content == orjson.dumps(pooling_answer(PoolingQuestion.read(moved)))
    counts = {"drawing": STROKES, "layers": {"side": 224, "channels": 3}, "shuffle": 9}
    found = client.post(PLAIN, json=counts)
    assert found.content == orjson.dumps(plain_answer(PlainQuestion.read(counts)))


def test_a_broken_rule_is_told_with_its_numbers(client: TestClient) -> None:
    found = client.post(POOLING, json={"setting": {"window": 3, "padding": 2}})
    assert found.status_code == 422
    assert found.json()["field"] == "padding" and found.json()["nearest"] == 1
    assert found.json()["message"].endswith("for a window of 3 at most 1.")
    korean = {"X-Forward-Pass-Language": "ko"}
    found = client.post(POOLING, json={"setting": {"window": 3, "padding": 2}}, headers=korean)
    assert found.json()["message"].startswith("패딩")


@pytest.mark.parametrize("path", [POOLING, PLAIN])
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 422),
        (b"null", 422),
        (b'{"drawing": 5}', 422),
        (b'{"drawing": [[[1e999, 2]]]}', 400),
        (b"[" * 20_000, 413),
        (b'{"drawing": "' + b"x" * 200_000 + b'"}', 413),
        (b"\xff\xfe", 400),
    ],
)
def test_hostile_questions_get_a_sentence(
    client: TestClient, path: str, body: bytes, status: int
) -> None:
    found = client.post(path, content=body, headers={"content-type": "application/json"})
    assert found.status_code == status
    assert found.text.endswith(".") and "Traceback" not in found.text


@pytest.mark.parametrize("path", [POOLING, PLAIN])
def test_other_methods_and_other_sites_are_refused(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 405
    assert client.post(path, json={}, headers={"origin": "http://other"}).status_code == 403
    assert client.post(path, content="{}").status_code == 415
