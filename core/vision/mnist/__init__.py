"""MNIST: where it lies, its pictures as tensors, and one fixed validation split.

LeCun, Cortes and Burges, "The MNIST database of handwritten digits" (1998), licensed CC BY-SA 3.0.
"""

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from core.schema import Explained, mark

LICENCE = "MNIST (LeCun, Cortes, Burges), CC BY-SA 3.0"
SHAPE = (28, 28)
VALIDATION = 5_000
NOT_FOUND = mark(
    "MNIST was not found. It was looked for in {places} (each with MNIST/raw/ inside). Set "
    "MNIST_ROOT to where it lies, or fetch it with: python -m core fetch mnist"
)
DAMAGED = mark("{path} is not the MNIST file it should be: delete it and fetch MNIST again.")
SPLIT_SEED = 20_240_101

_HERE = Path(__file__).resolve().parents[3]
FILES = {"train": ("train", 60_000), "test": ("t10k", 10_000)}


class MNISTMissing(Explained, FileNotFoundError):
    """MNIST is not there or not whole; the sentence says where it was looked for and what to do."""


@dataclass(frozen=True)
class Digits:
    """Pictures uint8 (N, 28, 28), 0 paper to 255 ink, and labels int64 (N,)."""

    images: Tensor
    labels: Tensor

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: Tensor | slice) -> "Digits":
        """The pictures and labels at `index`."""
        return Digits(self.images[index], self.labels[index])


def places() -> list[Path]:
    """Where MNIST is looked for, in this order: $MNIST_ROOT, data/, ../shared/data."""
    named = os.environ.get("MNIST_ROOT")
    return [*([Path(named)] if named else []), _HERE / "data", _HERE.parent / "shared" / "data"]


def find() -> Path:
    """The first place that holds all four files of torchvision's layout, PLACE/MNIST/raw/.

    Raises:
        MNISTMissing: none of the places does.
    """
    for place in places():
        raw = place / "MNIST" / "raw"
        if all((raw / f"{p}-{k}-ubyte").is_file() for p, _ in FILES.values() for k in _KINDS):
            return place
    raise MNISTMissing(NOT_FOUND, places=tuple(map(str, places())))


_KINDS = ("images-idx3", "labels-idx1")


@lru_cache(maxsize=2)
def load(part: str) -> Digits:
    """All of "train" (60,000) or "test" (10,000), in the order of the files; do not write into it.

    Raises:
        MNISTMissing: not found, or a file is cut short or is something else.
        ValueError: another `part`.
    """
    if part not in FILES:
        raise ValueError(f'MNIST has the parts "train" and "test", not {part!r}.')
    prefix, count = FILES[part]
    raw = find() / "MNIST" / "raw"
    images = _idx(raw / f"{prefix}-images-idx3-ubyte", (count, *SHAPE))
    labels = _idx(raw / f"{prefix}-labels-idx1-ubyte", (count,))
    return Digits(images, labels.long())


def split() -> tuple[Digits, Digits]:
    """The training set as (55,000 to train on, 5,000 to choose by), always the same split."""
    digits = load("train")
    order = torch.randperm(len(digits), generator=torch.Generator().manual_seed(SPLIT_SEED))
    return digits[order[VALIDATION:]], digits[order[:VALIDATION]]


def download(root: Path | None = None) -> Path:
    """Fetch MNIST with torchvision into `root`, by default data/; done only on request."""
    from core.torchvision_pair import torchvision

    root = root or _HERE / "data"
    for train in (True, False):
        torchvision.datasets.MNIST(str(root), train=train, download=True)
    load.cache_clear()
    return root


def report() -> None:
    """Fetch MNIST and say where it is now."""
    print(f"MNIST is in {download()}")


def _idx(path: Path, shape: tuple[int, ...]) -> Tensor:
    """One IDX file: 0, 0, type 8 (unsigned byte), number of axes, their lengths, then the bytes."""
    code = path.read_bytes()
    start = 4 + 4 * len(shape)
    head = bytes((0, 0, 8, len(shape))) + np.array(shape, ">u4").tobytes()
    if code[:start] != head or len(code) != start + int(np.prod(shape)):
        raise MNISTMissing(DAMAGED, path=str(path))
    return torch.frombuffer(bytearray(code[start:]), dtype=torch.uint8).reshape(shape)
