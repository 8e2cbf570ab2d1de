"""The networks of a run with their optimisers: made from a seed, packed into bytes and unpacked.

Chance comes from the seed and the place in the run alone, never from a generator that is carried
along: so a chunk needs nothing but the state before it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from safetensors.torch import load, save
from torch import Tensor

from core.recurrent.cells import Kind
from core.recurrent.optimiser import MEMORIES, Optimiser
from core.recurrent.sine.forecast import Forecaster, seeded
from core.recurrent.sine.setting import SineSetting

LEAST = 0.01
"""Share of the learning rate that is left when it has decayed."""
HOPELESS = 1e6
"""A loss beyond this is taken as divergence."""


class Member:
    """One network of a run, which learns.

    Args:
        setting: of the run.
        kind: which cell.
        tensors: of a state; without them the network begins from the seed.
    """

    def __init__(
        self, setting: SineSetting, kind: Kind, tensors: dict[str, Tensor] | None = None
    ) -> None:
        self.setting = setting
        self.kind = kind
        self.model = seeded(kind, setting.hidden, setting.layers, setting.dropout, setting.seed)
        memory = None
        if tensors is not None:
            own = {key: tensors[f"{kind}.{key}"] for key in self.model.state_dict()}
            self.model.load_state_dict(own)
            names = MEMORIES[setting.optimiser]
            memory = {name: tensors[f"optimiser.{kind}.{name}"] for name in names}
        self.optimiser = Optimiser(setting.optimiser, self.model, memory)

    def tensors(self) -> dict[str, Tensor]:
        """All that the member needs to go on."""
        found = {f"{self.kind}.{name}": p.clone() for name, p in self.model.state_dict().items()}
        for name, values in self.optimiser.memory.items():
            found[f"optimiser.{self.kind}.{name}"] = values.clone()
        return found

    def look(self, step: int, x: Tensor, y: Tensor) -> float | None:
        """Compute loss and gradient on a batch; None where they are beyond what can be used."""
        self.optimiser.forget_gradient()
        with _chance(self.setting, step):
            loss = loss_of(self.setting, self.model(x), y)
        value = loss.item()
        if not value <= HOPELESS:  # nan is not
            return None
        loss.backward()  # type: ignore[no-untyped-call]
        return value if math.isfinite(self.optimiser.clip(self.setting.clip)) else None

    def go(self, step: int, rate: float) -> None:
        """Take the step that the gradient says."""
        self.optimiser.step(step, rate * decay(self.setting, step))


def members(setting: SineSetting, tensors: bytes | None = None) -> list[Member]:
    """The networks of a run, from a state's bytes or from the seed."""
    loaded = None if tensors is None else load(tensors)
    return [Member(setting, kind, loaded) for kind in setting.cells]


def packed(found: list[Member]) -> bytes:
    """Everything that the members need to go on, as safetensors."""
    tensors: dict[str, Tensor] = {}
    for member in found:
        tensors |= member.tensors()
    return save(tensors)


def models(setting: SineSetting, tensors: bytes) -> dict[Kind, Forecaster]:
    """The networks alone, to be looked at: a state without an optimiser will do."""
    loaded = load(tensors)
    found = {}
    for kind in setting.cells:
        model = seeded(kind, setting.hidden, setting.layers, setting.dropout, setting.seed)
        model.load_state_dict({key: loaded[f"{kind}.{key}"] for key in model.state_dict()})
        found[kind] = model.eval()
    return found


def scored(setting: SineSetting, series: Tensor) -> Tensor:
    """The part of (B, T, 1) that loss and scores count: after the warm-up, or the last alone."""
    return series[:, -1:] if setting.output == "last" else series[:, setting.warm_up :]


def loss_of(setting: SineSetting, output: Tensor, targets: Tensor) -> Tensor:
    """Mean squared error over what is scored."""
    return (scored(setting, output) - scored(setting, targets)).square().mean()


def batch(setting: SineSetting, step: int) -> Tensor | None:
    """Which windows a step learns from, (size,); None for all of them in their order."""
    if setting.size == setting.windows:
        return None
    epoch, place = divmod(step, setting.batches)
    chance = torch.Generator().manual_seed(setting.seed + (1 + epoch << 32))
    order = torch.randperm(setting.windows, generator=chance)
    return order[place * setting.size : (place + 1) * setting.size]


def decay(setting: SineSetting, step: int) -> float:
    """What the learning rate is multiplied by: 1, or half a cosine from 1 to a hundredth."""
    if setting.schedule == "constant":
        return 1.0
    return LEAST + (1 - LEAST) * (1 + math.cos(math.pi * step / setting.steps)) / 2


@contextmanager
def _chance(setting: SineSetting, step: int) -> Iterator[None]:
    """Dropout from the seed and the step; all members of a race drop the same."""
    if not setting.dropout or setting.layers == 1:
        yield
        return
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(setting.seed + (1 + step << 32))
        yield
