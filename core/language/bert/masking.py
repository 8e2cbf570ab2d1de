"""What pre-training shows: pairs of segments, and tokens hidden by the rule of BERT.

Of the chosen tokens (15%) four of five become [MASK], one of ten becomes a random token, one of ten
stays. The network has to name the chosen token each time, so it cannot trust any token it reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import torch
from torch import Tensor

from core.language.bert.pieces import CLS_ID, MASK_ID, PAD_ID, SEP_ID, SPECIAL, UNK_ID, vocabulary
from core.language.bert.stories import corpus, sentences
from core.language.bert.topics import Language

CUTS = ((0, 1, 2), (0, 1, 2), (1, 2, 3), (1, 2, 3), (0, 1, 3), (0, 2, 3), (2, 3, 4), (1, 3, 4))
"""Sentences of a story that are a pair: first segment from a to b, second from b to c."""
UNKNOWN = 0.01
"""Share of the tokens that are made unknown, so that [UNK] is nothing that was never seen."""
MASKED, RANDOM, UNCHANGED = 0.8, 0.1, 0.1


@dataclass(frozen=True)
class Pairs:
    """A batch.

    Attributes:
        ids: (N, T), padded.
        segments: (N, T) of 0 and 1.
        follows: (N,) 1 where the second segment follows the first.
    """

    ids: Tensor
    segments: Tensor
    follows: Tensor


@dataclass(frozen=True)
class Hidden:
    """Tokens chosen by the rule.

    Attributes:
        ids: (N, T) as the network sees them.
        chosen: (N, T) bool.
        fate: (N, T) 0 masked, 1 random, 2 kept; of use where chosen.
    """

    ids: Tensor
    chosen: Tensor
    fate: Tensor


@cache
def encoded(
    language: Language, held_out: bool = False
) -> tuple[tuple[tuple[list[int], ...], ...], ...]:
    """All stories as ids, topic by topic: [topic][story][sentence]."""
    known = vocabulary(language)
    return tuple(
        tuple(tuple(map(known.ids, sentences(language, story))) for story in stories)
        for stories in corpus(language, held_out)
    )


def padded(rows: Sequence[tuple[Sequence[int], Sequence[int]]]) -> tuple[Tensor, Tensor]:
    """[CLS] first [SEP] second [SEP] of each row: ids and segments, both (N, T)."""
    lines = [[CLS_ID, *a, SEP_ID, *b, *([SEP_ID] if b else [])] for a, b in rows]
    longest = max(map(len, lines))
    ids = torch.tensor([line + [PAD_ID] * (longest - len(line)) for line in lines])
    segments = torch.tensor(
        [
            [0] * (len(a) + 2) + [1] * (len(line) - len(a) - 2) + [0] * (longest - len(line))
            for (a, _), line in zip(rows, lines, strict=True)
        ]
    )
    return ids, segments


def pairs(
    language: Language,
    count: int,
    generator: torch.Generator,
    *,
    kinds: tuple[str, ...] = ("true", "random"),
    held_out: bool = False,
) -> Pairs:
    """Pairs of segments, each of a kind drawn from `kinds`: "true", "random" or "swapped".

    "random": the second segment is the same part of a story about another topic. "swapped": the two
    segments changed places. All of a batch are cut alike, so that they are about equally long.
    """
    topics = encoded(language, held_out)
    a, b, c = CUTS[int(torch.randint(len(CUTS), (1,), generator=generator))]
    luck = torch.rand(count, 5, generator=generator).tolist()
    rows, follows = [], []
    for topic, other, one, two, kind in luck:
        at = int(topic * len(topics))
        story = topics[at][int(one * len(topics[at]))]
        what = kinds[int(kind * len(kinds))]
        second = story
        if what == "random":
            elsewhere = topics[(at + 1 + int(other * (len(topics) - 1))) % len(topics)]
            second = elsewhere[int(two * len(elsewhere))]
        pair = list(chain(*story[a:b])), list(chain(*second[b:c]))
        rows.append(pair[::-1] if what == "swapped" else pair)
        follows.append(int(what == "true"))
    ids, segments = padded(rows)
    return Pairs(ids, segments, torch.tensor(follows))


def hide(ids: Tensor, share: float, words: int, generator: torch.Generator) -> Hidden:
    """Choose tokens, and do to them what the rule says."""
    ordinary = ids >= len(SPECIAL)
    chosen = (torch.rand(ids.shape, generator=generator) < share) & ordinary
    luck = torch.rand(ids.shape, generator=generator)
    fate = (luck >= MASKED).long() + (luck >= MASKED + RANDOM).long()
    strange = torch.randint(len(SPECIAL), words, ids.shape, generator=generator)
    seen = ids.masked_fill(chosen & (fate == 0), MASK_ID)
    seen = torch.where(chosen & (fate == 1), strange, seen)
    return Hidden(seen, chosen, fate)


def forget(ids: Tensor, generator: torch.Generator) -> Tensor:
    """A few tokens made unknown."""
    gone = (torch.rand(ids.shape, generator=generator) < UNKNOWN) & (ids >= len(SPECIAL))
    return ids.masked_fill(gone, UNK_ID)
