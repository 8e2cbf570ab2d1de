"""Sentences in which *it* is one of two nouns, and only the adjective tells which.

"the cat sat on the mat because it was tired": tired fits the cat. Animal and thing come in both
orders, with the reason before or behind, with or without a person who is never *it*. A fifth of the
pairs of animal and thing, and half a dozen adjectives, are held out to see what was understood.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

import torch
from torch import Tensor

from core.attention.trained.sentences import vocabulary as words
from core.attention.trained.sentences.vocabulary import GROUPS, INDEX, Group

DATA = (
    "sentences of core/attention/trained/sentences/grammar.py; a fifth of the noun pairs held out"
)
"""What the cards of the networks say of their data."""

HELD_OUT = 0.2
"""Share of the pairs of animal and thing, in each group, that learning never sees."""

EITHER = 0.1
"""Share of the sentences whose adjective fits both nouns; their label is half and half."""

Kind = Literal["learning", "pairs", "adjectives"]

# In a frame a word in capitals is a slot: A animal, T thing, P person, Q adjective, WHY because or
# since, WAS was, looked or seemed; "verb:LIST" is a verb of that list.
_REASON = "WHY it WAS Q"
FRAMES: tuple[tuple[Group, str], ...] = (
    ("place", f"the A verb:sat_on on the T {_REASON}"),
    ("place", f"the T was verb:liked by the A {_REASON}"),
    ("place", f"{_REASON} the A verb:sat_on on the T"),
    ("place", f"{_REASON} the T was verb:liked by the A"),
    ("place", f"the P verb:put_on the A on the T {_REASON}"),
    ("place", f"the P verb:made_for the T for the A {_REASON}"),
    ("food", f"the A verb:ate the T {_REASON}"),
    ("food", f"the T was verb:eaten by the A {_REASON}"),
    ("food", f"{_REASON} the A verb:ate the T"),
    ("food", f"{_REASON} the T was verb:eaten by the A"),
    ("food", f"the P verb:gave the A the T {_REASON}"),
    ("food", f"the P verb:cut_for the T for the A {_REASON}"),
    ("toy", f"the A verb:chased the T {_REASON}"),
    ("toy", f"the T was verb:moved by the A {_REASON}"),
    ("toy", f"{_REASON} the A verb:chased the T"),
    ("toy", f"{_REASON} the T was verb:moved by the A"),
    ("toy", f"the P verb:saw_with the A with the T {_REASON}"),
    ("toy", f"the P verb:took_from the T from the A {_REASON}"),
)
LONGEST = max(len(frame.split()) for _, frame in FRAMES)
EXAMPLE = "the cat sat on the mat because it was tired"

_SLOTS = ("A", "T", "Q", "P", "WHY", "WAS", "verb")


@dataclass(frozen=True)
class Batch:
    """Sentences with their answers.

    Attributes:
        ids: (N, T) words, padded with 0.
        it: (N,) where *it* stands.
        animal, thing: (N,) where the two nouns stand that *it* can be.
        share: (N, 2) how much *it* is the animal and the thing: 1 and 0, 0 and 1, or half and half.
    """

    ids: Tensor
    it: Tensor
    animal: Tensor
    thing: Tensor
    share: Tensor

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def referent(self) -> Tensor:
        """(N,) where the noun stands that *it* is; for half and half the animal."""
        return torch.where(self.share[:, 0] >= self.share[:, 1], self.animal, self.thing)

    @property
    def other(self) -> Tensor:
        """(N,) where the other noun stands."""
        return self.animal + self.thing - self.referent

    def words(self, positions: Tensor) -> Tensor:
        """(N,) the words that stand at these positions (N,)."""
        return self.ids.gather(1, positions[:, None])[:, 0]

    def texts(self) -> list[str]:
        """The sentences as they are read."""
        return [" ".join(words.VOCABULARY[i] for i in row if i) for row in self.ids.tolist()]


@dataclass(frozen=True)
class _Tables:
    fixed: Tensor  # (F, T) word, or 0 where a slot or nothing is
    slot: Tensor  # (F, T) index of the slot, or -1
    group: Tensor  # (F,)
    fronted: Tensor  # (F,) whether the reason comes first
    verbs: Tensor  # (F, V)
    at: Tensor  # (F, 3): it, animal, thing


@cache
def _tables() -> _Tables:
    shape = (len(FRAMES), LONGEST)
    fixed, slot = torch.zeros(shape, dtype=torch.long), torch.full(shape, -1)
    verbs, at = [], []
    for f, (_, frame) in enumerate(FRAMES):
        tokens = frame.split()
        for t, token in enumerate(tokens):
            if token.startswith("verb:"):
                verbs.append(_ids(words.VERBS[token[5:].replace("_", " ")]))
                slot[f, t] = _SLOTS.index("verb")
            elif token in _SLOTS:
                slot[f, t] = _SLOTS.index(token)
            else:
                fixed[f, t] = INDEX[token]
        at.append([tokens.index(token) for token in ("it", "A", "T")])
    return _Tables(
        fixed,
        slot,
        torch.tensor([GROUPS.index(group) for group, _ in FRAMES]),
        torch.tensor([frame.startswith("WHY") for _, frame in FRAMES]),
        torch.stack(verbs),
        torch.tensor(at),
    )


@cache
def pairs(held_out: bool) -> dict[Group, Tensor]:
    """Pairs (N, 2) of animal and thing that learning sees, or never sees; always the same ones."""
    by_group: dict[Group, Tensor] = {}
    generator = torch.Generator().manual_seed(2017)
    for group in GROUPS:
        every = torch.cartesian_prod(_ids(words.ANIMALS), _ids(words.THINGS[group]))
        order = torch.randperm(len(every), generator=generator)
        count = round(len(every) * HELD_OUT)
        by_group[group] = every[order[:count] if held_out else order[count:]]
    return by_group


def sample(count: int, generator: torch.Generator, kind: Kind = "learning") -> Batch:
    """Draw sentences.

    Args:
        count: how many, N.
        generator: decides all of it.
        kind: "learning": what a model may learn from. "pairs": held-out pairs of nouns with known
            adjectives. "adjectives": held-out adjectives in frames where learning never saw them,
            known pairs. Held-out sentences always have one right answer.
    """
    tables = _tables()

    def choose(options: Tensor) -> Tensor:
        """One of (K, ...) for each sentence."""
        return options[torch.randint(len(options), (count,), generator=generator)]

    frames = torch.arange(len(FRAMES))
    frame = choose(frames[~tables.fronted] if kind == "adjectives" else frames)
    group, fronted = tables.group[frame], tables.fronted[frame]
    noun = torch.zeros(count, 2, dtype=torch.long)
    adjective = torch.zeros(count, dtype=torch.long)
    chance = torch.rand(count, generator=generator)
    either = (chance < EITHER) if kind == "learning" else torch.zeros(count, dtype=torch.bool)
    living = torch.rand(count, generator=generator) < 0.5
    for g, name in enumerate(GROUPS):  # every group draws for all: the same stream of chance
        chosen = choose(pairs(held_out=kind == "pairs")[name])
        noun = torch.where((group == g)[:, None], chosen, noun)
        for alive, options in (
            (True, words.LIVING_ADJECTIVES),
            (False, words.THING_ADJECTIVES[name]),
        ):
            known = choose(_ids(tuple(w for w in options if w not in words.LATE_ADJECTIVES)))
            every = choose(_ids(options))
            late = choose(_ids(tuple(w for w in options if w in words.LATE_ADJECTIVES)))
            fitting = torch.where(fronted & (kind == "learning"), every, known)
            fitting = late if kind == "adjectives" else fitting
            adjective = torch.where((group == g) & (living == alive), fitting, adjective)
    adjective = torch.where(either, choose(_ids(words.EITHER_ADJECTIVES)), adjective)
    verb = torch.randint(tables.verbs.shape[1], (count,), generator=generator)
    filled = torch.stack(
        [
            noun[:, 0],
            noun[:, 1],
            adjective,
            choose(_ids(words.PEOPLE)),
            choose(_ids(("because", "since"))),
            choose(_ids(("was", "looked", "seemed"))),
            tables.verbs[frame, verb],
        ],
        1,
    )  # (N, slots)
    slot = tables.slot[frame]  # (N, T)
    ids = torch.where(slot >= 0, filled.gather(1, slot.clamp(min=0)), tables.fixed[frame])
    share = torch.stack([living, ~living], 1).float()
    share[either] = 0.5
    it, animal, thing = tables.at[frame].unbind(1)
    return Batch(ids, it, animal, thing, share)


def _ids(options: tuple[str, ...]) -> Tensor:
    return torch.tensor([INDEX[word] for word in options])
