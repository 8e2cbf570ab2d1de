"""Names that say where a thing is found, so that a table of them imports nothing."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def find(address: str) -> Any:
    """What stands at an address "package.module:NAME", such as "core.training.job:Job"."""
    module, _, name = address.partition(":")
    return getattr(import_module(module), name)
