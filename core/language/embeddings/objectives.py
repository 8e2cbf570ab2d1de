"""Losses of the embedding methods and their gradients, written out. W words, D numbers a word.

Pairs that are alike have the same loss, so a batch is not a list of pairs but counts of them: how
often word j was to be found (P) and how often it was drawn as a negative (N). The sums are the same
as over a list, at a fraction of the time: every product is one of small dense matrices.
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor
from torch.nn.functional import softplus

from core.language.embeddings import counts


@dataclass(frozen=True)
class Objective:
    """A loss and its gradient.

    Attributes:
        loss: in nats, the mean over the pairs of the batch.
        gradients: one for each parameter, of that mean.
    """

    loss: float
    gradients: tuple[Tensor, ...]


def softmax(scores: Tensor, wanted: Tensor) -> tuple[Tensor, Tensor]:
    """Full softmax: summed cross-entropy and its gradient for the scores.

    Each row's gradient sums to zero: C times the softmax of C pairs less the C words wanted.

    Args:
        scores: (R, W), one row for each hidden vector.
        wanted: (R, W), how often each word was to be found from it.
    """
    log_p = scores.log_softmax(1)
    return -_dot(wanted, log_p), log_p.exp() * wanted.sum(1, keepdim=True) - wanted


def negative(scores: Tensor, wanted: Tensor, drawn: Tensor) -> tuple[Tensor, Tensor]:
    """Negative sampling: summed -log sigmoid(s) of pairs and -log sigmoid(-s) of negatives.

    Args:
        scores: (R, W).
        wanted: (R, W), how often each word was to be found.
        drawn: (R, W), how often each was drawn as a negative.
    """
    both = wanted + drawn
    # -log sigmoid(s) is softplus(-s), and that is softplus(s) - s: one logarithm for both sums
    loss = _dot(both, softplus(scores)) - _dot(wanted, scores)
    return loss, scores.sigmoid().mul_(both).sub_(wanted)


def word2vec(
    inward: Tensor, outward: Tensor, mix: Tensor | None, wanted: Tensor, drawn: Tensor | None
) -> Objective:
    """Skip-gram and CBOW, mean over the pairs.

    Args:
        inward: (W, D) vectors of the words that are looked up.
        outward: (W, D) vectors of the words that are guessed.
        mix: (R, W), what each hidden vector is made of: CBOW's mean of the context. None for
            skip-gram: each word's own vector, R = W.
        wanted: (R, W), how often each word was to be found from each hidden vector.
        drawn: (R, W), negatives; None for the full softmax.
    """
    hidden = inward if mix is None else mix @ inward
    scores = hidden @ outward.T
    result = softmax(scores, wanted) if drawn is None else negative(scores, wanted, drawn)
    pairs = wanted.sum().clamp(min=1.0)
    slope = result[1].div_(pairs)
    back = slope @ outward
    return Objective(
        float(result[0] / pairs), (back if mix is None else mix.T @ back, slope.T @ hidden)
    )


def glove(parts: tuple[Tensor, Tensor, Tensor, Tensor], count: Tensor) -> Objective:
    """GloVe (equation 8), mean over the cells that are not empty: f(X) (w.u + b + c - log X)^2.

    Args:
        parts: vectors w and u (W, D), biases b and c (W,).
        count: (W, W) co-occurrence by distance.
    """
    w, u, b, c = parts
    filled = count > 0
    error = (w @ u.T + b[:, None] + c - count.clamp(min=1e-9).log()).masked_fill(~filled, 0.0)
    weighted = counts.weight(count) * error
    cells = filled.sum()
    slope = 2.0 * weighted / cells
    return Objective(
        float((weighted * error).sum() / cells),
        (slope @ u, slope.T @ w, slope.sum(1), slope.sum(0)),
    )


def _dot(left: Tensor, right: Tensor) -> Tensor:
    """Sum of the products of all numbers."""
    return left.flatten() @ right.flatten()
