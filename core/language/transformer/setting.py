"""What can be chosen about a training of the transformer, and its limits."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.language.transformer.decoder_only import DecoderOnly
from core.language.transformer.model import Transformer
from core.language.transformer.tasks import TASKS, Name, Task, task
from core.schema import Record, choice, flag, mark, number, whole

NETWORKS = ("both", "decoder")
INNER = 2
"""The feed-forward networks are this many times as wide as the rest."""


@dataclass(frozen=True)
class TransformerSetting(Record):
    """The config of the job "translate".

    Attributes:
        task: one of `TASKS`.
        network: "both", encoder and decoder, or a "decoder" alone.
        layers: 1 or 2, of the encoder and of the decoder; a decoder alone has as many as both.
        heads: 1, 2 or 4.
        width: 32 or 64.
        positions: whether the network is told where a token stands.
        mask: whether a target token may read only those before it.
        scaling: whether scores are divided by sqrt(width / heads).
        smoothing: share of the wanted probability that is spread over all words (label smoothing).
        warm_up: steps until the learning rate is at its peak; it then falls with the inverse square
            root of the step (section 5.3 of the paper). 0: it stays as it is.
        learning_rate: the peak.
        batch: pairs of one step.
        steps: of the whole training.
        seed: of weights and batches.
    """

    task: Name = choice(TASKS)
    network: str = choice(NETWORKS)
    layers: int = choice((1, 2))
    heads: int = choice((1, 2, 4), 4)
    width: int = choice((32, 64), 64)
    positions: bool = flag(True)
    mask: bool = flag(True)
    scaling: bool = flag(True)
    smoothing: float = number(0.0, 0.0, 0.3, label=mark("label smoothing"))
    warm_up: int = whole(100, 0, 500, label=mark("warm-up"))
    learning_rate: float = number(5e-3, 1e-5, 1.0)
    batch: int = whole(64, 16, 256)
    steps: int = whole(600, 1, 5_000)
    seed: int = whole(1)

    @property
    def about(self) -> Task:
        """The task itself."""
        return task(self.task)

    def model(self) -> Transformer | DecoderOnly:
        """A network of this shape, its weights not yet drawn."""
        kind = Transformer if self.network == "both" else DecoderOnly
        return kind(
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
