"""A next-word model: embedding, recurrent network, linear layer."""

from __future__ import annotations

from torch import Tensor, nn

from core.recurrent.cells import Kind
from core.recurrent.race import network

EMBEDDING = 16


class Speaker(nn.Module):
    """Words in, scores of each next word out: (B, T) -> (B, T, vocabulary).

    Args:
        kind: which cell.
        vocabulary: number of words.
        hidden: size of the hidden state.
        forget_bias: see `core.recurrent.race.network`.
    """

    def __init__(self, kind: Kind, vocabulary: int, hidden: int, forget_bias: float = 0.0) -> None:
        """Make one of a kind."""
        super().__init__()
        self.embed = nn.Embedding(vocabulary, EMBEDDING)
        self.rnn = network(kind, EMBEDDING, hidden, forget_bias)
        self.out = nn.Linear(hidden, vocabulary)

    def forward(self, words: Tensor) -> Tensor:
        """Score every next word."""
        states, _ = self.rnn(self.embed(words))
        scores: Tensor = self.out(states)
        return scores
