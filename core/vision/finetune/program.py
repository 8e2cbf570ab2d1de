"""The runnable program of a fine-tuning: the same network, drawings and steps, in plain torch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PROGRAM = '''"""{name} goes on with {count} drawings, {share:.0%} rehearsal, seed {seed}.

Run it in the folder of Forward Pass.
"""

import base64

import torch
from torch.nn.functional import cross_entropy

from core.vision.finetune.job import network
from core.vision.finetune.data import old
from core.vision.models import normalise

STEPS, BATCH, AGAIN, SEED = {steps}, 32, {again}, {seed}
RATES = {rates!r}  # (from this step on, learning rate)
DRAWN = [  # the digit that is meant, and its 28 x 28 bytes of ink
{drawings}
]
torch.set_num_threads(1)

labels = torch.tensor([label for label, _ in DRAWN])
ink = b"".join(base64.urlsafe_b64decode(text + "==") for _, text in DRAWN)
images = torch.frombuffer(bytearray(ink), dtype=torch.uint8).view(-1, 1, 28, 28)
images = normalise(images.float() / 255)
held = torch.zeros(len(labels), dtype=torch.bool)  # never learned from
if len(labels) >= 10:
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(SEED))
    held[order[: round(len(labels) / 4)]] = True
again, judged = old({data!r})  # to rehearse, and to measure forgetting on
judge = images[held] if held.any() else images, labels[held] if held.any() else labels
old_judge = normalise(judged.images[:, None].float() / 255), judged.labels

net = network({weights!r})  # models/{weights}.safetensors
learning = list(({learning}).parameters())
for p in learning:
    p.requires_grad_(True)


def right(pictures, labels):
    with torch.no_grad():
        return (net(pictures).argmax(1) == labels).float().mean().item()


print(f"before: new {{right(*judge):.3f}}, old {{right(*old_judge):.3f}}")
for step in range(STEPS):
    generator = torch.Generator().manual_seed(SEED * 1_000_003 + step)
    new = torch.randint(int((~held).sum()), (BATCH - AGAIN,), generator=generator)
    x, y = images[~held][new], labels[~held][new]
    if AGAIN:
        i = torch.randint(len(again), (AGAIN,), generator=generator)
        x = torch.cat([x, normalise(again.images[i][:, None].float() / 255)])
        y = torch.cat([y, again.labels[i]])
    loss = cross_entropy(net(x), y)
    rate = [rate for begin, rate in RATES if begin <= step][-1]
    with torch.no_grad():
        for p, gradient in zip(learning, torch.autograd.grad(loss, learning)):
            p.sub_(gradient, alpha=rate)
print(f"after: new {{right(*judge):.3f}}, old {{right(*old_judge):.3f}}")
'''


def source(config: Mapping[str, Any], weights: str, rates: tuple[tuple[int, float], ...]) -> str:
    """A program that repeats the run and prints both accuracies, before and after.

    Args:
        config: as plain JSON.
        weights: name of the shipped network.
        rates: (step, learning rate) changes.
    """
    return _PROGRAM.format(
        name=weights,
        count=len(config["drawings"]),
        share=config["rehearsal"],
        seed=config["seed"],
        steps=config["steps"],
        again=round(32 * config["rehearsal"]),
        rates=list(rates),
        drawings="\n".join(f'    ({label}, "{ink}"),' for label, ink in config["drawings"]),
        data=config["data"],
        weights=weights,
        learning="net.logits" if config["frozen"] == "body" else "net",
    )
