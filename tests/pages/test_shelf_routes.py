"""The routes of pretrained models: a tiny one answers, and what cannot be used gets a 4xx."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from core.attention.encoder import answer as pretrained
from core.attention.encoder.answer import EncoderQuestion, NumberQuestion
from core.language.bert import pretrained as games
from core.pretrained import fetching, shelf
from pages.attention_in_a_trained_model import api as trained_api
from pages.bert import api as bert_api
from pages.kit import routes
from pages.kit.deployment import Deployment
from pages.kit.shelf import api as shelf_api
from tests.core.pretrained.hub import hub
from tests.core.pretrained.tiny import needs_libraries, save, shelve
from tests.pages.application import application
from tests.patience import until

BELOW = "/forward-pass/attention"
GOOD = {"name": "tiny", "sentence": "the cat sat because it was tired"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = application(routes.served((*trained_api.LIVE, *bert_api.LIVE)))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("models") / "tiny"
    save(path)
    return path


@pytest.fixture(autouse=True)
def _fetches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_api, "deployment", lambda: Deployment(fetch=True))


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of models, on a server that fetches."""
    shelve(monkeypatch, tmp_path / "models")
    fetching._fetches.clear()
    return tmp_path / "models"


def refused(answer: Any, status: int, word: str = "") -> None:
    assert answer.status_code == status
    text = answer.text
    assert text.endswith(".") and len(text) < 300 and "\n" not in text
    assert word in text and "Traceback" not in text


@needs_libraries
def test_the_answer_is_that_of_core(
    client: TestClient, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(monkeypatch, tiny.parent)
    assert client.get(f"{BELOW}/encoders").json() == {
        "installed": True,
        "models": ["tiny"],
        "heads": {"tiny": []},
        "fetches": True,
        "fetch": None,
    }
    for maps in ("weights", "norms"):
        answer = client.post(f"{BELOW}/encoder", json=GOOD | {"maps": maps})
        assert answer.status_code == 200
        assert answer.content == pretrained.answer(EncoderQuestion.read(GOOD | {"maps": maps}))
    refused(client.post(f"{BELOW}/encoder", json=GOOD | {"sentence": "cat " * 63}), 422, "64")
    cell = {"array": "layer_2_attention_weights", "index": [0, 1, 2]}
    answer = client.post(f"{BELOW}/encoder/number", json=GOOD | {"number": cell})
    asked = NumberQuestion.read(GOOD | {"number": cell})
    assert answer.status_code == 200 and answer.content == pretrained.number(asked)
    wrong = GOOD | {"number": cell | {"index": [9, 1, 2]}}
    refused(client.post(f"{BELOW}/encoder/number", json=wrong), 422, "no number")


@needs_libraries
def test_the_games_of_bert_are_those_of_core(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path / "whole", kind="BertForPreTraining")
    shelve(monkeypatch, tmp_path)
    asked = {"name": "whole", "game": "hidden", "text": "the cat sat", "hide": [2]}
    answer = client.post("/forward-pass/bert/pretrained", json=asked)
    assert answer.status_code == 200
    assert answer.json() == games.answer(games.PretrainedQuestion.read(asked))
    cell = {"array": "layer_0_attention_weights", "index": [0, 1, 2]}
    opened = client.post("/forward-pass/bert/pretrained/number", json=asked | {"number": cell})
    read = games.PretrainedNumberQuestion.read(asked | {"number": cell})
    assert opened.status_code == 200 and opened.json() == games.number(read)
    for wrong in ({"hide": [0]}, {"game": "chess"}, {"name": "missing"}):
        refused(client.post("/forward-pass/bert/pretrained", json=asked | wrong), 422)


def test_without_a_model_it_says_what_is_missing(client: TestClient, models: Path) -> None:
    found = client.get(f"{BELOW}/encoders").json()
    assert (found["models"], found["fetch"]) == ([], None)
    refused(client.post(f"{BELOW}/encoder", json=GOOD), 422, "no model tiny here yet")
    (models / "tiny").mkdir(parents=True)
    refused(client.post(f"{BELOW}/encoder", json=GOOD), 422, "config.json")
    (models / "tiny" / "config.json").write_text('{"model_type": "bert"}')
    (models / "tiny" / "pytorch_model.bin").write_text("cos\nsystem\n")
    refused(client.post(f"{BELOW}/encoder", json=GOOD), 422, "pickle")


def test_without_the_libraries_it_says_so(
    client: TestClient, tiny: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (shelf, fetching):
        monkeypatch.setattr(module, "available", lambda: False)
    shelf._loaded.cache_clear()
    assert client.get(f"{BELOW}/encoders").json()["installed"] is False
    refused(
        client.post(f"{BELOW}/fetch", json={"name": "tiny"}), 422, "start.py --extras pretrained"
    )
    shelve(monkeypatch, tiny.parent)
    refused(client.post(f"{BELOW}/encoder", json=GOOD), 422, "start.py --extras pretrained")


@needs_libraries
def test_a_model_is_fetched_and_its_progress_told(
    client: TestClient, tiny: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(client.get(f"{BELOW}/fetch?name=owner/tiny"), 404)
    with hub({"owner/tiny": tiny}) as (address, _):
        monkeypatch.setenv("HF_ENDPOINT", address)
        begun = client.post(f"{BELOW}/fetch", json={"name": "owner/tiny"})
        assert (begun.status_code, begun.json()["status"]) == (202, "running")

        def progress() -> Any:
            return client.get(f"{BELOW}/fetch", params={"name": "owner/tiny"}).json()

        until(lambda: progress()["status"] != "running")
        found = progress()
    assert found["status"] == "done" and found["bytes"] == found["of"] > 0
    assert client.get(f"{BELOW}/encoders").json()["models"] == ["owner/tiny"]


def test_nothing_is_fetched_where_nobody_has_allowed_it(
    client: TestClient, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf_api, "deployment", lambda: Deployment(fetch=False))
    assert client.get(f"{BELOW}/encoders").json()["fetches"] is False
    refused(client.post(f"{BELOW}/fetch", json={"name": "tiny"}), 403, "FORWARD_PASS_FETCH=on")
    assert not models.exists() and not fetching._fetches


HOSTILE = {
    "no body": b"",
    "half an object": b'{"name": "tiny", "sentence"',
    "not utf-8": b'{"name": "tiny", "sentence": "\xff\xfe"}',
    "null": b"null",
    "a list": b"[]",
    "nothing": b"{}",
    "another field": b'{"model": "tiny"}',
    "empty sentence": b'{"name": "tiny", "sentence": " "}',
    "a number for a sentence": b'{"name": "tiny", "sentence": 7}',
    "ten thousand words": json.dumps(GOOD | {"sentence": "cat " * 10_000}).encode(),
    "three thousand characters": json.dumps(GOOD | {"sentence": "c" * 3_000}).encode(),
    "unknown maps": json.dumps(GOOD | {"maps": "all"}).encode(),
    "list for maps": json.dumps(GOOD | {"maps": ["norms"]}).encode(),
    "unknown field": json.dumps(GOOD | {"trust_remote_code": True}).encode(),
    "a path": json.dumps(GOOD | {"name": "../../etc"}).encode(),
    "an absolute path": json.dumps(GOOD | {"name": "/etc/passwd"}).encode(),
    "a name in a list": json.dumps(GOOD | {"name": ["tiny"]}).encode(),
    "a zero byte in a name": json.dumps(GOOD | {"name": "tiny\0"}).encode(),
    "deep": b"[" * 10_000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("path", ["encoder", "encoder/number", "fetch"])
def test_a_hostile_body_gets_a_sentence(
    client: TestClient, models: Path, path: str, body: bytes
) -> None:
    answer = client.post(
        f"{BELOW}/{path}", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in (400, 413, 422)
    refused(answer, answer.status_code)
    assert not models.exists() and not fetching._fetches


@pytest.mark.parametrize("path", ["encoder", "encoder/number", "fetch"])
def test_where_a_question_comes_from(client: TestClient, models: Path, path: str) -> None:
    address = f"{BELOW}/{path}"
    refused(client.post(address, json=GOOD, headers={"Origin": "https://elsewhere.example"}), 403)
    refused(client.post(address, content=b"{}", headers={"Content-Type": "text/plain"}), 415)
    for method in ("PUT", "PATCH", "DELETE"):
        refused(client.request(method, address), 405)
        refused(client.request(method, f"{BELOW}/encoders"), 405)
    refused(client.get(f"{BELOW}/encoder"), 405)


def test_too_many_at_once_are_told_to_come_back(
    client: TestClient, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def locked(self) -> bool:
            return True

    monkeypatch.setattr(routes, "queue", lambda *name: (None, Full()))
    monkeypatch.setattr(shelf, "check", lambda path: {})
    refused(client.post(f"{BELOW}/encoder", json=GOOD), 503, "Many")
