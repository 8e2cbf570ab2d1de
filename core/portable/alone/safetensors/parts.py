"""A file's head and its pieces of bytes, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple


class SafetensorError(Exception):
    """The file is none of the kind."""


class Part(NamedTuple):
    """One tensor of a file: its type as the format calls it, its shape, its bytes."""

    kind: str
    shape: list[int]
    content: bytes


def read(content: bytes) -> tuple[dict[str, str], dict[str, Part]]:
    """What a file says of itself, and its tensors by name.

    Raises:
        SafetensorError: it is damaged.
    """
    begin = 8 + int.from_bytes(content[:8], "little")
    parts: dict[str, Part] = {}
    try:
        head = json.loads(content[8:begin])
        metadata: dict[str, str] = head.pop("__metadata__", None) or {}
        for name, about in head.items():
            first, last = about["data_offsets"]
            piece = content[begin + first : begin + last]
            if len(piece) != last - first:
                raise SafetensorError("the file is shorter than its head says")
            parts[name] = Part(about["dtype"], about["shape"], piece)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise SafetensorError(str(error)) from error
    return metadata, parts


def write(parts: Mapping[str, Part], metadata: Mapping[str, str] | None = None) -> bytes:
    """The file that holds these tensors."""
    head: dict[str, object] = {"__metadata__": dict(metadata)} if metadata else {}
    place = 0
    for name, part in parts.items():
        end = place + len(part.content)
        head[name] = {"dtype": part.kind, "shape": part.shape, "data_offsets": [place, end]}
        place = end
    code = json.dumps(head).encode()
    code += b" " * (-len(code) % 8)
    return len(code).to_bytes(8, "little") + code + b"".join(p.content for p in parts.values())
