"""Every job and every shipped run by name and address, so that none is imported before its use.

An address is "package.module:NAME"; of JOBS it names a `Job`, of SHIPPED a function that returns a
`Recording` or raises ValueError where its file is missing or damaged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.address import find
from core.training.job import Job

JOBS = {
    "sine": "core.recurrent.sine.job:JOB",
    "words": "core.recurrent.words.job:JOB",
    "adding": "core.recurrent.adding:JOB",
    "it": "core.attention.trained.job:JOB",
    "hand": "core.vision.finetune.job:JOB",
    "shuffled": "core.vision.shuffled.job:JOB",
    "cnn": "core.vision.training.job:JOB",
    "bert": "core.language.bert.job:JOB",
    "translate": "core.language.transformer.job:JOB",
    "vectors": "core.language.embeddings.job:JOB",
}
SHIPPED = {
    name: f"core.recurrent.examples:{name}" for name in ("sine", "words", "words_ko", "adding")
} | {
    "it": "core.attention.trained.example:example",
    "hand": "core.vision.finetune.example:alone",
    "hand_rehearsal": "core.vision.finetune.example:rehearsal",
    "shuffled": "core.vision.shuffled.example:example",
    "cnn": "core.vision.training.example:example",
    "bert": "core.language.bert.example:pretraining",
    "bert_sentiment": "core.language.bert.example:sentiment",
    "bert_sentiment_scratch": "core.language.bert.example:sentiment_scratch",
    "translate": "core.language.transformer.example:example",
    "vectors": "core.language.embeddings.examples:skip_gram_en",
    "vectors_ko": "core.language.embeddings.examples:skip_gram_ko",
    "vectors_cbow": "core.language.embeddings.examples:cbow_en",
    "vectors_cbow_ko": "core.language.embeddings.examples:cbow_ko",
    "vectors_glove": "core.language.embeddings.examples:glove_en",
    "vectors_glove_ko": "core.language.embeddings.examples:glove_ko",
    "vectors_ppmi": "core.language.embeddings.examples:ppmi_svd_en",
    "vectors_ppmi_ko": "core.language.embeddings.examples:ppmi_svd_ko",
}
"""Runs that were trained beforehand, for the first sight of a page."""


def program(job: str, config: Mapping[str, Any]) -> str:
    """The runnable .py of a run that has not begun, at the config's own learning rate.

    Args:
        job: a name in JOBS.
        config: as `Job.read` takes it.

    Raises:
        ValueError: the config cannot be used, or the job writes no program.
    """
    found: Job = find(JOBS[job])
    if found.program is None:
        raise ValueError(f"The job {job!r} writes no program.")
    read = found.read(config)
    return found.program(read, ((0, found.learning_rate(read)),))
