"""What can be chosen about a training of an "it" model, and its limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from core.attention.trained.model import ItModel
from core.checked import number, one_of, whole

Objective = Literal["referent", "masked"]
WIDTHS = (16, 32, 64)
INNERS = (16, 64, 128)


@dataclass(frozen=True)
class Setting:
    """The config of the job "it".

    Attributes:
        layers: 1 to 3.
        heads: 1 to 8, a divisor of the width.
        width: of the embeddings.
        inner: of the feed-forward networks; with a wide one the answer needs no head that looks at
            the referent.
        objective: "referent": name at *it* the noun that it stands for. "masked": guess words that
            are hidden, the referent is never told.
        steps: of 64 sentences each.
        learning_rate: of AdamW, after a rise over the first 50 steps.
        decay: of the weights, decoupled from the gradient (Loshchilov and Hutter 2019).
        seed: of weights and sentences.
    """

    layers: int = 2
    heads: int = 4
    width: int = 64
    inner: int = 16
    objective: Objective = "referent"
    steps: int = 800
    learning_rate: float = 3e-3
    decay: float = 0.3
    seed: int = 1

    def __post_init__(self) -> None:
        """Hold every value to its limits.

        Raises:
            ValueError: with a sentence.
        """
        whole("layers", self.layers, 1, 3)
        whole("heads", self.heads, 1, 8)
        one_of("width", self.width, WIDTHS)
        one_of("inner width", self.inner, INNERS)
        one_of("objective", self.objective, get_args(Objective))
        whole("steps", self.steps, 1, 5_000)
        number("learning rate", self.learning_rate, 1e-5, 1.0)
        number("decay", self.decay, 0.0, 10.0)
        whole("seed", self.seed, 0, 999_999)
        if self.width % self.heads:
            raise ValueError(f"{self.heads} heads cannot share a width of {self.width} evenly.")

    def model(self) -> ItModel:
        """A network of this shape, its weights not yet drawn."""
        return ItModel(self.layers, self.heads, self.width, self.inner)


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
