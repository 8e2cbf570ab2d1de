"""The runnable program of a run with shuffled pixels, in plain torch and torchvision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.vision import mnist
from core.vision.shuffled.data import learning

_MNIST = f'''from torchvision.datasets import MNIST


def digits():
    """To learn from and to judge on; a fixed split of the 60,000 training digits."""
    found = MNIST("data", train=True, download=True)
    order = torch.randperm(60_000, generator=torch.Generator().manual_seed({mnist.SPLIT_SEED}))
    learn, judge = order[{mnist.VALIDATION}:], order[:1_000]
    images, labels = found.data, found.targets
    return images[learn], labels[learn], images[judge], labels[judge]'''

_PEN = '''from core.vision.training import data as pen


def digits():
    """Generated pen digits: to learn from and to judge on."""
    learn, judge = pen.learned("pen", torch.arange(COUNT)), pen.judged("pen", "validation")
    return learn.images, learn.labels, judge.images, judge.labels'''


def source(config: Mapping[str, Any], units: int, rates: tuple[tuple[int, float], ...]) -> str:
    """A program that repeats the run and prints how often each of the four is right.

    Args:
        config: of the run, by name.
        units: hidden units of the fully connected network.
        rates: (step, learning rate) changes.
    """
    channels = config["channels"]
    here = "" if config["data"] == "mnist" else " Run it in the folder of Forward Pass."
    return f'''"""Does a convolution need neighbours? Seed {config["seed"]}.{here}"""

import torch
from torch import nn
from torch.nn.functional import cross_entropy
{_MNIST if config["data"] == "mnist" else _PEN.replace("COUNT", str(learning("pen")))}


SEED, SHUFFLE, BATCH, STEPS = {config["seed"]}, {config["shuffle"]}, {config["batch"]}, \
{config["steps"]}
RATES = {list(rates)!r}  # (from this step on, learning rate)
ORDER = torch.randperm(784, generator=torch.Generator().manual_seed(SHUFFLE))
torch.set_num_threads(1)


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, {channels}, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2, 2),
        nn.Conv2d({channels}, {3 * channels}, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2, 2),
        nn.Flatten(), nn.Linear({3 * channels} * 7 * 7, 10),
    )


def mlp():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, {units}), nn.ReLU(), nn.Linear({units}, 10))


def prepared(images, shuffled):
    pictures = (images.float() / 255 - 0.5) / 0.5
    if shuffled:
        pictures = pictures.flatten(1)[:, ORDER].view(-1, 28, 28)
    return pictures[:, None]


images, labels, test_images, test_labels = digits()
for make in (cnn, mlp):
    for shuffled in (False, True):
        torch.manual_seed(SEED)
        net = make()
        optimiser = torch.optim.SGD(net.parameters(), RATES[0][1], momentum=0.9)
        each = len(images) // BATCH
        for step in range(STEPS):
            optimiser.param_groups[0]["lr"] = [rate for begin, rate in RATES if begin <= step][-1]
            if step % each == 0:
                generator = torch.Generator().manual_seed(SEED * 1_000_003 + step // each)
                order = torch.randperm(len(images), generator=generator)
            index = order[step % each * BATCH : (step % each + 1) * BATCH]
            loss = cross_entropy(net(prepared(images[index], shuffled)), labels[index])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        with torch.no_grad():
            said = net(prepared(test_images, shuffled)).argmax(1)
        right = (said == test_labels).float().mean().item()
        print(make.__name__, "shuffled" if shuffled else "as it is", round(right, 4))
'''
