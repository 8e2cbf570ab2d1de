"""How the two shipped models are trained: the notes' recipe, to the letter, and ours."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, log_softmax

from core.vision.augment import augment
from core.vision.mnist import Digits
from core.vision.models import SimpleCNN, normalise
from core.vision.shipped.fitting import Descent, forever

Report = Callable[[str], None]


def notes(digits: Digits, seed: int, epochs: int = 10, report: Report = print) -> SimpleCNN:
    """Train as the course notes do: shuffled batches of 64; SGD, rate 0.01, momentum 0.9.

    Args:
        digits: what to train on; the shipped model saw all 60,000 training digits, as in the notes.
        seed: decides the first weights and the order of the batches; with one thread the result is
            bit for bit the same.
        epochs: passes over the digits.
        report: gets the mean loss of each epoch.
    """
    torch.manual_seed(seed)
    order = torch.Generator().manual_seed(seed)
    model = SimpleCNN()
    optimiser = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    for epoch in range(epochs):
        total = 0.0
        for index in torch.split(torch.randperm(len(digits), generator=order), 64):
            batch = digits[index]
            optimiser.zero_grad()
            loss = cross_entropy(model(as_input(batch.images)), batch.labels)
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            total += loss.item() * len(index)
        report(f"epoch {epoch + 1}/{epochs}: loss {total / len(digits):.4f}")
    return model.eval()


def as_input(images: Tensor) -> Tensor:
    """uint8 (N, 28, 28) -> normalised float32 (N, 1, 28, 28)."""
    return normalise(images[:, None].float() / 255)


@dataclass(frozen=True)
class Ours:
    """What our recipe leaves open.

    Attributes:
        epochs: passes over MNIST; the strokes go along in step.
        batch: MNIST digits, generated digits and things that are no digit in one batch.
        rate: highest learning rate; it rises over the first tenth and falls as half a cosine.
        decay: weight decay.
        dropout: share of fc1 that is left out in each step.
        outlier: weight of the loss that asks for no opinion on what is not a digit.
        average: the shipped weights are an average over about 1 / (1 - average) steps.
    """

    epochs: int = 40
    batch: tuple[int, int, int] = (128, 40, 12)
    rate: float = 0.08
    decay: float = 2e-4
    dropout: float = 0.3
    outlier: float = 0.3
    average: float = 0.999


class Scaffold(nn.Module):
    """SimpleCNN with batch normalisation and dropout while it is trained; `bare` folds them away.

    Pooling goes first, where there are four times fewer numbers: the largest of four stays the
    largest through ReLU and through a normalisation whose scale is positive. That scale is left at
    1, for the next layer has one.
    """

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.net = SimpleCNN()
        self.norm1, self.norm2 = nn.BatchNorm2d(32), nn.BatchNorm2d(64)
        for norm in (self.norm1, self.norm2):
            norm.weight.requires_grad_(False)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """(N, 1, 28, 28) -> logits (N, 10)."""
        net = self.net
        x = torch.relu(self.norm1(net.pool(net.conv1(x))))
        x = torch.relu(self.norm2(net.pool(net.conv2(x))))
        x = self.dropout(torch.relu(net.fc1(x.flatten(1))))
        logits: Tensor = net.fc2(x)
        return logits

    def bare(self) -> SimpleCNN:
        """The same function as a SimpleCNN: the normalisations go into kernels and biases."""
        net = deepcopy(self.net)
        for conv, norm in ((net.conv1, self.norm1), (net.conv2, self.norm2)):
            assert norm.running_mean is not None and norm.running_var is not None
            assert conv.bias is not None
            scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            with torch.no_grad():
                conv.weight *= scale[:, None, None, None]
                conv.bias.copy_((conv.bias - norm.running_mean) * scale + norm.bias)
        for weight in net.parameters():
            weight.data = weight.data.contiguous()
        return net.eval()


def ours(
    mnist: Digits,
    strokes: Digits,
    others: Tensor,
    seed: int,
    settings: Ours,
    report: Report = print,
    check: Callable[[SimpleCNN], str] | None = None,
) -> SimpleCNN:
    """Train on augmented MNIST and generated strokes, and to be unsure of what is no digit.

    Args:
        mnist: the training part of the split.
        strokes: generated digits (`hand.rendered.digits`).
        others: uint8 (N, 28, 28), pictures of what is not a digit, which should get even logits
            (Hendrycks et al. 2019).
        seed: decides weights, order and augmentation.
        settings: see `Ours`.
        report: gets a line on each epoch.
        check: looks at the averaged model every few epochs and says how good it is.
    """
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    model = Scaffold(settings.dropout)
    count = sum(settings.batch[:2])

    def gradients(batch: Batch) -> float:
        x, labels = batch
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(x)
        logits = logits.float()
        loss = cross_entropy(logits[:count], labels)
        loss = loss - settings.outlier * log_softmax(logits[count:], 1).mean()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss.item()

    descent = Descent[Scaffold](
        settings.epochs,
        len(mnist) // settings.batch[0],
        settings.rate,
        settings.decay,
        settings.average,
        report,
        check and (lambda average: check(average.bare())),
        every=5,
    )
    batches = _batches(mnist, strokes, others, settings.batch, generator)
    return descent.fit(model, batches, gradients).bare()


Batch = tuple[Tensor, Tensor]


def _batches(
    mnist: Digits,
    strokes: Digits,
    others: Tensor,
    sizes: tuple[int, int, int],
    generator: torch.Generator,
) -> Iterator[Batch]:
    """Augmented, normalised pictures of all three sorts, and the labels of the first two."""
    lengths = (len(mnist), len(strokes), len(others))
    feeds = [forever(n, size, generator) for n, size in zip(lengths, sizes, strict=True)]
    while True:
        a, b, c = (next(feed) for feed in feeds)
        images = torch.cat([mnist.images[a], strokes.images[b], others[c]])[:, None].float() / 255
        x = normalise(augment(images, generator)).contiguous(memory_format=torch.channels_last)
        yield x, torch.cat([mnist.labels[a], strokes.labels[b]])
