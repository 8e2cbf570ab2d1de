"""The page "Convolution and pooling", its first part: links, languages, what the picture tells."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from core.opened import Cell
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.source import write_picture
from core.vision.convolution.values import OutputCell
from core.vision.hand import sample
from pages.convolution_and_pooling import api, page
from pages.kit.routes import served
from tests.pages.application import application
from tests.patience import PATIENCE

ADDRESS = "/forward-pass/convolution"

GOOD: dict[str, Any] = {
    "source": "matrix",
    "seed": 4,
    "drawing": None,
    "matrix": "1 2 0;3 4 1;0 1 5",
    "channels": 2,
    "picture": "",
    "as_drawn": False,
    "normalised": True,
    "filters": ["emboss", "random"],
    "rows": 2,
    "columns": 3,
    "stride": 2,
    "padding": "valid",
    "mode": "replicate",
    "dilation": 1,
    "groups": 1,
    "transposed": False,
    "output_padding": 0,
    "after": "tanh",
    "flipped": True,
    "bias": [None, 0.5],
    "angle": 10,
    "dice": 7,
    "edits": [[1, 0, 1, 2, -3.5]],
    "place": {"map": 1, "row": 0, "column": 0},
}


def _page() -> None:
    from pages.convolution_and_pooling import page as convolution_and_pooling

    convolution_and_pooling.page()


def opened(query: str = "", language: str = "en", **session: Any) -> AppTest:
    test = AppTest.from_function(_page, default_timeout=PATIENCE)
    for part in filter(None, query.split("&")):
        name, value = part.split("=", 1)
        test.query_params[name] = value
    test.query_params["lang"] = language
    for key, value in session.items():
        test.session_state[key.replace("__", ".")] = value
    test.run()
    assert not test.exception
    return test


def values(test: AppTest) -> dict[str, Any]:
    found: dict[str, Any] = test.session_state["fp.state.conv"]["values"]
    return found


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_is_drawn_in_both_languages(language: str) -> None:
    test = opened(language=language)
    shown = " ".join(part.value for part in test.markdown)
    assert ("kernel" in shown) if language == "en" else ("커널" in shown)
    assert not test.error


def test_a_link_opens_the_page_as_it_was() -> None:
    text = "source=matrix&matrix=1 2;3 4&filters=gabor,ours.conv1.3&rows=2&columns=1&padding=same"
    found = values(opened(f"{text}&bias=,0.5&edits=1.0.1.0=-2.5&place=1.0.1&after=relu&flipped=1"))
    assert found["filters"] == ("gabor", "ours.conv1.3") and found["padding"] == "same"
    assert found["bias"] == (None, 0.5) and found["place"] == OutputCell(1, 0, 1)
    assert found["edits"] == (((1, 0, 1, 0), -2.5),) and found["after"] == "relu"


@pytest.mark.parametrize(
    ("query", "field", "nearest"),
    [
        ("stride=0", "stride", 1),
        ("source=matrix&matrix=1 2;3 4&padding=0&rows=7", "rows", 2),
        ("groups=4", "groups", 1),
        ("padding=same&stride=3", "stride", 1),
        ("transposed=1&mode=reflect", "mode", "zeros"),
        ("source=matrix&matrix=1&mode=reflect&padding=2", "padding", 0),
    ],
)
def test_an_impossible_link_is_set_to_the_nearest_and_says_so(
    query: str, field: str, nearest: object
) -> None:
    test = opened(query)
    assert values(test)[field] == nearest and not test.error
    assert any("Now:" in caption.value for caption in test.caption)


@pytest.mark.parametrize(
    "query",
    [
        "filters=nothing&rows=99&padding=-3&bias=x&edits=9&place=1",
        "source=picture",
        "source=matrix&matrix=" + "1 " * 40,
        "filters=" + ",".join(["box"] * 9),
        "drawing=!!&seed=-4&tab=none",
    ],
)
def test_rubbish_in_a_link_opens_a_page_that_works(query: str) -> None:
    assert not opened(query).error


def test_the_drawing_of_the_other_page_is_the_input() -> None:
    drawing = sample(7)
    found = values(opened(fp__state__draw={"values": {"drawing": drawing}}))
    assert found["drawing"] == drawing and found["source"] == "drawing"


def test_a_link_that_says_its_input_keeps_it() -> None:
    theirs = {"values": {"drawing": sample(7)}}
    found = values(opened("seed=5&source=sample", fp__state__draw=theirs))
    assert found["source"] == "sample" and found["drawing"] is None


OPENED = {"opened": "kernel.1.0.1.2"}


def state_after(view: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setattr(page.conv, "conv_picture", lambda told, **_: told.on_view(view))
    return values(opened())


def test_what_the_picture_tells_is_the_state_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    found = state_after(GOOD | OPENED, monkeypatch)
    assert found["opened"] == Cell("kernel", (1, 0, 1, 2))
    assert found["filters"] == ("emboss", "random") and found["padding"] == "valid"
    assert found["edits"] == (((1, 0, 1, 2), -3.5),) and found["bias"] == (None, 0.5)
    assert found["matrix"] == GOOD["matrix"] and found["flipped"] is True
    assert found["place"] == OutputCell(1, 0, 0)


@pytest.mark.parametrize(
    "change",
    [{"stride": 0}, {"filters": 3}, {"place": 3}, {"drawing": 5}, {"rows": "x"}, {"bias": {}}],
)
def test_rubbish_from_the_picture_changes_nothing(
    change: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert state_after(GOOD | OPENED | change, monkeypatch)["filters"] == ("sobel_x",)


def test_the_walk_follows_the_part_that_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "stored", lambda *_: "pooling")
    assert page.steps() is page.pooling.STEPS
    monkeypatch.setattr(page, "stored", lambda *_: None)
    assert page.steps() is page.STEPS


# -- the live route ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(application(served(api.LIVE))) as client:
        yield client


def test_the_route_answers_with_the_tensors(client: TestClient) -> None:
    answer = client.post(ADDRESS, json=GOOD | {"turn": 3})
    assert answer.status_code == 200
    length = int.from_bytes(answer.content[:4], "little")
    head = json.loads(answer.content[4 : 4 + length])
    asked = ConvolutionQuestion.read(GOOD)
    assert head["turn"] == 3 and head["output"]["shape"] == list(asked.setting.output)


def test_the_largest_picture_goes_through(client: TestClient) -> None:
    picture = write_picture(torch.rand(3, 96, 96, generator=torch.Generator().manual_seed(1)))
    asked = GOOD | {"source": "picture", "picture": picture}
    assert client.post(ADDRESS, json=asked).status_code == 200


def test_the_impossible_comes_with_the_way_out(client: TestClient) -> None:
    answer = client.post(ADDRESS, json=GOOD | {"stride": 0})
    assert answer.status_code == 422
    assert answer.json()["field"] == "stride" and answer.json()["nearest"] == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[" * 20_000, 413),
        (b" " * 300_000, 413),
        (b"null", 422),
        (b'{"filters": [1]}', 422),
        (b'{"source": "matrix", "matrix": "1e999"}', 422),
        (b'{"seed": 1e400}', 400),
        (b'{"__class__": 1}', 422),
    ],
)
def test_hostile_posts_get_a_sentence(client: TestClient, body: bytes, status: int) -> None:
    answer = client.post(ADDRESS, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status and answer.text.endswith(".")


def test_other_ways_to_ask_are_refused(client: TestClient) -> None:
    assert client.get(ADDRESS).status_code == 405
    assert client.post(ADDRESS, json=GOOD, headers={"Origin": "http://else"}).status_code == 403
    assert client.post(ADDRESS, content=b"{}").status_code == 415
