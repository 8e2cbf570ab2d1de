"""PyTorch to take away: for the picture on the screen, and for a run of the job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.attention.trained.live import MODELS, Number, Question, network
from core.attention.trained.rules import weights
from core.attention.trained.words import INDEX, NOUNS
from core.opened import whole_program

_PICTURE = '''"""{sentence}

Who attends to whom, and who "it" is. Run it in the folder of Forward Pass; it needs torch and
safetensors.
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

from core.attention.trained.job import JOB
from core.training.record import record

torch.set_num_threads(1)
config = {config}
recording = record(JOB, JOB.read(config), rates={rates})
for name, value in recording.saved[-1].marks.items():
    print(f"{{name}}: {{value:.4f}}")
'''


def picture(question: Question) -> str:
    """A program that computes the maps and the answer of a question with a shipped model."""
    shape = network(question.model).model.shape
    words = question.words
    layer, head = question.cell[:2] if question.cell else question.head or (shape["layers"] - 1, 0)
    cuts = [
        f"keep[{_place((cut.layer, cut.head, cut.source, cut.target))}] = False"
        for cut in question.cuts
    ]
    nouns = {word: INDEX[word] for word in words if word in NOUNS}
    answer = ""
    if question.at is not None and nouns:
        answer = _ANSWER.format(at=question.at, nouns=nouns)
    return _PICTURE.format(
        sentence=" ".join(words),
        words=list(words),
        ids=[INDEX[word] for word in words],
        file=MODELS[question.model],
        layers=shape["layers"],
        heads=shape["heads"],
        width=shape["width"],
        cuts="".join(f"{line}\n" for line in cuts),
        softmax=_GROWN if question.renormalise else _ZEROED,
        layer=layer,
        head=head,
        answer=answer,
    )


def number(found: Number, question: Question) -> str:
    """A program that computes one weight all the way from the words, and prints it."""
    words = question.words
    given = {
        name: [f"{name} = {weight.read('')}"]
        for name, weight in weights(network(question.model).model).items()
    }
    given["ids"] = [f"ids = torch.tensor({found.trace['ids'].tolist()})  # {' '.join(words)}"]
    shape = network(question.model).model.shape
    every = f"torch.ones({shape['heads']}, {len(words)}, {len(words)}, dtype=torch.bool)"
    for layer in range(shape["layers"]):
        kept = f"layer_{layer}_kept"
        given[kept] = [f"{kept} = {every}"] + [
            f"{kept}[{_place((cut.head, cut.source, cut.target))}] = False  # cut"
            for cut in question.cuts
            if cut.layer in (None, layer)
        ]
        allowed = f"layer_{layer}_allowed"
        hides = bool(question.cuts) and question.renormalise
        given[allowed] = [f"{allowed} = {kept if hides else every}"]
        if hides:
            given[allowed] = [*given[kept], *given[allowed]]
            given[kept] = []  # it stands there already
    file = f"models/{MODELS[question.model]}.safetensors"
    imports = [
        "from safetensors.torch import load_file",
        "",
        f'w = {{name: tensor.float() for name, tensor in load_file("{file}").items()}}',
    ]
    note = "Run it in the folder of Forward Pass."
    shown = found.open()
    return whole_program(found.rules, found.trace, shown, imports=imports, given=given, note=note)


def _place(places: Sequence[int | None]) -> str:
    return ", ".join(":" if place is None else str(place) for place in places)


def run(config: dict[str, Any], rates: tuple[tuple[int, float], ...]) -> str:
    """A program that repeats a run of the job "it"."""
    return _RUN.format(config=config, rates=rates)
