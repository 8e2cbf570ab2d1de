"""Make the shipped transformers, one for each task, and their cards.

One recipe serves all, that of the live job: only the task and the number of steps differ.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import torch

from core import catalogue, weights
from core.language.transformer.job import JOB, model_of
from core.language.transformer.measure import exact, scores
from core.language.transformer.model import Transformer
from core.language.transformer.setting import TransformerSetting
from core.language.transformer.tasks import Task, task
from core.training.record import record

SETTINGS = {
    "en_ko": TransformerSetting("en-ko", steps=2_000),
    "ko_en": TransformerSetting("ko-en", steps=2_000),
    "copy": TransformerSetting("copy", width=32, steps=1_000),
    "reverse": TransformerSetting("reverse", steps=1_000),
    "sort": TransformerSetting("sort", steps=2_000),
    "dates": TransformerSetting("dates", steps=1_000),
}
DATA = {
    "en-ko": "sentences of core/language/transformer/grammar.py; a fifth of the pairs held out",
    "ko-en": "sentences of core/language/transformer/grammar.py; a fifth of the pairs held out",
    "dates": "days from 1950 to 2049 in seven forms; a fifth of the days held out",
}
LISTS = "lists of 3 to 8 digits; a fifth of the lists held out"


def train(setting: TransformerSetting) -> Transformer:
    """The live job, with a fifth of the rate for the last third; rounded to the stored float16."""
    rate = setting.learning_rate
    rates = ((0, rate), (setting.steps * 2 // 3, rate / 5))
    recording = record(JOB, setting, keep=2, chunk=250, rates=rates)
    model = model_of(setting, recording.saved[-1].state)
    assert isinstance(model, Transformer)
    for tensor in model.state_dict().values():
        tensor.copy_(tensor.half().float())
    return model


def measured(model: Transformer, about: Task) -> dict[str, Any]:
    """What a card says: of held-out pairs and of as many that were learnt from.

    "exact" decodes greedily, "tokens" is fed the truth.
    """
    known, held = about.pools
    scores_: dict[str, Any] = {"of": len(held)}
    pools = (("held_out", held), ("seen", known.take(torch.arange(len(held)))))
    for name, batch in pools:
        scores_[name] = {"exact": exact(model, batch), "tokens": scores(model, batch).tokens}
    return scores_


def ship(name: str) -> None:
    """Train, measure, write weights and card."""
    torch.set_num_threads(1)
    setting = SETTINGS[name]
    model = train(setting)
    card: weights.Card = {
        "architecture": "Transformer",
        "shape": model.shape,
        "task": setting.task,
        "data": DATA.get(setting.task, LISTS),
        "recipe": {
            "optimiser": "AdamW without decay, betas 0.9 and 0.98; the rate rises over the warm-up "
            "and falls with the inverse square root of the step; a fifth of it for the last third",
            **setting.write(),
        },
        "seed": setting.seed,
        "command": catalogue.command(f"transformer_{name}"),
        "versions": {package: version(package) for package in ("torch", "numpy", "safetensors")},
        "scores": measured(model, setting.about),
    }
    state = {key: tensor.half() for key, tensor in model.state_dict().items()}
    weights.save(f"transformer_{name}", state, card)
    print(f"wrote transformer_{name}: {card['scores']}")


def card() -> None:
    """Measure the shipped models again and rewrite their cards."""
    for name, setting in SETTINGS.items():
        model, known = weights.load(f"transformer_{name}")
        assert isinstance(model, Transformer)
        known["scores"] = measured(model, task(setting.task))
        state = {key: tensor.half() for key, tensor in model.state_dict().items()}
        weights.save(f"transformer_{name}", state, known)
