"""Make the three shipped models of *it* in each language, and measure what their cards say.

    it_2x4    two layers of four heads, of which one finds the noun
    it_1x1    one head: its answers are right, its heat map is at chance
    it_mlm    trained on hidden words only, never given what *it* is

One recipe serves all three; only the shape or the objective differs. Each card says how the same
recipe came out with seeds 1 to 5. Seed 1 ships, except for the two layers of four heads: there it
is seed 2, whose other seven heads stay nearest to chance and so give the clearest picture. The
Korean network of two layers is half as wide: with a width of 64 no head finds the noun, and the
answers are right all the same. Guessing hidden words takes the longest; in Korean it was trained
with fewer seeds.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from typing import Any

import torch

from core import catalogue, weights
from core.attention.trained.model import ItModel
from core.attention.trained.sentences.grammar import data
from core.attention.trained.training.job import JOB, model_of
from core.attention.trained.training.measure import (
    MEASURED,
    accuracy,
    head_shares,
    held_out,
    hidden_words,
    knockout,
    scopes,
)
from core.attention.trained.training.setting import ReferentSetting
from core.training.record import record

SETTINGS = {
    "it_2x4": ReferentSetting(2, 4, steps=1_500, seed=2),
    "it_1x1": ReferentSetting(1, 1, steps=1_500),
    "it_mlm": ReferentSetting(2, 4, objective="masked", steps=3_000),
    "it_2x4_ko": ReferentSetting(2, 4, 32, steps=1_500, seed=2, language="ko"),
    "it_1x1_ko": ReferentSetting(1, 1, steps=1_500, language="ko"),
    "it_mlm_ko": ReferentSetting(2, 4, objective="masked", steps=3_000, language="ko"),
}
SEEDS = (1, 2, 3, 4, 5)
FEWER = {"it_mlm_ko": (1, 2)}
"""The seeds of what takes longest."""
SHOWS = 0.9
"""A head shows the referent from this share on; of each seed the card says how many do."""


def train(setting: ReferentSetting) -> ItModel:
    """The live job from its first to its last step; a third of the rate for the last third."""
    rate = setting.learning_rate
    rates = ((0, rate), (setting.steps * 2 // 3, rate / 3))
    recording = record(JOB, setting, keep=2, chunk=250, rates=rates)
    return halved(model_of(setting, recording.saved[-1].state))


def halved(model: ItModel) -> ItModel:
    """Rounded to the float16 that is stored, so that what is measured is what is shipped."""
    for tensor in model.state_dict().values():
        tensor.copy_(tensor.half().float())
    return model


def scores(model: ItModel) -> dict[str, Any]:
    """All that a card says of one model."""
    pairs = held_out("pairs", MEASURED, model.language)
    seen = head_shares(model, pairs)
    layer, head = seen.best
    return {
        "accuracy": accuracy(model, pairs),
        "accuracy_adjectives": accuracy(model, held_out("adjectives", MEASURED, model.language)),
        "hidden_words": hidden_words(model, pairs),
        "of": MEASURED,
        "best_head": {
            "layer": layer,
            "head": head,
            "first": float(seen.first[layer, head]),
            "ahead": float(seen.ahead[layer, head]),
            "weight": float(seen.weight[layer, head]),
        },
        "ahead": seen.ahead.tolist(),
        "first": seen.first.tolist(),
        "knockout": vars(knockout(model, pairs)),
        "scopes": scopes(model, pairs, layer, head),
    }


def brief(seed: int, model: ItModel) -> dict[str, Any]:
    """What a card says of the same recipe with another seed."""
    found = scores(model)
    return {
        "seed": seed,
        "accuracy": found["accuracy"],
        "first": found["best_head"]["first"],
        "ahead": found["best_head"]["ahead"],
        "heads": sum(share >= SHOWS for row in found["ahead"] for share in row),
        "gap": found["knockout"]["gap"],
    }


def ship(name: str) -> None:
    """Train with every seed, and write the first one's weights with their card."""
    torch.set_num_threads(1)
    setting = SETTINGS[name]
    models = {seed: train(replace(setting, seed=seed)) for seed in FEWER.get(name, SEEDS)}
    model = models[setting.seed]
    card: weights.Card = {
        "architecture": "ItModel",
        "shape": model.shape,
        "data": data(setting.language),
        "recipe": {
            "optimiser": "AdamW, a rise over 50 steps, a third of the rate for the last third",
            "batch": 64,
            **setting.write(),
        },
        "seed": setting.seed,
        "command": catalogue.command(name),
        "versions": {package: version(package) for package in ("torch", "numpy", "safetensors")},
        "scores": scores(model),
        "seeds": [brief(seed, one) for seed, one in models.items()],
    }
    weights.save(name, {key: t.half() for key, t in model.state_dict().items()}, card)
    print(f"wrote {name}: {card['scores']}", *card["seeds"], sep="\n")


def card() -> None:
    """Measure the shipped models again and rewrite their cards."""
    for name in SETTINGS:
        model, known = weights.load(name)
        assert isinstance(model, ItModel)
        known["scores"] = scores(model)
        weights.save(name, {key: t.half() for key, t in model.state_dict().items()}, known)
