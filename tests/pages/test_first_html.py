"""The first HTML of a page: Streamlit's own, with our language, style, title and modules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_gzip_middleware import SelectiveGZipMiddleware
from streamlit.web.server.starlette.starlette_static_routes import (
    create_streamlit_static_assets_routes,
)

from pages import registry
from pages.first_html import INDEX, SHOWN, FirstHtml, first_html
from pages.kit import assets

DOCUMENT = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": "en-GB,en;q=0.9"}
KOREAN = "이 주소에는 아무것도 없습니다."


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """Our files and Streamlit's, behind the middleware and Streamlit's own."""
    routes = [*assets.routes(), *create_streamlit_static_assets_routes("")]
    middleware = [Middleware(FirstHtml), Middleware(SelectiveGZipMiddleware)]
    with TestClient(Starlette(routes=routes, middleware=middleware)) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "browser", "language", "title"),
    [
        ("/", "en-GB,en;q=0.9", "en", "Forward Pass"),
        ("/draw-a-digit", "en-GB", "en", "Draw a digit - Forward Pass"),
        ("/draw-a-digit?lang=ko", "en-GB", "ko", "숫자 그리기 - Forward Pass"),
        ("/draw-a-digit", "ko-KR,ko;q=0.9,en;q=0.8", "ko", "숫자 그리기 - Forward Pass"),
        ("/draw-a-digit?lang=xx", "ko", "ko", "숫자 그리기 - Forward Pass"),
        ("/draw-a-digit?lang=en", "ko", "en", "Draw a digit - Forward Pass"),
        ("/draw-a-digit", "de,ko;q=0.9", "en", "Draw a digit - Forward Pass"),
        ("/no-such-page", "ko", "ko", "Forward Pass"),
    ],
)
def test_a_page_begins_in_its_language(
    client: TestClient, path: str, browser: str, language: str, title: str
) -> None:
    text = client.get(path, headers=DOCUMENT | {"Accept-Language": browser}).text
    assert f'<html lang="{language}" ' in text
    assert f"<title>{title}</title>" in text


@pytest.mark.parametrize(
    "path",
    [
        "/static/js/x.js",
        "/static/js/x.js?v=1",
        "/static/nothing",
        "/draw-a-digit/static/js/x.js",
        "/forward-pass/no-such-route",
        "/behind/a-proxy/forward-pass/no-such-route",
    ],
)
@pytest.mark.parametrize("headers", [DOCUMENT, {"Accept": "*/*", "Accept-Language": "ko"}])
def test_a_file_that_is_not_there_is_not_the_page(
    client: TestClient, path: str, headers: dict[str, str]
) -> None:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 404 and "<html" not in answer.text
    english = headers is DOCUMENT
    assert answer.text == ("There is nothing at this address." if english else KOREAN)


@pytest.mark.parametrize("path", ["/robots.txt", "/no-such-page", "/apps/.env", "/wp-login.php"])
def test_a_program_that_asks_for_what_is_not_there_is_told_so(
    client: TestClient, path: str
) -> None:
    assert client.get(path, headers={"Accept": "*/*"}).status_code == 404
    assert client.get("/apps/bert", headers={"Accept": "*/*"}).status_code == 200


def test_a_browser_that_asks_for_an_icon_of_its_own_accord_gets_one(client: TestClient) -> None:
    answer = client.get("/favicon.ico", headers={"Accept": "image/*,*/*;q=0.8"})
    assert answer.status_code == 200 and answer.headers["content-type"] == "image/png"


def test_our_style_stands_below_streamlits_and_every_file_is_there(client: TestClient) -> None:
    text = client.get("/draw-a-digit", headers=DOCUMENT).text
    sheets = re.findall(r'rel="stylesheet"[^>]*href="\.(/[^"]+)"', text)
    assert sheets[-1].endswith("/frame.css") and len(sheets) == 2
    assert text.index(sheets[-1], text.index("<body>")) < text.index('<div id="root">')
    fetched = re.findall(r'(?:href|src)="\.(/forward-pass/[^"]+)"', text)
    assert {"view.js", "view.css", "link.js"} <= {address.rpartition("/")[2] for address in fetched}
    assert [address for address in fetched if client.get(address).status_code != 200] == []
    assert 'as="font"' not in text


@pytest.mark.parametrize("entry", registry.PAGES, ids=lambda entry: entry.path)
def test_every_page_begins(client: TestClient, entry: registry.Entry) -> None:
    answer = client.get(f"/{entry.path}", headers=DOCUMENT)
    assert answer.status_code == 200 and answer.text.count("modulepreload") > 60


def test_what_is_replaced_stands_in_streamlits_page_once() -> None:
    index = INDEX.read_text(encoding="utf-8")
    for part in ('<html lang="en">', "<title>Streamlit</title>", "</head>", '<div id="root">'):
        assert index.count(part) == 1


def test_in_a_frame_of_another_site_the_picture_is_alone_from_the_first(client: TestClient) -> None:
    assert "embedded.css" not in client.get("/bert", headers=DOCUMENT).text
    assert "embedded.css" in client.get("/bert?embed=true", headers=DOCUMENT).text


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("path", ["/", "/bert"])
def test_it_is_asked_for_anew_and_sent_only_if_it_changed(
    client: TestClient, path: str, coding: str
) -> None:
    asked = DOCUMENT | {"Accept-Encoding": coding}
    answer = client.get(path, headers=asked)
    assert answer.headers.get("Content-Encoding", "identity") == coding
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Vary"] == "Accept-Encoding, Accept-Language"
    head = client.head(path, headers=asked)
    assert head.headers == answer.headers and not head.content
    again = client.get(path, headers=asked | {"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    korean = asked | {"If-None-Match": answer.headers["ETag"], "Accept-Language": "ko"}
    assert client.get(path, headers=korean).status_code == 200


def test_streamlits_own_page_that_a_browser_kept_is_replaced(client: TestClient) -> None:
    theirs = FirstHtml(client.app).theirs
    old = DOCUMENT | {"If-None-Match": theirs, "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    answer = client.get("/", headers=old)
    assert answer.status_code == 200 and answer.text == first_html("", "en")


@pytest.mark.parametrize("path", ["/favicon.png", "/manifest.json", "/bert/"])
def test_what_is_no_page_stays_as_it_is(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=DOCUMENT, follow_redirects=False)
    assert "text/html" not in answer.headers.get("Content-Type", "")


def test_streamlit_is_told_where_its_server_is_and_what_every_page_shows(
    client: TestClient,
) -> None:
    text = client.get("/draw-a-digit", headers=DOCUMENT).text
    assert 'BACKEND_BASE_URL: new URL("./", location.href).href' in text
    listed = re.search(r"allowedOrigins: (\[.*?\])", text)
    assert listed and json.loads(listed[1]) == st.get_option("client.allowedOrigins")
    for part in SHOWN:
        assert len(re.findall(rf'modulepreload"[^>]*/js/{part}\.', text)) == 1
    preloaded = re.findall(r'"modulepreload"[^>]*href="\./static/js/([^"]+)"', text)
    assert len(preloaded) == len(set(preloaded))


def test_what_the_server_is_asked_to_serve_below_may_be_any_word(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below /forward-pass or /_stcore pages are pages, and what is missing there is missing."""
    for base in ("/forward-pass", "/_stcore"):
        monkeypatch.setattr(assets, "PREFIX", f"{base}/forward-pass")
        for path in ("", "/draw-a-digit"):
            assert "<html" in client.get(f"{base}{path}", headers=DOCUMENT).text
        for path in ("/static/js/x.js", "/forward-pass/nothing", "/draw-a-digit/static/x.js"):
            assert client.get(f"{base}{path}", headers=DOCUMENT).status_code == 404
