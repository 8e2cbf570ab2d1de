"""How a text is learned: many places side by side, a stretch at a time, the state carried along.

The text is cut into BATCH streams of equal length, which are read in parallel. A step reads the
next `context` letters of each from the state that the last step left behind, but its gradient ends
where the stretch begins: backpropagation through time, truncated. At the end of the streams they
are read again from their beginning, with states of zeros.

    B streams, L letters of each, T letters of a stretch
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from core.recurrent.race import Member
from core.recurrent.text.grams import perplexities
from core.recurrent.text.pieces import letters_of
from core.recurrent.text.setting import BATCH, TextSetting
from core.recurrent.text.writer import Writer, writer
from core.training.learner import Learner, Parts

MEASURED = 25
"""About so many times in a run the held-out text is gone through."""
LEAST = 0.01
"""Share of the learning rate that is left at the end."""
SPREAD = 2_654_435_761
"""Odd, and far from a multiple of a small number: each step has another seed of dropout."""
WINDOW, WARM = 128, 64
"""Held-out letters that are judged at a stretch, and letters that are read before them."""


class Learning(Learner):
    """The network of a run, which learns."""

    series = ("loss", "held_out")

    def __init__(self, setting: TextSetting) -> None:
        """Stand at the start."""
        self.setting = setting
        self.text = setting.read_text()
        self.model = writer(setting)
        self.member = Member(self.model, "adam")
        self.carried = self.model.begin(BATCH)
        self.streams = streams(self.model.pieces.numbered(self.text.train), setting.context)
        self.every = math.ceil(setting.steps / MEASURED)

    def parts(self) -> Parts:
        """The network, its optimiser, and the states that are carried along."""
        return [("text", self.model), ("text", self.member.optimiser), ("carried", self.carried)]

    def step(self, count: int, rate: float) -> dict[str, float] | None:
        """Take the step that follows `count` others."""
        left = self.carried

        def loss() -> Tensor:
            nonlocal left
            stretch, new = self.stretch(count)
            begin = torch.zeros_like(self.carried) if new else self.carried
            with _chance(self.setting, count):
                scores, left = self.model(stretch[:, :-1], begin)
            return F.cross_entropy(scores.flatten(0, 1), letters_of(stretch)[:, 1:].flatten())

        self.model.train()
        value = self.member.backward(loss, self.setting.clip)
        if value is None:
            return None
        self.member.optimiser.step([self.member.gradient], count, rate * decay(self.setting, count))
        self.carried.copy_(left.detach())
        return {"loss": value}

    def stretch(self, count: int) -> tuple[Tensor, bool]:
        """What is read in a step and the letter after it, (B, T + 1), or (B, T + 1, G).

        And whether streams begin anew.
        """
        context = self.setting.context
        place = count % ((self.streams.shape[1] - 1) // context)
        return self.streams[:, place * context : (place + 1) * context + 1], place == 0

    def due(self, step: int) -> bool:
        """About MEASURED times in a run, and at its end."""
        return step % self.every == 0 or step == self.setting.steps

    def measure(self) -> dict[str, float]:
        """Nats per character of the held-out text."""
        return {"held_out": surprise(self.setting, self.model)}

    def seen(self) -> tuple[dict[str, float], dict[str, Any]]:
        """Perplexities per held-out character: of the network, and of the n-grams."""
        grams = {f"gram{n}": value for n, value in enumerate(baselines(self.setting), 1)}
        return {"perplexity": perplexity(surprise(self.setting, self.model))} | grams, {}


def streams(train: Tensor, context: int) -> Tensor:
    """The text in BATCH streams, each with the letter after its last one, (B, L + 1).

    Of what is read at a glance, (N, G), likewise (B, L + 1, G).

    L is a multiple of the context; a text that is shorter than that is gone through in circles.
    """
    length = max(1, (len(train) - 1) // (BATCH * context)) * context
    at = torch.arange(BATCH)[:, None] * length + torch.arange(length + 1)
    return train[at % len(train)]


def decay(setting: TextSetting, step: int) -> float:
    """What the learning rate is multiplied by: half a cosine from 1 to a hundredth."""
    return LEAST + (1 - LEAST) * (1 + math.cos(math.pi * step / setting.steps)) / 2


@torch.no_grad()
def surprise(setting: TextSetting, model: Writer) -> float:
    """Nats per character of the held-out text, in windows; before each a little more is read."""
    text = setting.read_text()
    count = math.ceil(len(text.held) / WINDOW)
    whole = model.pieces.numbered(torch.cat([text.train, text.held]))[-len(text.held) - WARM :]
    at = torch.arange(count)[:, None] * WINDOW + torch.arange(WINDOW + WARM)
    windows = whole[at.clamp(max=len(whole) - 1)]
    model.eval()
    scores, _ = model(windows[:, :-1], model.begin(count))
    judged, targets = scores[:, WARM - 1 :].flatten(0, 1), letters_of(windows)[:, WARM:].flatten()
    nats = F.cross_entropy(judged, targets, reduction="none")[: len(text.held)]
    return float(nats.double().sum()) / text.written


def perplexity(nats: float) -> float:
    """Of so many nats per character; of a network that is lost, a large number."""
    return math.exp(min(nats, 20.0))


def baselines(setting: TextSetting) -> list[float]:
    """Perplexities of the 1-gram to the 5-gram on the held-out text."""
    return _counted(setting.language, setting.text, setting.unit)


@lru_cache(8)
def _counted(language: str, own: str, unit: str) -> list[float]:
    text = TextSetting(language=language, text=own, unit=unit).read_text()  # type: ignore[arg-type]
    return perplexities(text.train.numpy(), text.held.numpy(), len(text.kinds), text.written)


@contextmanager
def _chance(setting: TextSetting, count: int) -> Iterator[None]:
    """Dropout from the seed and the step alone, so that a chunk needs no generator.

    torch's generator heeds the lower 32 bits of a seed.
    """
    if not setting.dropout:
        yield
        return
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed((setting.seed + (1 + count) * SPREAD) % 2**32)
        yield
