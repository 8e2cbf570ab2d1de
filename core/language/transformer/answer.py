"""The answer to a question of the page, as JSON: a text, decoded, with every step of it.

The decoder reads only what is before, so one pass over the whole answer holds every step of
decoding: row t of each map is what was read when token t + 1 was chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
import torch
from torch import Tensor

from core.language.transformer import decoding, numbers, texts
from core.language.transformer.decode import Decoding, decode
from core.language.transformer.decoding import Tree
from core.language.transformer.model import Transformer
from core.language.transformer.networks import network
from core.language.transformer.question import DecodingQuestion
from core.language.transformer.tasks import END, TASKS, task
from core.language.transformer.views import names
from core.schema import Refusal, mark

MAX_BYTES = 8 * 1024
"""Longest question in bytes: the longest text and prefix, with room to spare."""
TOP = 8
"""Candidates of a step that are named."""


def warm() -> None:
    """Load every model and run each path once: first calls are slow."""
    for name in TASKS:
        question = {"task": name, "text": task(name).examples[0], "block": "decoder.0.cross"}
        for mode in ("greedy", "beam"):
            answer(question | {"mode": mode})


def answer(raw: object) -> bytes:
    """Ask the shipped model of the task that the question names: JSON.

    >>> answer({"task": "sort", "text": "3 1 2"})[:44]
    b'{"task":"sort","text":"3 1 2","source":["3",'

    Raises:
        Refusal: the question makes no sense.
        WeightsError: the model cannot be loaded.
    """
    question = DecodingQuestion.read(raw)
    fields = reply(network(question.task).model, question)
    return orjson.dumps(fields, option=orjson.OPT_SERIALIZE_NUMPY)


def answer_run(model: Transformer, name: str, text: str) -> dict[str, Any]:
    """Ask a model that was trained for a task; the question as JSON text.

    Raises:
        Refusal: the question makes no sense, or is about another task.
    """
    try:
        question = DecodingQuestion.read(orjson.loads(text))
    except orjson.JSONDecodeError:
        raise Refusal(mark("The question is not valid JSON.")) from None
    if question.task != name:
        raise Refusal(mark("This network has learned another task."))
    return reply(model, question)


@torch.inference_mode()
def reply(model: Transformer, question: DecodingQuestion) -> dict[str, Any]:
    """The whole answer of a model of the task that the question names.

    Raises:
        Refusal: the model has no such block, head or number.
    """
    layers, heads = int(model.shape["layers"]), int(model.shape["heads"])
    question.fitting(layers, heads)
    about = question.about
    decoding = decode(model, question)
    target, decoded = decoding.target, decoding.seen.decoded
    truth = about.truth(question.source)
    crossed = [layer.crossed.attention for layer in decoded.layers if layer.crossed is not None]
    return {
        "task": about.name,
        "text": question.text.strip(),
        "source": decoding.seen.source,
        "target": target,
        "said": texts.join(about, target),
        "ended": decoding.line.ended,
        "truth": None
        if truth is None
        else {
            "tokens": [*truth[0], about.words[END]],
            "text": texts.join(about, truth[0]),
            "held_out": truth[1],
        },
        "right": None if truth is None else target[1:] == [*truth[0], about.words[END]],
        "steps": _steps(decoding),
        "decoder": _maps([layer.attended.attention.weights for layer in decoded.layers]),
        "cross": _maps([attended.weights for attended in crossed]),
        "teacher": None if truth is None else _teacher(decoding, truth[0]),
        "beam": None if decoding.tree is None else _beam(decoding, decoding.tree),
        "blocks": names(layers),
        "block": numbers.block(decoding, layers),
    }


def _steps(decoding: Decoding) -> list[dict[str, Any]]:
    steps, words = [], decoding.question.about.words
    line = decoding.line
    for i, (chosen, chances, uncut) in enumerate(
        zip(line.ids[1:], line.chances, line.uncut, strict=True)
    ):
        top = uncut.topk(min(TOP, len(uncut)))
        named = zip(top.indices.tolist(), top.values.tolist(), strict=True)
        steps.append(
            {
                "token": words[chosen],
                "p": float(chances[chosen]),
                "forced": i < decoding.given,
                "top": [_candidate(words, index, p, float(chances[index])) for index, p in named],
            }
        )
    return steps


def _candidate(words: Sequence[str], index: int, p: float, share: float) -> dict[str, Any]:
    """A token that could be chosen: what it was drawn with, or would have been without the cut."""
    cut = share == 0 < p
    return {"token": words[index], "id": index, "p": p if cut else share, "cut": cut}


def _teacher(decoding: Decoding, truth: Sequence[str]) -> dict[str, Any]:
    """The model fed the truth before each token, beside the model that goes on by itself."""
    about = decoding.question.about
    ids = about.target(truth)
    logits = decoding.model.decode(decoding.encoded, torch.tensor([ids[:-1]])).logits[0]
    fed, alone = logits.argmax(-1).tolist(), decoding.alone(0).ids[1:]

    def compared(predicted: list[int]) -> dict[str, Any]:
        right = sum(one == other for one, other in zip(predicted, ids[1:], strict=False))
        return {"says": [about.words[i] for i in predicted], "right": right}

    return compared(fed) | {"greedy": compared(alone)}


def _beam(decoded: Decoding, tree: Tree) -> dict[str, Any]:
    words, alone = decoded.question.about.words, decoded.alone(decoded.given)
    length = len(alone.chances)
    return {
        "steps": [
            [vars(node) | {"token": words[node.token]} for node in step] for step in tree.steps
        ],
        "best": tree.best,
        "greedy": {"score": decoding.penalised(alone.logp, length), "length": length},
    }


def _maps(weights: list[Tensor]) -> Any:
    """(L, H, T, S) of layers, each (1, H, T, S)."""
    return torch.cat(weights).numpy()
