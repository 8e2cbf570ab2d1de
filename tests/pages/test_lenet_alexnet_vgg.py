"""The page "LeNet, AlexNet, VGG": languages, links, what its pictures tell; and its routes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from core.opened import Cell
from core.vision.architectures import answer as architectures_answer
from core.vision.architectures import sheet as architectures_sheet
from core.vision.architectures.number import Number, read_number, write_number
from core.vision.drawing import MAX_POINTS, Drawing
from core.vision.fair import results as fair_results
from core.vision.hand import sample
from pages.kit.routes import served
from pages.lenet_alexnet_vgg import api, page
from tests.pages.application import application
from tests.pages.listings import listings
from tests.patience import PATIENCE

CHOSEN = {"left": "lenet5", "right": "alexnet_2012", "scale": "true", "side": "left", "layer": 2}
DRAWN = {"drawing": sample(8).lists(), "stage": "last"}
COMPARED = {"equal": "multiply_adds", "idea": "depth"}


def _page() -> None:
    from pages.lenet_alexnet_vgg import page as lenet_alexnet_vgg

    lenet_alexnet_vgg.page()


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
    found: dict[str, Any] = test.session_state["fp.state.arch"]["values"]
    return found


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_is_drawn_in_both_languages(language: str) -> None:
    test = opened("side=left&layer=2", language)
    shown = " ".join(part.value for part in test.markdown)
    assert ("receptive field" in shown) if language == "en" else ("수용 영역" in shown)
    numbers = opened("side=left&layer=2&lesson=numbers", language)
    assert any("1{,}516" in part.value for part in numbers.latex), "the formula of C3"
    assert not test.error and not numbers.error


@pytest.mark.parametrize(
    "query", ["left=resnet&right=&scale=big", "layer=99&side=top", "stage=x&equal=luck", "seed=-1"]
)
def test_rubbish_in_a_link_opens_a_page_that_works(query: str) -> None:
    assert values(opened(query))["left"] == "lenet5_1998"


def test_a_layer_beyond_the_last_is_the_last() -> None:
    test = opened("layer=60&side=left&lesson=numbers")
    assert any("output" in part.value for part in test.markdown)


def state_after(name: str, view: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    places = {
        "arch": (page.arch, "networks_picture"),
        "five": (page.five, "five_picture"),
        "fair": (page.fair, "fair_picture"),
    }
    monkeypatch.setattr(*places[name], lambda told, **__: told.on_view(view))
    return values(opened())


def test_what_the_pictures_tell_is_the_state_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    assert state_after("arch", CHOSEN, monkeypatch)["layer"] == 2
    found = state_after("five", DRAWN | {"number": "vgg.conv2.1.2.3"}, monkeypatch)
    assert found["drawing"] == Drawing.of(DRAWN["drawing"]) and found["stage"] == "last"
    assert found["number"] == Number("vgg", Cell("conv2", (1, 2, 3)))
    assert state_after("fair", COMPARED, monkeypatch)["idea"] == "depth"


@pytest.mark.parametrize(
    ("name", "view"),
    [
        ("arch", CHOSEN | {"left": "resnet"}),
        ("arch", CHOSEN | {"layer": "many"}),
        ("arch", {}),
        ("five", DRAWN | {"drawing": 3}),
        ("five", DRAWN | {"stage": "none"}),
        ("fair", COMPARED | {"idea": None}),
    ],
)
def test_rubbish_from_a_picture_changes_nothing(
    name: str, view: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert state_after(name, view, monkeypatch) == page.TABLE.defaults() | page.TABLE.opening


def test_the_walk_names_parts_of_the_pictures() -> None:
    blocks = {"all", "left", "right", "table", "field", "formulas", "timeline"}
    blocks |= {"drawing", "five", "equal", "idea"}
    assert {part for names, _ in page.STEPS for part in names.split()} <= blocks


def test_every_idea_of_the_timeline_has_been_tried() -> None:
    tried = {event["idea"] for event in page.arch.timeline() if "idea" in event}
    assert tried <= {idea["name"] for idea in page.fair.ideas()}
    for idea in page.fair.ideas():
        assert idea["name"] in page.TABLE["idea"].kind.options
        known = next(i for i in page.IDEAS if i.name == idea["name"])
        assert set(idea["variants"]) == {variant.name for variant in known.variants}


def test_a_drawing_from_draw_a_digit_is_taken_over() -> None:
    test = AppTest.from_function(_page, default_timeout=PATIENCE)
    test.session_state["fp.state.draw"] = {"values": {"drawing": sample(21)}}
    test.run()
    assert not test.exception
    assert values(test)["drawing"] == sample(21)


# -- the routes ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(application(served(api.LIVE)), raise_server_exceptions=False) as client:
        yield client


DRAWING = "/forward-pass/architectures/drawing"
NUMBER = "/forward-pass/architectures/number"
TIME = "/forward-pass/architectures/time"


def test_the_routes_answer_with_core(client: TestClient) -> None:
    found = client.get("/forward-pass/architecture/alexnet_2012").json()
    sheet = architectures_sheet.sheet("alexnet_2012")
    assert found["parameters"] == sheet["parameters"] and len(found["rows"]) == len(sheet["rows"])
    question = architectures_answer.FiveQuestion.read(DRAWN)
    assert client.post(DRAWING, json=DRAWN).content == architectures_answer.answer(question)
    assert client.get("/forward-pass/fair").json()["card"] == fair_results.picture()["card"]


@pytest.mark.parametrize("net", ["simple", "lenet5", "alexnet", "vgg", "tiny"])
def test_any_number_of_the_five_opens(client: TestClient, net: str) -> None:
    for text in (f"{net}.probabilities.7", f"{net}.logits.3", f"{net}.conv1.2.5.6"):
        asked = {"drawing": DRAWN["drawing"], "number": text}
        found = client.post(NUMBER, json=asked).json()
        assert found["number"] == text == write_number(read_number(text))
        assert found["opened"]["total"] == pytest.approx(found["opened"]["value"], abs=1e-4)


@pytest.mark.parametrize("text", ["", "vgg", "resnet.conv1.0.0.0", "vgg.conv9.0", "vgg.conv1.0", 7])
def test_a_number_that_is_not_there_is_refused(client: TestClient, text: Any) -> None:
    answer = client.post(NUMBER, json={"drawing": [], "number": text})
    assert answer.status_code == 422 and answer.text.endswith(".")


def test_the_lesson_opens_the_number_of_the_link() -> None:
    shown = opened("number=tiny.logits.4&lesson=numbers")
    formulas = [part.value for part in shown.latex]
    assert any(r"\text{logits}_{4}" in formula for formula in formulas)
    assert any('load_file("models/tiny.safetensors")' in text for text in listings(shown))


def test_time_is_measured_here_and_now(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(architectures_answer, "times", lambda: {"simple": 0.001})
    assert client.post(TIME, json={}).json() == {"simple": 0.001}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 422),
        (b'{"drawing": "x"}', 422),
        (b'{"drawing": [], "stage": {}}', 422),
        (b'{"drawing": ' + b"[" * (MAX_POINTS * 2) + b"]" * (MAX_POINTS * 2) + b"}", 413),
        (b" " * 200_000, 413),
    ],
)
def test_a_hostile_question_gets_a_sentence(client: TestClient, body: bytes, status: int) -> None:
    answer = client.post(DRAWING, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status and answer.text.endswith(".")


def test_only_our_own_page_may_ask(client: TestClient) -> None:
    far = {"Origin": "https://elsewhere.example", "Content-Type": "application/json"}
    assert client.post(DRAWING, json=DRAWN, headers=far).status_code == 403
    assert (
        client.post(TIME, content=b"{}", headers={"Content-Type": "text/plain"}).status_code == 415
    )
    assert client.get(TIME).status_code == 405
    assert client.post(TIME, json={"x": "y" * 99}).status_code == 413
    unknown = client.get("/forward-pass/architecture/resnet")
    assert unknown.status_code == 404 and unknown.text.startswith("There is no such network")
