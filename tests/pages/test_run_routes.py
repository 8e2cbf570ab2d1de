"""The routes of runs over real connections, with the real engine and a small job of the tests."""

from __future__ import annotations

import csv
import http.client
import io
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import numpy as np
import pytest
import uvicorn
from safetensors.numpy import load

from core.training import export, shipped
from core.training.engine import Engine
from core.training.limits import Limits
from core.training.record import record
from pages.kit.run import api as runs
from pages.kit.run import stream
from tests.core.training.line import ENDLESS, JOB, let_go
from tests.pages.application import application
from tests.patience import PATIENCE, until
from tests.served import HOST

OWNER = "somebody-in-the-room"
JSON = {"Content-Type": "application/json"}


class Station:
    """The routes on a port of their own, and how to ask them."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(
        self, path: str, body: object = None, method: str | None = None, **headers: str
    ) -> tuple[int, bytes, http.client.HTTPResponse]:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        sent = body if isinstance(body, bytes) else None if body is None else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        method = method or ("GET" if body is None else "POST")
        connection.request(method, f"/forward-pass{path}", sent, JSON | named)
        answer = connection.getresponse()
        found = answer.read()
        connection.close()
        return answer.status, found, answer

    def get(self, path: str, body: object = None, status: int = 200) -> Any:
        """The JSON of an answer that has this status."""
        got, found, _ = self.ask(path, body)
        assert got == status, found
        return json.loads(found)

    def begin(self, *, play: bool = True, owner: str = OWNER, **config: Any) -> Any:
        asked = {"owner": owner, "job": "line", "config": config, "play": play}
        return self.get("/runs", asked, 201)

    def at_rest(self, name: str) -> Any:
        until(lambda: self.get(f"/runs/{name}")["status"] not in ("running", "waiting"))
        return self.get(f"/runs/{name}")

    @contextmanager
    def listening(self, name: str) -> Iterator[Iterator[tuple[str, Any]]]:
        """The events of a run."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        connection.request("GET", f"/forward-pass/runs/{name}/events")
        answer = connection.getresponse()
        assert answer.getheader("Content-Type") == "text/event-stream; charset=utf-8"

        def events() -> Iterator[tuple[str, Any]]:
            kind = ""
            for line in answer:
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name == "event":
                    kind = value
                elif name == "data":
                    yield kind, json.loads(value)

        try:
            yield events()
        finally:
            connection.sock and connection.sock.close()
            answer.close()
            connection.close()


@pytest.fixture(scope="module")
def station() -> Iterator[Station]:
    patch = pytest.MonkeyPatch()
    jobs = {"line": "tests.core.training.line:JOB"}
    patch.setattr(runs, "JOBS", jobs)
    patch.setattr(runs, "SHIPPED", {"line": "line_run"})
    patch.setattr(shipped, "load", {"line_run": example()}.__getitem__)
    limits = Limits(computing=3, owned=40)
    patch.setattr(runs, "ENGINE", Engine(jobs, limits, address="", workers=2, grace=1.0))

    @asynccontextmanager
    async def lifespan(app: object):
        runs.open_engine()
        yield
        runs.ENGINE.close()

    app = application(runs.routes(), lifespan=lifespan)
    server = uvicorn.Server(uvicorn.Config(app, HOST, 0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    found = Station(server.servers[0].sockets[0].getsockname()[1])
    until(lambda: found.get("/engine")["workers"] == 2)
    yield found
    server.should_exit = True
    thread.join(PATIENCE)
    patch.undo()
    assert not thread.is_alive()


@pytest.fixture(autouse=True)
def _nothing_left(station: Station) -> Iterator[None]:
    yield
    for run in station.get(f"/runs?owner={OWNER}")["runs"]:
        if not run["shipped"]:
            station.get(f"/runs/{run['id']}/forget", {})


def example() -> Any:
    return record(JOB, JOB.read({"steps": 25}), chunk=5)


def test_a_look_need_not_wait_for_one_that_takes_long(station: Station) -> None:
    run = station.begin(steps=5)["id"]
    station.at_rest(run)
    with ThreadPoolExecutor(1) as thread:
        held = thread.submit(station.get, f"/runs/{run}/look/held")
        try:
            assert station.get(f"/runs/{run}/look/weight") and not held.done()
        finally:
            let_go.set()
        assert held.result(PATIENCE) == {"let_go": True}


def test_a_run_begins_ends_and_is_listed(station: Station) -> None:
    begun = station.begin(steps=80, pause=0.001)
    assert begun["status"] in ("running", "waiting") and begun["step"] == 0
    assert begun["ahead"] is None
    run = station.at_rest(begun["id"])
    expected = record(JOB, JOB.read({"steps": 80, "pause": 0.001}))
    assert (run["status"], run["step"], run["steps"]) == ("done", 80, 80)
    losses = np.array(run["series"]["line.loss"], np.float32)
    np.testing.assert_array_equal(losses, expected.series["line.loss"])
    assert run["marks"] == expected.saved[-1].marks
    weight = np.array(run["pictures"]["weight"], np.float32)
    np.testing.assert_array_equal(weight, expected.saved[-1].pictures["weight"])
    assert run["saved"][0] == 0 and run["saved"][-1] == 80 and run["rates"] == [[0, 0.1]]
    shipped, own = station.get(f"/runs?owner={OWNER}")["runs"]
    assert shipped["id"] == "shipped-line" and shipped["shipped"] and shipped["step"] == 25
    assert own["id"] == run["id"] and "series" not in own and "pictures" not in own
    assert own["final"]["line.loss"] == run["series"]["line.loss"][-1]
    assert [each["id"] for each in station.get("/runs?owner=somebody-else-here")["runs"]] == [
        "shipped-line"
    ]
    assert station.get(f"/runs?owner={OWNER}&job={JOB.name}")["runs"] == [shipped, own]
    assert station.get(f"/runs?owner={OWNER}&job=another")["runs"] == []


def test_every_verb_answers_with_the_whole_run(station: Station) -> None:
    begun = station.begin(play=False, **ENDLESS)
    assert begun["ahead"] == 0  # it only makes its first state
    run = f"/runs/{begun['id']}"
    assert station.at_rest(run[6:])["status"] == "paused"
    assert station.get(f"{run}/step", {"count": 3})["status"] in ("running", "waiting")
    assert station.at_rest(run[6:])["step"] == 3
    assert station.get(f"{run}/rate", {"learning_rate": 0.05})["rates"] == [[0, 0.1], [3, 0.05]]
    assert station.get(f"{run}/play", {})["status"] in ("running", "waiting")
    until(lambda: station.get(run)["step"] > 3)
    paused = station.get(f"{run}/pause", {})
    assert paused["status"] == "paused" and station.get(run) == paused
    station.get(f"{run}/step", {"count": 1})
    assert station.at_rest(run[6:])["step"] == paused["step"] + 1  # nothing came meanwhile
    fork = station.get(f"{run}/fork", {"step": 3}, 201)
    assert fork["step"] == 3 and fork["series"]["line.loss"] == paused["series"]["line.loss"][:3]
    assert station.get(f"{run}/stop", {})["status"] == "stopped"
    assert station.ask(f"{run}/play", {})[0] == 409
    assert station.get(f"{run}/reset", {})["step"] == 0
    assert station.get(f"{run}/forget", {})["id"] == paused["id"]
    assert station.ask(run)[0] == 404


def test_who_watches_a_run_reads_all_of_it_and_cannot_steer_it(station: Station) -> None:
    name = station.begin(steps=40, pause=0.001)["id"]
    run = station.at_rest(name)
    other = station.get(f"/runs/{name}/watched")["id"]
    assert other != name and station.get(f"/runs/{other}/watched")["id"] == other
    assert station.get("/runs/shipped-line/watched")["id"] == "shipped-line"
    watched = station.get(f"/runs/{other}")
    assert watched == run | {"id": other} and name not in str(watched)
    step = run["saved"][1]
    assert station.get(f"/runs/{other}/at/{step}") == station.get(f"/runs/{name}/at/{step}")
    with station.listening(other) as events:
        assert next(events)[1]["id"] == other
    for verb in ("play", "reset", "forget", "fork"):
        assert station.ask(f"/runs/{other}/{verb}", {})[0] == 404
    assert station.get(f"/runs/{name}")["step"] == 40
    assert station.ask("/runs/watched-000000")[0] == 404


def test_saved_states_looks_and_exports(station: Station) -> None:
    name = station.begin(steps=40, pause=0.001)["id"]
    run = station.at_rest(name)
    middle = run["saved"][len(run["saved"]) // 2]
    state = record(JOB, JOB.read(run["config"]), steps=middle).saved[-1]
    found = station.get(f"/runs/{name}/at/{middle}")
    assert found["step"] == middle and found["marks"] == state.marks
    looked = station.get(f"/runs/{name}/look/weight?step={middle}&index=2")
    assert np.float32(looked["weight"]) == state.pictures["weight"][2]
    assert station.get(f"/runs/{name}/look/weight?index=0") != looked
    _, table, answer = station.ask(f"/runs/{name}/export/csv")
    assert answer.getheader("Content-Disposition") == 'attachment; filename="line-40.csv"'
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert list(rows[0])[:2] == ["step", "learning rate"]
    _, korean, _ = station.ask(f"/runs/{name}/export/csv?language=ko")
    assert korean.decode("utf-8-sig").startswith("스텝,학습률,")
    assert float(rows[40]["line, loss"]) == pytest.approx(run["series"]["line.loss"][-1])
    weights = load(station.ask(f"/runs/{name}/export/safetensors")[1])["line.weight"]
    assert weights.tolist() == pytest.approx(run["pictures"]["weight"])
    assert station.ask(f"/runs/{name}/export/py")[1].startswith(b"print(")
    assert b"brain.Event:2" in station.ask(f"/runs/{name}/export/tensorboard")[1]


def test_a_run_that_waits_is_exported_as_a_program_and_refused_as_anything_else(
    station: Station,
) -> None:
    runs.ENGINE.ask(lambda: setattr(runs.ENGINE.runs, "capacity", 0)).result(PATIENCE)
    name = station.begin(**ENDLESS)["id"]

    def waits() -> str:
        runs.ENGINE.runs.capacity = 0
        runs.ENGINE.runs.reset(runs.ENGINE.runs[name])
        return str(runs.ENGINE.runs[name].status)

    assert runs.ENGINE.ask(waits).result(PATIENCE) == "waiting"
    exported = {kind: station.ask(f"/runs/{name}/export/{kind}") for kind in export.KINDS}
    status, program, _ = exported.pop("py")
    assert status == 200 and program.startswith(b"print(")
    status, notebook, _ = exported.pop("ipynb")
    assert status == 200 and "print(" in json.loads(notebook)["cells"][0]["source"][0]
    for status, sentence, _ in exported.values():
        assert (status, sentence) == (409, b"Nothing has been computed yet.")


def test_two_listeners_hear_the_same_and_one_that_comes_back_hears_what_it_missed(
    station: Station,
) -> None:
    name = station.begin(play=False, steps=150, pause=0.002)["id"]
    station.at_rest(name)
    with station.listening(name) as one, station.listening(name) as two:
        for events in (one, two):
            kind, about = next(events)
            assert kind == "run" and about["step"] == 0
        station.get(f"/runs/{name}/play", {})
        heard = [_until_done(events) for events in (one, two)]
        assert heard[0] == heard[1] and len(heard[0]) == 150
    with station.listening(name) as again:
        kind, about = next(again)
        assert kind == "run" and about["series"]["line.loss"] == heard[0]


def _until_done(events: Iterator[tuple[str, Any]]) -> list[float]:
    values: list[float] = []
    for kind, about in events:
        assert kind == "change" and about["from"] == len(values)
        values += about["series"].get("line.loss", [])
        if about["status"] == "done":
            return values
    raise AssertionError("The stream ended before the run.")


def test_what_a_fifth_of_a_second_computes_is_told_at_once(station: Station) -> None:
    name = station.begin(**ENDLESS)["id"]
    with station.listening(name) as events:
        steps = [next(events)[1]["step"] for _ in range(12)]
    fifth = 0.2 / ENDLESS["pause"]  # steps, when they take no more than their pause
    assert all(new - old <= fifth for old, new in zip(steps, steps[1:], strict=False))


def test_a_listener_who_leaves_is_noticed_and_the_run_pauses(station: Station) -> None:
    name = station.begin(**ENDLESS)["id"]
    with station.listening(name) as events:  # twice as long as is given to those who do not
        assert next(each for _, each in events if each["step"] > 200)["status"] == "running"
    until(lambda: runs.ENGINE.ask(lambda: runs.ENGINE.runs[name].status).result() == "paused")
    assert station.get(f"/runs/{name}")["status"] == "paused"


def test_a_slow_listener_is_told_everything_anew(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "BEHIND", 0)
    name = station.begin(play=False, steps=60, pause=0.005)["id"]
    station.at_rest(name)
    with station.listening(name) as events:
        station.get(f"/runs/{name}/play", {})
        for kind, about in events:
            assert kind == "run" and len(about["series"].get("line.loss", [])) == about["step"]
            if about["status"] == "done":
                break


def test_too_many_runs_are_refused(station: Station) -> None:
    for _ in range(3):
        station.begin(**ENDLESS)
    asked = {"owner": OWNER, "job": "line", "config": {}, "play": True}
    status, sentence, _ = station.ask("/runs", asked)
    assert status == 429 and sentence.decode().startswith("You train 3 networks at once")


def test_not_a_number_becomes_null(station: Station) -> None:
    assert b"NaN" not in station.ask(f"/runs/{station.begin(learning_rate=9.0)['id']}")[1]


GOOD = {"owner": OWNER, "job": "line", "config": {}, "play": False}
BAD_BODIES: dict[str, tuple[object, int]] = {
    "nothing": (b"", 400),
    "half an object": (b'{"owner": ', 400),
    "a list": ([1], 422),
    "null": (b"null", 422),
    "NaN": (b'{"owner": NaN}', 400),
    "not utf-8": (b'{"owner": "\xff"}', 400),
    "deep": (b'{"config": ' + b"[" * 5000 + b"]" * 5000 + b"}", 400),
    "no owner": (GOOD | {"owner": None}, 422),
    "a short owner": (GOOD | {"owner": "me"}, 422),
    "a long owner": (GOOD | {"owner": "a" * 65}, 422),
    "an owner with a slash": (GOOD | {"owner": "../" * 8}, 422),
    "no job": (GOOD | {"job": None}, 422),
    "an unknown job": (GOOD | {"job": "os:system"}, 422),
    "no config": (GOOD | {"config": None}, 422),
    "an unknown knob": (GOOD | {"config": {"x": 1}}, 422),
    "too many steps": (GOOD | {"config": {"steps": 10**9}}, 422),
    "play is a text": (GOOD | {"play": "yes"}, 422),
    "too long": (b" " * (runs.MAX_BYTES + 1), 413),
}


@pytest.mark.parametrize("name", BAD_BODIES)
def test_a_run_that_cannot_be_is_refused_in_a_sentence(station: Station, name: str) -> None:
    body, expected = BAD_BODIES[name]
    _refused(station.ask("/runs", body, "POST"), expected)


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("step", {"count": 0}),
        ("step", {"count": 10**6}),
        ("step", {"count": "1"}),
        ("step", {"count": 1.5}),
        ("rate", {}),
        ("rate", {"learning_rate": -1}),
        ("rate", {"learning_rate": 1e9}),
        ("rate", {"learning_rate": [1]}),
        ("fork", {"step": -1}),
        ("fork", {"step": 10**9}),
        ("fork", {"step": "all"}),
        ("play", [1]),
    ],
)
def test_a_verb_with_bad_words_is_refused(station: Station, verb: str, body: object) -> None:
    name = station.begin(play=False)["id"]
    _refused(station.ask(f"/runs/{name}/{verb}", body), 422)
    assert station.at_rest(name)["step"] == 0


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/runs/nobody", None, 404),
        ("/runs/nobody/events", None, 404),
        ("/runs/nobody/play", {}, 404),
        ("/runs/nobody/at/3", None, 404),
        ("/runs/nobody/look/weight", None, 404),
        ("/runs/nobody/export/csv", None, 404),
        ("/runs/shipped-line/dance", {}, 404),
        ("/runs/shipped-line/look/forward", None, 404),
        ("/runs/shipped-line/look/weight?index=99", None, 422),
        ("/runs/shipped-line/look/weight?step=x", None, 422),
        ("/runs/shipped-line/export/pickle", None, 404),
        ("/runs/shipped-line/at/-1", None, 422),
        ("/runs/shipped-line/at/9999999999999", None, 422),
        ("/runs/shipped-line/play", {}, 409),
        ("/runs/shipped-line/forget", {}, 409),
        ("/runs/shipped-line/fork", {"step": 5}, 409),
        ("/runs", None, 422),
        ("/runs?owner=x", None, 422),
        ("/runs?owner=%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00", None, 422),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(
    station: Station, path: str, body: object, status: int
) -> None:
    _refused(station.ask(path, body), status)


def test_only_what_is_meant_to_be_posted_is_posted(station: Station) -> None:
    for path in ("", "/x", "/x/events", "/x/at/1", "/x/look/weight", "/x/export/csv", "/x/play"):
        for method in ("PUT", "PATCH", "DELETE", "OPTIONS"):
            _refused(station.ask(f"/runs{path}", {}, method), 405)
    for path in ("/runs/x", "/runs/x/events", "/runs/x/at/1", "/runs/x/look/w", "/engine"):
        _refused(station.ask(path, {}), 405)
    for path in ("/runs/x/play", "/engine/own"):
        _refused(station.ask(path), 405)


def test_another_site_cannot_steer(station: Station) -> None:
    name = station.begin(play=False)["id"]
    for path in ("/runs", f"/runs/{name}/play", "/engine/own"):
        _refused(station.ask(path, GOOD, Origin="https://elsewhere.example"), 403)
        _refused(station.ask(path, GOOD, Content_Type="text/plain"), 415)
    assert station.get(f"/runs/{name}/step", {"count": 1})


def test_while_everybody_asks_nonsense_a_run_goes_on(station: Station) -> None:
    name = station.begin(steps=200, pause=0.002)["id"]
    for body, _ in BAD_BODIES.values():
        station.ask("/runs", body, "POST")
        station.ask(f"/runs/{name}/play", body, "POST")
    run = station.at_rest(name)
    assert run["status"] == "done"
    expected = record(JOB, JOB.read(run["config"]))
    assert run["series"]["line.loss"] == pytest.approx(expected.series["line.loss"].tolist())


def _refused(answer: tuple[int, bytes, http.client.HTTPResponse], expected: int) -> None:
    status, body, head = answer
    sentence = body.decode()
    assert status == expected, sentence
    assert head.getheader("Content-Type") == "text/plain; charset=utf-8"
    assert sentence.endswith(".") and len(sentence) < 200 and "\n" not in sentence
