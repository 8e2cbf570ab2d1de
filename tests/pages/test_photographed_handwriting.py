"""The page "Photographed handwriting": its state in both languages, uploads, and its routes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from core import goals
from core.vision.photo import answer
from core.vision.photo.made import look, made, written
from core.vision.photo.question import PhotoQuestion
from core.vision.photo.sheet import Sheet, opened
from pages.kit import assets, routes
from pages.kit.language import LANGUAGES
from pages.photographed_handwriting import api
from pages.photographed_handwriting.page import TABLE
from tests.pages.application import application
from tests.patience import PATIENCE
from tests.photographs import file_of

PHOTO = "/forward-pass/photo"


def _page() -> None:
    from pages.photographed_handwriting import page as photo

    photo.page()


def shown(language: str = "en", **query: str) -> AppTest:
    test = AppTest.from_function(_page, default_timeout=PATIENCE)
    for name, value in ({"lang": language} | query).items():
        test.query_params[name] = value
    return test.run()


def values(test: AppTest) -> dict[str, Any]:
    found: dict[str, Any] = test.session_state["fp.state.photo"]["values"]
    return found


def photo(seed: int = 5) -> bytes:
    r = np.random.default_rng(seed)
    labels, drawings = written(r, 6)
    sheet = made(labels, drawings, look("plain", 0.2, r), r, (300, 400), 3).sheet
    return file_of(sheet.pixels)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(
        application([*assets.routes(), *routes.served(api.LIVE)]), raise_server_exceptions=False
    ) as client:
        yield client


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tab", ["see", "predict"])
def test_the_page_is_drawn_in_both_languages(language: str, tab: str) -> None:
    assert not shown(language, lesson=tab).exception


def test_a_link_opens_a_number_and_what_was_said() -> None:
    test = shown(number="sheet.dark.100.120", corrected="120.100.7,300.400.-1", lesson="numbers")
    assert not test.exception and len(test.latex) == 1
    assert [each.label for each in values(test)["corrected"]] == [7, -1]
    assert values(test)["number"][0] == "sheet"


def test_a_photo_of_ones_own_takes_the_place_of_the_example_and_is_in_no_link() -> None:
    test = shown(corrected="120.100.7", digit="4", shadow="0.2")
    test.file_uploader[0].set_value(("a.jpg", photo(), "image/jpeg")).run()
    assert not test.exception and not test.error
    name = values(test)["sheet"]
    assert api.SHEETS.get(name) is not None
    assert values(test)["corrected"] == () and values(test)["digit"] == 0
    assert "sheet" not in TABLE.link(values(test))
    test.button(key="fp-photo-example").click().run()
    assert not test.exception and values(test)["sheet"] == ""


@pytest.mark.parametrize(
    ("language", "content", "said"),
    [
        ("en", b"\0\0\0\x18ftypheic" + bytes(64), "HEIC"),
        ("ko", b"%PDF-1.7" + bytes(64), "PDF"),
        ("en", photo()[:2000], "cut short"),
        ("en", file_of(np.zeros((1, 1, 3), np.uint8), "PNG"), "at least 28"),
        ("ko", b"no picture at all", "JPEG"),
    ],
)
def test_a_bad_file_is_answered_and_loses_nothing(language: str, content: bytes, said: str) -> None:
    test = shown(language, corrected="120.100.7")
    test.file_uploader[0].set_value(("a.jpg", content, "image/jpeg")).run()
    assert not test.exception and said in test.error[0].value
    assert values(test)["sheet"] == "" and len(values(test)["corrected"]) == 1


def test_a_photo_that_is_gone_gives_way_to_the_example() -> None:
    test = shown()
    values(test)["sheet"] = "nobody has this one"
    test.run()
    assert not test.exception and "choose it again" in test.warning[0].value
    assert values(test)["sheet"] == ""


def test_the_routes_answer_what_core_does(client: TestClient) -> None:
    sheet, _ = opened(photo())
    name = api.store(sheet, "me", "here")
    question = PhotoQuestion(sheet=name)
    told = client.post(PHOTO, json={"sheet": name})
    assert told.content == answer.answer(sheet, question)
    assert goals.read(told.content)["count"] == 6
    stage = client.post(f"{PHOTO}/stage", json={"sheet": name, "stage": "ink"})
    assert stage.headers["content-type"] == "image/jpeg" and stage.content[:2] == b"\xff\xd8"
    number = client.post(f"{PHOTO}/number", json={"sheet": name, "number": "sheet.grey.5.6"}).json()
    assert number["opened"]["kind"] == "combination"


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ({"sheet": "nobody's"}, 404),
        ({"threshold": 2}, 422),
        ({"corrected": [{"row": 1, "column": 1, "label": 12}]}, 422),
        ({"corrected": "x" * api.MOST}, 413),
        ({"paper": "silk"}, 422),
    ],
)
def test_what_cannot_be_used_gets_a_sentence(
    client: TestClient, question: dict[str, Any], status: int
) -> None:
    told = client.post(PHOTO, json=question)
    assert told.status_code == status and told.text.endswith((".", ":"))


def test_photos_share_what_the_server_has() -> None:
    large = Sheet(np.zeros((1080, 1440, 3), np.uint8), 1440, 1080)
    first = api.store(large, "one", "a")
    for _ in range(4):
        api.store(large, "another", "b")
    assert api.SHEETS.get(first) is not None  # nobody loses the last one to somebody else
    assert api.SHEETS.held <= api.SHEETS.most
