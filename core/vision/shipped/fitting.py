"""What the trainings of shipped networks share: the loop, batches made ahead, rate and average."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn

T = TypeVar("T")
Net = TypeVar("Net", bound=nn.Module)


@dataclass(frozen=True)
class Descent(Generic[Net]):
    """A training by gradient descent: Nesterov momentum 0.9, and an average that follows.

    Attributes:
        epochs: passes over the digits.
        in_epoch: steps of each.
        rate: highest learning rate; see `share`.
        decay: weight decay.
        average: what is returned averages about 1 / (1 - average) steps.
        report: gets a line on each epoch.
        check: looks at the average and says how good it is; None: nobody does.
        every: epochs from one check to the next; there is one at the end in any case.
    """

    epochs: int
    in_epoch: int
    rate: float
    decay: float
    average: float
    report: Callable[[str], None] = print
    check: Callable[[Net], str] | None = None
    every: int = 1

    @property
    def steps(self) -> int:
        """Steps of all epochs."""
        return self.epochs * self.in_epoch

    def fit(
        self,
        net: Net,
        batches: Iterator[T],
        gradients: Callable[[T], float],
        steps: int | None = None,
    ) -> Net:
        """Train a network; its average.

        Args:
            net: what learns.
            batches: without end.
            gradients: leaves a batch's gradients, added to those that are there, in the
                parameters; returns its loss.
            steps: so many only.
        """
        net.train().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        average = deepcopy(net).requires_grad_(False)
        optimiser = torch.optim.SGD(
            net.parameters(), momentum=0.9, nesterov=True, weight_decay=self.decay
        )
        total = 0.0
        for step, batch in enumerate(ahead(batches, steps or self.steps), start=1):
            for group in optimiser.param_groups:
                group["lr"] = self.rate * share(step / self.steps)
            optimiser.zero_grad()
            total += gradients(batch)
            optimiser.step()
            follow(average, net, min(self.average, step / (step + 10)))
            if step % self.in_epoch:
                continue
            epoch = step // self.in_epoch
            line = f"epoch {epoch}/{self.epochs}: loss {total / self.in_epoch:.4f}"
            if self.check and (epoch % self.every == 0 or epoch == self.epochs):
                line += " " + self.check(average)
            self.report(line)
            total = 0.0
        return average


def ahead(batches: Iterator[T], count: int) -> Iterator[T]:
    """The next `count` batches, each made in a second thread during the step before."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, batches)
        for _ in range(count):
            batch = coming.result()
            coming = thread.submit(next, batches)
            yield batch


def forever(length: int, size: int, generator: torch.Generator) -> Iterator[Tensor]:
    """Batches of indices without end, each index once in a pass; what is left over waits."""
    while True:
        order = torch.randperm(length, generator=generator)
        yield from order[: length // size * size].view(-1, size)


RISE = 0.1
"""Share of the steps in which the learning rate rises, where it does."""


def share(done: float) -> float:
    """The part of the highest learning rate when `done` of the steps are taken, both in [0, 1].

    It rises over the first tenth and falls as half a cosine.
    """
    fallen = (done - RISE) / (1 - RISE)
    return done / RISE if done < RISE else (1 + math.cos(math.pi * fallen)) / 2


def follow(average: nn.Module, net: nn.Module, keep: float) -> None:
    """Move an exponential average of a network's parameters and buffers one step on."""
    for a, b in zip(average.state_dict().values(), net.state_dict().values(), strict=True):
        if a.is_floating_point():
            a.lerp_(b, 1 - keep)


def halved(net: Net) -> Net:
    """Rounded to the float16 that is stored, so that what is measured is what is shipped."""
    return deepcopy(net).half().float().eval()
