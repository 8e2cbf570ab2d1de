"""The route that hands a network over: what cannot be handed over is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.testclient import TestClient

from core.training.limits import Denied
from core.training.record import record
from core.vision import adopted
from core.vision.finetune import job as finetune
from core.vision.finetune.data import old
from core.vision.finetune.example import strange
from core.vision.finetune.setting import FinetuneSetting
from pages.train_a_cnn import api
from tests.pages.application import application

ADOPT = "/forward-pass/adopt"


class _Runs(dict[str, Any]):
    def __missing__(self, name: str) -> Any:
        raise Denied("unknown", "There is no such run; it may have been forgotten.")


class _Engine:
    """The engine's table of runs without an engine."""

    def __init__(self, runs: dict[str, Any]) -> None:
        self.runs = _Runs(runs)

    def ask(self, do: Callable[[], Any]) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(do())
        except Exception as error:
            future.set_exception(error)
        return future


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr("core.vision.finetune.data.PEN", (10, 10))
    old.cache_clear()
    runs = {}
    for name in ("notes", "lenet5"):
        config = FinetuneSetting(strange(5, 1), network=name, steps=1, data="pen")
        recording = record(finetune.JOB, config)
        runs[name] = SimpleNamespace(
            job=finetune.JOB, config=config, recording=recording, shipped=False, owner="somebody"
        )
    runs["shipped"] = SimpleNamespace(**vars(runs["notes"]) | {"shipped": True})
    monkeypatch.setattr(api, "ENGINE", _Engine(runs))
    with TestClient(application(api.LIVE), raise_server_exceptions=False) as client:
        yield client
    adopted.STORED.clear()
    old.cache_clear()


def test_a_network_gets_a_name_that_finds_it(client: TestClient) -> None:
    answer = client.post(ADOPT, json={"run": "notes", "step": 1})
    assert answer.status_code == 201
    assert adopted.find(answer.json()["name"]).card["step"] == 1
    wrong: list[tuple[Any, int]] = [
        ({"run": "lenet5", "step": 1}, 422),
        ({"run": "shipped", "step": 1}, 422),
        ({"run": "nobody's", "step": 1}, 404),
        ({"run": "notes", "step": True}, 422),
        ({"run": 3, "step": 1}, 422),
        ([], 422),
        ({"run": "x" * 2000, "step": 1}, 413),
    ]
    for body, status in wrong:
        found = client.post(ADOPT, json=body)
        assert found.status_code == status, body
        assert found.text.endswith(".")
    assert client.get(ADOPT).status_code == 405
    assert client.post(ADOPT, json={}, headers={"Origin": "https://a.example"}).status_code == 403
