from pathlib import Path

import pytest
import torch

from core.vision import mnist
from core.vision.mnist import MNISTMissing

try:
    mnist.find()
    HERE = True
except MNISTMissing:
    HERE = False
needs_mnist = pytest.mark.skipif(not HERE, reason="MNIST was not found; set MNIST_ROOT")


@pytest.fixture(autouse=True)
def _fresh() -> None:
    mnist.load.cache_clear()


@pytest.mark.mnist
@needs_mnist
def test_the_real_thing() -> None:
    learning = mnist.load("train")
    assert learning.images.shape == (60_000, 28, 28)
    assert learning.images.dtype == torch.uint8
    assert learning.labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert learning.images.float().mean().item() / 255 == pytest.approx(0.13066, abs=1e-5)
    assert mnist.load("test").labels[:5].tolist() == [7, 2, 1, 0, 4]


@pytest.mark.mnist
@needs_mnist
def test_the_split_is_fixed_and_shares_nothing() -> None:
    learning, validation = mnist.split()
    again = mnist.split()[1]
    assert len(learning) == 55_000
    assert torch.equal(validation.images, again.images)
    assert len(validation) == 5_000
    assert validation.labels[:8].tolist() == [2, 9, 0, 9, 4, 4, 8, 4]
    counts = torch.bincount(torch.cat([learning.labels, validation.labels]))
    assert torch.equal(counts, torch.bincount(mnist.load("train").labels))
    order = torch.randperm(60_000, generator=torch.Generator().manual_seed(mnist.SPLIT_SEED))
    assert not set(order[:5_000].tolist()) & set(order[5_000:].tolist())


def test_missing_says_where_it_looked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(mnist, "_HERE", tmp_path / "house")
    monkeypatch.setenv("MNIST_ROOT", str(tmp_path / "named"))
    with pytest.raises(MNISTMissing) as caught:
        mnist.load("train")
    for place in (tmp_path / "named", tmp_path / "house" / "data", tmp_path / "shared" / "data"):
        assert str(place) in str(caught.value)
    assert "MNIST_ROOT" in str(caught.value)


@pytest.mark.parametrize("damage", ["cut", "head", "empty"])
def test_a_damaged_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: str) -> None:
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    labels = bytes((0, 0, 8, 1)) + (10_000).to_bytes(4, "big") + bytes(10_000)
    size = b"".join(n.to_bytes(4, "big") for n in (10_000, 28, 28))
    images = bytes((0, 0, 8, 3)) + size + bytes(7_840_000)
    damaged = {"cut": images[:-1], "head": b"\x1f\x8b" + images[2:], "empty": b""}[damage]
    for part in ("train", "t10k"):
        (raw / f"{part}-images-idx3-ubyte").write_bytes(images)
        (raw / f"{part}-labels-idx1-ubyte").write_bytes(labels)
    monkeypatch.setenv("MNIST_ROOT", str(tmp_path))
    assert mnist.load("test").images.shape == (10_000, 28, 28)
    mnist.load.cache_clear()
    (raw / "t10k-images-idx3-ubyte").write_bytes(damaged)
    with pytest.raises(MNISTMissing, match="t10k-images"):
        mnist.load("test")


def test_there_are_two_parts() -> None:
    with pytest.raises(ValueError, match='"train" and "test"'):
        mnist.load("validation")
