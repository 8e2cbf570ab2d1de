"""A next-letter model: embedding, recurrent network, linear layer.

Unlike the next-word model it goes on from a state that was left behind.

B places of the text, T letters, V kinds, H hidden size, S states: 2 of an LSTM (h, c), else 1
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.recurrent.cells import Kind
from core.recurrent.race import network, seeded
from core.recurrent.text.setting import EMBEDDING, TextSetting
from core.training.job import State
from core.training.learner import loaded

FORGET_BIAS = 1.0
"""Added to the LSTM's forget gate at the start; see `core.recurrent.race.network`."""


class Writer(nn.Module):
    """Letters in, scores of each next letter out.

    Args:
        kind: which cell.
        kinds: V.
        hidden: H.
        dropout: share of the hidden states that is left out in training.
    """

    def __init__(self, kind: Kind, kinds: int, hidden: int, dropout: float = 0.0) -> None:
        """Make one of a kind."""
        super().__init__()
        self.embed = nn.Embedding(kinds, EMBEDDING)
        self.rnn = network(kind, EMBEDDING, hidden, FORGET_BIAS)
        self.drop = nn.Dropout(dropout)
        self.out = nn.Linear(hidden, kinds)

    def begin(self, places: int) -> Tensor:
        """States before anything was read, zeros, (S, B, H)."""
        states = 2 if isinstance(self.rnn, nn.LSTM) else 1
        return self.out.weight.new_zeros(states, places, self.rnn.hidden_size)

    def forward(self, letters: Tensor, states: Tensor) -> tuple[Tensor, Tensor]:
        """Score every next letter.

        Args:
            letters: int64 (B, T).
            states: that were left behind before them, (S, B, H).

        Returns:
            Scores, (B, T, V), and the states that are left behind.
        """
        x = self.embed(letters)
        if isinstance(self.rnn, nn.LSTM):
            outputs, (h, c) = self.rnn(x, (states[:1], states[1:]))
            left = torch.cat([h, c])
        else:
            outputs, left = self.rnn(x, states)
        return self.out(self.drop(outputs)), left


def writer(setting: TextSetting) -> Writer:
    """The network of a run, as the seed makes it."""

    def build(kind: Kind) -> Writer:
        return Writer(kind, len(setting.read_text().kinds), setting.hidden, setting.dropout)

    model = seeded(build, (setting.cell,), setting.seed)[setting.cell]
    assert isinstance(model, Writer)
    return model


def trained(setting: TextSetting, state: State) -> Writer:
    """The network of a state alone, to be looked at."""
    model = writer(setting)
    loaded(state, {"text": model})
    return model.eval()
