"""What can be chosen about a training of the transformer, and its limits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from core.checked import number, one_of, whole
from core.language.transformer.model import Transformer
from core.language.transformer.tasks import TASKS, Name, Task, task

HEADS = (1, 2, 4)
WIDTHS = (32, 64)
INNER = 2
"""The feed-forward networks are this many times as wide as the rest."""


@dataclass(frozen=True)
class Setting:
    """The config of the job "translate".

    Attributes:
        task: one of `TASKS`.
        layers: 1 or 2, of the encoder and of the decoder.
        heads: 1, 2 or 4.
        width: 32 or 64.
        positions: whether the network is told where a token stands.
        mask: whether a target token may read only those before it.
        scaling: whether scores are divided by sqrt(width / heads).
        smoothing: share of the wanted probability that is spread over all words (label smoothing).
        warm_up: steps until the learning rate is at its peak; it then falls with the square root of
            the step (section 5.3 of the paper). 0: it stays as it is.
        learning_rate: the peak.
        batch: pairs of one step.
        steps: of the whole training.
        seed: of weights and batches.
    """

    task: Name = "en-ko"
    layers: int = 1
    heads: int = 4
    width: int = 64
    positions: bool = True
    mask: bool = True
    scaling: bool = True
    smoothing: float = 0.0
    warm_up: int = 100
    learning_rate: float = 5e-3
    batch: int = 64
    steps: int = 600
    seed: int = 1

    def __post_init__(self) -> None:
        """Hold every value to its limits.

        Raises:
            ValueError: with a sentence.
        """
        one_of("task", self.task, TASKS)
        whole("layers", self.layers, 1, 2)
        one_of("heads", self.heads, HEADS)
        one_of("width", self.width, WIDTHS)
        for name in ("positions", "mask", "scaling"):
            if not isinstance(getattr(self, name), bool):
                raise ValueError(f"“{name}” is true or false.")
        number("label smoothing", self.smoothing, 0.0, 0.3)
        whole("warm-up", self.warm_up, 0, 500)
        number("learning rate", self.learning_rate, 1e-5, 1.0)
        whole("batch", self.batch, 16, 256)
        whole("steps", self.steps, 1, 5_000)
        whole("seed", self.seed, 0, 999_999)

    @property
    def about(self) -> Task:
        """The task itself."""
        return task(self.task)

    def model(self) -> Transformer:
        """A network of this shape, its weights not yet drawn."""
        return Transformer(
            len(self.about.words),
            self.layers,
            self.heads,
            self.width,
            INNER * self.width,
            self.positions,
            self.mask,
            self.scaling,
        )

    def rate(self, count: int, peak: float) -> float:
        """The learning rate of the step that follows `count` others."""
        if not self.warm_up:
            return peak
        step = count + 1
        return peak * min(step / self.warm_up, math.sqrt(self.warm_up / step))


def read(raw: Mapping[str, Any]) -> Setting:
    """What a browser sent; what is missing takes its default.

    Raises:
        ValueError: a name that is not known, or a value beyond its limits.
    """
    known = {field.name for field in fields(Setting)}
    if not isinstance(raw, Mapping) or not set(raw) <= known:
        raise ValueError(f"A training has {', '.join(sorted(known))}.")
    return Setting(**raw)


def write(setting: Setting) -> dict[str, Any]:
    """The setting as plain JSON values."""
    return asdict(setting)
