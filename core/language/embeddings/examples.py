"""Trainings of word vectors that ship, so that the page has some to look at before any was begun.

python -m core.language.embeddings.examples    make all of them anew: half a minute
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import torch
from safetensors.torch import load as decode
from safetensors.torch import save as encode

from core.language.embeddings.job import JOB
from core.language.embeddings.setting import EPOCHS, RATES, Setting
from core.training import shipped
from core.training.packing import GENERATOR, OPTIMISER
from core.training.record import record
from core.training.recording import Recording
from core.weights import FOLDER

COMMAND = "python -m core.language.embeddings.examples"
SETTINGS = {
    f"vectors_{method}_{language}": Setting(
        method, language=language, epochs=EPOCHS[method], learning_rate=RATES[method]
    )
    for language in ("en", "ko")
    for method in ("skip_gram", "cbow", "glove", "ppmi_svd")
}
_MANY, _FEW = 24, 9
"""States that are kept of skip-gram, which is watched, and of the others, which are compared."""


def load(name: str, folder: Path = FOLDER) -> Recording:
    """A shipped recording.

    Raises:
        ValueError: the files are missing or damaged; the sentence names the command.
    """
    return shipped.load(name, folder, COMMAND)


def make(name: str, folder: Path = FOLDER) -> None:
    """Train on one thread and write the recording with its card; vectors as float16."""
    torch.set_num_threads(1)
    setting = SETTINGS[name]
    keep = _MANY if setting.method == "skip_gram" else _FEW
    found = record(JOB, setting, keep=keep)
    for i, saved in enumerate(found.saved):
        halves = {
            key: tensor.half()
            for key, tensor in decode(saved.state.tensors).items()
            if not key.startswith((OPTIMISER, GENERATOR))
        }
        found.saved[i] = replace(saved, state=replace(saved.state, tensors=encode(halves)))
    path = folder / f"{name}.safetensors"
    found.save(path)
    path.chmod(0o644)  # the library writes for its owner alone
    code = path.read_bytes()
    card = {
        "job": found.job,
        "config": found.config,
        "data": "2,000 sentences of the grammars in core/language/corpora_*.py",
        "versions": {package: version(package) for package in ("torch", "numpy", "safetensors")},
        "marks": dict(found.saved[-1].marks),
        "saved steps": [saved.step for saved in found.saved],
        "command": COMMAND,
        "sha256": hashlib.sha256(code).hexdigest(),
        "bytes": len(code),
    }
    text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
    (folder / f"{name}.json").write_text(text, encoding="utf-8")


def skip_gram_en() -> Recording:
    """Skip-gram with negative sampling, as the job's defaults make it."""
    return load("vectors_skip_gram_en")


def skip_gram_ko() -> Recording:
    """The same in Korean."""
    return load("vectors_skip_gram_ko")


def cbow_en() -> Recording:
    """CBOW with negative sampling."""
    return load("vectors_cbow_en")


def cbow_ko() -> Recording:
    """The same in Korean."""
    return load("vectors_cbow_ko")


def glove_en() -> Recording:
    """GloVe."""
    return load("vectors_glove_en")


def glove_ko() -> Recording:
    """The same in Korean."""
    return load("vectors_glove_ko")


def ppmi_svd_en() -> Recording:
    """PPMI + SVD."""
    return load("vectors_ppmi_svd_en")


def ppmi_svd_ko() -> Recording:
    """The same in Korean."""
    return load("vectors_ppmi_svd_ko")


if __name__ == "__main__":
    for name in SETTINGS:
        make(name)
