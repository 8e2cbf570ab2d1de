"""An answer as bytes: a head in JSON, then maps as codes.

As `core.headed`; behind the head stand uint16 (little-endian) codes that its "maps" point into. A
map travels with one scale for each head: value = code * scale / 65535, exact to the places that
are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from torch import Tensor

from core.headed import headed


def pack(head: Mapping[str, Any], maps: Mapping[str, Tensor]) -> bytes:
    """Head and maps, each (..., T, T) and nowhere below 0, as bytes.

    The head gains "maps": a list of name, shape, scales and "at", the offset of the first code from
    the end of the head in bytes.
    """
    entries, parts, at = [], [], 0
    for name, tensor in maps.items():
        values = tensor.numpy().reshape(-1, tensor.shape[-2] * tensor.shape[-1])
        scales = values.max(1)
        codes = np.rint(values * (65535 / np.maximum(scales, 1e-30))[:, None]).astype("<u2")
        entries.append({"name": name, "shape": tuple(tensor.shape), "at": at, "scales": scales})
        parts.append(codes.tobytes())
        at += codes.nbytes
    return headed({**head, "maps": entries}, *parts)
