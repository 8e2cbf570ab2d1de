"""Weights that are missing or damaged: the application starts, and names the command."""

from __future__ import annotations

import http.client
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from core.vision import networks
from core.vision.hand import sample
from tests.patience import PATIENCE
from tests.served import HOST, ROOT, Server

NAME = "simple_cnn_ours"
COMMAND = "python -m core train simple_cnn_ours"


def _copy(folder: Path) -> Path:
    """The application's folder with weights of its own; all else is the original, by link."""
    for path in ROOT.iterdir():
        if path.name not in (".git", "models"):
            (folder / path.name).symlink_to(path)
    weights = folder / "models"
    weights.mkdir()
    for path in (ROOT / "models").iterdir():
        (weights / path.name).write_bytes(path.read_bytes())
    return weights


def _missing(weights: Path) -> None:
    (weights / f"{NAME}.safetensors").unlink()


def _without_card(weights: Path) -> None:
    (weights / f"{NAME}.json").unlink()


def _cut_short(weights: Path) -> None:
    path = weights / f"{NAME}.safetensors"
    path.write_bytes(path.read_bytes()[:1000])


def _one_bit(weights: Path) -> None:
    path = weights / f"{NAME}.safetensors"
    code = bytearray(path.read_bytes())
    code[len(code) // 2] ^= 1
    path.write_bytes(code)


def _card_of_nonsense(weights: Path) -> None:
    (weights / f"{NAME}.json").write_text('"card"')


FAULTS = [_missing, _without_card, _cut_short, _one_bit, _card_of_nonsense]


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.__name__.strip("_") for fault in FAULTS])
def test_the_page_says_the_command(
    fault: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(fault)
    weights = _copy(tmp_path)
    fault(weights)
    _read_from(weights, monkeypatch)
    app = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=PATIENCE)
    app._page_hash = calc_hash("draw-a-digit")
    app.run()
    assert not app.exception
    assert any(COMMAND in error.value for error in app.error)
    assert app.title[0].value  # the frame stands


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """Networks are kept once loaded: forget them before and after."""
    networks._shipped.cache_clear()
    yield
    networks._shipped.cache_clear()


def _read_from(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every function that reads weights reads them there."""
    from core import weights

    for function in (weights.load, weights.tensors):
        monkeypatch.setattr(function, "__defaults__", (folder,))


def test_the_application_starts_and_the_route_says_the_command(tmp_path: Path) -> None:
    _missing(_copy(tmp_path))
    server = Server(tmp_path, PYTHONPATH=f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}").start()
    try:
        connection = http.client.HTTPConnection(HOST, server.port, timeout=PATIENCE)
        body = json.dumps({"drawing": sample(1).lists()})
        for model, status in [("ours", 503), ("notes", 200)]:
            question = json.loads(body) | {"model": model}
            connection.request(
                "POST",
                "/forward-pass/trace",
                json.dumps(question),
                {"Content-Type": "application/json"},
            )
            answer = connection.getresponse()
            text = answer.read()
            assert answer.status == status
            assert (COMMAND.encode() in text) == (status == 503)
        connection.close()
        assert COMMAND in server.log()
        assert "Traceback" not in server.log()
    finally:
        server.kill()
