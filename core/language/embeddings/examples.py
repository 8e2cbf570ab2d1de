"""The shipped trainings of word vectors, there to be seen before any other has begun."""

from __future__ import annotations

from pathlib import Path

import torch

from core.language.embeddings.job import JOB
from core.language.embeddings.setting import EPOCHS, RATES, VectorsSetting
from core.training import shipped
from core.training.record import record
from core.weights import FOLDER

SETTINGS = {
    f"vectors_{method}_{language}": VectorsSetting(
        method, language=language, epochs=EPOCHS[method], learning_rate=RATES[method]
    )
    for language in ("en", "ko")
    for method in ("skip_gram", "cbow", "glove", "ppmi_svd")
}
_MANY, _FEW = 24, 9
"""States that are kept of skip-gram, which is watched, and of the others, which are compared."""


def make(name: str, folder: Path = FOLDER) -> None:
    """Train on one thread and write the recording with its card; vectors as float16."""
    torch.set_num_threads(1)
    setting = SETTINGS[name]
    keep = _MANY if setting.method == "skip_gram" else _FEW
    found = record(JOB, setting, keep=keep)
    shipped.ship(
        found,
        name,
        folder,
        "2,000 sentences of the grammars in core/language/corpora",
    )
