"""Train the LSTM that reads strokes: people's digits in several moods, and generated ones.

Chosen on writers kept out (`core.vision.shipped.writers_out`).
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, dropout

from core import catalogue, weights
from core.vision import doubt, measure
from core.vision.hand import digit, people
from core.vision.hand.mood import varied
from core.vision.hand.people import People
from core.vision.shipped.fitting import follow, forever, halved, share
from core.vision.strokes.path import path
from core.vision.strokes.reader import NAME, StrokeReader, padded

SEED = 1
MOODS, GENERATED = 8, 40_000
_MOODS_SEED, _GENERATED_SEED, _VALIDATION_SEED = 15, 16, 17
VALIDATION = 5_000


@dataclass(frozen=True)
class Recipe:
    """How it is trained: AdamW, the rate as in `fitting.share`.

    Attributes:
        steps: of gradient descent.
        batch: people's digits and generated ones in one step.
        rate: highest learning rate.
        decay: weight decay.
        dropout: share of the last hidden state that is left out in each step.
        clip: largest norm of a gradient.
        average: what is kept averages about 1 / (1 - average) steps.
    """

    steps: int = 2_500
    batch: tuple[int, int] = (96, 32)
    rate: float = 4e-3
    decay: float = 1e-3
    dropout: float = 0.2
    clip: float = 1.0
    average: float = 0.998


@dataclass(frozen=True)
class Paths:
    """N paths: points (N, MOST, 5), lengths (N,), labels (N,)."""

    points: Tensor
    lengths: Tensor
    labels: Tensor

    def __getitem__(self, index: Tensor) -> Paths:
        return Paths(self.points[index], self.lengths[index], self.labels[index])


def written(who: People) -> Paths:
    """People's digits as they are."""
    return Paths(*padded([path(one) for one in who.drawings]), torch.from_numpy(who.labels))


def moods(who: People) -> Paths:
    """People's digits as they are and in MOODS moods each."""
    drawings = list(who.drawings)
    for mood in range(MOODS):
        r = np.random.default_rng((_MOODS_SEED, mood))
        drawings += [varied(one, r) for one in who.drawings]
    labels = torch.from_numpy(who.labels).repeat(MOODS + 1)
    return Paths(*padded([path(one) for one in drawings]), labels)


@cache
def generated(count: int, seed: int, held_out: bool = False) -> Paths:
    """Generated digits; held out: in styles that no training sees."""
    r = np.random.default_rng((seed, held_out))
    labels = torch.arange(count) % 10
    paths = [path(digit(label, r, held_out=held_out)) for label in labels.tolist()]
    return Paths(*padded(paths), labels)


def fit(
    people_: Paths,
    others: Paths,
    seed: int,
    recipe: Recipe = Recipe(),
    report: Callable[[str], None] = print,
    steps: int | None = None,
) -> StrokeReader:
    """Train; the average of the steps. With one thread the result is bit for bit the same.

    Args:
        people_: what people wrote.
        others: generated digits.
        seed: of first weights, order and dropout.
        recipe: see there.
        report: gets a line every 500 steps.
        steps: so many only.
    """
    torch.manual_seed(seed)
    reader = StrokeReader()
    hidden = reader.lstm.hidden_size
    with torch.no_grad():  # remember first, forget when it pays (Jozefowicz et al. 2015)
        reader.lstm.get_parameter("bias_ih_l0")[hidden : 2 * hidden] = 1.0
    average = deepcopy(reader).requires_grad_(False)
    optimiser = torch.optim.AdamW(reader.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    order = torch.Generator().manual_seed(seed)
    feeds = [
        forever(len(part.labels), size, order)
        for part, size in zip((people_, others), recipe.batch, strict=True)
    ]
    total = 0.0
    for step in range(1, (steps or recipe.steps) + 1):
        a, b = people_[next(feeds[0])], others[next(feeds[1])]
        lengths = torch.cat([a.lengths, b.lengths])
        points = torch.cat([a.points, b.points])[:, : int(lengths.max())]
        for group in optimiser.param_groups:
            group["lr"] = recipe.rate * share(step / recipe.steps)
        optimiser.zero_grad()
        states, _ = reader.lstm(points)
        last = dropout(states[torch.arange(len(points)), lengths - 1], recipe.dropout)
        loss = cross_entropy(reader.fc(last), torch.cat([a.labels, b.labels]))
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(reader.parameters(), recipe.clip)
        optimiser.step()
        follow(average, reader, min(recipe.average, step / (step + 10)))
        total += loss.item()
        if step % 500 == 0:
            report(f"step {step}/{recipe.steps}: loss {total / 500:.4f}")
            total = 0.0
    return average.eval()


@torch.no_grad()
def logits(reader: StrokeReader, paths: Paths) -> Tensor:
    """(N, 10)."""
    parts = zip(torch.split(paths.points, 500), torch.split(paths.lengths, 500), strict=True)
    return torch.cat([reader(points, lengths) for points, lengths in parts])


def made(who: People) -> StrokeReader:
    """The reader as it becomes where those people's digits are known; its softmax is calibrated.

    The temperature is fitted on generated digits that it did not learn from, and divides the last
    layer. (Those in styles kept apart would make it doubt what people write far too much.)
    """
    reader = fit(moods(who), generated(GENERATED, _GENERATED_SEED), SEED)
    others = generated(VALIDATION, _VALIDATION_SEED)
    temperature = doubt.fit_temperature(logits(reader, others), others.labels)
    with torch.no_grad():
        for parameter in reader.fc.parameters():
            parameter.div_(temperature)
    return halved(reader)


def train() -> None:
    """Train on the hands of all 30 writers, measure, and write the weights with their card."""
    torch.set_num_threads(1)
    reader = made(people.load())
    told = {"strokes": False, "strokes_unseen_styles": True}
    scores = {}
    for name, held in told.items():
        drawn = generated(measure.COUNT, measure.STROKES_SEED, held)
        scores[name] = measure.share(logits(reader, drawn).argmax(1) == drawn.labels)
    card: weights.Card = {
        "architecture": "StrokeReader",
        "data": people.LICENCE,
        "recipe": {
            "name": "strokes, point after point",
            "optimiser": "AdamW, half a cosine; the first bias of the forget gate is 1",
            "trained on": f"{people.WRITTEN}, as they are and in {MOODS} moods each; "
            f"{GENERATED:,} generated digits",
            "temperature": f"fitted on {VALIDATION:,} other generated digits; it is in fc",
            **asdict(Recipe()),
        },
        "seed": SEED,
        "command": catalogue.command(NAME),
        "versions": {package: version(package) for package in ("torch", "numpy", "safetensors")},
        "parameters": sum(parameter.numel() for parameter in reader.parameters()),
        "scores": scores,
    }
    weights.save(NAME, {name: t.half() for name, t in reader.state_dict().items()}, card)
    print(f"wrote {NAME}: {scores}")
