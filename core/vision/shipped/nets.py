"""Train the digit-sized LeNet-5, AlexNet, VGG and the tiny network that ship.

All of it is chosen on MNIST's training set; the test set is looked at once, for the card.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, softmax

from core import catalogue, weights
from core.vision import doubt, measure, mnist
from core.vision.augment import Changes, augment
from core.vision.mnist import Digits
from core.vision.models import normalise
from core.vision.nets import PLANS, DigitNet, build
from core.vision.shipped.fitting import Descent
from core.vision.shipped.recipes import as_input

SEED = 1
CHANGES = Changes(ripple=0.0, thicker=0.4, thinner=0.3)


@dataclass(frozen=True)
class Recipe:
    """How one of them is trained.

    Attributes:
        epochs: passes over the 55,000 digits, each digit changed anew each time.
        rate: highest learning rate; it rises over the first tenth and falls as half a cosine.
        batch: digits in a step.
        decay: weight decay.
        average: the shipped weights are an average over about 1 / (1 - average) steps.
    """

    epochs: int
    rate: float
    batch: int = 128
    decay: float = 2e-4
    average: float = 0.999


RECIPES = {
    "lenet5": Recipe(epochs=20, rate=0.05),
    "alexnet": Recipe(epochs=15, rate=0.03, decay=5e-4),
    "vgg": Recipe(epochs=30, rate=0.1, decay=5e-4),
    "tiny": Recipe(epochs=60, rate=0.15, decay=1e-5),
}


def fit(net: DigitNet, digits: Digits, recipe: Recipe, seed: int) -> DigitNet:
    """Train on changed digits; the averaged network, without normalisation and dropout."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)

    def gradients(batch: tuple[Tensor, Tensor]) -> float:
        x, labels = batch
        with torch.autocast("cpu", torch.bfloat16):
            logits = net(x)
        loss = cross_entropy(logits.float(), labels)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss.item()

    descent = Descent[DigitNet](
        recipe.epochs, len(digits) // recipe.batch, recipe.rate, recipe.decay, recipe.average
    )
    return descent.fit(net, changed(digits, recipe.batch, generator, CHANGES), gradients).bare()


def train(name: str) -> None:
    """Train, measure and write the weights with their card."""
    torch.set_num_threads(1)
    learning, validation = mnist.split()
    recipe = RECIPES[name]
    torch.manual_seed(SEED)  # of the first weights; torch begins each process with another one
    about = {
        "name": f"digit-sized {name}",
        "optimiser": "SGD, Nesterov momentum 0.9, half a cosine",
        "in training only": "batch normalisation (folded into the kernels), dropout"
        if PLANS[name]().norm
        else "nothing",
        **asdict(recipe),
    }
    write(name, fit(build(PLANS[name]()), learning, recipe, SEED), validation, SEED, about)


def write(name: str, net: DigitNet, validation: Digits, seed: int, recipe: dict[str, Any]) -> None:
    """Measure a trained network and write it in half precision, with its card.

    Args:
        name: of the weights.
        net: without normalisation and dropout.
        validation: digits that it did not learn from.
        seed: of its training.
        recipe: of its training, beside what all of them share.
    """
    net = net.half().float()
    temperature = doubt.fit_temperature(logits(net, validation.images), validation.labels)
    card: weights.Card = {
        "architecture": "DigitNet",
        "shape": asdict(net.plan),
        "data": mnist.LICENCE,
        "recipe": {
            "normalised": "(x - 0.5) / 0.5",
            "trained on": "55,000 digits, affine and elastic changes and stroke thickness",
            "temperature": "fitted on the other 5,000 digits",
            **recipe,
        },
        "seed": seed,
        "command": catalogue.command(name),
        "versions": {package: version(package) for package in ("torch", "numpy", "safetensors")},
        "parameters": sum(p.numel() for p in net.parameters()),
        **scores(net, validation, temperature),
    }
    weights.save(name, {key: tensor.half() for key, tensor in net.state_dict().items()}, card)
    print(f"wrote {name}: test accuracy {card['scores']['mnist_test']['accuracy']:.4f}")


def scores(net: DigitNet, validation: Digits, temperature: float) -> dict[str, Any]:
    """What a card says: accuracy with its interval, and calibration."""
    test = mnist.load("test")
    outputs = logits(net, test.images)
    groups = doubt.bins(softmax(outputs / temperature, 1), test.labels)
    return {
        "scores": {
            "mnist_test": measure.score(outputs, test),
            "mnist_validation": measure.score(logits(net, validation.images), validation),
        },
        "calibration": {
            "temperature": temperature,
            "error_on_mnist_test": doubt.calibration_error(groups),
            "error_without_temperature": doubt.calibration_error(
                doubt.bins(softmax(outputs, 1), test.labels)
            ),
        },
    }


@torch.no_grad()
def logits(net: nn.Module, images: Tensor) -> Tensor:
    """uint8 (N, 28, 28) -> (N, 10)."""
    return torch.cat([net(as_input(part)) for part in torch.split(images, 500)])


def changed(
    digits: Digits, size: int, generator: torch.Generator, changes: Changes
) -> Iterator[tuple[Tensor, Tensor]]:
    """Batches without end, each digit once in an epoch: pictures (N, 1, 28, 28), and labels."""
    while True:
        for index in torch.split(torch.randperm(len(digits), generator=generator), size):
            if len(index) < size:
                break
            batch = digits[index]
            x = normalise(augment(batch.images[:, None].float() / 255, generator, changes))
            yield x.contiguous(memory_format=torch.channels_last), batch.labels
