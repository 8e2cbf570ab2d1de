"""Make the shipped weights of the small BERT, and measure what their cards say.

    bert_LANGUAGE              the encoder
    bert_left_LANGUAGE         its twin, which reads from the left only
    bert_sentiment_LANGUAGE    three fine-tunings: pretrained, frozen and from scratch
    bert_answer_LANGUAGE       likewise

The encoder comes first: the others start from it, or are compared with it.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import torch
from torch import Tensor

from core import catalogue, weights
from core.language.bert import measure, shelf, tuning
from core.language.bert.job import JOB, model_of
from core.language.bert.model import Bert
from core.language.bert.scored import MEASURED
from core.language.bert.setting import STARTS, BertSetting
from core.language.bert.topics import LANGUAGES, Language
from core.training.record import record

STEPS = 4_000
"""Of encoder and twin alike."""
LABELS = {"sentiment": 32, "answer": 512}


def train(setting: BertSetting) -> Bert:
    """The live job from its first to its last step, rounded to the float16 that is stored."""
    recording = record(JOB, setting, keep=2, chunk=250)
    model = model_of(setting, recording.saved[-1].state)
    for tensor in model.state_dict().values():
        tensor.copy_(tensor.half().float())
    return model


def scores(model: Bert, language: Language) -> dict[str, Any]:
    """All that a card says of an encoder or a twin."""
    one = measure.guesses(model, language, MEASURED, each=True, kind="sentence")
    two = measure.guesses(model, language, MEASURED, each=True)
    measured: dict[str, Any] = {
        "top1": one.content,
        "of": one.of_content,
        "every": one.every,
        "of_every": one.of_every,
        "pairs": {"top1": two.content, "every": two.every, "of": two.of_content},
    }
    if model.left:
        return measured
    follows = {kind: measure.judged(model, language, kind, MEASURED) for kind in measure.KINDS}
    right = {kind: share if kind == "true" else 1 - share for kind, share in follows.items()}
    return measured | {"follows": right, "nsp_accuracy": (right["true"] + right["random"]) / 2}


def ship(name: str) -> None:
    """Train, and write the weights with their card."""
    torch.set_num_threads(1)
    *_, kind, language = ["both", *name.removeprefix("bert_").split("_")]
    assert language in LANGUAGES
    if kind in LABELS:
        _ship_tuned(name, kind, language)
        return
    direction = "left" if kind == "left" else "both"
    setting = BertSetting.read({"language": language, "direction": direction, "steps": STEPS})
    model = train(setting)
    card = _card(name, setting, model) | {"scores": scores(model, language)}
    stored = {key: tensor.half() for key, tensor in model.state_dict().items()}
    weights.save(name, stored, card)
    print(f"wrote {name}: {card['scores']}")


def _ship_tuned(name: str, task: str, language: Language) -> None:
    tensors: dict[str, Tensor] = {}
    of_starts: dict[str, Any] = {}
    for start in STARTS:
        raw = {"objective": task, "language": language, "start": start, "labels": LABELS[task]}
        setting = BertSetting.read(raw)
        model = train(setting)
        measured = tuning.measured(model, setting)
        of_starts[start] = vars(measured)
        base = shelf.network(language).state_dict() if start == "frozen" else {}
        for key, tensor in model.state_dict().items():
            if key not in base or not torch.equal(tensor, base[key]):
                tensors[f"{start}.{key}"] = tensor.half()
    card = _card(name, setting, model) | {"scores": of_starts}
    weights.save(name, tensors, card)
    print(f"wrote {name}: {of_starts}")


def card() -> None:
    """Measure the shipped encoders and twins again and rewrite their cards."""
    for language in LANGUAGES:
        for left in (False, True):
            name = shelf.name(language, left)
            known = shelf.card(name)
            model = shelf.network(language, left)
            known["scores"] = scores(model, language)
            stored = {key: tensor.half() for key, tensor in model.state_dict().items()}
            weights.save(name, stored, known)


def _card(name: str, setting: BertSetting, model: Bert) -> weights.Card:
    return {
        "architecture": "Bert",
        "shape": model.shape,
        "data": "stories of core/language/bert/stories.py; others of the same kind held out",
        "recipe": {
            "optimiser": "AdamW, a rise over the first steps, sinking over the last third",
            **setting.write(),
        },
        "seed": setting.seed,
        "command": catalogue.command(name),
        "versions": {package: version(package) for package in ("torch", "numpy", "safetensors")},
    }
