"""A next-letter model: embedding, recurrent network, linear layer.

Unlike the next-word model it goes on from a state that was left behind.

B places of the text, T letters, V kinds, G letters at a glance, H hidden size, S states: 2 of an
LSTM (h, c), else 1
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.recurrent.cells import Kind
from core.recurrent.race import network, seeded
from core.recurrent.text.pieces import Pieces
from core.recurrent.text.setting import EMBEDDING, TextSetting
from core.training.job import State
from core.training.learner import loaded

FORGET_BIAS = 1.0
"""Added to the LSTM's forget gate at the start; see `core.recurrent.race.network`."""


QUIET = 0.3
"""What the vectors of pieces are multiplied by at the start: there are many at each letter."""


class Writer(nn.Module):
    """Letters in, scores of each next letter out.

    Letters come as `core.recurrent.text.pieces` numbers them.

    Args:
        kind: which cell.
        pieces: what is read at a glance; of V kinds.
        hidden: H.
        dropout: share of the hidden states that is left out in training.
    """

    def __init__(self, kind: Kind, pieces: Pieces, hidden: int, dropout: float = 0.0) -> None:
        """Make one of a kind."""
        super().__init__()
        self.pieces = pieces
        self.embed = nn.Embedding(pieces.rows, EMBEDDING)
        with torch.no_grad():
            self.embed.weight[pieces.kinds :] *= QUIET
        self.rnn = network(kind, EMBEDDING * pieces.glance, hidden, FORGET_BIAS)
        self.drop = nn.Dropout(dropout)
        self.out = nn.Linear(hidden, pieces.kinds)

    def begin(self, places: int) -> Tensor:
        """States before anything was read, zeros, (S, B, H)."""
        states = 2 if isinstance(self.rnn, nn.LSTM) else 1
        return self.out.weight.new_zeros(states, places, self.rnn.hidden_size)

    def seen(self, letters: Tensor) -> Tensor:
        """What the cell reads: the vector of each letter, and behind it those of its pieces.

        While it learns, pieces are left out as a whole, so that it does without rare ones.

        Args:
            letters: int64 (B, T), or (B, T, G).
        """
        x: Tensor = self.embed(letters)
        if letters.dim() < 3:
            return x
        there = self.drop(torch.ones_like(x[:, :, 1:, :1]))
        return torch.cat([x[:, :, :1], x[:, :, 1:] * there], 2).flatten(2)

    def forward(self, letters: Tensor, states: Tensor) -> tuple[Tensor, Tensor]:
        """Score every next letter.

        Args:
            letters: as `seen` takes them.
            states: that were left behind before them, (S, B, H).

        Returns:
            Scores, (B, T, V), and the states that are left behind.
        """
        x = self.seen(letters)
        if isinstance(self.rnn, nn.LSTM):
            outputs, (h, c) = self.rnn(x, (states[:1], states[1:]))
            left = torch.cat([h, c])
        else:
            outputs, left = self.rnn(x, states)
        return self.out(self.drop(outputs)), left


def writer(setting: TextSetting) -> Writer:
    """The network of a run, as the seed makes it."""

    def build(kind: Kind) -> Writer:
        return Writer(kind, setting.pieces(), setting.hidden, setting.dropout)

    model = seeded(build, (setting.cell,), setting.seed)[setting.cell]
    assert isinstance(model, Writer)
    return model


def trained(setting: TextSetting, state: State) -> Writer:
    """The network of a state alone, to be looked at."""
    model = writer(setting)
    loaded(state, {"text": model})
    return model.eval()
