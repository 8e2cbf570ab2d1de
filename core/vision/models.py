"""The convolutional network of the course notes, and how a picture becomes its input."""

import torch
from torch import Tensor, nn

CLASSES = 10


def normalise(images: Tensor) -> Tensor:
    """Ink in [0, 1] to the range [-1, 1] that both models expect, (x - 0.5) / 0.5, as in the notes.

    Args:
        images: float tensor of any shape, 0 paper, 1 ink.
    """
    return (images - 0.5) / 0.5


class SimpleCNN(nn.Module):
    """Two convolutions, two max-poolings, two linear layers: 1,630,090 parameters, 10 logits.

    Shapes for a batch of N: (N, 1, 28, 28) -> conv1 (N, 32, 28, 28) -> pool (N, 32, 14, 14) ->
    conv2 (N, 64, 14, 14) -> pool (N, 64, 7, 7) -> fc1 (N, 512) -> fc2 (N, 10). The input is
    normalised by `normalise`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, padding=1)
        self.pool = nn.MaxPool2d(2, 2)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.fc1 = nn.Linear(64 * 7 * 7, 512)
        self.fc2 = nn.Linear(512, CLASSES)

    def forward(self, x: Tensor) -> Tensor:
        """(N, 1, 28, 28) -> logits (N, 10)."""
        x = self.pool(torch.relu(self.conv1(x)))
        x = self.pool(torch.relu(self.conv2(x)))
        x = torch.relu(self.fc1(x.flatten(1)))
        logits: Tensor = self.fc2(x)
        return logits
