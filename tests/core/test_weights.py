from pathlib import Path

import pytest
import torch

from core import weights
from core.vision.models import SimpleCNN, normalise
from core.weights import WeightsError

NAME = "simple_cnn_notes"


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, SimpleCNN]:
    torch.manual_seed(0)
    model = SimpleCNN().half().float()
    state = {key: tensor.half() for key, tensor in model.state_dict().items()}
    state["doubt.temperature"] = torch.tensor(1.5)
    weights.save(NAME, state, {"architecture": "SimpleCNN"}, tmp_path)
    return tmp_path, model


def test_what_is_saved_comes_back(saved: tuple[Path, SimpleCNN]) -> None:
    folder, model = saved
    again, card = weights.load(NAME, folder)
    x = torch.rand(2, 1, 28, 28)
    assert torch.equal(again(x), model(x))
    assert not again.training
    assert not any(p.requires_grad for p in again.parameters())
    assert card["bytes"] == (folder / f"{NAME}.safetensors").stat().st_size
    assert weights.tensors(NAME, folder)[0]["doubt.temperature"] == 1.5


def test_a_single_changed_byte_is_noticed(saved: tuple[Path, SimpleCNN]) -> None:
    folder, _ = saved
    path = folder / f"{NAME}.safetensors"
    code = bytearray(path.read_bytes())
    code[-1] ^= 1
    path.write_bytes(bytes(code))
    with pytest.raises(WeightsError, match=r"damaged.*python -m core train simple_cnn_notes"):
        weights.load(NAME, folder)


@pytest.mark.parametrize("suffix", ["safetensors", "json"])
def test_missing_weights_name_the_command(saved: tuple[Path, SimpleCNN], suffix: str) -> None:
    folder, _ = saved
    (folder / f"{NAME}.{suffix}").unlink()
    with pytest.raises(WeightsError, match=r"missing.*python -m core train simple_cnn_notes"):
        weights.load(NAME, folder)


@pytest.mark.parametrize("text", ["", "[]", "{"])
def test_a_damaged_card(saved: tuple[Path, SimpleCNN], text: str) -> None:
    folder, _ = saved
    (folder / f"{NAME}.json").write_text(text)
    with pytest.raises(WeightsError, match="damaged"):
        weights.load(NAME, folder)


def test_tensors_of_another_shape(tmp_path: Path) -> None:
    state = SimpleCNN().state_dict() | {"fc2.bias": torch.zeros(11)}
    weights.save(NAME, state, {"architecture": "SimpleCNN"}, tmp_path)
    with pytest.raises(WeightsError, match="do not fit"):
        weights.load(NAME, tmp_path)


def test_an_unknown_architecture_and_an_unknown_name(tmp_path: Path) -> None:
    weights.save(NAME, {"a": torch.zeros(1)}, {"architecture": "Perceptron"}, tmp_path)
    with pytest.raises(WeightsError, match="architecture"):
        weights.load(NAME, tmp_path)
    with pytest.raises(WeightsError, match="no weights called"):
        weights.load("../secret", tmp_path)


@pytest.mark.parametrize("name", ["simple_cnn_notes", "simple_cnn_ours"])
def test_the_shipped_pair_is_whole_and_says_what_it_must(name: str) -> None:
    model, card = weights.load(name)
    assert isinstance(model, SimpleCNN)
    assert model(normalise(torch.zeros(1, 1, 28, 28))).isfinite().all()
    needed = {"data", "recipe", "seed", "command", "versions", "scores", "calibration", "refusal"}
    assert needed <= set(card)
    low, high = card["scores"]["mnist_test"]["interval"]
    assert low < card["scores"]["mnist_test"]["accuracy"] < high
    assert "CC BY-SA 3.0" in card["data"]


def test_both_shipped_files_are_small() -> None:
    sizes = [path.stat().st_size for path in weights.FOLDER.glob("simple_cnn_*.safetensors")]
    assert len(sizes) == 2
    assert sum(sizes) < 7_000_000
