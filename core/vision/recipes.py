"""How the two shipped models are trained: the notes' recipe, to the letter, and ours."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from core.vision.mnist import Digits
from core.vision.models import SimpleCNN, normalise

Report = Callable[[str], None]


def notes(digits: Digits, seed: int, epochs: int = 10, report: Report = print) -> SimpleCNN:
    """The recipe of the course notes: batches of 64, shuffled; SGD, rate 0.01, momentum 0.9; pictures normalised by 0.5/0.5.

    Args:
        digits: what to train on; the shipped model saw all 60,000 training digits, as in the notes.
        seed: decides the first weights and the order of the batches; with one thread the result is bit for bit the same.
        epochs: passes over the digits.
        report: is told the mean loss of each epoch.
    """
    torch.manual_seed(seed)
    order = torch.Generator().manual_seed(seed)
    model = SimpleCNN()
    optimiser = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    for epoch in range(epochs):
        total = 0.0
        for index in torch.randperm(len(digits), generator=order).split(64):
            batch = digits[index]
            optimiser.zero_grad()
            loss = cross_entropy(model(as_input(batch.images)), batch.labels)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(index)
        report(f"epoch {epoch + 1}/{epochs}: loss {total / len(digits):.4f}")
    return model.eval()


def as_input(images: Tensor) -> Tensor:
    """uint8 (N, 28, 28) -> normalised float32 (N, 1, 28, 28)."""
    return normalise(images[:, None].float() / 255)
