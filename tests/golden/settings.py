"""Configs as they were read and refused, recorded, and the values to record them from.

`python -m tests.golden.settings` writes `settings.json` again, for a config that is new.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from core.attention.trained.training import setting as it
from core.language.bert import setting as bert
from core.language.embeddings import setting as vectors
from core.language.transformer import setting as translate
from core.recurrent.adding import task as adding
from core.recurrent.sine import setting as sine
from core.recurrent.through_time import gradient as through_time
from core.recurrent.words import job as words
from core.vision.convolution import setting as convolution
from core.vision.finetune import job as hand_job
from core.vision.finetune import setting as hand
from core.vision.ink import PIXELS, as_text
from core.vision.shuffled import job as shuffled
from core.vision.training import setting as cnn

FILE = Path(__file__).with_suffix(".json")
Read = Callable[[dict[str, Any]], Any]
Write = Callable[[Any], dict[str, Any]]
CONFIGS: dict[str, tuple[Read, Write, type]] = {
    "sine": (sine.SineSetting.read, sine.SineSetting.write, sine.SineSetting),
    "cnn": (cnn.CnnSetting.read, cnn.CnnSetting.write, cnn.CnnSetting),
    "it": (it.ReferentSetting.read, it.ReferentSetting.write, it.ReferentSetting),
    "vectors": (
        vectors.VectorsSetting.read,
        vectors.VectorsSetting.write,
        vectors.VectorsSetting,
    ),
    "bert": (bert.BertSetting.read, bert.BertSetting.write, bert.BertSetting),
    "translate": (
        translate.TransformerSetting.read,
        translate.TransformerSetting.write,
        translate.TransformerSetting,
    ),
    "through_time": (through_time.GradientSetting.read, asdict, through_time.GradientSetting),
    "convolution": (
        lambda raw: convolution.ConvolutionSetting(**raw),
        asdict,
        convolution.ConvolutionSetting,
    ),
    "hand": (hand_job.JOB.read, hand_job.JOB.write, hand.FinetuneSetting),
    "words": (words.Words.read, words.Words.write, words.Words),
    "adding": (adding.Adding.read, adding.Adding.write, adding.Adding),
    "shuffled": (shuffled.JOB.read, shuffled.JOB.write, shuffled.ShuffledSetting),
}
INK = as_text(bytes(PIXELS - 1) + b"\xff")
BASES: dict[str, dict[str, Any]] = {
    "sine": {"length": 20, "samples": 50, "batch": 8, "epochs": 2},
    "convolution": {"rows": 9, "columns": 11},
    "hand": {"data": "pen", "drawings": [[digit, INK] for digit in range(5)]},
}
NUMBERS = (
    *(0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 16, 20, 24, 30, 32, 33, 48, 64, 65, 100, 128, 129, 200),
    *(201, 256, 257, 500, 512, 513, 1000, 1001, 2000, 3001, 5000, 5001, 20_000, 55_000, 999_999),
    *(1_000_000, 2**31 - 1, 2**31, -1, 10**20),
    *(1e-5, 1e-4, 0.001, 0.05, 0.1, 0.25, 0.3, 0.5, 0.9, 0.91, 0.99, 1.5, 2.5, 1e-9),
)
OTHER = (
    *(True, False, None, "", "x", "3", [], [1], {}, [0.5, 1.5], float("nan"), float("inf")),
    *("notes", "sine", "table", "rnn", "gru", "lstm", "race", "decay", "sgd", "adam", "last"),
    *("mnist", "pen", "own", "simple", "lenet", "vgg", "same", "valid", "relu", "tanh", "cosine"),
    *("onecycle", "shift", "affine", "bfloat16", "masked", "referent", "cbow", "glove", "ppmi_svd"),
    *("softmax", "negative", "en", "ko", "sentiment", "answer", "scratch", "frozen", "left"),
    *("swapped", "copy", "en-ko", "ko-en", "dates", "reflect", "circular", "sigmoid", "none"),
    *("body", "tiny", "notes", [3, 5], [0, 3], [8, 1]),
)
VALUES = (*NUMBERS, *OTHER)


def record() -> dict[str, Any]:
    """For each config and field those of `VALUES` that are read."""
    found: dict[str, Any] = {}
    for name, (_, _, made) in CONFIGS.items():
        found[name] = {"fields": {}, "several": []}
        taken: dict[str, list[Any]] = {}
        for field in fields(made):
            read = [value for value in VALUES if read_again(name, {field.name: value}) is not None]
            taken[field.name] = found[name]["fields"][field.name] = read
        draw = random.Random(name)
        for _ in range(12):
            some = {key: draw.choice(v) for key, v in taken.items() if v and draw.random() < 0.5}
            found[name]["several"].append([some, read_again(name, some)])
        found[name]["several"].append([{"nobody": 1}, read_again(name, {"nobody": 1})])
    return found


def read_again(name: str, given: dict[str, Any]) -> dict[str, Any] | None:
    """The config as JSON, without its drawings; None: it is refused."""
    read, write, _ = CONFIGS[name]
    asked = BASES.get(name, {}) | given
    if name == "convolution" and isinstance(asked.get("kernel"), list):
        asked = asked | {"kernel": tuple(asked["kernel"])}
    try:
        written = write(read(asked))
    except (TypeError, ValueError, LookupError):
        return None
    written.pop("drawings", None)
    answer: dict[str, Any] = json.loads(json.dumps(written))
    return answer


def dumped(found: dict[str, Any]) -> str:
    """A line for each field."""
    lines = []
    for name, config in found.items():
        known = [f"   {json.dumps(key)}: {json.dumps(v)}" for key, v in config["fields"].items()]
        some = [f"   {json.dumps(each)}" for each in config["several"]]
        rows = ",\n".join(known), ",\n".join(some)
        body = f'  "fields": {{\n{rows[0]}\n  }},\n  "several": [\n{rows[1]}\n  ]'
        lines.append(f" {json.dumps(name)}: {{\n{body}\n }}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(dumped(record()), encoding="utf-8")
