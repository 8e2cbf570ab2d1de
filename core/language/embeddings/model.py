"""The parameters to learn, as the seed draws them. W words, D numbers a word."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.language.embeddings import counts
from core.language.embeddings.setting import VectorsSetting


class Vectors(nn.Module):
    """Two vectors for every word: one as itself, one as company.

    Attributes:
        inward: (W, D), a word as centre: what is looked up.
        outward: (W, D), a word as company: what is guessed.
        inward_bias, outward_bias: (W,), GloVe's; other methods have none.
    """

    def __init__(self, setting: VectorsSetting) -> None:
        """All zeros; `draw` fills them."""
        super().__init__()
        size = len(setting.corpus().words), setting.dimension
        self.method = setting.method
        self.inward = nn.Parameter(torch.zeros(size), requires_grad=False)
        self.outward = nn.Parameter(torch.zeros(size), requires_grad=False)
        if self.method == "glove":
            self.inward_bias = nn.Parameter(torch.zeros(size[0]), requires_grad=False)
            self.outward_bias = nn.Parameter(torch.zeros(size[0]), requires_grad=False)

    def draw(self, generator: torch.Generator) -> None:
        """Inward vectors evenly within half of 1 / D around 0, and GloVe's outward ones too.

        Outward ones of word2vec begin at zero, as in its code: every first guess is even.
        """
        reach = 0.5 / self.inward.shape[1]
        self.inward.uniform_(-reach, reach, generator=generator)
        if self.method == "glove":
            self.outward.uniform_(-reach, reach, generator=generator)

    def words(self) -> Tensor:
        """(W, D), what is taken as the vectors of the words: GloVe's are the sum of both."""
        return self.inward + self.outward if self.method == "glove" else self.inward.data


def decompose(ppmi: Tensor, dimension: int) -> tuple[Tensor, Tensor]:
    """Singular value decomposition, cut: two (W, D), their product the best matrix of rank D.

    Both take the square root of the singular values (Levy, Goldberg and Dagan 2015, section 3.3).
    Each column's largest number is positive in the first; missing columns are zero.
    """
    u, values, v = torch.linalg.svd(ppmi.double())
    at = u.abs().argmax(0)
    sign = u[at, torch.arange(len(at))].sign()
    vectors = torch.zeros(2, len(ppmi), dimension)
    width = min(dimension, len(ppmi))
    root = (values.sqrt() * sign)[:width]
    vectors[0, :, :width] = (u[:, :width] * root).float()
    vectors[1, :, :width] = (v.T[:, :width] * root).float()
    return vectors[0], vectors[1]


def baseline(setting: VectorsSetting) -> Tensor:
    """(W, W) PPMI of the windows of a setting, which PPMI + SVD decomposes."""
    return counts.ppmi(counts.cooccurrence(setting.corpus(), setting.window, by_distance=False))
