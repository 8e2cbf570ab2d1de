"""The whole way as PyTorch that runs on its own and checks itself."""

from __future__ import annotations

from core.attention.steps.question import Cell, StepsQuestion
from core.attention.steps.rules import arrays, open_number, rules
from core.attention.steps.trace import Steps
from core.attention.steps.words import PAD, WIDTH
from core.opened import whole_program
from core.opened.parts import Index

WHOLE = (
    r"\mathrm{Attention}(Q, K, V) = \mathrm{softmax}\left("
    r"\frac{Q K^\top}{\sqrt{d_h}} + \mathrm{mask}\right) V, \quad "
    r"Q = X W_q,\ K = C W_k,\ V = C W_v, \quad "
    r"O = [\,\mathrm{head}_1 \cdots \mathrm{head}_H\,]\, W_o"
)
"""The way in one formula; in self-attention C is X."""

_BETWEEN = ("S", "scaled", "masked", "exp", "A", "Z")
"""With a number set by hand in one of these the way is another one than PyTorch's own."""


def program(run: Steps, cell: Cell) -> str:
    """A program that computes the same matrices from the same numbers, and prints one of them.

    It needs nothing but PyTorch, and checks itself against PyTorch's own attention.
    """
    question = run.question
    edits: dict[str, list[tuple[Index, float]]] = {}
    for edit, value in question.edits:
        if run.holds(edit):
            edits.setdefault(edit.matrix, []).append((run.index(edit), value))
    words = [f"words = {list(question.asking)!r}"]
    if question.kind == "cross":
        words += [f"looked_at = {list(question.looked_at)!r}"]
    return whole_program(
        rules(question),
        arrays(run),
        open_number(run, cell),
        imports=["", *words],
        given={"allowed": [_allowed(question)]},
        edits=edits,
        note="Scaled dot-product attention.",
        through="O",
        closing=[] if edits.keys() & set(_BETWEEN) else _check(question),
    )


def _allowed(question: StepsQuestion) -> str:
    n, m = len(question.asking), len(question.looked_at)
    if question.mask == "padding":
        looked_at = "looked_at" if question.kind == "cross" else "words"
        row = f"torch.tensor([word != {PAD!r} for word in {looked_at}])"
        return f"allowed = {row}.expand({n}, {m})"
    causal = ".tril()" if question.mask == "causal" else ""
    return f"allowed = torch.ones({n}, {m}, dtype=torch.bool){causal}"


def _check(question: StepsQuestion) -> list[str]:
    heads = question.heads
    root = f"{WIDTH // heads} ** 0.5" if question.scaled else "1.0"
    return [
        "# the same in one call of PyTorch",
        f"q, k, v = (x.unflatten(1, ({heads}, -1)).transpose(0, 1) for x in (Q, K, V))",
        f"scale = 1 / ({root} * {question.temperature!r})",
        "mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=allowed, scale=scale)",
        "torch.testing.assert_close(mixed.transpose(0, 1).flatten(1), Z)",
    ]
