"""The picture that the first HTML brings: what the page's script would send, and room for it."""

from __future__ import annotations

import asyncio
import json
import re
from concurrent.futures import Future
from pathlib import Path
from threading import Event

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from core.vision import mnist
from pages import first_picture, registry
from pages.first_html import first_html
from pages.first_picture import First
from tests.pages.test_first_html import DOCUMENT, client
from tests.patience import PATIENCE

__all__ = ["client"]
PATHS = [entry.path for entry in registry.PAGES]


def found(path: str, query: str = "", language: str = "en") -> First:
    first = first_picture.of(path, query, language).result()
    assert first is not None
    return first


@pytest.mark.parametrize("path", PATHS)
def test_every_page_has_one_in_the_language_of_the_browser(path: str) -> None:
    folder = path.replace("-", "_")
    first = found(path, language="ko")
    assert Path(first.module).parts[0] == folder
    assert json.loads(first.data)["language"] == "ko"
    assert json.loads(found(path).data)["language"] == "en"
    assert first.room.count('<div id="fp-first-place"></div>') == 1
    assert first.room.count("<div") == first.room.count("</div>")


def test_it_comes_where_mnist_is_missing(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(mnist, "places", lambda: [tmp_path])
    first_picture.of.cache_clear()
    for path in PATHS:
        found(path)
        assert client.get(f"/{path}", headers=DOCUMENT).status_code == 200
    first = found("train-a-cnn")
    assert '<div class="notice"><p>MNIST is not on this server.' in first.room
    first_picture.of.cache_clear()


def test_a_page_comes_without_it_where_there_is_no_likeness(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlike(element: object) -> str:
        raise AttributeError("label_visibility")

    monkeypatch.setattr(first_picture, "_likeness", unlike)
    first_picture.of.cache_clear()
    assert first_picture.of("train-a-cnn", "", "en").result() is None
    answer = client.get("/train-a-cnn", headers=DOCUMENT)
    assert answer.status_code == 200 and "fp-first-place" not in answer.text
    first_picture.of.cache_clear()


def test_it_is_what_the_script_sends() -> None:
    def page() -> None:
        from pages.sine_live.page import page

        page()

    at = AppTest.from_function(page, default_timeout=60)
    at.query_params["cell"] = "gru"
    at.run()
    (sent, *_) = at.get("bidi_component")
    first = found("sine-live", "cell=gru")
    assert json.loads(sent.proto.json) == json.loads(first.data)
    assert json.loads(first.data)["config"]["cell"] == "gru"


def test_there_is_none_where_a_line_says_what_a_link_holds_too_much() -> None:
    assert first_picture.of("sine-live", "cell=cnn", "en").result() is None


def test_what_stands_above_has_its_room() -> None:
    room = found("convolution-and-pooling").room
    before, _, after = room.partition('<div id="fp-first-place"></div>')
    assert re.match(r'<div class="row controls">.*<span class=chosen>', before)
    assert '<div class="button more">' in before and "<span" not in after
    picked = found("sine-live").room
    assert '<div style="width: 210px"><label>Preset</label>' in picked
    assert '<div class="field selectbox">the race</div>' in picked


def test_the_first_html_holds_it_whole(client: TestClient) -> None:
    first = found("draw-a-digit")
    text = client.get("/draw-a-digit", headers=DOCUMENT).text
    assert text == first_html("draw-a-digit", "en", first=first)
    sent = json.loads(re.findall(r'<script type="application/json">(.*?)</script>', text)[0])
    assert sent == {"module": first.module, "data": json.loads(first.data)}


def test_nothing_of_a_link_leaves_its_place() -> None:
    first = First("draw_a_digit/view.js", json.dumps({"text": "</script><script>alert(1)"}), "")
    text = first_html("draw-a-digit", "en", first=first)
    assert "alert(1)" in text and "<script>alert" not in text


@pytest.mark.parametrize(
    "query", ["embed=true", "present=1", "text=" + "x" * first_picture.LONGEST]
)
def test_in_a_frame_and_presented_it_comes_with_streamlit(client: TestClient, query: str) -> None:
    found("draw-a-digit")
    assert "fp-first-place" not in client.get(f"/draw-a-digit?{query}", headers=DOCUMENT).text


def test_nobody_waits_long_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    unknown: Future[First | None] = Future()
    monkeypatch.setattr(first_picture, "of", lambda *asked: unknown)
    monkeypatch.setattr(first_picture, "PATIENCE", 0)
    assert asyncio.run(first_picture.in_time("bert", "", "en")) is None
    assert not unknown.cancelled()
    unknown.set_result(First("bert/view.js", "{}", ""))
    assert asyncio.run(first_picture.in_time("bert", "", "en")) is not None
    monkeypatch.setattr(first_picture, "WAITING", 0)
    assert asyncio.run(first_picture.in_time("bert", "", "en")) is None


def test_addresses_that_nobody_waits_for_any_more_still_keep_the_one_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever asks for ever new addresses gets no longer queue by asking on."""
    begun, go_on = [], Event()

    def slowly(path: str, query: str, language: str) -> None:
        go_on.wait(PATIENCE)
        begun.append(query)

    monkeypatch.setattr(first_picture, "_computed", slowly)
    monkeypatch.setattr(first_picture, "PATIENCE", 0)
    for number in range(2 * first_picture.WAITING):
        assert asyncio.run(first_picture.in_time("bert", f"unknown={number}", "en")) is None
    go_on.set()
    first_picture._thread().submit(lambda: None).result(PATIENCE)
    assert len(begun) == first_picture.WAITING
    first_picture.of.cache_clear()
