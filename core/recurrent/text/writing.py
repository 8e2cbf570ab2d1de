"""What a network writes by itself: letter after letter, each drawn from its own candidates.

It begins with nothing read but the end of a line.

T letters written, V kinds, H hidden size
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core import sampling
from core.recurrent.text.setting import TextSetting
from core.recurrent.text.texts import Text, encoded, together
from core.recurrent.text.writer import Writer, trained
from core.schema import Record, number, whole
from core.training.job import State

LENGTH = 280
"""Letters of a sample."""
CANDIDATES = 8
"""Likeliest letters that are named at each place."""
FIRST = "\n"
"""What is read before the first letter: the beginning of a line."""


@dataclass(frozen=True)
class Manner(Record):
    """How it is written.

    Attributes:
        temperature: what scores are divided by before they become probabilities.
        draw: seed of the letters that are drawn.
        top_k, top_p: which letters may be drawn, see `core.sampling.kept`.
    """

    temperature: float = number(0.8, 0.1, 2.0, step=0.05)
    draw: int = whole(0, 0, 9_999)
    top_k: int = whole(0, 0, sampling.MOST)
    top_p: float = number(1.0, sampling.LEAST, 1.0, step=0.05)

    @property
    def cuts(self) -> bool:
        """Whether some letters may not be drawn."""
        return self.top_k > 0 or self.top_p < 1

    def shares(self, probabilities: Tensor) -> Tensor:
        """What letters are drawn from, (..., V), of their probabilities."""
        if not self.cuts:
            return probabilities
        kept = sampling.kept(probabilities, self.top_k, self.top_p)
        return sampling.shares(probabilities, kept)


def manner(query: Mapping[str, str]) -> Manner:
    """How the query, texts, asks for it."""
    return Manner.parse({name: query[name] for name in Manner.schema if name in query})


@torch.no_grad()
def write(model: Writer, text: Text, how: Manner) -> tuple[Tensor, Tensor]:
    """Let a network write.

    Returns:
        What it read, its own letters among it, int64 (T,): at each place the letter before the one
        that is drawn there; and what was drawn, int64 (T,).
    """
    chance = torch.Generator().manual_seed(how.draw)
    letters, states = encoded(text.kinds, FIRST), model.begin(1)
    for _ in range(LENGTH):
        last = model.pieces.numbered(letters[-model.pieces.glance :])[-1:]
        scores, states = model(last[None], states)
        shares = how.shares((scores[0, 0] / how.temperature).softmax(-1))
        letters = torch.cat([letters, torch.multinomial(shares, 1, generator=chance)])
    return letters[:-1], letters[1:]


@torch.no_grad()
def sample(setting: TextSetting, state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """What the network of a state writes; the query holds the fields of `Manner`.

    Returns:
        "letters": those that are drawn; "written": the characters that they make, each with the
        number of letters in it; "shares": what each letter was drawn with; "candidates": at each
        place the likeliest [number, probability, share that it is drawn with]; "cuts": whether some
        may not be drawn; "kinds": what the numbers stand for.
    """
    model, text, how = trained(setting, state), setting.read_text(), manner(query)
    read, drawn = write(model, text, how)
    scores, _ = model(model.pieces.numbered(read)[None], model.begin(1))
    probabilities = (scores[0] / how.temperature).softmax(-1)  # (T, V)
    shares = how.shares(probabilities)
    best, which = probabilities.topk(min(CANDIDATES, len(text.kinds)))
    drawn_with = shares.gather(1, which)
    letters = [text.kinds[i] for i in drawn.tolist()]
    return {
        "letters": letters,
        "numbers": drawn.tolist(),
        "written": together(letters),
        "shares": shares.gather(1, drawn[:, None])[:, 0].tolist(),
        "candidates": [
            list(map(list, zip(*place, strict=True)))
            for place in zip(which.tolist(), best.tolist(), drawn_with.tolist(), strict=True)
        ],
        "cuts": how.cuts,
        "kinds": list(text.kinds),
    }
