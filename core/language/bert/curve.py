"""Makes the learning curve that ships: fine-tuning over the number of labels, several seeds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import torch

from core.language.bert import tuning
from core.language.bert.job import JOB, model_of
from core.language.bert.results import PATH
from core.language.bert.setting import STARTS, BertSetting, Objective
from core.language.bert.topics import LANGUAGES, Language
from core.training.record import record

SEEDS = (1, 2, 3, 4, 5)
SIZES: Mapping[Objective, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "sentiment": ((8, 32, 128, 512), SEEDS),
    "answer": ((32, 128, 512), SEEDS[:3]),
}
"""Numbers of labels, and seeds."""


def scores(
    task: Objective, language: Language, start: str, labels: int, seed: int
) -> tuning.Scores:
    """Of one fine-tuning, as the live job does it."""
    raw: dict[str, Any] = {"objective": task, "language": language, "start": start}
    setting = BertSetting.read(raw | {"labels": labels, "seed": seed})

    state = record(JOB, setting, keep=2, chunk=setting.steps).saved[-1].state
    return tuning.measured(model_of(setting, state), setting)


def gain(language: Language, labels: int = 32) -> list[float]:
    """Points that the shipped weights are worth on unseen adjectives, seed by seed."""
    return [
        100
        * (
            scores("sentiment", language, "pretrained", labels, seed).first
            - scores("sentiment", language, "scratch", labels, seed).first
        )
        for seed in SEEDS
    ]


def make() -> None:
    """Train all of them and write the curves."""
    torch.set_num_threads(1)
    curves: dict[str, Any] = {language: {} for language in LANGUAGES}
    names = {"sentiment": ("unseen", "seen"), "answer": ("exact", "none")}
    for language in LANGUAGES:
        for task, (labels, seeds) in SIZES.items():
            rows: dict[str, Any] = {"labels": labels, "seeds": seeds}
            for start in STARTS:
                all_scores = [
                    [asdict(scores(task, language, start, n, seed)) for seed in seeds]
                    for n in labels
                ]
                rows[start] = {
                    name: [[round(one[key], 4) for one in each] for each in all_scores]
                    for name, key in (
                        *zip(names[task], ("first", "second"), strict=True),
                        ("all", "every"),
                    )
                }
            curves[language][task] = rows
            PATH.write_text(json.dumps(curves) + "\n", encoding="utf-8")
