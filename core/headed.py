"""Binary answers: a head as JSON, then the bytes that it points into.

uint32 length of the head (little-endian), the head, padded with blanks so that numbers of four
bytes can be read where they lie, then all else.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

import orjson


def headed(head: Mapping[str, Any], *parts: bytes) -> bytes:
    """Put a head before bytes; it may hold NumPy's arrays."""
    text = orjson.dumps(head, option=orjson.OPT_SERIALIZE_NUMPY)
    text += b" " * (-len(text) % 4)
    return b"".join((struct.pack("<I", len(text)), text, *parts))


def read_head(content: bytes) -> tuple[dict[str, Any], bytes]:
    """The head, and what follows it."""
    (length,) = struct.unpack_from("<I", content)
    head: dict[str, Any] = orjson.loads(content[4 : 4 + length])
    return head, content[4 + length :]
