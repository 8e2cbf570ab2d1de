"""What a pretrained encoder attends to: a tiny random BERT that the test saves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
import torch

from core.attention.encoder.answer import EncoderQuestion, NumberQuestion, answer, number
from core.attention.pretrained import numbers
from core.attention.views import rollout
from core.headed import read_head
from core.opened import Given
from core.pretrained.shelf import Pretrained, PretrainedError, load, ready
from tests.core.pretrained.tiny import needs_libraries, save, shelve


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("models") / "tiny"
    save(path)
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shelve(monkeypatch, tmp_path / "models")
    return tmp_path / "models"


def _ask(**raw: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    body = answer(
        EncoderQuestion.read({"name": "tiny", "sentence": "the cat sat because it"} | raw)
    )
    head, code = read_head(body)
    maps = {}
    for entry in head["maps"]:
        count = int(np.prod(entry["shape"]))
        codes = np.frombuffer(code, "<u2", count, entry["at"])
        values = codes.reshape(len(entry["scales"]), -1) * np.array(entry["scales"])[:, None]
        maps[entry["name"]] = values.reshape(entry["shape"]) / 65535
    return head, maps


@needs_libraries
def test_pieces_and_maps_are_the_model_s(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelve(monkeypatch, tiny.parent)
    assert ready() == ["tiny"]
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
    shelve(monkeypatch, tiny.parent)
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


ENCODERS: list[tuple[str, str, dict[str, Any]]] = [
    ("bert", "gelu", {}),
    ("bert", "silu", {"is_decoder": True}),
    ("distilbert", "gelu", {}),
    ("roberta", "gelu", {}),
    ("electra", "gelu", {"embedding_size": 8}),
]


@needs_libraries
@pytest.mark.parametrize(("kind", "activation", "more"), ENCODERS)
def test_the_layers_are_those_of_the_model(
    kind: str, activation: str, more: dict[str, Any]
) -> None:
    from core.torchvision_pair import torchvision  # noqa: F401  (transformers imports it)

    import transformers  # isort: skip

    torch.manual_seed(0)
    sizes = {"vocab_size": 30, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4}
    act = "activation" if kind == "distilbert" else "hidden_act"
    config = transformers.AutoConfig.for_model(kind, **sizes, **{act: activation}, **more)
    model = transformers.AutoModel.from_config(config, attn_implementation="eager").eval()
    encoder = Pretrained(kind, model, None, {"model_type": kind}, frozenset())
    with torch.inference_mode():
        out = model(
            torch.tensor([[3, 7, 9, 4, 1]]), output_attentions=True, output_hidden_states=True
        )
        rules, trace = numbers(encoder, out.hidden_states)
    for layer in range(2):
        weights = trace[f"layer_{layer}_attention_weights"]
        torch.testing.assert_close(weights, out.attentions[layer][0])
        after = trace[f"layer_{layer}_norm2_out"]
        torch.testing.assert_close(after, out.hidden_states[layer + 1][0], atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(trace["layer_1_rollout"], rollout(torch.cat(out.attentions))[1])
    assert isinstance(rules["layer_0_feed_inner"], Given) == (activation == "silu")


@needs_libraries
def test_a_cell_of_a_map_opens(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelve(monkeypatch, tiny.parent)
    asked = {"name": "tiny", "sentence": "the cat sat because it"}
    (_, weights), (_, norms) = _ask(), _ask(maps="norms")

    def opened(array: str, *index: int) -> dict[str, Any]:
        place = {"array": array, "index": [*index]}
        return orjson.loads(number(NumberQuestion.read(asked | {"number": place})))["opened"]

    share = opened("layer_1_attention_weights", 2, 6, 2)
    assert share["kind"] == "softmax" and len(share["row"]) == 8
    assert share["value"] == pytest.approx(weights["before"][1, 2, 6, 2], abs=1e-4)
    scaled = opened("layer_1_attention_scaled", 2, 6, 2)
    assert (scaled["kind"], scaled["divisor"]) == ("scale", pytest.approx(8**0.5))
    score = opened("layer_1_attention_scores", 2, 6, 2)
    assert score["kind"] == "dot" and score["count"] == 8
    assert scaled["x"] == pytest.approx(score["total"], abs=1e-5)
    norm = opened("layer_1_attention_norms", 2, 6, 2)
    assert norm["value"] == pytest.approx(norms["before"][1, 2, 6, 2], abs=1e-4)
    reach = opened("layer_2_rollout", 6, 2)
    assert reach["value"] == pytest.approx(weights["rollout"][2, 6, 2], abs=1e-4)
    with pytest.raises(ValueError, match="There is no number"):
        opened("layer_9_attention_weights", 0, 0, 0)


@needs_libraries
def test_any_language_and_its_limits(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelve(monkeypatch, tiny.parent)
    texts = [word["text"] for word in _ask(sentence="고양이 🐈 <b>cat</b>")[0]["words"]]
    assert "cat" in texts and "[UNK]" in texts
    with pytest.raises(PretrainedError, match="may have 64 pieces"):
        _ask(sentence="cat " * 63)


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
        EncoderQuestion.read(raw)
