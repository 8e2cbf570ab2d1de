"""Folders of pretrained models, those that hold none, and a small hub that models come from."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from core.pretrained import fetching
from core.pretrained.shelf import PretrainedError, load, ready
from tests.core.pretrained.hub import hub
from tests.core.pretrained.tiny import needs_libraries, save
from tests.patience import until


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("models") / "tiny"
    save(path)
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORWARD_PASS_MODELS", str(tmp_path / "models"))
    fetching._fetches.clear()
    return tmp_path / "models"


@needs_libraries
def test_a_folder_that_is_damaged_says_so(home: Path) -> None:
    save(home / "tiny")
    weights = home / "tiny" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1_000])
    with pytest.raises(PretrainedError, match="tiny cannot be loaded"):
        load("tiny")


def _folder(home: Path, name: str, **files: str) -> None:
    (home / name).mkdir(parents=True)
    for file, text in files.items():
        (home / name / file.replace("__", ".")).write_text(text)


def test_folders_that_are_no_model(home: Path) -> None:
    with pytest.raises(PretrainedError, match="no model nothing here yet"):
        load("nothing")
    _folder(home, "notes", readme__md="hello")
    with pytest.raises(PretrainedError, match=r"no config\.json"):
        load("notes")
    _folder(home, "broken", config__json="{")
    with pytest.raises(PretrainedError, match=r"no config\.json"):
        load("broken")
    _folder(home, "empty", config__json='{"model_type": "bert"}')
    with pytest.raises(PretrainedError, match=r"no \.safetensors"):
        load("empty")
    _folder(home, "writer", config__json='{"model_type": "gpt2"}', model__safetensors="")
    with pytest.raises(PretrainedError, match="of the kind gpt2"):
        load("writer")
    assert ready() == ["empty", "writer"]


@pytest.mark.parametrize("file", ["pytorch_model.bin", "model.pt", "weights.pkl"])
def test_a_pickle_is_refused_and_never_opened(home: Path, file: str) -> None:
    _folder(home, "old", config__json='{"model_type": "bert"}', **{file: "cos\nsystem\n"})
    with pytest.raises(PretrainedError, match="are a pickle, and opening a pickle can run any"):
        load("old")


@pytest.mark.parametrize(
    "name", [None, 1, "", "..", "../secret", "a/b/c", "/etc", "a..b", "a b", "-x", "x" * 97, "고"]
)
def test_names_that_lead_elsewhere(name: Any) -> None:
    for use in (load, fetching.fetch):
        with pytest.raises(PretrainedError, match="has a name such as"):
            use(name)


def _wait(name: str) -> fetching.Fetch:
    def ended() -> bool:
        found = fetching.fetching(name)
        return found is not None and found.status != "running"

    until(ended)
    found = fetching.fetching(name)
    assert found is not None
    return found


@needs_libraries
def test_a_model_is_fetched_and_then_lies_ready(
    tiny: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    with hub({"owner/tiny": tiny}) as (address, asked):
        monkeypatch.setenv("HF_ENDPOINT", address)
        assert fetching.fetch("owner/tiny").status == "running"
        found = _wait("owner/tiny")
    assert (found.status, found.trouble) == ("done", None)
    assert found.bytes == found.of == sum(f.stat().st_size for f in tiny.iterdir())
    assert ready() == ["owner/tiny"]
    assert load("owner/tiny").model.config.num_hidden_layers == 3
    assert not any("hf_secret" in line for line in asked)
    assert fetching.fetch("owner/tiny").status == "done"
    assert fetching.running() is None


def test_the_disk_is_not_filled(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "available", lambda: True)
    for i in range(fetching.MANY):
        _folder(home, f"model-{i}", config__json='{"model_type": "bert"}')
    with pytest.raises(PretrainedError, match="There are 12 models here already"):
        fetching.fetch("one-more")
    assert fetching.running() is None


@needs_libraries
def test_the_network_goes_away_half_way_and_comes_back(
    tiny: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _, sleep=time.sleep: sleep(0.01))  # between its tries
    with hub({"tiny": tiny}, breaks=True) as (address, _):
        monkeypatch.setenv("HF_ENDPOINT", address)
        fetching.fetch("tiny")
        found = _wait("tiny")
    assert found.status == "failed" and "network went away" in str(found.trouble)
    assert ready() == []
    with hub({"tiny": tiny}) as (address, _):
        monkeypatch.setenv("HF_ENDPOINT", address)
        fetching.fetch("tiny")
        assert _wait("tiny").status == "done"
    assert ready() == ["tiny"]


@needs_libraries
def test_what_a_hub_may_say(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "old"
    old.mkdir()
    (old / "config.json").write_text(json.dumps({"model_type": "bert"}))
    (old / "pytorch_model.bin").write_text("cos\nsystem\n")
    with hub({"old": old}) as (address, asked):
        monkeypatch.setenv("HF_ENDPOINT", address)
        fetching.fetch("old")
        assert "are a pickle" in str(_wait("old").trouble)
        assert not any("pytorch_model.bin" in line for line in asked)
        fetching.fetch("unknown")
        assert "no model unknown" in str(_wait("unknown").trouble)
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    fetching.fetch("away")
    assert "network went away" in str(_wait("away").trouble)
    assert ready() == []
