"""What recurrent cells and their parts are called."""

from __future__ import annotations

from pages.kit.language import _

CELLS = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}


def gate_names() -> dict[str, str]:
    """What each gate and state is called on the page."""
    return {
        "input": _("input gate"),
        "forget": _("forget gate"),
        "candidate": _("candidate"),
        "output": _("output gate"),
        "reset": _("reset gate"),
        "update": _("update gate"),
        "c": _("cell state"),
        "h": _("hidden state"),
    }
