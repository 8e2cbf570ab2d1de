"""Which tokens may be drawn: the likeliest few, or as few as hold a share of the probability.

Top-k as Fan, Lewis and Dauphin 2018 have it, top-p ("nucleus") as Holtzman et al. 2020; both
together in the order of `transformers`: first k, then p of what is left.

    V tokens

>>> chances = torch.tensor([0.5, 0.25, 0.15, 0.1])
>>> kept(chances, top_p=0.7).tolist()
[True, True, False, False]
>>> [round(share, 4) for share in shares(chances, kept(chances, top_k=2)).tolist()]
[0.6667, 0.3333, 0.0, 0.0]
"""

from __future__ import annotations

import torch
from torch import Tensor

from core.opened import Dot, Given, Rule
from core.opened.measures import Share

MOST = 100
"""Tokens that `top_k` may leave; 0 leaves all."""
LEAST = 0.05
"""The least share that `top_p` may ask for."""
SYMBOLS = {"shares": "q", "remaining": r"\tilde p", "kept": "m"}


def kept(probabilities: Tensor, top_k: int = 0, top_p: float = 1.0) -> Tensor:
    """Which tokens may be drawn.

    Args:
        probabilities: (..., V).
        top_k: so many of the likeliest, and what is as likely as the last of them; 0 for all.
        top_p: the likeliest, until together they have at least this share; 1 for all.

    Returns:
        (..., V) bool; at least one of V.
    """
    allowed = torch.ones_like(probabilities, dtype=torch.bool)
    if top_k:
        least = probabilities.topk(min(top_k, probabilities.shape[-1])).values[..., -1:]
        allowed = probabilities >= least
    if top_p < 1:
        left, order = shares(probabilities, allowed).sort(dim=-1, descending=True, stable=True)
        likelier = left.cumsum(-1) - left  # what those before it have together
        allowed = allowed & torch.zeros_like(allowed).scatter(-1, order, likelier < top_p)
    return allowed


def shares(probabilities: Tensor, allowed: Tensor) -> Tensor:
    """What the tokens that may be drawn have of all that is left, (..., V); the others have 0."""
    left = probabilities * allowed
    return left / left.sum(-1, keepdim=True)


def arrays(probabilities: Tensor, top_k: int, top_p: float) -> dict[str, Tensor]:
    """The arrays that `rules` explain, all (T, V)."""
    allowed = kept(probabilities, top_k, top_p)
    return {
        "kept": allowed.to(probabilities.dtype),
        "remaining": probabilities * allowed,
        "shares": shares(probabilities, allowed),
    }


def rules(probabilities: str) -> tuple[Rule, ...]:
    """How a share comes about, of the array of that name."""
    return (
        Share("shares", "remaining"),
        Dot("remaining", "t v, t v -> t v", probabilities, "kept"),
        Given("kept", "cut"),
    )
