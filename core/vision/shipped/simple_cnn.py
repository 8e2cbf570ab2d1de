"""Make the two shipped networks of the notes' architecture, and measure what their cards say.

The notes' network is trained as in the notes, and on nothing but MNIST. Ours has two stages: MNIST
and generated strokes (`first`), then people's hands as well (`hands`). What was chosen was chosen
on MNIST's training set and on writers kept out (`writers_out`); the test set is looked at once, for
the card.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import asdict, replace
from importlib.metadata import version
from typing import Any

import torch

from core import catalogue, weights
from core.vision import doubt as doubts
from core.vision import measure, mnist, refusal
from core.vision.augment import augment
from core.vision.doubt import Doubt
from core.vision.hand import people, rendered
from core.vision.hand.people import People
from core.vision.mnist import Digits
from core.vision.models import SimpleCNN
from core.vision.shipped import hands, recipes
from core.vision.shipped.fitting import halved

SEED = 1
NAMES = {"notes": "simple_cnn_notes", "ours": "simple_cnn_ours"}
FIRST = "mnist_simple_cnn"
_VALIDATION_SEED = 21


def notes() -> None:
    """Train with the notes' recipe on all 60,000 digits.

    It keeps nothing back, so the temperature comes from a twin, trained in the same way without the
    validation digits.
    """
    torch.set_num_threads(1)
    learning, validation = mnist.split()
    model = halved(recipes.notes(mnist.load("train"), SEED))
    twin = recipes.notes(learning, SEED)
    temperature = doubts.fit_temperature(
        refusal.features(twin, validation.images)[1], validation.labels
    )
    recipe = {
        "name": "the notes' recipe",
        "batch": 64,
        "optimiser": "SGD, rate 0.01, momentum 0.9",
        "epochs": 10,
        "normalised": "(x - 0.5) / 0.5",
        "trained on": "all 60,000 digits",
        "temperature": "fitted on 5,000 digits with a second network trained on the other 55,000",
    }
    ship("notes", model, learn_doubt(model, temperature), recipe)


def first() -> None:
    """Train the first stage of ours: 55,000 digits and generated strokes."""
    torch.set_num_threads(1)
    learning, _ = mnist.split()
    settings = recipes.Ours()
    model = halved(recipes.ours(learning, hands.strokes(), hands.others(), SEED, settings))
    card = _about(
        FIRST,
        {
            "name": "our recipe, first stage",
            "optimiser": "SGD, Nesterov momentum 0.9, half a cosine",
            "normalised": "(x - 0.5) / 0.5",
            "trained on": f"{hands.SCANS}; "
            f"{hands.STROKES:,} generated digits; "
            f"{hands.OTHERS:,} generated non-digits (even logits)",
            "in training only": "batch normalisation (folded into the kernels) and dropout",
            **asdict(settings),
        },
    )
    card["scores"] = measure.scores(lambda images: refusal.features(model, images)[1])
    weights.save(FIRST, {key: t.half() for key, t in model.state_dict().items()}, card)


def ours() -> None:
    """Go on from the first stage with the hands of all 30 writers."""
    torch.set_num_threads(1)
    settings = hands.Hands()
    model, doubt = made(people.load(), settings)
    recipe = {
        "name": "our recipe",
        "begins from": FIRST,
        "taught by": f"{hands.TEACHER}, on MNIST's pictures",
        **hands.about(settings),
        "readout": f"learned {hands.OTHERS + hands.MORE:,} generated non-digits",
        "temperature": "fitted on the other 5,000 digits of MNIST and 5,000 generated digits in "
        "styles kept apart",
    }
    ship("ours", model, doubt, recipe)


def made(who: People, settings: hands.Hands) -> tuple[SimpleCNN, Doubt]:
    """Ours, as it becomes where those people's digits are all that is known of people's hands."""
    learning, _ = mnist.split()
    given = hands.lessons(learning, who)
    net = deepcopy(weights.load(FIRST)[0]).requires_grad_(True)
    assert isinstance(net, SimpleCNN)
    model = halved(hands.fit(net, weights.load(hands.TEACHER)[0], given, SEED, settings))
    return model, calibrated(model, given.people)


def calibrated(model: SimpleCNN, moods: Digits) -> Doubt:
    """The temperature and the readout of a network that has seen those digits of people."""
    _, validation = mnist.split()
    unlike = rendered.digits(5_000, _VALIDATION_SEED, held_out=True)
    both = Digits(
        torch.cat([validation.images, unlike.images]), torch.cat([validation.labels, unlike.labels])
    )
    temperature = doubts.fit_temperature(refusal.features(model, both.images)[1], both.labels)
    return learn_doubt(model, temperature, moods)


def ship(name: str, model: SimpleCNN, doubt: Doubt, recipe: weights.Card) -> None:
    """Measure, and write the weights with their card."""
    card = _about(NAMES[name], recipe) | measure.card(model, doubt)
    state = {key: tensor.half() for key, tensor in model.state_dict().items()}
    weights.save(NAMES[name], state | doubt.tensors(), card)
    print(f"wrote {NAMES[name]}: test accuracy {card['scores']['mnist_test']['accuracy']:.4f}")


def _about(name: str, recipe: dict[str, Any]) -> weights.Card:
    """The part of a card that is known before anything is measured."""
    return {
        "architecture": "SimpleCNN",
        "data": hands.LICENCE if name == NAMES["ours"] else mnist.LICENCE,
        "recipe": recipe,
        "seed": SEED,
        "command": catalogue.command(name),
        "versions": {package: version(package) for package in ("torch", "numpy", "safetensors")},
    }


def learn_doubt(model: SimpleCNN, temperature: float, moods: Digits | None = None) -> Doubt:
    """The readout that refuses, from training data; its threshold, from validation digits.

    Args:
        model: whose features are read.
        temperature: goes into the result as it is.
        moods: people's digits, if the network has seen any.
    """
    learning, validation = mnist.split()
    changed = augment(
        learning.images[20_000:30_000, None].float() / 255, torch.Generator().manual_seed(SEED)
    )
    generated = hands.strokes().images[:20_000]
    digits = [learning.images[:20_000], (changed[:, 0] * 255).byte(), generated]
    others = [hands.others()]
    if moods is not None:
        digits.append(moods.images[: len(moods) // 3])
        others.append(hands.more_others())
    seen = torch.cat([refusal.features(model, images)[0] for images in digits])
    doubt = refusal.learn(seen, refusal.features(model, torch.cat(others))[0], temperature, SEED)
    drawn = rendered.digits(5_000, _VALIDATION_SEED)
    sets = [refusal.features(model, part.images)[0] for part in (validation, drawn)]
    return replace(doubt, threshold=refusal.threshold(doubt, *sets))


def card() -> None:
    """Measure both shipped models again and rewrite their cards."""
    for name in NAMES.values():
        result, known = weights.tensors(name)
        model, _ = weights.load(name)
        assert isinstance(model, SimpleCNN)
        known |= measure.card(model, doubts.of(result, name))
        stored = {
            k: t.half() if not k.startswith(weights.EXTRA) or k.endswith("w1") else t
            for k, t in result.items()
        }
        weights.save(name, stored, known)
