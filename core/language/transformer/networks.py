"""The shipped models, loaded once."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from core import weights
from core.language.transformer.model import Transformer
from core.language.transformer.tasks import task

_SHOWN = ("layers", "heads", "width", "inner", "words")


@dataclass(frozen=True)
class Network:
    """A shipped model, and its card: how it came to be, and how good it is."""

    model: Transformer
    card: dict[str, Any]

    @property
    def shape(self) -> dict[str, int]:
        """Layers, heads, width, inner and words."""
        return {name: self.model.shape[name] for name in _SHOWN}


@functools.cache
def network(name: str) -> Network:
    """The shipped model of a task.

    Raises:
        Refusal: there is no such task.
        WeightsError: its weights are missing or damaged; the next call tries again.
    """
    model, card = weights.load(f"transformer_{task(name).name.replace('-', '_')}")
    assert isinstance(model, Transformer)
    return Network(model, card)
