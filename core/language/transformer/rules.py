"""How every number of the encoder-decoder comes about, for `core.opened`."""

from __future__ import annotations

from core import sampling
from core.attention.layer_rules import Rows
from core.attention.layer_rules import rules as layer_rules
from core.attention.layer_rules import symbols as layer_symbols
from core.attention.layer_rules import weights as layer_weights
from core.language.transformer.trace import STACKS, Pass
from core.opened import (
    Dot,
    Given,
    Logarithm,
    Lookup,
    Monomial,
    Position,
    Rule,
    Rules,
    Softmax,
    Sum,
)

_SYMBOLS = {
    **sampling.SYMBOLS,
    **{f"{stack}_embedding": "E" for stack in STACKS},
    **{f"{stack}_positions": "P" for stack in STACKS},
    **{f"{stack}_input": "X" for stack in STACKS},
    "table": "W",
    "logits": "L",
    "probabilities": "p",
    "chances": "p",
    "taken": "t",
    "before": "b",
    "length": "n",
    "chosen": "p",
    "log_chosen": r"\ell",
    "so_far": "L",
    "score": "s",
}
_PATH: tuple[Rule, ...] = (
    Logarithm("log_chosen", "chosen"),
    Dot("so_far", "s t, t -> s", "before", "log_chosen"),
    Monomial("score", ("so_far", "length"), (1, -0.6)),
)


def rules(seen: Pass) -> Rules:
    """The rules of the arrays of a pass, see `trace.arrays`."""
    width = seen.model.embedding.embedding_dim
    made: list[Rule] = []
    names: list[str] = []
    for stack in STACKS:
        embedding, positions = f"{stack}_embedding", f"{stack}_positions"
        made.append(Lookup(embedding, "table", f"{stack}_ids", width))
        on = seen.model.shape["positions"]
        made.append(Position(positions, width) if on else Given(positions, "off"))
        made.append(Sum(f"{stack}_input", (embedding, positions)))
        memory = (seen.memory, "memory_allowed") if stack == "decoder" else ("", "")
        for index, (name, layer, _) in enumerate(seen.layers(stack)):
            rows = Rows(seen.entering(stack, index), f"{stack}_allowed", *memory)
            made += layer_rules(name, layer, rows)
            names += layer_weights(name, layer)
    made.append(Dot("logits", "i d, v d -> i v", seen.last, "table"))
    made.append(Softmax("probabilities", "logits"))
    if seen.how.temperature != 1:
        made.append(Softmax("chances", "logits", temperature=seen.how.temperature))
    if seen.how.cuts:
        made += sampling.rules(seen.uncut)
    if seen.following:
        made += [Dot("chosen", "t v, t v -> t", seen.chances, "taken"), *_PATH]
    names += [rule.array for rule in made]
    return Rules(*made, symbols=layer_symbols(names) | _SYMBOLS)
