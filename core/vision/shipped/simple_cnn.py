"""Make the two shipped networks of the notes' architecture, and measure what their cards say.

Little was chosen (batch normalisation while training, the readout that refuses), all of it on
MNIST's training set and on generated strokes; the test set is looked at once, for the card.
"""

from dataclasses import asdict, replace
from importlib.metadata import version

import torch
from torch import Tensor

from core import catalogue, weights
from core.vision import doubt as doubts
from core.vision import measure, mnist, refusal
from core.vision.augment import augment
from core.vision.doubt import Doubt
from core.vision.hand import rendered
from core.vision.mnist import Digits
from core.vision.models import SimpleCNN
from core.vision.shipped import recipes

SEED = 1
NAMES = {"notes": "simple_cnn_notes", "ours": "simple_cnn_ours"}
STROKES, OTHERS = 60_000, 20_020
_STROKES_SEED, _OTHERS_SEED, _VALIDATION_SEED = 11, 12, 21


def strokes() -> Digits:
    """The generated digits that are trained on."""
    return rendered.digits(STROKES, _STROKES_SEED, pens=True)


def others() -> Tensor:
    """What is not a digit, to train on: uint8 (N, 28, 28)."""
    return rendered.others(OTHERS, _OTHERS_SEED).images


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
    ship("notes", model, temperature, recipe)


def ours() -> None:
    """Train with our recipe on 55,000 digits and on generated strokes."""
    torch.set_num_threads(1)
    learning, validation = mnist.split()
    settings = recipes.Ours()
    model = halved(recipes.ours(learning, strokes(), others(), SEED, settings))
    temperature = doubts.fit_temperature(
        refusal.features(model, validation.images)[1], validation.labels
    )
    recipe = {
        "name": "our recipe",
        "optimiser": "SGD, Nesterov momentum 0.9, half a cosine",
        "normalised": "(x - 0.5) / 0.5",
        "trained on": "55,000 digits, affine and elastic changes and stroke thickness; "
        f"{STROKES:,} generated digits; {OTHERS:,} generated non-digits (even logits)",
        "in training only": "batch normalisation (folded into the kernels) and dropout",
        "temperature": "fitted on the other 5,000 digits",
        **asdict(settings),
    }
    ship("ours", model, temperature, recipe)


def ship(name: str, model: SimpleCNN, temperature: float, recipe: weights.Card) -> None:
    """Learn when to refuse, measure, and write the weights with their card."""
    doubt = learn_doubt(model, temperature)
    card: weights.Card = {
        "architecture": "SimpleCNN",
        "data": mnist.LICENCE,
        "recipe": recipe,
        "seed": SEED,
        "command": catalogue.command(NAMES[name]),
        "versions": {package: version(package) for package in ("torch", "numpy", "safetensors")},
        **measure.card(model, doubt),
    }
    state = {key: tensor.half() for key, tensor in model.state_dict().items()}
    weights.save(NAMES[name], state | doubt.tensors(), card)
    print(f"wrote {NAMES[name]}: test accuracy {card['scores']['mnist_test']['accuracy']:.4f}")


def learn_doubt(model: SimpleCNN, temperature: float) -> Doubt:
    """The readout that refuses, from training data; its threshold, from validation digits."""
    learning, validation = mnist.split()
    changed = augment(
        learning.images[20_000:30_000, None].float() / 255, torch.Generator().manual_seed(SEED)
    )
    digits = (learning.images[:20_000], (changed[:, 0] * 255).byte(), strokes().images[:20_000])
    seen = torch.cat([refusal.features(model, images)[0] for images in digits])
    doubt = refusal.learn(seen, refusal.features(model, others())[0], temperature, SEED)
    drawn = rendered.digits(5_000, _VALIDATION_SEED)
    sets = [refusal.features(model, part.images)[0] for part in (validation, drawn)]
    return replace(doubt, threshold=refusal.threshold(doubt, *sets))


def halved(model: SimpleCNN) -> SimpleCNN:
    """Rounded to the float16 that is stored, so that what is measured is what is shipped."""
    return model.half().float().eval()


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
