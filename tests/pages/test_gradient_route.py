"""The route behind the sliders: the answer of core, or a 4xx and a sentence, cheaply."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from core.recurrent.through_time.answer import gradients
from pages.kit.routes import served
from pages.long_dependencies import api
from tests.pages.application import application

PATH = "/forward-pass/gradients"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = application(served(api.LIVE))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_a_question_gets_the_answer_of_core(client: TestClient) -> None:
    asked = {"length": 12, "forget_bias": 1.5, "scale": 0.9, "hidden": 7, "seed": 3}
    answer = client.post(PATH, json=asked)
    assert answer.status_code == 200
    found, wanted = answer.json(), gradients(asked)
    for kind, cell in wanted["cells"].items():
        assert found["cells"][kind]["norms"] == list(cell["norms"])
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"length": NaN}', 400),
        (b"[" * 900, 400),
        (b"null", 422),
        (b"[]", 422),
        (b'"x"', 422),
        (b'{"length": 1e999}', 400),
        (b'{"length": 100000}', 422),
        (b'{"length": "50"}', 422),
        (b'{"hidden": {"a": [1]}}', 422),
        (b'{"scale": -1}', 422),
        (b'{"<script>": 1}', 422),
        (b'{"length": 5}' + b" " * 2000, 413),
    ],
)
def test_hostile_bodies_get_a_sentence(client: TestClient, body: bytes, status: int) -> None:
    answer = client.post(PATH, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.text.endswith(".")


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_question_is_posted(client: TestClient, method: str) -> None:
    assert client.request(method, PATH).status_code == 405


def test_other_sites_and_forms_are_refused(client: TestClient) -> None:
    assert client.post(PATH, json={}, headers={"Origin": "https://x.example"}).status_code == 403
    assert client.post(PATH, data={"length": "5"}).status_code == 415
