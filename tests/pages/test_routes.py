"""Live routes as records: every page's are served once, and warm before the first visitor."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient

from core.weights import WeightsError
from pages import registry
from pages.kit import routes
from pages.kit.routes import Live
from tests.pages.application import application

LIVE = routes.of(registry.PAGES)
ROOT = Path(__file__).resolve().parents[2]


class Page:
    def __init__(self, *live: Live) -> None:
        self.live = live


def test_a_route_of_two_pages_is_served_once() -> None:
    shared, own = Live("/shared", str), Live("/own", str)
    assert routes.of([Page(shared), Page(own, shared)]) == [shared, own]
    served = [route for route in routes.served(LIVE) if not isinstance(route, WebSocketRoute)]
    paths = [route.path for route in served]  # type: ignore[attr-defined]
    assert len(paths) == len(set(paths))


def test_whatever_can_be_warmed_is() -> None:
    """A `warm` in core that no record names would leave the first visitor waiting."""
    warmed = {each.warm.__module__ for each in LIVE if isinstance(each, Live) and each.warm}
    there = {
        str(path.relative_to(ROOT).with_suffix("")).replace("/", ".")
        for path in (ROOT / "core").rglob("*.py")
        if "\ndef warm() ->" in path.read_text(encoding="utf-8")
    }
    assert there and warmed == there


def test_one_that_cannot_be_warmed_does_not_keep_the_others_cold(
    caplog: pytest.LogCaptureFixture,
) -> None:
    warmed = []

    def broken() -> None:
        raise WeightsError("The weights are missing.")

    with caplog.at_level(logging.ERROR):
        routes.warm([Live("/a", str, warm=broken), Live("/b", str, warm=lambda: warmed.append(1))])
    assert warmed == [1] and "missing" in caplog.text


def _asked(live: Live, method: str = "POST", path: str = "", **more: Any) -> Any:
    with TestClient(application(routes.served([live]))) as client:
        return client.request(method, path or live.path, **more)


def test_an_answer_is_json_or_the_bytes_as_they_are() -> None:
    assert _asked(Live("/a", lambda asked: {"n": asked["n"] + 1}), json={"n": 1}).json() == {"n": 2}
    found = _asked(Live("/a", lambda asked: b"\0\1", media=routes.BYTES), json={})
    assert found.content == b"\0\1" and found.headers["content-type"] == routes.BYTES


def test_a_question_that_is_read_comes_from_the_address() -> None:
    live = Live("/a/{name}", dict, read=True)
    path = f"{live.path.removesuffix('{name}')}seven"
    assert _asked(live, "GET", path + "?count=2&name=eight").json() == {
        "name": "seven",
        "count": "2",
    }
    assert _asked(live, "POST", path, json={}).status_code == 405


def test_only_slow_questions_go_to_the_thread_and_beyond_its_seats_nobody() -> None:
    def name(asked: Any) -> str:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return "thread"
        return "loop"

    live = Live("/a", name, thread="slow ones", slow=lambda asked: bool(asked["slow"]), seats=1)
    assert _asked(live, json={"slow": True}).json() == "thread"
    assert _asked(live, json={"slow": False}).json() == "loop"
    full = Live("/a", name, thread="nobody", seats=0)
    answer = _asked(full, json={})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "1"  # scripts then ask again by themselves


def test_a_refusal_may_say_more_than_a_sentence() -> None:
    def refuse(asked: Any) -> None:
        raise KeyError("k")

    live = Live("/a", refuse, refusals={LookupError: lambda error, said: {"key": error.args[0]}})
    found = _asked(live, json={})
    assert found.status_code == 422 and found.json() == {"key": "k"}
