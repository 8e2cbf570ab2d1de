"""Every optimiser of the course, once: what it remembers, its step, and its line in a program.

They compute what `torch.optim` computes, number by number (tests/core/training/test_optimiser.py).
They are written out because a run is cut into chunks: what an optimiser remembers are plain tensors
that travel with the parameters; and because the first optimiser that a process takes from
`torch.optim` loads a compiler, for more than a second.

A new one is an entry in `RULES`: settings, programs and pages read it from there.

>>> p = torch.tensor([1.0])
>>> Optimiser("sgd", [p]).step([torch.tensor([0.5])], count=0, rate=0.1)
>>> p
tensor([0.9500])
>>> torch_line("adam", "net.parameters()", "0.01", Options(momentum=0.8))
'Adam(net.parameters(), lr=0.01, betas=(0.8, 0.999))'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from core.schema import Message, mark

EPS = 1e-8
ALPHA = 0.99
"""Share of the mean of squares that RMSprop keeps."""
BETA_1 = 0.9

Memory = Mapping[str, Sequence[Tensor]]


@dataclass(frozen=True)
class Options:
    """What can be chosen about an optimiser beside its learning rate; the defaults are torch's.

    Attributes:
        momentum: of SGD and RMSprop; of Adam the first beta.
        beta: Adam's second beta.
        decay: of the weights, added to the gradient; AdamW takes it off the weights themselves
            (Loshchilov and Hutter 2019).
    """

    momentum: float | None = None
    beta: float = 0.999
    decay: float = 0.0

    @property
    def beta_1(self) -> float:
        """Adam's first beta."""
        return BETA_1 if self.momentum is None else self.momentum


Step = Callable[[Sequence[Tensor], Sequence[Tensor], Memory, Options, int, float], None]


@dataclass(frozen=True)
class Rule:
    """One optimiser.

    Attributes:
        label: what it is called, in any language.
        torch: its class in `torch.optim`.
        memory: the names of what it remembers of each parameter.
        step: changes parameters by their gradients, what is remembered of them, the options, how
            many steps came before, and the learning rate.
        arguments: how a program writes the options, without the decay of the weights.
    """

    label: Message
    torch: str
    memory: Callable[[Options], tuple[str, ...]]
    step: Step
    arguments: Callable[[Options], str]


def _decayed(gradient: Tensor, value: Tensor, options: Options) -> Tensor:
    return gradient.add(value, alpha=options.decay) if options.decay else gradient


def _sgd(
    values: Sequence[Tensor],
    gradients: Sequence[Tensor],
    memory: Memory,
    options: Options,
    count: int,
    rate: float,
) -> None:
    """Gradient descent, with classical momentum where there is some."""
    for i, (value, gradient) in enumerate(zip(values, gradients, strict=True)):
        g = _decayed(gradient, value, options)
        if options.momentum:
            g = memory["speed"][i].mul_(options.momentum).add_(g)
        value.sub_(g, alpha=rate)


def _adam(
    values: Sequence[Tensor],
    gradients: Sequence[Tensor],
    memory: Memory,
    options: Options,
    count: int,
    rate: float,
) -> None:
    """Adam (Kingma and Ba 2015)."""
    slow, fast = (1 - beta ** (count + 1) for beta in (options.beta_1, options.beta))
    for i, (value, gradient) in enumerate(zip(values, gradients, strict=True)):
        g = _decayed(gradient, value, options)
        mean = memory["mean"][i].lerp_(g, 1 - options.beta_1)
        square = memory["square"][i].mul_(options.beta).addcmul_(g, g, value=1 - options.beta)
        value.addcdiv_(mean, square.sqrt().div_(fast**0.5).add_(EPS), value=-rate / slow)


def _adamw(
    values: Sequence[Tensor],
    gradients: Sequence[Tensor],
    memory: Memory,
    options: Options,
    count: int,
    rate: float,
) -> None:
    """AdamW, by torch's one kernel for all parameters: a third of the time of a step saved.

    The kernel divides in another way than single operations do, a last bit here and there; the
    shipped runs were made with it, and are repeated with it.
    """
    torch._fused_adamw_(
        list(values),
        list(gradients),
        list(memory["mean"]),
        list(memory["square"]),
        [],
        [torch.tensor(count + 1.0)] * len(values),
        amsgrad=False,
        lr=rate,
        beta1=options.beta_1,
        beta2=options.beta,
        weight_decay=options.decay,
        eps=EPS,
        maximize=False,
    )


def _rmsprop(
    values: Sequence[Tensor],
    gradients: Sequence[Tensor],
    memory: Memory,
    options: Options,
    count: int,
    rate: float,
) -> None:
    """RMSprop (Hinton 2012), with momentum where there is some."""
    for i, (value, gradient) in enumerate(zip(values, gradients, strict=True)):
        g = _decayed(gradient, value, options)
        square = memory["square"][i].mul_(ALPHA).addcmul_(g, g, value=1 - ALPHA)
        length = square.sqrt().add_(EPS)
        if options.momentum:
            speed = memory["speed"][i].mul_(options.momentum).addcdiv_(g, length)
            value.add_(speed, alpha=-rate)
        else:
            value.addcdiv_(g, length, value=-rate)


def _speed(options: Options) -> tuple[str, ...]:
    return ("speed",) if options.momentum else ()


def _momentum(options: Options) -> str:
    return "" if options.momentum is None else f", momentum={options.momentum!r}"


def _betas(options: Options) -> str:
    chosen = options.beta_1, options.beta
    return "" if options.momentum is None else f", betas={chosen!r}"


RULES: Mapping[str, Rule] = {
    "sgd": Rule(mark("SGD"), "SGD", _speed, _sgd, _momentum),
    "adam": Rule(mark("Adam"), "Adam", lambda options: ("mean", "square"), _adam, _betas),
    "rmsprop": Rule(
        mark("RMSprop"),
        "RMSprop",
        lambda options: ("square", *_speed(options)),
        _rmsprop,
        _momentum,
    ),
}
"""What a setting can choose, in the order in which a page offers them."""
ADAMW = Rule(mark("AdamW"), "AdamW", lambda options: ("mean", "square"), _adamw, _betas)
"""What the transformers learn with; nobody chooses it."""


class Optimiser:
    """Changes parameters in place.

    Args:
        rule: a rule, or its name in `RULES`.
        parameters: what is changed.
        options: see `Options`.

    Attributes:
        memory: what is remembered of each parameter, by name; zeros before the first step.
    """

    def __init__(
        self, rule: str | Rule, parameters: Sequence[Tensor], options: Options | None = None
    ) -> None:
        """Remember nothing yet."""
        self.rule = RULES[rule] if isinstance(rule, str) else rule
        self.parameters = list(parameters)
        self.options = options or Options()
        self.memory = {
            name: [torch.zeros_like(parameter) for parameter in self.parameters]
            for name in self.rule.memory(self.options)
        }

    @torch.no_grad()
    def step(self, gradients: Sequence[Tensor | None], count: int, rate: float) -> None:
        """Take the step that follows `count` others; what has no gradient stays as it is.

        Args:
            gradients: of each parameter.
            count: steps taken before.
            rate: the learning rate.
        """
        there = [i for i, gradient in enumerate(gradients) if gradient is not None]
        self.rule.step(
            [self.parameters[i] for i in there],
            [gradient for gradient in gradients if gradient is not None],
            {name: [values[i] for i in there] for name, values in self.memory.items()},
            self.options,
            count,
            rate,
        )

    def descend(self, loss: Tensor, count: int, rate: float) -> None:
        """Take the step down the gradient of a loss, (); arguments as for `step`."""
        self.step(torch.autograd.grad(loss, self.parameters, allow_unused=True), count, rate)

    @torch.no_grad()
    def move(self, i: int, rows: slice, gradient: Tensor, count: int, rate: float) -> None:
        """The same for some rows of the i-th parameter alone, by their gradient."""
        memory = {name: [values[i][rows]] for name, values in self.memory.items()}
        self.rule.step([self.parameters[i][rows]], [gradient], memory, self.options, count, rate)

    def tensors(self) -> dict[str, Tensor]:
        """What is remembered, as "i.NAME" of the i-th parameter; not copies."""
        return {
            f"{i}.{name}": value
            for name, values in self.memory.items()
            for i, value in enumerate(values)
        }


def torch_line(name: str, parameters: str, rate: str, options: Options | None = None) -> str:
    """How a program in torch makes the optimiser, without "torch.optim." before it.

    Args:
        name: in `RULES`.
        parameters: as they are written.
        rate: the learning rate, as it is written.
        options: None writes none, for torch's own defaults.
    """
    rule, chosen = RULES[name], options or Options()
    decay = f", weight_decay={chosen.decay!r}" if chosen.decay else ""
    return f"{rule.torch}({parameters}, lr={rate}{rule.arguments(chosen)}{decay})"
