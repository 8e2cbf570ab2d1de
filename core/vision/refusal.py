"""Learning to refuse: the readout of fc1 that tells digits from everything else.

Energy, the largest probability and Mahalanobis distances were tried first, on the notes' network:
with one digit in 140 refused they let 73 to 91 of 100 non-digits of the validation set pass, this
readout 4. Scribbles are not far from digits in the features of fc1, they are elsewhere, and which
elsewhere has to be learned (outlier exposure, Hendrycks et al. 2019).
"""

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from core.vision.doubt import Doubt
from core.vision.models import SimpleCNN, normalise

HIDDEN = 64
REFUSED = 0.007
"""Share of validation digits that may be refused; below 1% with room for chance."""


@torch.inference_mode()
def features(model: SimpleCNN, images: Tensor) -> tuple[Tensor, Tensor]:
    """uint8 (N, 28, 28) -> relu(fc1) (N, 512) and logits (N, 10)."""
    result, logits = [], []
    for part in torch.split(images, 500):
        x = normalise(part[:, None].float() / 255)
        x = model.pool(torch.relu(model.conv1(x)))
        x = model.pool(torch.relu(model.conv2(x)))
        result.append(torch.relu(model.fc1(x.flatten(1))))
        logits.append(model.fc2(result[-1]))
    return torch.cat(result).clone(), torch.cat(logits).clone()


def learn(digits: Tensor, others: Tensor, temperature: float, seed: int, epochs: int = 15) -> Doubt:
    """Learn the readout; its threshold is still infinite.

    Args:
        digits: features (N, 512) of digits.
        others: features (M, 512) of what is none.
        temperature: goes into the result as it is.
        seed: decides weights, order and dropout.
        epochs: passes over both.
    """
    torch.manual_seed(seed)
    order = torch.Generator().manual_seed(seed)
    x = torch.cat([digits, others])
    y = torch.cat([torch.zeros(len(digits)), torch.ones(len(others))])
    mean, spread = x.mean(0), x.std(0) + 0.01
    head = nn.Sequential(
        nn.Dropout(0.3), nn.Linear(x.shape[1], HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 1)
    )
    optimiser = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=1e-4)
    size = 256
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.0, epochs * (len(x) // size))
    for _ in range(epochs):
        for index in torch.randperm(len(x), generator=order)[: len(x) // size * size].view(
            -1, size
        ):
            optimiser.zero_grad()
            loss = binary_cross_entropy_with_logits(
                head((x[index] - mean) / spread)[:, 0], y[index]
            )
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    first, last = head[1], head[3]
    assert isinstance(first, nn.Linear) and isinstance(last, nn.Linear)
    with torch.no_grad():  # the standardisation goes into the first layer
        w1 = (first.weight / spread).half().float()  # as it will be stored
        b1 = first.bias - w1 @ mean
        return Doubt(
            temperature, float("inf"), w1, b1, last.weight[0].clone(), last.bias[0].clone()
        )


def threshold(doubt: Doubt, *digits: Tensor) -> float:
    """The lowest that refuses at most REFUSED of each set of digits, features (N, 512)."""
    return max(float(doubt.score(part).quantile(1 - REFUSED)) for part in digits)
