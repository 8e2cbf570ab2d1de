"""A pretrained encoder: a tiny random BERT that the test saves, and folders that hold none."""

from __future__ import annotations

import json
import struct
import time
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
import torch

from core.attention import fetching, pretrained
from core.attention.pretrained import PretrainedError, Question, answer, load
from tests.core.attention.hub import hub
from tests.core.attention.tiny import needs_libraries, save


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


def _ask(**raw: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    body = answer(Question.of({"name": "tiny", "sentence": "the cat sat because it"} | raw))
    (length,) = struct.unpack("<I", body[:4])
    head = orjson.loads(body[4 : 4 + length])
    maps = {}
    for entry in head["maps"]:
        count = int(np.prod(entry["shape"]))
        codes = np.frombuffer(body, "<u2", count, 4 + length + entry["at"])
        values = codes.reshape(len(entry["scales"]), -1) * np.array(entry["scales"])[:, None]
        maps[entry["name"]] = values.reshape(entry["shape"]) / 65535
    return head, maps


@needs_libraries
def test_pieces_and_maps_are_the_model_s(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARD_PASS_MODELS", str(tiny.parent))
    assert pretrained.shelf() == ["tiny"]
    head, maps = _ask()
    assert [word["text"] for word in head["words"]] == (
        "[CLS] the cat sat be ##cause it [SEP]".split()
    )
    assert [i for i, word in enumerate(head["words"]) if word["part"] == "special"] == [0, 7]
    assert maps["before"].shape == (3, 4, 8, 8) and maps["rollout"].shape == (3, 8, 8)
    assert np.allclose(maps["before"].sum(-1), 1, atol=1e-3)
    encoder = load("tiny")
    ids = encoder.tokenizer("the cat sat because it", return_tensors="pt")
    with torch.inference_mode():
        expected = torch.stack(encoder.model(**ids, output_attentions=True).attentions, 1)[0]
    assert np.allclose(maps["before"], expected.numpy(), atol=1e-4)
    assert head["named"] == []  # these are heads of another model
    assert not any(p.requires_grad for p in encoder.model.parameters())


@needs_libraries
def test_value_norms_are_lengths_of_what_is_carried(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORWARD_PASS_MODELS", str(tiny.parent))
    _, maps = _ask(maps="norms")
    encoder = load("tiny")
    ids = encoder.tokenizer("the cat sat because it", return_tensors="pt")
    with torch.inference_mode():
        out = encoder.model(**ids, output_attentions=True, output_hidden_states=True)
        layer, head, source, target = 1, 2, 6, 2
        block = encoder.model.encoder.layer[layer].attention
        value = block.self.value(out.hidden_states[layer][0, target])[head * 8 : head * 8 + 8]
        carried = block.output.dense.weight[:, head * 8 : head * 8 + 8] @ value
        length = out.attentions[layer][0, head, source, target] * carried.norm()
    assert maps["before"][layer, head, source, target] == pytest.approx(float(length), rel=1e-3)


@needs_libraries
def test_any_language_and_its_limits(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARD_PASS_MODELS", str(tiny.parent))
    texts = [word["text"] for word in _ask(sentence="고양이 🐈 <b>cat</b>")[0]["words"]]
    assert "cat" in texts and "[UNK]" in texts
    with pytest.raises(PretrainedError, match="may have 64 pieces"):
        _ask(sentence="cat " * 63)


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
    assert pretrained.shelf() == ["empty", "writer"]


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


@pytest.mark.parametrize(
    "raw",
    [
        None,
        {"name": "tiny"},
        {"name": "tiny", "sentence": " "},
        {"name": "tiny", "sentence": 1},
        {"name": "tiny", "sentence": "a" * 2_001},
        {"name": "tiny", "sentence": "a", "maps": "all"},
        {"name": "tiny", "sentence": "a", "more": 1},
        {"name": "../tiny", "sentence": "a"},
    ],
)
def test_what_is_no_question(raw: Any) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        Question.of(raw)


def _wait(name: str) -> fetching.Fetch:
    for _ in range(600):
        found = fetching.fetching(name)
        assert found is not None
        if found.status != "running":
            return found
        time.sleep(0.1)
    raise AssertionError("the download does not end")


@needs_libraries
def test_a_model_is_fetched_and_then_lies_ready(
    tiny: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    with hub({"owner/tiny": tiny}) as (address, asked):
        monkeypatch.setenv("HF_ENDPOINT", address)
        assert fetching.fetch("owner/tiny").status == "running"
        found = _wait("owner/tiny")
    assert (found.status, found.trouble) == ("done", "")
    assert found.bytes == found.of == sum(f.stat().st_size for f in tiny.iterdir())
    assert pretrained.shelf() == ["owner/tiny"]
    assert len(_ask(name="owner/tiny")[0]["words"]) == 8
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
    assert found.status == "failed" and "network went away" in found.trouble
    assert pretrained.shelf() == []
    with hub({"tiny": tiny}) as (address, _):
        monkeypatch.setenv("HF_ENDPOINT", address)
        fetching.fetch("tiny")
        assert _wait("tiny").status == "done"
    assert pretrained.shelf() == ["tiny"]


@needs_libraries
def test_what_a_hub_may_say(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "old"
    old.mkdir()
    (old / "config.json").write_text(json.dumps({"model_type": "bert"}))
    (old / "pytorch_model.bin").write_text("cos\nsystem\n")
    with hub({"old": old}) as (address, asked):
        monkeypatch.setenv("HF_ENDPOINT", address)
        fetching.fetch("old")
        assert "are a pickle" in _wait("old").trouble
        assert not any("pytorch_model.bin" in line for line in asked)
        fetching.fetch("unknown")
        assert "no model unknown" in _wait("unknown").trouble
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    fetching.fetch("away")
    assert "network went away" in _wait("away").trouble
    assert pretrained.shelf() == []
