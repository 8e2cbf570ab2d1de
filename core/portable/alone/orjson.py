"""JSON as `orjson` reads and writes it, by the standard library."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

JSONDecodeError = json.JSONDecodeError
OPT_SERIALIZE_NUMPY, OPT_NON_STR_KEYS, OPT_INDENT_2 = 16, 4, 1


def loads(text: str | bytes) -> Any:
    """The value that a text says."""
    return json.loads(text)


def dumps(value: Any, default: Callable[[Any], Any] | None = None, option: int = 0) -> bytes:
    """A value as compact JSON in UTF-8; arrays of numpy as lists, what is not finite as null."""

    def plain(each: Any) -> Any:
        if hasattr(each, "tolist"):
            return _finite(each.tolist())
        if default is None:
            raise TypeError(f"Type is not JSON serializable: {type(each).__name__}")
        return default(each)

    indent = 2 if option & OPT_INDENT_2 else None
    separators = (",", ": ") if indent else (",", ":")
    text = json.dumps(
        _finite(value), default=plain, ensure_ascii=False, indent=indent, separators=separators
    )
    return text.encode()


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), -float("inf"))):
        return None
    return value
