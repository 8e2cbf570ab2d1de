"""The network that forecasts a series, one step ahead and running freely on its own outputs.

x, y (B, T, 1) inputs and outputs; B batch, T time, H hidden size
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.recurrent.cells import NETWORKS, Kind, kind_of, weights


class Forecaster(nn.Module):
    """A recurrent network and a linear layer that reads its hidden state: (B, T, I) -> (B, T, 1).

    It reads one number a step, or several of which it forecasts one (I: `inputs`).
    These are the notes' SimpleRNN and SimpleLSTM, whose hidden states also begin at zero; which of
    the outputs are trained is a matter of the loss.
    """

    def __init__(
        self, kind: Kind, hidden: int, layers: int = 1, dropout: float = 0.0, inputs: int = 1
    ) -> None:
        super().__init__()
        between = dropout if layers > 1 else 0.0  # torch knows dropout between layers only
        self.rnn = NETWORKS[kind](inputs, hidden, layers, batch_first=True, dropout=between)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, I) -> one output for each time step, (B, T, 1)."""
        out, _ = self.rnn(x)  # (B, T, H)
        y: Tensor = self.head(out)
        return y


def seeded(
    kind: Kind, hidden: int, layers: int, dropout: float, seed: int, inputs: int = 1
) -> Forecaster:
    """A network as `torch.manual_seed(seed)` and the notes' lines would make it."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return Forecaster(kind, hidden, layers, dropout, inputs)


@torch.inference_mode()
def free_run(model: Forecaster, shown: Tensor, horizon: int) -> Tensor:
    """Warm up on true values, then take each output as the next input.

    Args:
        model: used as in evaluation, without dropout.
        shown: true values, (B, warm, 1).
        horizon: how many values to foretell.

    Returns:
        (B, horizon). The first one still has only true values before it.
    """
    kind, training = kind_of(model.rnn), model.training
    model.eval()
    out, last = model.rnn(shown)  # out (B, warm, H)
    model.train(training)
    x = model.head(out[:, -1])  # (B, 1)
    h, c = last if kind == "lstm" else (last, last)  # (layers, B, H)
    hs, cs = list(h), list(c)
    layers = [weights(model.rnn, layer) for layer in range(model.rnn.num_layers)]
    predictions = [x]
    for _ in range(horizon - 1):
        for layer, w in enumerate(layers):
            own = (w.w_ih, w.w_hh, w.b_ih, w.b_hh)
            if kind == "lstm":
                hs[layer], cs[layer] = torch.lstm_cell(x, (hs[layer], cs[layer]), *own)
            elif kind == "gru":
                hs[layer] = torch.gru_cell(x, hs[layer], *own)
            else:
                hs[layer] = torch.rnn_tanh_cell(x, hs[layer], *own)
            x = hs[layer]
        x = model.head(x)
        predictions.append(x)
    return torch.cat(predictions, 1)
