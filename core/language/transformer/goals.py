"""Goals of the page that decodes with a Transformer."""

from __future__ import annotations

from typing import Any

from core.goals import Goal
from core.schema import mark

LEAST = 1e-3
"""By which a score counts as higher."""


def beam_better(question: Any, answer: Any) -> bool:
    """Beam search finds what scores higher than what greedy decoding says."""
    beam = answer["beam"]
    if beam is None:
        return False
    nodes = {node["id"]: node for step in beam["steps"] for node in step}
    return bool(nodes[beam["best"]]["score"] > beam["greedy"]["score"] + LEAST)


def mistaken(question: Any, answer: Any) -> bool:
    """A text of the task, and what the network says by itself is wrong."""
    forced = any(step["forced"] for step in answer["steps"])
    alone = answer["teacher"]
    return not forced and alone is not None and alone["greedy"]["says"] != answer["truth"]["tokens"]


BEAM = Goal(
    "beam-better",
    mark("A text for which beam search finds an answer with a higher score than greedy decoding."),
    mark("Greedy decoding cannot take back a token. Where the network is unsure, as with words "
         "that are no sentence, the likeliest first token need not begin the likeliest answer."),
    beam_better,
)  # fmt: skip
MISTAKEN = Goal(
    "mistaken",
    mark("A text of this task for which the network generates a wrong answer."),
    mark("The tasks differ: where are texts longest? Try the longest that a task allows."),
    mistaken,
)
GOALS = (BEAM, MISTAKEN)
