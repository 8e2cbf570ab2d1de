"""Where weights lie: in a package, in a folder that the operator names, or fetched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import torch

from core.pretrained import fetching as downloads
from core.pretrained.shelf import PretrainedError
from core.vision.imagenet import fetching, networks
from core.vision.imagenet.networks import NETWORKS, Known
from core.vision.imagenet.steps import run
from tests.patience import until


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORWARD_PASS_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path / "hub"))
    downloads._fetches.clear()
    return tmp_path / "models"


def _named(content: bytes) -> Known:
    """AlexNet with this content as its weights."""
    digest = hashlib.sha256(content).hexdigest()[:8]
    return replace(NETWORKS["alexnet"], file=f"alexnet-{digest}.pth", megabytes=1)


def test_weights_that_are_not_here_are_told(home: Path) -> None:
    assert "alexnet" not in networks.ready()
    with pytest.raises(PretrainedError, match="AlexNet are not on this server"):
        networks.load("alexnet")


def test_a_file_that_is_not_what_it_says_is_refused(home: Path) -> None:
    home.mkdir()
    (home / NETWORKS["alexnet"].file).write_bytes(b"something else")
    assert "alexnet" in networks.ready()
    with pytest.raises(PretrainedError, match="damaged, or another file") as caught:
        networks.load("alexnet")
    assert str(home) not in str(caught.value)


def test_nothing_but_tensors_is_unpickled(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir()
    torch.save({"weights": Path("a program")}, home / "made.pth")
    content = (home / "made.pth").read_bytes()
    monkeypatch.setitem(NETWORKS, "alexnet", _named(content))
    (home / "made.pth").rename(home / NETWORKS["alexnet"].file)
    with pytest.raises(PretrainedError, match="cannot be used"):
        networks.load("alexnet")


def test_torchvisions_weights_from_a_folder_make_torchvisions_answer(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.torchvision_pair import torchvision

    home.mkdir()
    net = torchvision.models.alexnet(weights=None).eval()
    torch.save(net.state_dict(), home / "made.pth")
    monkeypatch.setitem(NETWORKS, "alexnet", _named((home / "made.pth").read_bytes()))
    (home / "made.pth").rename(home / NETWORKS["alexnet"].file)
    found = networks.load("alexnet")
    x = torch.randn(3, 224, 224, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        arrays = run(found.steps, x)
        torch.testing.assert_close(arrays["logits"], net(x[None])[0])
    assert all(tuple(arrays[name].shape) == cost.shape for name, cost in found.costs.items())
    networks._loaded.cache_clear()


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that answers in the place of torchvision's server."""
    folder = tmp_path / "served"
    folder.mkdir()

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(Known, "url", property(lambda known: f"{address}/{known.file}"))
    yield folder
    server.shutdown()
    server.server_close()


def _end(name: str) -> downloads.Fetch:
    until(lambda: (found := downloads.fetching(name)) is None or found.status != "running")
    found = downloads.fetching(name)
    assert found is not None
    return found


def test_weights_are_fetched_and_held_to_their_checksum(
    home: Path, served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = _named(b"weights")
    monkeypatch.setitem(NETWORKS, "alexnet", known)
    (served / known.file).write_bytes(b"weights")
    assert fetching.fetch("alexnet").name == "AlexNet"
    assert (_end("AlexNet").status, networks.where("alexnet")) == ("done", home / known.file)
    assert fetching.fetch("alexnet").status == "done"
    (home / known.file).unlink()
    (served / known.file).write_bytes(b"something else")
    fetching.fetch("alexnet")
    assert "not what its name promises" in str(_end("AlexNet").trouble)
    (served / known.file).unlink()
    fetching.fetch("alexnet")
    assert "the network went away" in str(_end("AlexNet").trouble)
    assert networks.where("alexnet") is None and not list(home.iterdir())


@pytest.mark.parametrize("name", ["lite0", "resnet", None, 3])
def test_what_torchvision_does_not_have_is_not_fetched(name: object) -> None:
    with pytest.raises(PretrainedError, match="no network of this name"):
        fetching.fetch(name)
