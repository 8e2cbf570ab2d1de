"""The live routes: what can be used is answered, what cannot gets a 4xx and a sentence, cheaply."""

import json
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from core.vision import answer as core_answer
from core.vision import drawing, reasons
from core.vision.drawing import Drawing
from core.vision.hand import sample
from core.vision.question import DrawingQuestion
from core.weights import WeightsError
from pages.draw_a_digit import api
from pages.kit import assets, routes
from tests.pages.application import application

TRACE = "/forward-pass/trace"
GOOD = {"drawing": sample(3).lists()}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(
        application([*assets.routes(), *routes.served(api.LIVE)]),
        raise_server_exceptions=False,
    ) as client:
        yield client


def test_a_question_gets_the_answer_of_core(client: TestClient) -> None:
    answer = client.post(TRACE, json=GOOD)
    assert answer.status_code == 200
    assert answer.content == core_answer.answer(DrawingQuestion.read(GOOD))


def test_why_gets_the_reasons_of_core(client: TestClient) -> None:
    answer = client.post("/forward-pass/why", json=GOOD)
    assert answer.json() == reasons.reasons(DrawingQuestion.read(GOOD))


def test_a_sample_is_a_drawing_and_the_same_each_time(client: TestClient) -> None:
    first, again = (client.get("/forward-pass/sample/17").json() for _ in range(2))
    assert first == again
    assert Drawing.of(first["drawing"]) == sample(17)


@pytest.mark.parametrize("number", ["-1", "x", "1.5", "9999999", "²", "%00"])
def test_samples_have_numbers(client: TestClient, number: str) -> None:
    assert client.get(f"/forward-pass/sample/{number}").status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"null", 422),
        (b"{}", 422),
        (b'{"drawing": [[[NaN, 1]]]}', 400),
        (b'{"drawing": [[[1e999, 1]]]}', 400),
        (b'{"drawing": "' + b"x" * 1000 + b'"}', 422),
        (b'{"drawing": [' + b"[[1,2]]," * 300 + b"[[1,2]]]}", 422),
        (b"[" * 100_000, 413),
        (b"[" * 5_000, 400),
        (b'{"drawing": [[' + b"[1,2]," * 12_000 + b"[1,2]]]}", 413),
        (b'{"drawing": ' + b"[" * 200 + b"]" * 200 + b"}", 422),
        (b"\xff\xfe", 400),
        (b'{"drawing": []}' + b" " * drawing.MAX_BYTES, 413),
    ],
)
def test_hostile_bodies_get_a_sentence(client: TestClient, body: bytes, status: int) -> None:
    answer = client.post(TRACE, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert answer.text.endswith(".")


def test_a_body_without_a_length_is_read_no_further_than_the_limit(client: TestClient) -> None:
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        for _ in range(1000):
            read += 1 << 16
            yield b" " * (1 << 16)

    answer = client.post(TRACE, content=endless(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_forms_of_other_sites_cannot_ask(client: TestClient, kind: str) -> None:
    """Without this, a page elsewhere could post here without the browser asking us first."""
    assert (
        client.post(TRACE, content=json.dumps(GOOD), headers={"Content-Type": kind}).status_code
        == 415
    )


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "http://otherserver", "http://["]
)
def test_another_origin_is_refused(client: TestClient, origin: str) -> None:
    assert 400 <= client.post(TRACE, json=GOOD, headers={"Origin": origin}).status_code < 500


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
def test_a_question_is_posted(client: TestClient, method: str) -> None:
    answer = client.request(method, TRACE)
    assert answer.status_code == 405
    assert answer.text.endswith(".")


def test_our_own_origin_is_answered(client: TestClient) -> None:
    assert client.post(TRACE, json=GOOD, headers={"Origin": "http://testserver"}).status_code == 200


def test_damaged_weights_are_a_sentence_with_the_command(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(name: str) -> None:
        raise WeightsError(
            "The weights are damaged. Make them with: python -m core train simple_cnn_ours"
        )

    monkeypatch.setattr(core_answer, "network", damaged)
    answer = client.post(TRACE, json=GOOD)
    assert answer.status_code == 503 and "Retry-After" not in answer.headers
    assert "python -m core train simple_cnn_ours" in answer.text
    routes.warm(api.LIVE)  # the application starts all the same


@pytest.mark.parametrize(
    "path", ["draw_a_digit/view.js", "draw_a_digit/view.css", "kit/palette.js"]
)
def test_modules_are_served_for_ever_under_an_address_of_their_content(
    client: TestClient, path: str
) -> None:
    answer = client.get(f"/forward-pass/assets/{assets.VERSION}/{path}")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "..",
        "../dashboard.py",
        "%2e%2e/dashboard.py",
        "frame.py",
        "draw_a_digit/page.py",
        "draw_a_digit/lesson.en.md",
        "kit/../registry.py",
        "nothing.js",
        "/etc/passwd",
    ],
)
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    assert client.get(f"/forward-pass/assets/{assets.VERSION}/{path}").status_code in (404, 405)


def test_an_answer_is_packed_once_and_only_for_whoever_takes_it(client: TestClient) -> None:
    plain = client.post(TRACE, json=GOOD, headers={"Accept-Encoding": "identity"})
    packed = client.post(TRACE, json=GOOD)
    assert [one.headers["Content-Encoding"] for one in (plain, packed)] == ["identity", "gzip"]
    assert plain.content == packed.content == core_answer.answer(DrawingQuestion.read(GOOD))
    assert int(packed.headers["Content-Length"]) < int(plain.headers["Content-Length"]) * 0.7


def test_the_largest_drawing_fits_into_a_question(client: TestClient) -> None:
    strokes = [[[-1000 - i % 20, -1000]] for i in range(255)] + [
        [[-1000 - i % 20, -1000] for i in range(9745)]
    ]
    body = json.dumps({"drawing": strokes, "strip": False}, separators=(",", ":"))
    assert (
        client.post(TRACE, content=body, headers={"Content-Type": "application/json"}).status_code
        == 200
    )
