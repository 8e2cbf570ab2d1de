"""Every job by name and address, so that none is imported before its use; and all shipped runs.

An address is "package.module:NAME" and names a `Job`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.address import find
from core.schema import Refusal, mark
from core.training.job import Job

JOBS = {
    "sine": "core.recurrent.sine.job:JOB",
    "series": "core.recurrent.series.job:JOB",
    "words": "core.recurrent.words.job:JOB",
    "adding": "core.recurrent.adding.job:JOB",
    "text": "core.recurrent.text.job:JOB",
    "it": "core.attention.trained.training.job:JOB",
    "hand": "core.vision.finetune.job:JOB",
    "shuffled": "core.vision.shuffled.job:JOB",
    "cnn": "core.vision.training.job:JOB",
    "bert": "core.language.bert.job:JOB",
    "translate": "core.language.transformer.job:JOB",
    "vectors": "core.language.embeddings.job:JOB",
}
SHIPPED = {
    "sine": "sine_race",
    "words": "words_race",
    "words_ko": "words_race_ko",
    "adding": "adding_race",
    "text": "text_en",
    "text_ko": "text_ko",
    "it": "it_run",
    "hand": "hand_run",
    "hand_rehearsal": "hand_run_rehearsal",
    "shuffled": "shuffled_run",
    "cnn": "cnn_run",
    "bert": "bert_run",
    "bert_sentiment": "bert_sentiment_run",
    "bert_sentiment_scratch": "bert_sentiment_scratch_run",
    "translate": "transformer_run",
    "vectors": "vectors_skip_gram_en",
    "vectors_ko": "vectors_skip_gram_ko",
    "vectors_cbow": "vectors_cbow_en",
    "vectors_cbow_ko": "vectors_cbow_ko",
    "vectors_glove": "vectors_glove_en",
    "vectors_glove_ko": "vectors_glove_ko",
    "vectors_ppmi": "vectors_ppmi_svd_en",
    "vectors_ppmi_ko": "vectors_ppmi_svd_ko",
}
"""Runs that were trained beforehand, for the first sight of a page: the name of each on its page,
and that of its recording; `core.training.shipped` reads them."""


def program(job: str, config: Mapping[str, Any]) -> str:
    """The runnable .py of a run that has not begun, at the config's own learning rate.

    Args:
        job: a name in JOBS.
        config: as `Job.read` takes it.

    Raises:
        Refusal: the config cannot be used, or the job writes no program.
    """
    entry: Job = find(JOBS[job])
    if entry.program is None:
        raise Refusal(mark("This run writes no program."))
    read = entry.read(config)
    return entry.program(read, ((0, entry.learning_rate(read)),))
