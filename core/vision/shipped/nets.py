"""Train the digit-sized LeNet-5, AlexNet, VGG and the tiny network that ship.

Each learns MNIST first (`first`), then people's hands as well (`train`). All of it is chosen on
MNIST's training set; the test set is looked at once a stage, for the card.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, softmax

from core import catalogue, weights
from core.vision import doubt, measure, mnist
from core.vision.augment import Changes, augment
from core.vision.hand import people
from core.vision.mnist import Digits
from core.vision.models import normalise
from core.vision.nets import PLANS, DigitNet, build
from core.vision.shipped import hands
from core.vision.shipped.fitting import Descent, halved
from core.vision.shipped.recipes import as_input

SEED = 1
FIRST = "mnist_"
"""Begins the names of the weights that know MNIST alone."""
HANDS = {
    "alexnet": hands.Hands(epochs=8, rate=0.005, outlier=0.25),
    "tiny": hands.Hands(epochs=8, rate=0.005, decay=1e-5, outlier=0.1),
}
"""The second stage of those that forget too much of the first at the usual rate."""
SHARES = (1.0, 0.8, 0.65, 0.5, 0.35, 0.2, 0.1)
MORE = 5
"""Of the 5,000 validation digits of MNIST, what a network may read wrongly after people's hands
beside those that it had read wrongly before."""
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


def first(name: str) -> None:
    """Train the first stage, on MNIST alone; measure it and write the weights with their card."""
    torch.set_num_threads(1)
    learning, validation = mnist.split()
    recipe = RECIPES[name]
    torch.manual_seed(SEED)  # of the first weights; torch begins each process with another one
    about = {
        "name": f"digit-sized {name}",
        "trained on": hands.SCANS,
        "optimiser": "SGD, Nesterov momentum 0.9, half a cosine",
        "in training only": "batch normalisation (folded into the kernels), dropout"
        if PLANS[name]().norm
        else "nothing",
        **asdict(recipe),
    }
    net = fit(build(PLANS[name]()), learning, recipe, SEED)
    write(FIRST + name, net, validation, SEED, about, mnist.LICENCE)


def train(name: str) -> None:
    """Go on from the first stage with the hands of all 30 writers; measure and write it."""
    torch.set_num_threads(1)
    learning, validation = mnist.split()
    settings = HANDS.get(name, hands.Hands())
    begin = weights.load(FIRST + name)[0]
    assert isinstance(begin, DigitNet)
    net = deepcopy(begin).requires_grad_(True)
    given = hands.lessons(learning, people.load())
    net = halved(hands.fit(net, weights.load(hands.TEACHER)[0], given, SEED, settings))
    net, share = between(begin, net, validation)
    about = {
        "name": f"digit-sized {name}",
        "begins from": FIRST + name,
        "taught by": f"{hands.TEACHER}, on MNIST's pictures",
        **hands.about(settings),
        "share of this stage": share,
    }
    write(name, net, validation, SEED, about, hands.LICENCE)


def between(first: DigitNet, second: DigitNet, validation: Digits) -> tuple[DigitNet, float]:
    """A network on the line from one to the other that has forgotten little, and how far along.

    What was learned before is forgotten faster along this line than what was learned last is
    gained (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022).

    Returns:
        Its weights are (1 - share) of the first's and share of the second's: the largest of SHARES
        with which at most MORE more validation digits are wrong than with the first; the smallest
        if there is none.
    """
    net, states = deepcopy(first), (first.state_dict(), second.state_dict())

    def wrong() -> int:
        return int((logits(net, validation.images).argmax(1) != validation.labels).sum())

    most = wrong() + MORE
    for share in SHARES:
        net.load_state_dict({key: t.lerp(states[1][key], share) for key, t in states[0].items()})
        if wrong() <= most:
            break
    return net, share


def write(
    name: str, net: DigitNet, validation: Digits, seed: int, recipe: dict[str, Any], data: str
) -> None:
    """Measure a trained network and write it in half precision, with its card.

    Args:
        name: of the weights.
        net: without normalisation and dropout.
        validation: digits that it did not learn from.
        seed: of its training.
        recipe: of its training, beside what all of them share.
        data: what it learned from, and under which licence.
    """
    net = halved(net)
    temperature = doubt.fit_temperature(logits(net, validation.images), validation.labels)
    card: weights.Card = {
        "architecture": "DigitNet",
        "shape": asdict(net.plan),
        "data": data,
        "recipe": {
            "normalised": "(x - 0.5) / 0.5",
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
    """What a card says: accuracies with their intervals, and calibration."""
    test = mnist.load("test")
    outputs = logits(net, test.images)
    groups = doubt.bins(softmax(outputs / temperature, 1), test.labels)
    return {
        "scores": {
            **measure.scores(lambda images: logits(net, images)),
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
