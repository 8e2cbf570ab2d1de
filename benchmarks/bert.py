"""BERT: next sentences, what both sides are worth, and what the shipped weights are worth."""

from __future__ import annotations

from statistics import median

import torch

from benchmarks.figures import Figure, Values, measures
from core.language.bert import curve, measure, shelf
from core.language.bert.scored import MEASURED

NEXT = "bert.nsp_accuracy"
RATIO = "bert.mlm_top1_over_left_to_right"
GAIN = "bert.finetune_gain_32_labels"


@measures(
    Figure(
        NEXT,
        "Next sentence, true against random, held-out, the worse language",
        "share",
        at_least=0.95,
    ),
    Figure(
        RATIO,
        "Hidden content words in held-out sentences: share guessed over that of the "
        "left-to-right model, the worse language",
        "ratio",
        at_least=1.3,
    ),
    Figure(
        GAIN,
        "Sentiment of unseen adjectives, 32 labels: points over from scratch, median of 5 seeds",
        "points",
        at_least=10,
    ),
)
def bert() -> Values:
    """The shipped networks are measured; fine-tunings run as the live job does them."""
    torch.set_num_threads(1)
    follows, ratios = [], []
    for language in ("en", "ko"):
        both, left = shelf.network(language), shelf.network(language, True)
        true, random = (
            measure.judged(both, language, kind, MEASURED) for kind in ("true", "random")
        )
        follows.append((true + 1 - random) / 2)
        shares = [
            measure.guesses(model, language, MEASURED, each=True, kind="sentence").content
            for model in (both, left)
        ]
        ratios.append(shares[0] / shares[1])
    return {NEXT: min(follows), RATIO: min(ratios), GAIN: median(curve.gain("en"))}
