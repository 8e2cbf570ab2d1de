"""Where damaged paths lead."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pages import registry
from pages.kit import damaged
from pages.kit.damaged import DamagedPaths

NAMES = [entry.path for entry in registry.PAGES]
HTML = {"accept": "text/html,*/*"}

DAMAGED = {
    "/draw-a-digit.": "draw-a-digit",
    "/draw-a-digit,": "draw-a-digit",
    "/draw-a-digit)": "draw-a-digit",
    "/draw-a-digit>": "draw-a-digit",
    "/draw-a-digit”": "draw-a-digit",
    "/draw-a-digit。": "draw-a-digit",
    "/draw-a-digit을": "draw-a-digit",
    "/draw-a-digit에서 보세요": "draw-a-digit",
    "/draw-a-digit/": "draw-a-digit",
    "/draw-a-digit/,": "draw-a-digit",
    "/draw-a-digit/index.html": "draw-a-digit",
    "/draw-a-digit%20": "draw-a-digit",
    "/%20draw-a-digit": "draw-a-digit",
    "/draw%20a%20digit": "draw-a-digit",
    "/draw%2520a%2520digit": "draw-a-digit",
    "/draw+a+digit": "draw-a-digit",
    "/draw_a_digit": "draw-a-digit",
    "/draw–a–digit": "draw-a-digit",
    "/draw\u2011a\u2011digit": "draw-a-digit",
    "/draw-a-di\u00adgit": "draw-a-digit",
    "/Draw-A-Digit": "draw-a-digit",
    "/DRAW-A-DIGIT": "draw-a-digit",
    "/ｄｒａｗ－ａ－ｄｉｇｉｔ": "draw-a-digit",
    "/draw-\u200ba-digit\u200b": "draw-a-digit",
    "/\ufeffdraw-a-digit": "draw-a-digit",
    "/draw-a-%0D%0Adigit": "draw-a-digit",
    "/draw-a-digit%0A": "draw-a-digit",
    "/draw-a-di": "draw-a-digit",
    "/draw-a-dgiit": "draw-a-digit",
    "/draw-a-digit&amp;seed=3": "draw-a-digit?seed=3",
    "/draw-a-digit&seed=3": "draw-a-digit?seed=3",
    "/draw-a-digit%3Fseed=3%26lang=ko": "draw-a-digit?seed=3&lang=ko",
    "/draw-a-digit%253Fseed%253D3": "draw-a-digit?seed=3",
    "/draw-a-digit%23top": "draw-a-digit",
    "/draw-a-digit/draw-a-digit": "draw-a-digit",
    "/draw-a-digit\\": "draw-a-digit",
    "//draw-a-digit": "draw-a-digit",
    "//draw-a-digit//": "draw-a-digit",
    "/draw-a-digit？seed=3": "draw-a-digit?seed=3",
    "/ko/draw-a-digit": "draw-a-digit",
    "/https://fp.example/draw-a-digit": "draw-a-digit",
    "/pages/draw_a_digit": "draw-a-digit",
    "/BERT": "bert",
    "/transformer.": "transformer",
    "/home": "",
    "/index.html": "",
    "/,": "",
    "//": "",
    "/%20": "",
}


def _client(monkeypatch: pytest.MonkeyPatch, base: str = "") -> TestClient:
    async def answer(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(request.url.path))

    monkeypatch.setattr(damaged.st, "get_option", lambda name: base)
    app = Starlette(
        routes=[Route("/{path:path}", answer)],
        middleware=[Middleware(DamagedPaths, pages=NAMES)],
    )
    return TestClient(app, base_url="http://fp.example", follow_redirects=False)


def _resolved(client: TestClient, path: str) -> str:
    answer = client.get(f"http://fp.example{path}", headers=HTML)
    assert answer.status_code == 307, answer.text
    assert answer.next_request is not None
    return str(answer.next_request.url)


@pytest.mark.parametrize("path", DAMAGED)
def test_a_damaged_path_leads_to_the_page_that_it_means(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = _client(monkeypatch)
    there = _resolved(client, path)
    assert there == f"http://fp.example/{DAMAGED[path]}"
    assert client.get(there).status_code == 200  # and there the way ends


def test_below_a_path_of_the_server_and_with_the_query_of_the_link(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = _client(monkeypatch, "/lab/fp")
    for path in ("/lab/fp/BERT.", "/lab/fp//bert", "//lab/fp/bert/"):
        assert _resolved(client, f"{path}?seed=3") == "http://fp.example/lab/fp/bert?seed=3"
    assert _resolved(client, "/lab/fp/home") == "http://fp.example/lab/fp/"
    assert _resolved(client, "/lab/fp?seed=3") == "http://fp.example/lab/fp/?seed=3"
    for right in ("/lab/fp/", "/lab/fp/bert", "/elsewhere/BERT"):
        assert client.get(right, headers=HTML).status_code == 200


@pytest.mark.parametrize("base", ["", "/lab/fp"])
def test_what_a_phone_opens_is_found_as_it_was_typed(
    base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By an address relative to theirs: what a proxy takes off is not in what the server sees."""
    client = _client(monkeypatch, base.strip("/"))
    typed = {"/j/": "/j", "/J": "/j", "/j/FBKQMZ/": "/j/FBKQMZ", "//j/%EB%A3%A8": "/j/%EB%A3%A8"}
    for path, right in (typed | {"/PLAN/": "/plan"}).items():
        answer = client.get(f"http://fp.example{base}{path}")
        assert answer.status_code == 307 and answer.headers["location"].startswith(".")
        assert _resolved(client, base + path) == f"http://fp.example{base}{right}"
        assert client.get(base + right).status_code == 200
    for path in ("/j/FBKQMZ/x", "/plan/x", "/app"):
        assert "?lost=" in _resolved(client, base + path)


@pytest.mark.parametrize("path", ["/static/", "/static/js/", "/_stcore/health/", "/forward-pass/"])
def test_a_folder_of_files_is_not_there(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit would send whoever asks for it to the root of the host."""
    answer = _client(monkeypatch).get(path)
    assert answer.status_code == 404 and answer.text == "There is nothing at this address."


def test_what_means_no_page_is_said_on_the_map(monkeypatch: pytest.MonkeyPatch) -> None:
    client = _client(monkeypatch)
    assert _resolved(client, "/wp-login.php?a=1") == "http://fp.example/?a=1&lost=wp-login.php"
    for path in ("/favicon.png", "/robots.txt"):  # no person asks for it
        assert client.get(path, headers={"accept": "*/*"}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/_stcore/health", "/bert/_stcore/health", "/static/js/a.js", "/forward-pass/Bert"]
)
def test_other_addresses_are_left_alone(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = _client(monkeypatch)
    assert client.get(path, headers=HTML).text == path
    assert client.post("/BERT").status_code == 405


def test_every_page_survives_a_full_stop_capitals_and_its_own_middle(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = _client(monkeypatch)
    for name in NAMES:
        assert client.get(f"/{name}").status_code == 200
        for path in (f"/{name}.", f"/{name.upper()}", f"/{name[: len(name) * 3 // 4]}-"):
            assert _resolved(client, path) == f"http://fp.example/{name}"
