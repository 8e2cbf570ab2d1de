"""Any question, in any state of a run: an answer or a refusal in a sentence, never a traceback."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Match, Route
from starlette.testclient import TestClient

import dashboard
from core.room.limits import VARIABLE
from core.training.engine import Engine
from core.training.jobs import JOBS
from core.training.limits import Limits
from core.training.record import record
from core.training.run import Run
from pages import registry
from pages.kit import assets, routes
from pages.kit.room import api as room
from pages.kit.run import api as runs
from pages.train_a_cnn import api as train_a_cnn
from tests.core.training.line import JOB
from tests.fuzz import EVERY, ROUTES, SEEDS, Question, about, by_chance, link_by_chance
from tests.pages.application import application

FEW = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
STATES = ("waiting", "running", "paused", "done", "stopped", "diverged", "lost")
MEDIA = ("application/json", "application/octet-stream")


class Still(Engine):
    """The engine without a cluster: runs are in the state that a test has put them into."""

    def ask(self, do: Callable[[], Any]) -> Future[Any]:
        answer: Future[Any] = Future()
        try:
            answer.set_result(do())
        except Exception as error:
            answer.set_exception(error)
        return answer

    def put(self, status: Any, begun: bool) -> Run:
        """A run in a state, with something computed or nothing yet."""
        run = self.runs.begin(f"the-owner-of-a-{status}-one", "line", {"steps": 9}, False)
        if begun:
            run.recording = record(JOB, run.config, steps=9 if status == "done" else 4)
        run.status = status
        return run


@pytest.fixture(scope="module")
def engine() -> Still:
    limits = Limits(computing=50, owned=400)
    return Still({**JOBS, "line": "tests.core.training.line:JOB"}, limits)


@pytest.fixture(scope="module")
def client(engine: Still, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    patch = pytest.MonkeyPatch()
    patch.setattr(runs, "ENGINE", engine)
    patch.setattr(train_a_cnn, "ENGINE", engine)
    folder = tmp_path_factory.mktemp("rooms")
    patch.setenv(VARIABLE, f"sqlite:///{folder / 'rooms.sqlite3'}")
    room.rooms.cache_clear()
    app = application([*routes.served(EVERY), *routes.nothing()])
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
    room.rooms.cache_clear()
    patch.undo()


def _asked(client: TestClient, question: Question) -> int:
    """The status of an answer that is as it should be."""
    headers = {"Content-Type": "application/json"}
    answer = client.request(
        question.method, question.address, content=question.content, headers=headers
    )
    status = answer.status_code
    assert status < 500 or status == 503, (question, answer.text)
    ours = answer.request.url.path.startswith(assets.PREFIX)  # ".." may lead out of it
    if status >= 400 and ours and not answer.headers["content-type"].startswith(MEDIA):
        text = answer.text
        assert text.endswith(".") and "Traceback" not in text and "\n" not in text, text
    return status


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.method} {seed.path}")
def test_each_seed_is_a_valid_question(client: TestClient, seed: Question) -> None:
    assert _asked(client, seed) in (200, 201)


def test_every_route_of_the_dashboard_is_among_them() -> None:
    app = Starlette(routes=routes.served(EVERY))
    asked = {_route(app, f"{question.root}{question.path}") for question in ROUTES}
    for route in dashboard.app._user_routes:
        served = isinstance(route, Route)
        assert not served or route.path in asked, f"{route.path} is not fuzzed"


def _route(app: Starlette, path: str) -> str:
    scope = {"type": "http", "path": path, "method": "GET", "headers": []}
    return next(
        route.path
        for route in app.routes
        if isinstance(route, Route) and route.matches(scope)[0] == Match.FULL
    )


@pytest.mark.parametrize("question", ROUTES, ids=lambda each: f"{each.method} {each.path}")
def test_every_route_is_asked_by_chance(client: TestClient, question: Question) -> None:
    chance = random.Random(question.address)
    _asked(client, question)
    for _ in range(8):
        _asked(client, by_chance(chance, [question]))


@FEW
@given(st.randoms(use_true_random=False))
def test_any_question_is_answered_or_refused_in_a_sentence(
    client: TestClient, chance: random.Random
) -> None:
    _asked(client, by_chance(chance))


@pytest.mark.parametrize("begun", [True, False], ids=["begun", "nothing computed"])
@pytest.mark.parametrize("status", STATES)
def test_every_question_about_a_run_in_every_state(
    client: TestClient, engine: Still, status: str, begun: bool
) -> None:
    for question in about(engine.put(status, begun).id):
        name = engine.put(status, begun).id
        parts = question.path.split("/")
        path = "/".join([*parts[:2], name, *parts[3:]]) if parts[1] == "runs" else question.path
        assert _asked(client, Question(path, question.query, question.body)) < 500


@FEW
@given(st.randoms(use_true_random=False), st.sampled_from(STATES), st.booleans())
def test_any_question_about_a_run_in_any_state(
    client: TestClient, engine: Still, chance: random.Random, status: str, begun: bool
) -> None:
    _asked(client, by_chance(chance, about(engine.put(status, begun).id)))


LINKS = 100
"""For each page; the command of the benchmarks opens a thousand, and draws some of the pages."""


@pytest.mark.parametrize("page", [entry for entry in registry.PAGES if entry.table])
def test_any_link_opens_its_page_and_what_it_opened_is_a_link_again(page: Any) -> None:
    for number in range(LINKS):
        query = link_by_chance(random.Random(f"{page.path} {number}"), page.table)
        values, hidden, _ = page.table.read(query)
        again = page.table.read(page.table.link(values, hidden))
        unlinked = page.table.unlinked(values)
        assert {n: v for n, v in again.values.items() if n not in unlinked} == {
            n: v for n, v in values.items() if n not in unlinked
        }
        assert not again.ignored and again.hidden == hidden, query
