"""PyTorch to take away: for the picture on the screen, and for a run of the job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.attention.trained import ranking
from core.attention.trained.model import ItModel
from core.attention.trained.numbers import Numbers, Pass
from core.attention.trained.question import ReferentQuestion
from core.attention.trained.rules import weights
from core.attention.trained.sentences.reading import written
from core.attention.trained.shipped import file as file_of
from core.attention.trained.shipped import network
from core.opened import Opened, program, whole_program
from core.portable import HERE

_PICTURE = '''"""{sentence}

Who attends to whom, and who "{it}" is. Run it in the folder of Forward Pass.
"""

import math

import torch
from safetensors.torch import load_file
from torch.nn.functional import layer_norm, linear, relu

words = {words}
ids = torch.tensor({ids})
w = {{name: t.float() for name, t in load_file("models/{file}.safetensors").items()}}
layers, heads, width = {layers}, {heads}, {width}
keep = torch.ones(layers, heads, len(words), len(words), dtype=torch.bool)
{cuts}

def dense(name, x):
    return linear(x, w[name + ".weight"], w[name + ".bias"])


def norm(name, x):
    return layer_norm(x, (width,), w[name + ".weight"], w[name + ".bias"])


def split(x):  # (T, D) -> (H, T, E)
    return x.view(len(words), heads, -1).transpose(0, 1)


at = torch.arange(len(words))[:, None]
rate = torch.exp(torch.arange(0, width, 2) * (-math.log(10_000) / width))
positions = torch.stack([(at * rate).sin(), (at * rate).cos()], -1).flatten(1)
x = w["embedding.weight"][ids] * math.sqrt(width) + positions  # (T, D)
maps = []
for layer in range(layers):
    name = f"layers.{{layer}}."
    normed = norm(name + "norm1", x)
    q = split(dense(name + "attention.query", normed))
    k = split(dense(name + "attention.key", normed))
    v = split(dense(name + "attention.value", normed))
    scores = q @ k.transpose(1, 2) / math.sqrt(width / heads)  # (H, T, T)
{softmax}
    maps.append(weights)
    mixed = (weights @ v).transpose(0, 1).flatten(1)  # (T, D)
    x = x + dense(name + "attention.output", mixed)
    x = x + dense(name + "linear2", relu(dense(name + "linear1", norm(name + "norm2", x))))

layer, head = {layer}, {head}
print(f"layer {{layer + 1}}, head {{head + 1}}: how much each word reads of each word")
for word, row in zip(words, maps[layer][head]):
    print(f"{{word:>12}} ", " ".join(f"{{weight:.3f}}" for weight in row.tolist()))
{answer}'''

_GROWN = """    weights = scores.masked_fill(~keep[layer], -math.inf).softmax(-1).nan_to_num()"""
_ZEROED = """    weights = scores.softmax(-1) * keep[layer]"""

_ANSWER = """
chances = (norm("norm", x[{at}]) @ w["embedding.weight"].T).softmax(-1)
for word, index in {nouns}.items():
    print(f"{{words[{at}]}} is the {{word}}: {{chances[index]:.4f}}")
"""

_RUN = '''"""Repeats a training of the model that resolves "it", bit by bit on the same machine.

Run it in the folder of Forward Pass.
"""

import torch

from core.attention.trained.training.job import JOB
from core.training.record import record

torch.set_num_threads(1)
config = {config}
recording = record(JOB, JOB.read(config), rates={rates})
for name, value in recording.saved[-1].marks.items():
    print(f"{{name}}: {{value:.4f}}")
'''


def picture(question: ReferentQuestion) -> str:
    """A program that computes the maps and the answer of a question with a shipped model."""
    model = network(question.model, question.language).model
    shape, vocabulary = model.shape, model.vocabulary
    words, at = question.words, question.referring
    layer, head = question.cell[:2] if question.cell else question.head or (shape["layers"] - 1, 0)
    cuts = [f"keep[{_place(cut.place)}] = False\n" for cut in question.cuts]
    nouns = {word: vocabulary.index[word] for word in words if word in vocabulary.nouns}
    return _PICTURE.format(
        sentence=written(words, question.language),
        it=vocabulary.it,
        words=list(words),
        ids=[vocabulary.index[word] for word in words],
        file=file_of(question.model, question.language),
        layers=shape["layers"],
        heads=shape["heads"],
        width=shape["width"],
        cuts="".join(cuts),
        softmax=_GROWN if question.renormalise else _ZEROED,
        layer=layer,
        head=head,
        answer=_ANSWER.format(at=at, nouns=nouns) if at is not None and nouns else "",
    )


def number(numbers: Numbers, shown: Opened, question: ReferentQuestion) -> str:
    """A program that computes one number all the way from the words, and prints it.

    A share of held-out sentences it computes from the sentences.
    """
    if shown.cell.array in ranking.ARRAYS:
        return program(shown)
    model = network(question.model, question.language).model
    given: dict[str, list[str]] = {}
    for each in numbers.passes:
        ids = numbers.trace[each.ids].tolist()
        given[each.ids] = [f"{each.ids} = torch.tensor({ids})  # {' '.join(each.words)}"]
        given |= _given(model, each)
    file = f"models/{file_of(question.model, question.language)}.safetensors"
    imports = [
        "from safetensors.torch import load_file",
        "",
        f'w = {{name: tensor.float() for name, tensor in load_file("{file}").items()}}',
    ]
    rules, trace = numbers.rules, numbers.trace
    return whole_program(rules, trace, shown, imports=imports, given=given, note=HERE)


def _given(model: ItModel, each: Pass) -> dict[str, list[str]]:
    """How a pass gets its weights, and which connections are cut in it."""
    prefix, shape, count = each.prefix, model.shape, len(each.words)
    given = {
        name: [f"{name} = {weight.read('')}"] for name, weight in weights(model, prefix).items()
    }
    given[f"{prefix}identity"] = [f"{prefix}identity = torch.eye({count})"]
    every = f"torch.ones({shape['heads']}, {count}, {count}, dtype=torch.bool)"
    for layer in range(shape["layers"]):
        kept, allowed = (f"{prefix}layer_{layer}_{name}" for name in ("kept", "allowed"))
        given[kept] = [f"{kept} = {every}"] + [
            f"{kept}[{_place(cut.place[1:])}] = False  # cut"
            for cut in each.cuts
            if cut.layer in (None, layer)
        ]
        if each.cuts and each.renormalise:
            given[allowed] = [*given[kept], f"{allowed} = {kept}"]
            given[kept] = []  # it stands there already
        else:
            given[allowed] = [f"{allowed} = {every}"]
    return given


def _place(places: Sequence[int | None]) -> str:
    return ", ".join(":" if place is None else str(place) for place in places)


def run(config: dict[str, Any], rates: tuple[tuple[int, float], ...]) -> str:
    """A program that repeats a run of the job "it"."""
    return _RUN.format(config=config, rates=rates)
