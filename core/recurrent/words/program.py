"""The runnable program of a next-word run: the same sentences and steps in plain torch."""

from __future__ import annotations

from pprint import pformat

from core.recurrent.program import NETWORKS, layer, training
from core.recurrent.words import sentences
from core.recurrent.words.setting import Words
from core.recurrent.words.speaker import EMBEDDING


def source(config: Words, rates: tuple[tuple[int, float], ...], weight: float) -> str:
    """A program that repeats the run and prints how often the last word is right."""
    grammar = sentences.GRAMMARS[config.language]
    loop = training(
        config.cell,
        "Speaker",
        loss="""
            words = batch(batches)
            logits = model(words[:, :-1])
            every = F.cross_entropy(logits.flatten(0, 1), words[:, 1:].flatten())
            answer = F.cross_entropy(logits[:, -1], words[:, -1])
        """,
        backward=f"(every + {weight!r} * answer)",
        end="""
            right = (logits[:, -1].argmax(1) == words[:, -1]).float().mean()
            print(kind, answer.item(), right.item())
        """,
    )
    return f'''"""Sentences with a memory: {config.cell}, distance {config.distance}, \
seed {config.seed}."""

import torch
from torch import nn
from torch.nn import functional as F

HEAD, TAIL = {list(grammar.head)!r}, {list(grammar.tail)!r}
PROFESSIONS = {pformat(grammar.professions, sort_dicts=False)}
TALK = {pformat(list(grammar.talk))}
HIDDEN, DISTANCE, STEPS = {config.hidden}, {config.distance}, {config.steps}
FORGET_BIAS, CLIP, SEED = {config.forget_bias!r}, {config.clip!r}, {config.seed}
RATES = {list(rates)!r}  # (from this step on, learning rate)
{NETWORKS}

WORDS = list(dict.fromkeys(
    [*HEAD, *PROFESSIONS, *" ".join(TALK).split(), *TAIL, *PROFESSIONS.values()]
))
NUMBER = {{word: i for i, word in enumerate(WORDS)}}
order = torch.randint(len(TALK), (400,), generator=torch.Generator().manual_seed(5)).tolist()
STREAM = torch.tensor([NUMBER[w] for w in " ".join(TALK[k] for k in order).split()])
PAIRS = torch.tensor([[NUMBER[n], NUMBER[p]] for n, p in PROFESSIONS.items()])


class Speaker(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.embed = nn.Embedding(len(WORDS), {EMBEDDING})
{layer(EMBEDDING)}
        self.out = nn.Linear(HIDDEN, len(WORDS))

    def forward(self, words):
        states, _ = self.rnn(self.embed(words))
        return self.out(states)


def batch(generator):
    who = torch.randint(len(PAIRS), (64,), generator=generator)
    start = torch.randint(1 << 20, (64, 1), generator=generator)
    between = STREAM[(start + torch.arange(DISTANCE - len(TAIL) - 1)) % len(STREAM)]
    head = torch.tensor([NUMBER[w] for w in HEAD]).expand(64, -1)
    tail = torch.tensor([NUMBER[w] for w in TAIL]).expand(64, -1)
    return torch.cat([head, PAIRS[who, :1], between, tail, PAIRS[who, 1:]], 1)


{loop}'''
