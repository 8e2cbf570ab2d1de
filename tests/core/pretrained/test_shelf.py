"""Folders of pretrained models, those that hold none, and a small hub that models come from."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
import torch

from core.attention.encoder.answer import EncoderQuestion, reply
from core.language.bert.pretrained import PretrainedQuestion
from core.language.bert.pretrained import answer as bert_answer
from core.pretrained import fetching, shelf
from core.pretrained.shelf import PretrainedError, heads, load, ready
from tests.core.pretrained.hub import hub
from tests.core.pretrained.tiny import needs_libraries, needs_package, save, shelve
from tests.patience import until


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("models") / "tiny"
    save(path)
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shelve(monkeypatch, tmp_path / "models")
    fetching._fetches.clear()
    return tmp_path / "models"


@needs_libraries
def test_a_folder_that_is_damaged_says_so(home: Path) -> None:
    save(home / "tiny")
    weights = home / "tiny" / "model.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(whole[:1_000])
    with pytest.raises(PretrainedError, match="or are cut short"):
        load("tiny")
    weights.write_bytes(whole[8:])  # and no path of this server is told
    with pytest.raises(PretrainedError, match="tiny cannot be loaded") as caught:
        load("tiny")
    assert str(home) not in str(caught.value)


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
    _folder(home, "bare", config__json='{"hidden_size": 8}', model__safetensors="")
    with pytest.raises(PretrainedError, match='does not say of which kind it is: write "model'):
        load("bare")
    _folder(home, "mute", config__json='{"model_type": "bert"}', model__safetensors="")
    with pytest.raises(PretrainedError, match="mute has no tokenizer"):
        load("mute")
    _folder(
        home,
        "cloned",
        config__json='{"model_type": "bert"}',
        vocab__txt="a",
        model__safetensors="version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9",
    )
    with pytest.raises(
        PretrainedError, match=r"model\.safetensors of cloned is a pointer of Git LFS"
    ):
        load("cloned")
    _folder(home, "empty", config__json='{"model_type": "bert"}')
    with pytest.raises(PretrainedError, match=r"no \.safetensors"):
        load("empty")
    _folder(home, "writer", config__json='{"model_type": "gpt2"}', model__safetensors="")
    with pytest.raises(PretrainedError, match="of the kind gpt2"):
        load("writer")
    assert ready() == ["bare", "cloned", "empty", "mute", "writer"]


def _config(path: Path, **fields: Any) -> None:
    file = path / "config.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | fields))


@needs_libraries
@pytest.mark.parametrize(
    "fields",
    [
        {"num_hidden_layers": 10**6},
        {"num_hidden_layers": 0},
        {"num_hidden_layers": -1},
        {"hidden_size": 2**20},
        {"vocab_size": 2**31},
        {"max_position_embeddings": 2},
        {"intermediate_size": 47},
    ],
)
def test_a_config_that_asks_for_other_sizes_is_refused(home: Path, fields: Any) -> None:
    save(home / "tiny")
    _config(home / "tiny", **fields)
    with pytest.raises(PretrainedError, match="do not have the sizes that its config"):
        load("tiny")


@needs_libraries
def test_weights_that_are_not_all_there_do_not_become_a_random_network(home: Path) -> None:
    from safetensors.torch import load_file, save_file

    save(home / "tiny")
    file = home / "tiny" / "model.safetensors"
    whole = load_file(file)
    part = {key: value for key, value in whole.items() if "layer.2." not in key}
    save_file(part, file)
    with pytest.raises(PretrainedError, match=r"weights of tiny lack encoder\.layer\.2\."):
        load("tiny")
    save_file({"other.weight": torch.zeros(200_000)}, file)
    with pytest.raises(PretrainedError, match="weights of tiny lack e"):
        load("tiny")
    key = "encoder.layer.0.output.dense.bias"
    save_file(whole | {key: whole[key] / 0}, file)
    with pytest.raises(PretrainedError, match="hold numbers that are infinite or none"):
        load("tiny")


@needs_libraries
def test_parts_of_weights_lie_in_the_folder_or_are_named(home: Path) -> None:
    save(home / "tiny")
    save(home / "other")
    weights = home / "tiny" / "model.safetensors"
    weights.rename(weights.with_name("model-00001-of-00001.safetensors"))
    index = home / "tiny" / "model.safetensors.index.json"
    for part in ("model-00002-of-00002.safetensors", "../other/model.safetensors", "evil.bin"):
        index.write_text(json.dumps({"metadata": {}, "weight_map": {"a": part}}))
        with pytest.raises(PretrainedError, match=f"{part} of tiny is missing"):
            load("tiny")


@needs_libraries
def test_a_tokenizer_that_knows_no_unknown_piece_is_refused(home: Path) -> None:
    save(home / "tiny")
    (home / "tiny" / "tokenizer.json").unlink()
    (home / "tiny" / "vocab.txt").write_text("")
    with pytest.raises(PretrainedError, match="tiny cannot be loaded"):
        load("tiny")


@needs_libraries
def test_a_config_that_begins_with_a_mark_or_shouts_its_kind_is_read(home: Path) -> None:
    save(home / "tiny")
    _config(home / "tiny", model_type="BERT")
    file = home / "tiny" / "config.json"
    file.write_text(file.read_text(), encoding="utf-8-sig")
    assert load("tiny").config["model_type"] == "bert"


def test_one_folder_that_is_nonsense_does_not_hide_the_others(home: Path) -> None:
    _folder(home, "deep", config__json="[" * 100_000)
    _folder(home, "bare", config__json="{}")
    os.mkfifo(home / "bare" / "notes.txt")
    assert ready() == []
    _folder(home, "good", config__json='{"model_type": "bert"}')
    assert ready() == ["good"]
    with pytest.raises(PretrainedError, match="no config"):
        load("deep")


@needs_libraries
def test_a_tokenizer_of_another_model_is_refused(home: Path) -> None:
    save(home / "tiny")
    (home / "tiny" / "tokenizer.json").unlink()
    with (home / "tiny" / "vocab.txt").open("a", encoding="utf-8") as words:
        words.write("\nmore\nwords")
    with pytest.raises(
        PretrainedError, match="tokenizer of tiny has 20 pieces, its weights know 18"
    ):
        load("tiny")


@needs_libraries
def test_a_config_that_names_only_its_class_is_read(home: Path) -> None:
    save(home / "tiny")
    file = home / "tiny" / "config.json"
    config = json.loads(file.read_text())
    file.write_text(json.dumps({k: v for k, v in config.items() if k != "model_type"}))
    assert load("tiny").config["model_type"] == "bert"


@needs_libraries
@pytest.mark.parametrize("within", ["", "hub"])
def test_a_model_in_the_layout_of_a_hubs_cache_is_found(home: Path, within: str) -> None:
    cache = home / within / "models--owner--tiny"
    save(cache / "snapshots" / "aaa")
    save(cache / "snapshots" / "bbb", layers=2)
    (cache / "refs").mkdir()
    (cache / "refs" / "main").write_text("aaa\n")
    assert ready() == ["owner/tiny"]
    assert load("owner/tiny").model.config.num_hidden_layers == 3
    (cache / "refs" / "main").write_text("bbb")
    assert load("owner/tiny").model.config.num_hidden_layers == 2


@needs_libraries
def test_a_model_below_the_folder_of_its_owner_is_found(home: Path) -> None:
    save(home / "owner" / "tiny")
    assert ready() == ["owner/tiny"] and load("owner/tiny").name == "owner/tiny"


MINI = "sentence-transformers/all-MiniLM-L6-v2"


@needs_package
def test_the_encoder_of_a_package_reads_any_sentence(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("FORWARD_PASS_MODELS", str(home))
    monkeypatch.setattr("socket.socket.connect", None)  # nothing is fetched
    assert ready() == [MINI] and heads(MINI) == []
    head, maps = reply(load(MINI), EncoderQuestion(MINI, "A quokka embarrassed the tokenizer."))
    words = [word["text"] for word in head["words"]]
    assert words == "[CLS] a quo ##kka embarrassed the token ##izer . [SEP]".split()
    assert maps["before"].shape == (6, 12, 10, 10)
    assert torch.allclose(maps["before"].sum(-1), torch.ones(6, 12, 10), atol=1e-5)
    with pytest.raises(PretrainedError, match="holds no head that guesses hidden words"):
        bert_answer(PretrainedQuestion(MINI, "hidden", "the [MASK] sat"))


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in a package of an encoder; the package breaks whoever imports it."""
    module = tmp_path / "site" / "fp_packaged"
    module.mkdir(parents=True)
    (module / "__init__.py").write_text("raise RuntimeError('imported')")
    monkeypatch.syspath_prepend(module.parent)
    monkeypatch.setattr(shelf, "PACKAGES", {"owner/mini": ("fp_packaged", "model")})
    return module / "model"


@needs_libraries
def test_a_folder_goes_before_a_package_and_a_package_comes_last(home: Path, package: Path) -> None:
    save(package)
    assert ready() == ["owner/mini"]
    assert load("owner/mini").model.config.num_hidden_layers == 3
    save(home / "zebra")
    assert ready() == ["zebra", "owner/mini"]
    save(home / "owner--mini", layers=2)
    assert ready() == ["owner/mini", "zebra"]
    assert load("owner/mini").model.config.num_hidden_layers == 2


@needs_libraries
@pytest.mark.parametrize("missing", ["", "config.json", "model.safetensors", "tokenizer"])
def test_a_package_that_is_not_whole_says_how_to_repair_it(package: Path, missing: str) -> None:
    if missing:
        save(package)
        for file in package.glob(f"{missing}*"):
            file.unlink()
        (package / "vocab.txt").unlink()
    assert ready() == ["owner/mini"]
    with pytest.raises(PretrainedError, match="owner/mini comes as a package, fp_packaged") as said:
        load("owner/mini")
    assert shelf.REPAIR in str(said.value)


@needs_libraries
def test_the_heads_above_an_encoder_are_read_off_its_weights(home: Path) -> None:
    for kind, found in {
        "BertModel": [],
        "BertForMaskedLM": ["hidden"],
        "BertForPreTraining": ["hidden", "follows"],
        "DistilBertForMaskedLM": ["hidden"],
    }.items():
        save(home / kind, kind=kind)
        assert heads(kind) == found
    file = home / "BertModel" / "model.safetensors"
    for damaged in (b"", b"\xff" * 100, (10**9).to_bytes(8, "little")):
        file.write_bytes(damaged)
        assert heads("BertModel") in (["hidden", "follows"], [])


@needs_libraries
def test_a_text_of_unknown_words_only_is_said(home: Path) -> None:
    save(home / "tiny")
    for ask in (
        lambda text: reply(load("tiny"), EncoderQuestion("tiny", text)),
        lambda text: bert_answer(PretrainedQuestion("tiny", "sentiment", text)),
    ):
        ask("the zebra sat")
    with pytest.raises(PretrainedError, match="tokenizer of tiny knows none of these words"):
        reply(load("tiny"), EncoderQuestion("tiny", "zebra crossing"))


@needs_libraries
def test_distilbert_is_read_as_well(home: Path) -> None:
    save(home / "small", kind="DistilBertForMaskedLM")
    head, maps = reply(load("small"), EncoderQuestion("small", "the cat sat", "norms"))
    assert head["layers"] == 3 and head["heads"] == 4
    model = load("small").model
    inputs = load("small").tokenizer("the cat sat", return_tensors="pt")
    out = model(**inputs, output_attentions=True, output_hidden_states=True)
    layer = model.transformer.layer[1].attention
    value = layer.v_lin(out.hidden_states[1])[0].reshape(-1, 4, 8)  # (T, H, E)
    merge = layer.out_lin.weight.reshape(32, 4, 8)  # (D, H, E)
    norms = torch.einsum("the,dhe->htd", value, merge).norm(dim=-1)  # (H, T)
    assert torch.allclose(maps["before"][1], out.attentions[1][0] * norms[:, None], atol=1e-4)
    found = bert_answer(PretrainedQuestion("small", "hidden", "the [MASK] sat"))
    assert found["layers"] == 3 and len(found["places"]) == 1
    with pytest.raises(PretrainedError, match="no head for pairs"):
        bert_answer(PretrainedQuestion("small", "follows", "the cat", "sat"))


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


@needs_libraries
def test_a_model_of_another_kind_is_refused_before_its_weights_come(
    tmp_path: Path, tiny: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = shutil.copytree(tiny, tmp_path / "writer")
    (writer / "config.json").write_text('{"model_type": "gpt2"}')
    mute = shutil.copytree(tiny, tmp_path / "mute")
    for file in ("tokenizer.json", "vocab.txt"):
        (mute / file).unlink()
    with hub({"writer": writer, "mute": mute}) as (address, asked):
        monkeypatch.setenv("HF_ENDPOINT", address)
        for name, why in (("writer", "of the kind gpt2"), ("mute", "mute has no tokenizer")):
            fetching.fetch(name)
            assert why in str(_wait(name).trouble)
        assert not any("safetensors" in line for line in asked)
    assert not list(home.glob(".*"))


@needs_libraries
def test_half_downloads_are_few(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _, sleep=time.sleep: sleep(0.01))
    for age, name in enumerate(("first", "second", "third")):
        _folder(home, f".{name}.part", config__json="{}")
        os.utime(home / f".{name}.part", (age, age))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    fetching.fetch("third")
    assert "network went away" in str(_wait("third").trouble)
    assert {path.name for path in home.glob(".*.part")} == {".second.part", ".third.part"}


@needs_libraries
def test_a_disk_that_is_nearly_full_takes_no_model(
    tiny: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "SPARE", 1 << 60)
    with hub({"tiny": tiny}) as (address, asked):
        monkeypatch.setenv("HF_ENDPOINT", address)
        fetching.fetch("tiny")
        assert "no room on the disk" in str(_wait("tiny").trouble)
        assert not any("resolve" in line for line in asked)
