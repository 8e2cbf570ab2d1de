"""One target, token by token, until <end>: greedily, sampled, or by beam search."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from core import sampling
from core.language.transformer.model import Encoded, Transformer
from core.language.transformer.tasks import END, LONGEST, START


@dataclass(frozen=True)
class Drawing:
    """How tokens are drawn.

    Attributes:
        temperature: what scores are divided by.
        top_k, top_p: which tokens may be drawn, see `core.sampling.kept`.
        seed: of what is drawn.
    """

    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0
    seed: int = 0

    @property
    def cuts(self) -> bool:
        """Whether some tokens may not be drawn."""
        return self.top_k > 0 or self.top_p < 1


@dataclass(frozen=True)
class Line:
    """A target with what was to choose from.

    Attributes:
        ids: <start>, then what was chosen.
        chances: for every chosen token (V,) the probabilities that it was chosen from.
        uncut: the same before tokens were cut.
    """

    ids: list[int]
    chances: list[Tensor]
    uncut: list[Tensor]

    @property
    def ended(self) -> bool:
        """Whether <end> came within the limit."""
        return self.ids[-1] == END

    @property
    def logp(self) -> float:
        """Sum of the logarithms of the probabilities of its tokens."""
        pairs = zip(self.ids[1:], self.chances, strict=True)
        return sum(math.log(max(float(chances[i]), 1e-45)) for i, chances in pairs)


def line(
    model: Transformer,
    encoded: Encoded,
    prefix: Sequence[int] = (),
    how: Drawing | None = None,
    limit: int = LONGEST,
) -> Line:
    """Decode one sentence.

    Args:
        model: any.
        encoded: a source, a batch of one.
        prefix: tokens behind <start> that are given; decoding goes on behind them.
        how: tokens are drawn; None takes the likeliest token.
        limit: tokens behind <start> at most.
    """
    ids, chances, uncut = [START], list[Tensor](), list[Tensor]()
    generator = torch.Generator().manual_seed(how.seed if how else 0)
    while len(ids) <= limit and ids[-1] != END:
        scores = model.decode(encoded, torch.tensor([ids])).logits[0, -1]
        uncut.append((scores / (how.temperature if how else 1.0)).softmax(-1))
        probabilities = uncut[-1]
        if how and how.cuts:
            allowed = sampling.kept(probabilities, how.top_k, how.top_p)
            probabilities = sampling.shares(probabilities, allowed)
        if len(ids) <= len(prefix):
            chosen = prefix[len(ids) - 1]
        elif how is None:
            chosen = int(scores.argmax())
        else:
            chosen = int(torch.multinomial(probabilities, 1, generator=generator))
        ids.append(chosen)
        chances.append(probabilities)
    return Line(ids, chances, uncut)


@dataclass(frozen=True)
class Node:
    """A token in the tree of a beam search.

    Attributes:
        id: its place in the list; the root, <start>, is 0.
        parent: id of the token before, None for the root.
        token: id of the token.
        p: its probability behind its parent.
        logp: sum of the logarithms from the root to here.
        score: what counts at the end: logp over a penalty for length.
        kept: whether the search goes on from here, or ended here.
        ended: whether it is <end>.
    """

    id: int
    parent: int | None
    token: int
    p: float
    logp: float
    score: float
    kept: bool
    ended: bool


@dataclass(frozen=True)
class Tree:
    """A beam search, also what it dropped.

    Attributes:
        steps: nodes by their depth: first the root, then all candidates, the likeliest first.
        best: id of the end that won; where nothing ended, of the best that goes on.
        ids: tokens from <start> to the best.
    """

    steps: list[list[Node]]
    best: int
    ids: list[int]


def penalised(logp: float, length: int) -> float:
    """The score of the paper (Wu et al. 2016, alpha 0.6): logp / ((5 + length) / 6)^0.6."""
    return logp / math.pow((5 + length) / 6, 0.6)


def beam(
    model: Transformer,
    encoded: Encoded,
    width: int,
    prefix: Sequence[int] = (),
    limit: int = LONGEST,
) -> Tree:
    """Follow the `width` likeliest targets at once, until as many have ended.

    The candidates are the `width` likeliest tokens behind every target that is followed; the best
    `width` of all, less those that have ended, are followed on. Width 1 is greedy decoding.

    Args:
        model: any.
        encoded: a source, a batch of one.
        width: at least 1.
        prefix: tokens behind <start> that are given.
        limit: tokens behind <start> at most.
    """
    nodes = [Node(0, None, START, 1.0, 0.0, 0.0, True, False)]
    steps = [list(nodes)]
    live = list(nodes)
    ended: list[Node] = []
    for depth in range(1, limit + 1):
        paths = torch.tensor([path(nodes, node) for node in live])
        following = model.decode(encoded, paths).logits[:, -1].log_softmax(-1)  # (K, V)
        candidates: list[Node] = []
        for node, logs in zip(live, following, strict=True):
            given = depth <= len(prefix)
            chosen = [prefix[depth - 1]] if given else logs.topk(min(width, len(logs))).indices
            for token in map(int, chosen):
                logp = node.logp + float(logs[token])
                at_end, p = token == END, float(logs[token].exp())
                score = penalised(logp, depth)
                candidates.append(Node(0, node.id, token, p, logp, score, False, at_end))
        candidates.sort(key=lambda node: -node.logp)
        best = width - len(ended)
        candidates = [
            replace(node, id=len(nodes) + i, kept=i < best) for i, node in enumerate(candidates)
        ]
        nodes += candidates
        steps.append(candidates)
        best_nodes = candidates[:best]
        ended += [node for node in best_nodes if node.ended]
        live = [node for node in best_nodes if not node.ended]
        if not live:
            break
    winner = max(ended or live, key=lambda node: node.score)
    return Tree(steps, winner.id, path(nodes, winner))


def path(nodes: Sequence[Node], node: Node) -> list[int]:
    """The tokens from <start> to a node."""
    ids = [node.token]
    while node.parent is not None:
        node = nodes[node.parent]
        ids.append(node.token)
    return ids[::-1]
