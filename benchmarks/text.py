"""A text that is learned letter by letter: how surprised the network is, beside counting."""

from __future__ import annotations

import time

import torch

from benchmarks.figures import Figure, Values, measures
from core.recurrent.text.job import JOB
from core.recurrent.text.presets import PRESETS

MINUTE = 60.0


@measures(
    Figure(
        "text.perplexity_over_5gram",
        "*Alice*, held out: perplexity per character of the network over that of the 5-gram",
        "ratio",
        at_most=0.9,
    ),
    Figure(
        "text.korean_over_5gram",
        "the Korean constitution, the same, both by the letters of syllables",
        "ratio",
        at_most=0.9,
    ),
    Figure(
        "text.seconds",
        "processor time of the longer of these trainings, one thread",
        "s",
        at_most=MINUTE,
    ),
)
def texts() -> Values:
    """Each is trained once, from its seed."""
    torch.set_num_threads(1)
    ratios, seconds = {}, []
    for language, preset in PRESETS.items():
        setting = JOB.read(preset)
        state, _ = JOB.start(setting)
        begun = time.thread_time()
        _, log = JOB.advance(setting, state, JOB.steps(setting), setting.learning_rate)
        seconds.append(time.thread_time() - begun)
        ratios[language] = log.marks["perplexity"] / log.marks["gram5"]
    return {
        "text.perplexity_over_5gram": ratios["en"],
        "text.korean_over_5gram": ratios["ko"],
        "text.seconds": max(seconds),
    }
