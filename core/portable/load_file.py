"""`safetensors.torch.load_file` in few lines, for programs that shall need PyTorch alone.

The format (huggingface.co/docs/safetensors): eight bytes that say how long the head is, the head
as JSON, name -> type, shape and place of its bytes, and then the bytes.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor

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


def load_file(name: str) -> dict[str, Tensor]:
    """The tensors of a file, by name.

    Args:
        name: the file.
    """
    content = bytearray(Path(name).read_bytes())
    begin = 8 + int.from_bytes(content[:8], "little")
    head = json.loads(content[8:begin])
    head.pop("__metadata__", None)
    found: dict[str, Tensor] = {}
    for key, about in head.items():
        first, last = about["data_offsets"]
        piece = content[begin + first : begin + last]
        flat = torch.frombuffer(piece, dtype=_TYPES[about["dtype"]]) if piece else torch.empty(0)
        found[key] = flat.reshape(about["shape"])
    return found
