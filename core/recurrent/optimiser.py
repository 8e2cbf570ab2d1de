"""Adam, RMSprop and plain gradient descent over all parameters of a model at once.

They compute what `torch.optim` computes with its defaults, number by number (a test holds it). They
are written out because a run is cut into chunks: what an optimiser remembers is here two plain
tensors that travel with the parameters, and the 1.3 seconds that the first `torch.optim.Adam` of a
process takes to load its compiler are not waited for.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

MEMORIES: Mapping[str, tuple[str, ...]] = {
    "adam": ("mean", "square"),
    "rmsprop": ("square",),
    "sgd": (),
}
"""What each one remembers: running means of the gradient and of its square."""
_BETA_1, _BETA_2, _ALPHA, _EPS = 0.9, 0.999, 0.99, 1e-8


class Optimiser:
    """Changes the parameters of a model, which become views of one vector `values` (P,).

    Attributes:
        values: all parameters, one after the other.
        memory: what is remembered from step to step, each (P,), by name.
    """

    def __init__(
        self, name: str, model: nn.Module, memory: Mapping[str, Tensor] | None = None
    ) -> None:
        """Take hold of a model's parameters; without `memory`, as before the first step."""
        self.name = name
        parameters = list(model.parameters())
        self.values = torch.cat([p.detach().flatten() for p in parameters])
        self.gradient = torch.zeros_like(self.values)
        place = 0
        for p in parameters:
            part = slice(place, place + p.numel())
            p.data = self.values[part].view_as(p)
            p.grad = self.gradient[part].view_as(p)
            place += p.numel()
        self.memory = {
            key: memory[key].clone() if memory else torch.zeros_like(self.values)
            for key in MEMORIES[name]
        }

    def forget_gradient(self) -> None:
        """Set the gradient to zero before the next backward pass."""
        self.gradient.zero_()

    def clip(self, most: float) -> float:
        """Make the gradient shorter when it is longer than `most` (0: never); its length before.

        A length that is not finite says that the gradient is of no use: float32 cannot hold its
        square.
        """
        length = float(self.gradient.norm())
        if most:
            self.gradient.mul_(min(1.0, most / (length + 1e-6)))
        return length

    def step(self, count: int, rate: float) -> None:
        """Take the step that follows `count` others, with this learning rate."""
        g = self.gradient
        if self.name == "sgd":
            self.values.add_(g, alpha=-rate)
            return
        square = self.memory["square"]
        if self.name == "rmsprop":
            square.mul_(_ALPHA).addcmul_(g, g, value=1 - _ALPHA)
            self.values.addcdiv_(g, square.sqrt().add_(_EPS), value=-rate)
            return
        mean = self.memory["mean"].lerp_(g, 1 - _BETA_1)
        square.mul_(_BETA_2).addcmul_(g, g, value=1 - _BETA_2)
        by = (1 - _BETA_2 ** (count + 1)) ** 0.5
        length = square.sqrt().div_(by).add_(_EPS)
        self.values.addcdiv_(mean, length, value=-rate / (1 - _BETA_1 ** (count + 1)))
