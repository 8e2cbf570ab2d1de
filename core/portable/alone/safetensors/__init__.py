"""Files of `safetensors`, read and written in few lines.

The format (huggingface.co/docs/safetensors): eight bytes that say how long the head is, the head
as JSON, name -> type, shape and place of its bytes, and then the bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .parts import SafetensorError, read


class safe_open:  # noqa: N801  # as the package calls it
    """A file whose tensors are read as arrays of numpy, as a context."""

    def __init__(self, name: str | Path, framework: str) -> None:
        """Read it."""
        from . import numpy

        content = Path(name).read_bytes()
        self._metadata, self._arrays = read(content)[0], numpy.load(content)

    def __enter__(self) -> safe_open:
        return self

    def __exit__(self, *_raised: object) -> None:
        return None

    def metadata(self) -> dict[str, str]:
        """What the file says of itself."""
        return self._metadata

    def keys(self) -> list[str]:
        """The names of its tensors."""
        return list(self._arrays)

    def get_tensor(self, name: str) -> Any:
        """One of them."""
        return self._arrays[name]


__all__ = ["SafetensorError", "safe_open"]
