"""`safetensors.torch`: tensors of PyTorch, which needs nothing else."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from .parts import Part, read, write

_TYPES = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "I64": torch.int64,
    "I32": torch.int32,
    "I8": torch.int8,
    "U8": torch.uint8,
    "BOOL": torch.bool,
}
_KINDS = {dtype: kind for kind, dtype in _TYPES.items()}


def load(content: bytes) -> dict[str, Tensor]:
    """The tensors of a file's bytes, by name."""
    found: dict[str, Tensor] = {}
    for key, (kind, shape, piece) in read(content)[1].items():
        empty = torch.empty(0, dtype=_TYPES[kind])
        flat = torch.frombuffer(bytearray(piece), dtype=_TYPES[kind]) if piece else empty
        found[key] = flat.reshape(shape)
    return found


def load_file(name: str | Path) -> dict[str, Tensor]:
    """The tensors of a file, by name."""
    return load(Path(name).read_bytes())


def save(tensors: Mapping[str, Tensor], metadata: Mapping[str, str] | None = None) -> bytes:
    """The bytes of a file with these tensors."""
    parts = {}
    for name, tensor in tensors.items():
        flat = tensor.detach().cpu().contiguous()
        content = ctypes.string_at(flat.data_ptr(), flat.nbytes) if flat.nbytes else b""
        parts[name] = Part(_KINDS[flat.dtype], list(flat.shape), content)
    return write(parts, metadata)
