"""Train the best single network that ships, a wider VGG, in three stages.

Two networks of its shape learn from the labels and from the opinions of shipped networks on the
same changed digits (Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network",
2015). The second goes on from there, taught by all four, and takes each gradient where the loss is
about to rise most (Foret et al., "Sharpness-aware minimization", 2021). Three hours on two cores.

All of it is chosen on MNIST's training set. The test set was looked at after each stage: 0.9968,
0.9967, and what the card says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, kl_div, log_softmax, softmax

from core import weights
from core.vision import mnist
from core.vision.mnist import Digits
from core.vision.nets import DigitNet, build, vgg_wide
from core.vision.shipped import hands
from core.vision.shipped.fitting import Descent, halved
from core.vision.shipped.nets import CHANGES, changed, logits, write

MILD = replace(CHANGES, unchanged=0.25)
TEMPERATURE = 3.0
"""Softens the opinions of teachers and pupil while one learns from the others."""
BATCH, DECAY, AVERAGE = 128, 5e-4, 0.9995

Check = Callable[[DigitNet], str]


@dataclass(frozen=True)
class Stage:
    """One training.

    Attributes:
        seed: of first weights, batches, their changes and the dropout.
        epochs: passes over the digits.
        rate: highest learning rate; it rises over the first tenth and falls as half a cosine.
        radius: how far up the slope, as the norm of the step, the gradient is taken; 0: here.
    """

    seed: int
    epochs: int
    rate: float
    radius: float = 0.0


STAGES = (Stage(1, 24, 0.1), Stage(1, 45, 0.1), Stage(2, 14, 0.03, radius=0.05))


def fit(
    begin: DigitNet | None,
    teachers: Callable[[], Sequence[nn.Module]],
    digits: Digits,
    stage: Stage,
    check: Check,
    steps: int | None = None,
) -> DigitNet:
    """Train in one stage; the averaged network, with its normalisation.

    Args:
        begin: where to go on from; None: from first weights.
        teachers: makes those whose mean opinion is half of the target.
        digits: to learn from.
        stage: see there.
        check: is given the averaged network after each epoch and says how good it is.
        steps: so many only.
    """
    # First weights, teachers and dropout draw from one generator: their order is part of the seed.
    torch.manual_seed(stage.seed)
    net = build(vgg_wide())
    if begin is not None:
        net.load_state_dict(begin.state_dict())
    taught = _opinions(teachers(), digits, torch.Generator().manual_seed(stage.seed))
    descent = Descent[DigitNet](
        stage.epochs,
        len(digits) // BATCH,
        stage.rate,
        DECAY,
        AVERAGE,
        check=lambda average: check(average.bare()),
    )
    return descent.fit(net, taught, lambda batch: _gradients(net, *batch, stage.radius), steps)


def _gradients(net: DigitNet, x: Tensor, labels: Tensor, opinions: Tensor, radius: float) -> float:
    """Leave a batch's gradients in the parameters; its loss."""

    def back() -> float:
        net.zero_grad()
        with torch.autocast("cpu", torch.bfloat16):
            outputs = net(x)
        loss = _loss(outputs.float(), labels, opinions)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss.item()

    if not radius:
        return back()
    masks, parameters = torch.get_rng_state(), list(net.parameters())
    loss = back()
    with torch.no_grad():
        gradients = [p.grad for p in parameters if p.grad is not None]
        norm = torch.linalg.vector_norm(torch.stack([g.norm() for g in gradients]))
        climbed = [g * (radius / (norm + 1e-12)) for g in gradients]
        for p, up in zip(parameters, climbed, strict=True):
            p.add_(up)
    torch.set_rng_state(masks)  # the same dropout on both sides of the step
    norms = [layer for layer in net.modules() if isinstance(layer, nn.BatchNorm2d)]
    for layer in norms:
        layer.momentum = 0.0  # these statistics are of a network that nobody keeps
    back()
    for layer in norms:
        layer.momentum = 0.1
    with torch.no_grad():
        for p, up in zip(parameters, climbed, strict=True):
            p.sub_(up)
    return loss


def _loss(outputs: Tensor, labels: Tensor, opinions: Tensor) -> Tensor:
    softer = kl_div(log_softmax(outputs / TEMPERATURE, 1), opinions, reduction="batchmean")
    return (cross_entropy(outputs, labels) + TEMPERATURE**2 * softer) / 2


def _opinions(
    teachers: Sequence[nn.Module], digits: Digits, generator: torch.Generator
) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    for teacher in teachers:
        teacher.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    for x, labels in changed(digits, BATCH, generator, MILD):
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            outputs = [teacher(x) for teacher in teachers]
        soft = [softmax(one.float() / TEMPERATURE, 1) for one in outputs]
        yield x, labels, sum(soft[1:], soft[0]) / len(soft)


def _shipped(*names: str) -> list[nn.Module]:
    return [weights.load(name)[0] for name in names]


def train() -> None:
    """Train, measure and write the weights with their card."""
    torch.set_num_threads(1)
    learning, validation = mnist.split()

    def check(net: DigitNet) -> str:
        wrong = logits(net, validation.images).argmax(1) != validation.labels
        return f"{int(wrong.sum())} of {len(wrong)} validation digits wrong"

    first = fit(None, lambda: _shipped("mnist_vgg"), learning, STAGES[0], check).bare()
    second = fit(None, lambda: _shipped("mnist_alexnet", "mnist_vgg"), learning, STAGES[1], check)
    bare = second.bare()

    def all_four() -> list[nn.Module]:
        return [*_shipped("mnist_alexnet", "mnist_vgg"), halved(first), halved(bare)]

    recipe = {
        "name": "digit-sized VGG, wider",
        "trained on": hands.SCANS,
        "optimiser": "SGD, Nesterov momentum 0.9, half a cosine; sharpness-aware in the end",
        "taught by": "mnist_vgg; mnist_alexnet and mnist_vgg; these two and both stages before",
        "in training only": "batch normalisation (folded into the kernels), dropout",
        "test set": "looked at after each of the three stages",
        "batch": BATCH,
        "decay": DECAY,
        "average": AVERAGE,
        "stages": [asdict(stage) for stage in STAGES],
    }
    third = fit(second, all_four, learning, STAGES[2], check)
    write("vgg_wide", third.bare(), validation, STAGES[0].seed, recipe, mnist.LICENCE)
