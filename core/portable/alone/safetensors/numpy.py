"""`safetensors.numpy`: arrays of numpy, by way of PyTorch's tensors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from numpy.typing import NDArray

from . import torch as tensors


def load(content: bytes) -> dict[str, NDArray[Any]]:
    """The arrays of a file's bytes, by name."""
    return {name: tensor.numpy() for name, tensor in tensors.load(content).items()}


def save(arrays: Mapping[str, NDArray[Any]], metadata: Mapping[str, str] | None = None) -> bytes:
    """The bytes of a file with these arrays."""
    return tensors.save({name: torch.from_numpy(each) for name, each in arrays.items()}, metadata)


def save_file(
    arrays: Mapping[str, NDArray[Any]], name: str | Path, metadata: Mapping[str, str] | None = None
) -> None:
    """Write a file with these arrays."""
    Path(name).write_bytes(save(arrays, metadata))
