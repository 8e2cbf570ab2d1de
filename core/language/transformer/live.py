"""What the page asks when a text, a token or a block changes, and the answer as JSON.

The decoder reads only what is before, so one pass over the whole answer holds every step of
decoding: row t of each map is what was read when token t + 1 was chosen.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
import torch
from torch import Tensor

from core import weights
from core.language.transformer import decoding, texts
from core.language.transformer.decoding import Line, Tree
from core.language.transformer.model import Encoded, Transformer
from core.language.transformer.question import Question
from core.language.transformer.rules import rules
from core.language.transformer.tasks import TASKS, task
from core.language.transformer.trace import Pass, arrays
from core.language.transformer.views import Address, Matrix, matrices, names
from core.opened import Cell, Opened, Rules, wire
from core.schema import Refusal, mark

MAX_BYTES = 8 * 1024
"""Longest question in bytes: the longest text and prefix, with room to spare."""
TOP = 8
"""Candidates of a step that are named."""
WHOLE = 1024
"""Numbers at most of a sum of products that the picture draws."""


@dataclass(frozen=True)
class Network:
    """A shipped model with its card."""

    model: Transformer
    card: dict[str, Any]


@functools.cache
def network(name: str) -> Network:
    """The shipped model of a task, loaded once.

    Raises:
        ValueError: there is no such task.
        WeightsError: its weights are missing or damaged; the next call looks again.
    """
    model, card = weights.load(f"transformer_{task(name).name.replace('-', '_')}")
    assert isinstance(model, Transformer)
    return Network(model, card)


def examples(name: str) -> tuple[str, ...]:
    """Texts to begin with; the first is held out."""
    return task(name).examples


def vocabulary(name: str) -> dict[str, list[str]]:
    """What may come in, what may come out, and every token by its id."""
    about = task(name)
    return {
        "source": list(about.source_words),
        "target": list(about.target_words),
        "all": list(about.words),
    }


def shape(name: str) -> dict[str, int]:
    """Layers, heads, width, inner and words of a shipped model."""
    return {
        key: network(name).model.shape[key]
        for key in ("layers", "heads", "width", "inner", "words")
    }


def card(name: str) -> dict[str, Any]:
    """How a shipped model came to be, and how good it is."""
    return network(name).card


def warm() -> None:
    """Load every model and run each path once: first calls are slow."""
    for name in TASKS:
        raw = {"task": name, "text": task(name).examples[0], "block": "decoder.0.cross"}
        for mode in ("greedy", "beam"):
            answer(raw | {"mode": mode})


def answer(raw: object) -> bytes:
    """Ask the shipped model of the task that the question names: JSON.

    Raises:
        ValueError: with a sentence that says what is wrong.
        WeightsError: the model cannot be loaded.
    """
    found = reply(network(_task(raw)).model, raw)
    return orjson.dumps(found, option=orjson.OPT_SERIALIZE_NUMPY)


def _task(raw: object) -> str:
    name = raw.get("task") if isinstance(raw, dict) else None
    if not isinstance(name, str):
        raise Refusal(mark("A question is an object with a task and a text."))
    return name


def asked(model: Transformer, name: str, text: str) -> dict[str, Any]:
    """Ask any model of a task; the question as JSON text.

    Raises:
        ValueError: with a sentence.
    """
    try:
        raw = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Refusal(mark("The question is not valid JSON.")) from None
    if not isinstance(raw, dict) or raw.get("task", name) != name:
        raise Refusal(mark("This network has learned another task."))
    return reply(model, raw | {"task": name})


@dataclass(frozen=True)
class Decoding:
    """A text with what a model made of it.

    Attributes:
        question: what was asked.
        encoded: of the text.
        line: the tokens that were chosen, one after the other.
        tree: of a beam search.
        seen: one pass over the whole answer.
    """

    question: Question
    encoded: Encoded
    line: Line
    tree: Tree | None
    seen: Pass


@torch.inference_mode()
def decode(model: Transformer, question: Question) -> Decoding:
    """Decode the question's text as it wants it."""
    about = question.about
    encoded = model.encode(torch.tensor([about.source(question.source)]))
    prefix = [about.index[token] for token in question.prefix]
    tree: Tree | None = None
    if question.mode == "beam":
        tree = decoding.beam(model, encoded, question.beams, prefix)
        line = decoding.line(model, encoded, tree.ids[1:], limit=len(tree.ids) - 1)
    else:
        temperature = question.temperature if question.mode == "sample" else None
        generator = torch.Generator().manual_seed(question.seed)
        line = decoding.line(model, encoded, prefix, temperature, generator)
    decoded = model.decode(encoded, torch.tensor([line.ids[:-1]]))
    source = [*question.source, about.words[2]]
    target = [about.words[i] for i in line.ids]
    seen = Pass(model, encoded, decoded, source, target[:-1], about.words)
    return Decoding(question, encoded, line, tree, seen)


@torch.inference_mode()
def reply(model: Transformer, raw: object) -> dict[str, Any]:
    """The whole answer of a model of the task that the question names."""
    layers, heads = int(model.shape["layers"]), int(model.shape["heads"])
    question = Question.of(raw, layers, heads)
    about = question.about
    made = decode(model, question)
    encoded, line, decoded = made.encoded, made.line, made.seen.decoded
    target = [about.words[i] for i in line.ids]
    truth = about.truth(question.source)
    right = None if truth is None else [*target[1:]] == [*truth[0], about.words[2]]
    crossed = [layer.crossed.attention for layer in decoded.layers if layer.crossed is not None]
    return {
        "task": about.name,
        "text": question.text,
        "source": made.seen.source,
        "target": target,
        "said": texts.join(about, target),
        "ended": line.ended,
        "truth": None
        if truth is None
        else {
            "tokens": [*truth[0], about.words[2]],
            "text": texts.join(about, truth[0]),
            "held_out": truth[1],
        },
        "right": right,
        "steps": _steps(line, len(question.prefix), about.words),
        "encoder": _maps([layer.attended.attention.weights for layer in encoded.layers]),
        "decoder": _maps([layer.attended.attention.weights for layer in decoded.layers]),
        "cross": _maps([found.weights for found in crossed]),
        "teacher": None if truth is None else _teacher(question, model, encoded, truth[0]),
        "beam": None if made.tree is None else _beam(question, model, encoded, made.tree),
        "blocks": names(layers),
        "block": _block(made, layers),
    }


def _steps(line: Line, given: int, words: Sequence[str]) -> list[dict[str, Any]]:
    found = []
    for i, (chosen, chances) in enumerate(zip(line.ids[1:], line.chances, strict=True)):
        top = chances.topk(min(TOP, len(chances)))
        named = zip(top.indices.tolist(), top.values.tolist(), strict=True)
        found.append(
            {
                "token": words[chosen],
                "p": float(chances[chosen]),
                "forced": i < given,
                "top": [{"token": words[index], "p": p} for index, p in named],
                "entropy": float(torch.special.entr(chances).sum()),
            }
        )
    return found


def _teacher(
    question: Question, model: Transformer, encoded: Encoded, truth: Sequence[str]
) -> dict[str, Any]:
    """The model fed the truth before each token, beside the model that goes on by itself."""
    about = question.about
    ids = about.target(truth)
    chances = model.decode(encoded, torch.tensor([ids[:-1]])).logits[0].softmax(-1)
    wanted = torch.tensor(ids[1:])
    says = chances.argmax(-1)
    alone = decoding.line(model, encoded).ids[1:]
    pairs = zip(alone, ids[1:], strict=False)
    return {
        "says": [about.words[i] for i in says.tolist()],
        "p": chances.gather(1, wanted[:, None])[:, 0].tolist(),
        "right": int((says == wanted).sum()),
        "of": len(wanted),
        "greedy": {
            "says": [about.words[i] for i in alone],
            "right": sum(mine == other for mine, other in pairs),
        },
    }


def _beam(question: Question, model: Transformer, encoded: Encoded, tree: Tree) -> dict[str, Any]:
    words = question.about.words
    alone = decoding.line(model, encoded, tree.ids[1 : 1 + len(question.prefix)]).ids
    logp = decoding.log_probability(model, encoded, alone)
    return {
        "width": question.beams,
        "steps": [
            [vars(node) | {"token": words[node.token]} for node in step] for step in tree.steps
        ],
        "best": tree.best,
        "greedy": {"logp": logp, "score": decoding.penalised(logp, len(alone) - 1)},
    }


@dataclass(frozen=True)
class Number:
    """A number of a pass, opened.

    Attributes:
        made: what was decoded.
        rules, trace: of all numbers.
        block: that shows it.
        matrix: of the block, which holds it.
        shown: the number.
    """

    made: Decoding
    rules: Rules
    trace: dict[str, Tensor]
    block: str
    matrix: Matrix
    shown: Opened


@torch.inference_mode()
def number(raw: object) -> Number:
    """The cell that a question opens; without one what the last step reads most of the source.

    Raises:
        ValueError: with a sentence.
        WeightsError: the model cannot be loaded.
    """
    model = network(_task(raw)).model
    layers, heads = int(model.shape["layers"]), int(model.shape["heads"])
    question = Question.of(raw, layers, heads)
    made = decode(model, question)
    declared, trace = rules(made.seen), arrays(made.seen)
    block, cell = question.block, question.cell
    if block is None or cell is None:
        block = f"decoder.{layers - 1}.cross"
        most = trace[f"decoder_{layers - 1}_cross_weights"][question.head, -1].argmax()
        cell = "weights", len(made.seen.target) - 1, int(most)
    shown = matrices(made.seen, trace, Address.of(block, layers), question.head)
    matrix, at = _cell(shown, cell)
    return Number(made, declared, trace, block, matrix, declared.open(trace, at))


def _cell(shown: Sequence[Matrix], cell: tuple[str, int, int]) -> tuple[Matrix, Cell]:
    name, row, column = cell
    matrix = next((matrix for matrix in shown if matrix.name == name), None)
    if matrix is None:
        raise Refusal(mark("This block shows {names}."), names=[matrix.name for matrix in shown])
    rows, columns = matrix.values.shape
    if row >= rows or column >= columns:
        raise Refusal(
            mark("This matrix has {rows} rows and {columns} columns."), rows=rows, columns=columns
        )
    return matrix, matrix.cell(row, column)


def _block(made: Decoding, layers: int) -> dict[str, Any] | None:
    question, seen = made.question, made.seen
    if question.block is None:
        return None
    trace = arrays(seen)
    shown = matrices(seen, trace, Address.of(question.block, layers), question.head)
    opened = None
    if question.cell is not None:
        opened = wire(rules(seen).open(trace, _cell(shown, question.cell)[1]), whole=WHOLE)
    return {
        "name": question.block,
        "head": question.head,
        "matrices": [
            {
                "name": matrix.name,
                "array": matrix.array,
                "before": [] if matrix.head is None else [matrix.head],
                "values": np.ascontiguousarray(matrix.values.numpy()),
                "rows": list(matrix.rows),
                "columns": None if matrix.columns is None else list(matrix.columns),
            }
            for matrix in shown
        ],
        "opened": opened,
    }


def _maps(weights_: list[Tensor]) -> Any:
    """(L, H, T, S) of layers, each (1, H, T, S)."""
    return torch.cat(weights_).numpy()
