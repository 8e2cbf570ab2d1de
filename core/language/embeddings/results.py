"""All methods over five seeds on both generated corpora: measured once, shipped as results.json."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch

from core import catalogue
from core.language.embeddings.job import JOB
from core.language.embeddings.setting import EPOCHS, LANGUAGES, RATES, VectorsSetting
from core.training.record import record

FILE = Path(__file__).parent / "results.json"
SEEDS = (1, 2, 3, 4, 5)
KINDS = (
    ("skip_gram", "softmax"),
    ("skip_gram", "negative"),
    ("cbow", "softmax"),
    ("cbow", "negative"),
    ("glove", None),
    ("ppmi_svd", None),
)


@lru_cache(1)
def results() -> dict[str, list[dict[str, Any]]]:
    """For each language a row for each method.

    A row has "method", "objective" (None where there is no choice), "seeds", and for each of them
    "excluding", "including" (shares of the analogies right) and "seconds" (of the processor).
    PPMI + SVD draws nothing and has one result.

    Raises:
        ValueError: the file is missing or damaged; the sentence names the command.
    """
    try:
        stored: dict[str, list[dict[str, Any]]] = json.loads(FILE.read_text(encoding="utf-8"))
        whole = all(len(stored[language]) == len(KINDS) for language in LANGUAGES)
    except (OSError, ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        again = catalogue.command("vectors_results")
        raise ValueError(f"The results are missing or damaged. Measure them with: {again}")
    return stored


def setting_of(method: str, objective: str | None, language: str) -> VectorsSetting:
    """The defaults of the job, with the length and the learning rate of the method."""
    chosen: dict[str, Any] = {"method": method, "language": language, "epochs": EPOCHS[method]}
    chosen |= {"learning_rate": RATES[method]} | ({"objective": objective} if objective else {})
    return VectorsSetting.read(chosen)


def measure(setting: VectorsSetting) -> tuple[float, float, float]:
    """Excluding, including and the seconds of the processor."""
    begun = time.process_time()
    marks = record(JOB, setting, keep=2, chunk=500).saved[-1].marks
    return marks["excluding"], marks["including"], time.process_time() - begun


def main() -> None:
    """Measure everything and write the file."""
    torch.set_num_threads(1)
    results_: dict[str, list[dict[str, Any]]] = {}
    for language in LANGUAGES:
        results_[language] = []
        for method, objective in KINDS:
            setting = setting_of(method, objective, language)
            seeds = SEEDS[:1] if method == "ppmi_svd" else SEEDS
            scores = [measure(replace(setting, seed=seed)) for seed in seeds]
            columns = [
                [round(value, 4) for value in column] for column in zip(*scores, strict=True)
            ]
            row = dict(zip(("excluding", "including", "seconds"), columns, strict=True))
            results_[language].append(
                {"method": method, "objective": objective, "seeds": list(seeds), **row}
            )
            print(language, method, objective, row, flush=True)
    FILE.write_text(json.dumps(results_, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
