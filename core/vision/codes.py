"""Maps as a browser gets them: int8 codes with one scale for each map, value = code * scale / 127.

Enough to paint, and a quarter of the size of float32.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from torch import Tensor


def codes(
    tensors: Mapping[str, Tensor], signed: Collection[str]
) -> tuple[list[dict[str, Any]], bytes]:
    """Maps as int8, and what the head of an answer says about them.

    Args:
        tensors: (C, H, W) or (N,) by name.
        signed: names of those with values below zero.
    """
    layers, parts, at = [], [], 0
    for name, tensor in tensors.items():
        rows = tensor.shape[0] if tensor.dim() > 1 else 1  # one row for each scale
        values = tensor.detach().numpy().reshape(rows, -1)
        scales = values.max(1)
        if name in signed:
            scales = np.maximum(scales, -values.min(1))
        scaled = values * (127 / np.maximum(scales, 1e-30))[:, None]
        code = np.rint(scaled, out=scaled).astype(np.int8)
        layers.append(
            {
                "name": name,
                "shape": tuple(tensor.shape),
                "signed": name in signed,
                "at": at,
                "scales": scales,
            }
        )
        parts.append(code.tobytes())
        at += code.size
    return layers, b"".join(parts)
