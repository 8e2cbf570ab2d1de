"""Maps as a browser gets them: int8 codes with one scale for each map, value = code * scale / 127.

Enough to paint, and a quarter of the size of float32. A layer that follows from another by a ReLU
or by max-pooling is not sent a second time: it names the layer that it is made `of`, and `by` what.
The codes of that layer then have a scale of their own for values above zero (`above`), so that what
the ReLU lets through is coded as finely as if it were sent (kit/codes.js reads them).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from torch import Tensor

FULL = 127
"""The code of the largest value."""


def codes(
    tensors: Mapping[str, Tensor],
    signed: Collection[str],
    follow: Mapping[str, tuple[str, str]] | None = None,
) -> tuple[list[dict[str, Any]], bytes]:
    """Maps as int8, and what the head of an answer says about them.

    Args:
        tensors: (C, H, W) or (N,) by name.
        signed: names of those with values below zero.
        follow: of those that follow from another, its name and the way: "relu" (a map may be
            switched off after it: all zero) or "pool", the largest of 2 x 2.
    """
    follow = follow or {}
    rectified = {source for source, way in follow.values() if way == "relu"}
    layers, parts, at = [], [], 0
    for name, tensor in tensors.items():
        rows = tensor.shape[0] if tensor.dim() > 1 else 1  # one row for each scale
        values = tensor.detach().numpy().reshape(rows, -1)
        largest = values.max(1)
        scales = np.maximum(largest, -values.min(1)) if name in signed else largest
        layer = {
            "name": name,
            "shape": tuple(tensor.shape),
            "signed": name in signed,
            "scales": scales,
        }
        layers.append(layer)
        if name in follow:
            layer["of"], layer["by"] = follow[name]
            continue
        layer["at"] = at
        scaled = values * _steps(scales)
        if name in rectified:
            layer["above"] = above = np.maximum(largest, 0)
            scaled = np.where(values > 0, values * _steps(above), scaled)
        code = np.rint(scaled, out=scaled).astype(np.int8)
        parts.append(code.tobytes())
        at += code.size
    return layers, b"".join(parts)


def _steps(scales: np.ndarray) -> np.ndarray:
    steps: np.ndarray = FULL / np.maximum(scales, 1e-30)
    return steps[:, None]
