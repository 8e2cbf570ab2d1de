"""One step opened: every number of one pair's loss, gradient and update, for each method.

The update is plain gradient descent for this one pair, as in the papers. A run takes the mean over
hundreds of pairs, and Adam scales each number's step. W words, D numbers a word, K negatives.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from core.language.embeddings import counts, objectives
from core.language.embeddings.model import Vectors, baseline
from core.language.embeddings.setting import Setting


def word2vec(
    setting: Setting,
    model: Vectors,
    looked_up: Sequence[int],
    wanted: int,
    rate: float,
    seed: int = 0,
) -> dict[str, Any]:
    """One pair of skip-gram (one word looked up) or one window of CBOW (the mean of several).

    Args:
        setting: of the run.
        model: its vectors at this state.
        looked_up: the words whose vectors make the hidden vector.
        wanted: the word that is to be found.
        rate: of the update.
        seed: of the negatives.
    """
    inward, outward = model.inward.data, model.outward.data
    size = len(inward)
    mix = torch.bincount(torch.tensor(looked_up), minlength=size).float()[None] / len(looked_up)
    target = torch.zeros(1, size)
    target[0, wanted] = 1.0
    drawn = None
    negatives: list[int] = []
    if setting.objective == "negative":
        noise = counts.noise(setting.corpus())
        generator = torch.Generator().manual_seed(seed)
        negatives = torch.multinomial(noise, setting.negatives, True, generator=generator).tolist()
        drawn = torch.bincount(torch.tensor(negatives), minlength=size).float()[None]
    hidden = (mix @ inward)[0]
    scores = outward @ hidden
    found = objectives.word2vec(inward, outward, mix, target, drawn)
    of_in, of_out = found.gradients
    after_in, after_out = inward - rate * of_in, outward - rate * of_out
    after = objectives.word2vec(after_in, after_out, mix, target, drawn)
    told: dict[str, Any] = {
        "in": {"ids": list(looked_up), "before": inward[list(looked_up)]},
        "one_hot": looked_up[0],
        "hidden": hidden,
        "loss": found.loss,
        "after": after.loss,
        "learning_rate": rate,
        "update_in": after_in[list(looked_up)],
        "gradient_in": of_in[list(looked_up)],
    }
    slope: Tensor
    if drawn is None:
        _, all_slopes = objectives.softmax(scores[None], target)
        slope = all_slopes[0]
        told |= {"scores": scores, "softmax": scores.softmax(0), "gradient_scores": slope}
        shown = [wanted]
        told["gradient_sum"] = float(slope.sum())
    else:
        shown = [wanted, *negatives]
        labels = [1.0] + [0.0] * len(negatives)
        sigmoid = scores[shown].sigmoid()
        told |= {
            "negatives": negatives,
            "labels": labels,
            "scores": scores[shown],
            "sigmoid": sigmoid,
            "gradient_scores": sigmoid - torch.tensor(labels),
        }
        slope = objectives.negative(scores[None], target, drawn)[1][0]
    return told | {
        "gradient_hidden": slope @ outward,
        "out": {
            "ids": shown,
            "before": outward[shown],
            "gradient": of_out[shown],
            "after": after_out[shown],
        },
    }


def glove(setting: Setting, model: Vectors, i: int, j: int, rate: float) -> dict[str, Any]:
    """One cell of GloVe: f(X) (w.u + b + c - log X)^2. An empty cell has no loss, nothing moves."""
    told = glove_cell(setting, i, j)
    w, u = model.inward.data[i], model.outward.data[j]
    b, c = float(model.inward_bias[i]), float(model.outward_bias[j])
    dot = float(w @ u)

    def error(first: Tensor, second: Tensor, biases: float) -> float:
        return float(first @ second) + biases - told["log"] if told["count"] > 0 else 0.0

    off = error(w, u, b + c)
    slope = 2.0 * told["weight"] * off
    w_after, u_after = w - rate * slope * u, u - rate * slope * w
    again = error(w_after, u_after, b + c - 2.0 * rate * slope)
    return told | {
        "dot": dot,
        "bias_in": b,
        "bias_out": c,
        "error": off,
        "loss": told["weight"] * off**2,
        "slope": slope,
        "in": {"before": w, "gradient": slope * u, "after": w_after},
        "out": {"before": u, "gradient": slope * w, "after": u_after},
        "after": told["weight"] * again**2,
        "learning_rate": rate,
    }


def glove_cell(setting: Setting, i: int, j: int) -> dict[str, Any]:
    """Count by distance, its logarithm (None if empty) and the weight of a cell."""
    count = counts.cooccurrence(setting.corpus(), setting.window, by_distance=True)[i, j]
    return {
        "cell": [i, j],
        "count": float(count),
        "log": float(count.log()) if count > 0 else None,
        "weight": float(counts.weight(count)),
        "x_max": counts.X_MAX,
        "alpha": counts.ALPHA,
    }


def ppmi_cell(setting: Setting, i: int, j: int, model: Vectors | None = None) -> dict[str, Any]:
    """One cell of PPMI, and what the vectors make of it."""
    found = counts.cooccurrence(setting.corpus(), setting.window, by_distance=False)
    joint, row, column = float(found[i, j]), float(found[i].sum()), float(found[:, j].sum())
    total = float(found.sum())
    by_chance = row * column / total
    pmi = float(torch.tensor(joint / by_chance).log()) if joint > 0 else None
    told = {
        "cell": [i, j],
        "joint": joint,
        "row": row,
        "column": column,
        "total": total,
        "by_chance": by_chance,
        "pmi": pmi,
        "ppmi": float(baseline(setting)[i, j]),
    }
    if model is not None:
        w, u = model.inward.data[i], model.outward.data[j]
        told |= {"reconstructed": float(w @ u), "in": {"before": w}, "out": {"before": u}}
    return told
