"""PyTorch for what is on screen: a number, a translation with torch's own layers, a whole run."""

from __future__ import annotations

from typing import Any

from core.attention.layer_rules import weights as layer_weights
from core.language.transformer import texts
from core.language.transformer.networks import network
from core.language.transformer.numbers import Number
from core.language.transformer.tasks import LONGEST, task
from core.language.transformer.trace import STACKS
from core.opened import whole_program
from core.portable import HERE

_PICTURE = '''"""Decodes greedily with a shipped model, in torch's own nn.Transformer.

Run it in the folder of Forward Pass.
"""

import math

import torch
from safetensors.torch import load_file
from torch import nn

words = {words}
source = {source}  # ends with <end>
w = {{name: tensor.float() for name, tensor in load_file("models/{file}").items()}}
width = {width}
embedding = w.pop("embedding.weight")

# attention, positions and all else as in the paper: the normalisation behind, none at the end
net = nn.Transformer(width, {heads}, {layers}, {layers}, {inner}, dropout=0.0, batch_first=True)
net.encoder.norm = net.decoder.norm = None
names = {{}}
for name in w:
    new = name.replace(".attention.inward.", ".self_attn.in_proj_")
    new = new.replace(".attention.output.", ".self_attn.out_proj.")
    new = new.replace(".cross.inward.", ".multihead_attn.in_proj_")
    new = new.replace(".cross.output.", ".multihead_attn.out_proj.")
    if name.startswith("encoder."):
        new = new.replace("norm3", "norm2")
    stack, layer, rest = new.split(".", 2)
    names[f"{{stack}}.layers.{{layer}}.{{rest}}"] = w[name]
net.load_state_dict(names)
net.eval()


def embed(ids):
    at = torch.arange(len(ids), dtype=torch.float32)[:, None]
    angle = at * torch.exp(torch.arange(0, width, 2) * (-math.log(10_000.0) / width))
    positions = torch.stack([angle.sin(), angle.cos()], -1).flatten(1)
    return (embedding[torch.tensor(ids)] * math.sqrt(width) + positions)[None]


with torch.no_grad():
    memory = net.encoder(embed([words.index(token) for token in source]))
    target = [words.index(token) for token in {begin}]
    while words[target[-1]] != "<end>" and len(target) <= {limit}:
        mask = nn.Transformer.generate_square_subsequent_mask(len(target))
        out = net.decoder(embed(target), memory, tgt_mask=mask)
        chances = (out[0, -1] @ embedding.T).softmax(-1)
        target.append(int(chances.argmax()))
        print(f"{{words[target[-1]]}}  {{chances.max():.6f}}")
print(" ".join(words[i] for i in target))
'''

_RUN = '''"""Repeats a training of the encoder-decoder transformer, bit by bit on the same machine.

Run it in the folder of Forward Pass.
"""

import torch

from core.language.transformer.job import JOB
from core.training.record import record

torch.set_num_threads(1)
config = {config}
recording = record(JOB, JOB.read(config), rates={rates})
for name, value in recording.saved[-1].marks.items():
    print(f"{{name}}: {{value:.4f}}")
'''


def picture(name: str, text: str, prefix: tuple[str, ...] = ()) -> str:
    """A program that decodes a text with the shipped model of a task.

    Args:
        name: of the task.
        text: as it is typed.
        prefix: tokens behind <start> that are given.

    Raises:
        ValueError: the text cannot be read.
        WeightsError: the model cannot be loaded.
    """
    about = task(name)
    shape = network(name).model.shape
    return _PICTURE.format(
        words=list(about.words),
        source=[*texts.read(about, text), about.words[2]],
        file=_file(name),
        begin=[about.words[1], *prefix],
        limit=LONGEST,
        **{key: shape[key] for key in ("width", "heads", "layers", "inner")},
    )


def number(number: Number) -> str:
    """A program that computes one number all the way from the tokens, and prints it."""
    seen, trace = number.block.seen, number.block.trace
    given = {"table": ['table = w["embedding.weight"]']}
    for stack in STACKS:
        ids = trace[f"{stack}_ids"].tolist()
        given[f"{stack}_ids"] = [
            f"{stack}_ids = torch.tensor({ids})  # {' '.join(seen.rows(stack))}"
        ]
        for name, layer, _ in seen.layers(stack):
            before = f"{name.replace('_', '.')}."
            for array, weight in layer_weights(name, layer).items():
                given[array] = [f"{array} = {weight.read(before)}"]
    for name in ("encoder_allowed", "decoder_allowed", "memory_allowed"):
        rows, columns = trace[name].shape
        only = ".tril()" if name == "decoder_allowed" and seen.model.masked else ""
        given[name] = [f"{name} = torch.ones({rows}, {columns}, dtype=torch.bool){only}"]
    count, following = len(seen.following), list(seen.following)
    given |= {
        "taken": [f"taken = torch.eye({len(seen.words)})[{following}]  # the tokens chosen"],
        "before": [f"before = torch.ones({count}, {count}).tril()"],
        "length": [f"length = (5 + torch.arange(1, {count + 1})) / 6"],
    }
    file = f"models/{_file(number.block.task)}"
    imports = [
        "from safetensors.torch import load_file",
        "",
        f'w = {{name: tensor.float() for name, tensor in load_file("{file}").items()}}',
    ]
    return whole_program(number.rules, trace, number.shown, imports=imports, given=given, note=HERE)


def _file(name: str) -> str:
    return f"transformer_{name.replace('-', '_')}.safetensors"


def run(config: dict[str, Any], rates: tuple[tuple[int, float], ...]) -> str:
    """A program that repeats a run of the job "translate"."""
    return _RUN.format(config=config, rates=rates)
