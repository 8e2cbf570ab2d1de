"""The second stage of the digit networks: from MNIST's pictures to people's hands.

MNIST shows digits as scanners saw them. On a canvas people write with a pen, each in the way that
their school taught them. So a network that has learned MNIST goes on with four sorts of pictures at
once: MNIST, where a larger network's opinion is half of the target (Hinton, Vinyals and Dean,
2015); pen strokes of real people, each drawn in several moods; generated digits; and things that
are no digit, for which the logits should be even (Hendrycks et al., 2019).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, kl_div, log_softmax, softmax

from core.vision import mnist
from core.vision.augment import Changes, augment
from core.vision.hand import people, rendered
from core.vision.hand.others import MORE_KINDS
from core.vision.hand.people import People
from core.vision.mnist import Digits
from core.vision.models import normalise
from core.vision.shipped.fitting import Descent, forever

Net = TypeVar("Net", bound=nn.Module)

MOODS, STROKES, OTHERS, MORE = 12, 60_000, 20_020, 10_000
_MOODS_SEED, _STROKES_SEED, _OTHERS_SEED = 14, 11, 12
SCANS = "55,000 digits, affine and elastic changes and stroke thickness"
"""What a card says of MNIST's pictures."""
TEACHER = "mnist_vgg"
LICENCE = f"{mnist.LICENCE}; {people.LICENCE}"
TEMPERATURE = 3.0
"""Softens the opinions of teacher and pupil."""
_LITTLE = Changes(
    turn=0.05,
    scale=0.1,
    aspect=0.04,
    slant=0.06,
    shift=0.7,
    bend=0.5,
    ripple=0.2,
    thicker=0.5,
    thinner=0.35,
    unchanged=0.2,
)
"""For pen strokes: most of the changes were made to the strokes themselves."""


@dataclass(frozen=True)
class Hands:
    """What the stage leaves open.

    Attributes:
        epochs, in_epoch: steps are their product.
        batch: MNIST, people's digits, generated digits and things that are no digit in one step.
        rate: highest learning rate; it rises over the first tenth and falls as half a cosine.
        decay: weight decay.
        average: what is kept averages about 1 / (1 - average) steps.
        outlier: weight of the loss that asks for no opinion on what is no digit.
    """

    epochs: int = 6
    in_epoch: int = 250
    batch: tuple[int, int, int, int] = (128, 64, 24, 24)
    rate: float = 0.015
    decay: float = 2e-4
    average: float = 0.998
    outlier: float = 0.5


def about(settings: Hands) -> dict[str, Any]:
    """What a card says of the stage."""
    return {
        "optimiser": "SGD, Nesterov momentum 0.9, half a cosine",
        "normalised": "(x - 0.5) / 0.5",
        "trained on": f"{SCANS}; "
        f"{people.WRITTEN}, as they are and in {MOODS} moods each; "
        f"{STROKES:,} generated digits; {OTHERS:,} generated non-digits (even logits)",
        **asdict(settings),
    }


@dataclass(frozen=True)
class Lessons:
    """All that is learned from.

    Attributes:
        scans: the training part of MNIST's split.
        people: pen strokes of people, as they are and in MOODS moods each.
        strokes: generated digits.
        others: uint8 (N, 28, 28), no digits.
    """

    scans: Digits
    people: Digits
    strokes: Digits
    others: Tensor


def lessons(scans: Digits, who: People) -> Lessons:
    """What a network learns that may see those people."""
    return Lessons(scans, moods(who), strokes(), others())


def moods(who: People) -> Digits:
    """Their digits as they were written, then in MOODS moods each."""
    return rendered.moods(who, MOODS, _MOODS_SEED)


@cache
def strokes() -> Digits:
    """The generated digits that are trained on."""
    return rendered.digits(STROKES, _STROKES_SEED, pens=True)


@cache
def others() -> Tensor:
    """What is not a digit, to train on: uint8 (N, 28, 28)."""
    return rendered.others(OTHERS, _OTHERS_SEED).images


@cache
def more_others() -> Tensor:
    """What else is not a digit, for the readout alone."""
    return rendered.others(MORE, _OTHERS_SEED, kinds=MORE_KINDS).images


def fit(
    net: Net,
    teacher: nn.Module,
    given: Lessons,
    seed: int,
    settings: Hands = Hands(),
    report: Callable[[str], None] = print,
) -> Net:
    """Go on from a network that knows MNIST; the average of its steps.

    Args:
        net: pictures (N, 1, 28, 28) to logits (N, 10), without normalisation layers.
        teacher: the same; its opinion of MNIST's pictures counts half.
        given: see `Lessons`.
        seed: of order and changes; with one thread the result is bit for bit the same.
        settings: see `Hands`.
        report: gets a line on each epoch.
    """
    taught, counted = settings.batch[0], sum(settings.batch[:3])

    def gradients(batch: Batch) -> float:
        x, labels, opinions = batch
        with torch.autocast("cpu", torch.bfloat16):
            logits = net(x)
        logits = logits.float()
        likely = log_softmax(logits[:taught] / TEMPERATURE, 1)
        softer = TEMPERATURE**2 * kl_div(likely, opinions, reduction="sum")
        first = (cross_entropy(logits[:taught], labels[:taught], reduction="sum") + softer) / 2
        rest = cross_entropy(logits[taught:counted], labels[taught:], reduction="sum")
        even = log_softmax(logits[counted:], 1).mean()
        loss = (first + rest) / counted - settings.outlier * even
        loss.backward()  # type: ignore[no-untyped-call]
        return float(loss.detach())

    descent = Descent[Net](
        *(settings.epochs, settings.in_epoch, settings.rate, settings.decay, settings.average),
        report,
    )
    generator = torch.Generator().manual_seed(seed)
    return descent.fit(net, _batches(given, teacher, settings.batch, generator), gradients)


Batch = tuple[Tensor, Tensor, Tensor]


def _batches(
    given: Lessons, teacher: nn.Module, sizes: Sequence[int], generator: torch.Generator
) -> Iterator[Batch]:
    """Changed, normalised pictures of all four sorts; labels of three; opinions of the first."""
    teacher = teacher.eval().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    lengths = (len(given.scans), len(given.people), len(given.strokes), len(given.others))
    feeds = [forever(n, size, generator) for n, size in zip(lengths, sizes, strict=True)]
    while True:
        a, b, c, d = (next(feed) for feed in feeds)
        firm = augment(_ink(given.scans.images[a]), generator)
        pens = augment(_ink(given.people.images[b]), generator, _LITTLE)
        rest = augment(_ink(torch.cat([given.strokes.images[c], given.others[d]])), generator)
        x = normalise(torch.cat([firm, pens, rest])).contiguous(memory_format=torch.channels_last)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            opinions = teacher(x[: len(a)])
        labels = [given.scans.labels[a], given.people.labels[b], given.strokes.labels[c]]
        yield x, torch.cat(labels), softmax(opinions.float() / TEMPERATURE, 1)


def _ink(images: Tensor) -> Tensor:
    return images[:, None].float() / 255
