"""How far back a letter is felt, and what truncation cuts off.

The loss at one letter depends on every letter before it. Its gradient with regard to the embedding
of an earlier letter says how much; in training it is cut off after `context` letters.

    N places of the text, K letters back, E numbers of a letter
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from core.recurrent.text.setting import TextSetting
from core.recurrent.text.writer import Writer, trained
from core.training.job import State

BACK = 160
"""Letters back that are looked at."""
PLACES = 24
"""Of the held-out text, over which the norms are averaged."""


def norms(model: Writer, letters: Tensor) -> Tensor:
    """Mean norm of the gradient of the last letter's loss, from the nearest letter back, (K,).

    Args:
        model: in evaluation.
        letters: int64 (N, K + 1); the last one is what the loss is of.

    With pieces the gradient is that of all that is read at an earlier letter.
    """
    states: Any = model.begin(len(letters))
    x = model.seen(model.pieces.numbered(letters)[:, :-1]).detach().requires_grad_()
    given = (states[:1], states[1:]) if len(states) == 2 else states
    with torch.enable_grad():
        outputs, _ = model.rnn(x, given)
        loss = F.cross_entropy(model.out(outputs[:, -1]), letters[:, -1], reduction="sum")
        (gradient,) = torch.autograd.grad(loss, x)
    lengths: Tensor = gradient.norm(dim=-1)
    return lengths.mean(0).flip(0)


def reach(setting: TextSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """The norms of a state on held-out text.

    Returns:
        "norms": of the nearest letter first, (K,); "context": after so many letters training cuts
        the gradient; "beyond": the share of the sum of all norms that lies farther back.
    """
    held = setting.read_text().held
    back = min(BACK, len(held) // 2)
    starts = torch.linspace(0, len(held) - back - 1, PLACES).long()
    found = norms(trained(setting, state), held[starts[:, None] + torch.arange(back + 1)])
    beyond = found[setting.context :].sum() / found.sum().clamp(min=1e-30)
    return {"norms": found.tolist(), "context": setting.context, "beyond": float(beyond)}
