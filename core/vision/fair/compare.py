"""Four kinds of network at equal cost, and the ideas of their papers one at a time, trained.

The results go into results.json beside this file. All choices are made on validation digits; the
test set is looked at once for each finished network. Seconds are the CPU time of this thread, so
that whatever else the machine does is not counted.
"""

import json
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from core import catalogue
from core.vision import doubt, measure, mnist
from core.vision.augment import augment
from core.vision.fair.ideas import IDEAS, Idea
from core.vision.fair.scaled import Equal, cost, scaled
from core.vision.mnist import Digits
from core.vision.models import normalise
from core.vision.nets import PLANS, DigitNet, Plan, alexnet, build
from core.vision.shipped.nets import logits
from core.vision.shipped.recipes import as_input

FILE = Path(__file__).with_name("results.json")
FAMILIES: dict[str, Callable[[], Plan]] = {
    **{name: PLANS[name] for name in ("simple", "lenet5", "alexnet", "vgg")},
    "alexnet_plain": lambda: replace(alexnet(), dropout=0.0),
}
COMPARED: dict[Equal, tuple[str, ...]] = {
    "parameters": ("simple", "lenet5", "alexnet", "vgg"),
    "multiply_adds": ("simple", "lenet5", "alexnet", "alexnet_plain", "vgg"),
}
"""At equal multiply-adds AlexNet is so narrow that dropout alone decides: once more without it."""
SEEDS = (1, 2)
RATES = (1e-3, 3e-3, 1e-2)
BUDGETS: dict[Equal, int] = {"parameters": 61_706, "multiply_adds": 416_520}
"""Both are what LeNet-5 costs."""
SECONDS = 10.0
IMAGES, STEPS, BATCH = 10_000, 468, 64
SEEN = 2_000
"""Validation digits behind each point of a curve."""


@dataclass(frozen=True)
class Course:
    """How a network is trained.

    Attributes:
        rate: learning rate.
        steps: batches; 0: as many as fit into `seconds`.
        seconds: of computing; 0: as long as it takes.
        adam: Adam, its rate rising over the first tenth and falling as half a cosine; otherwise
            the notes' SGD with momentum 0.9 at a constant rate.
        changed: each digit changed a little, anew each time.
        points: of the curve.
    """

    rate: float
    steps: int = 0
    seconds: float = 0.0
    adam: bool = True
    changed: bool = False
    points: int = 10


@dataclass
class Curve:
    """What was seen on the way: each list has one value a point, the first before any step."""

    steps: list[int]
    seconds: list[float]
    loss: list[float | None]
    accuracy: list[float]


def train(
    plan: Plan, digits: Digits, validation: Digits, course: Course, seed: int
) -> tuple[DigitNet, Curve]:
    """Train a network; the same seed gives the same bits, unless `course.seconds` cuts it off."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    net = build(plan)
    optimiser: torch.optim.Optimizer = (
        torch.optim.Adam(net.parameters(), lr=course.rate)
        if course.adam
        else torch.optim.SGD(net.parameters(), lr=course.rate, momentum=0.9)
    )
    curve = Curve([0], [0.0], [None], [right(net, validation)])
    spent, total, step, since = 0.0, 0.0, 0, 0
    for x, labels in batches(digits, generator, course.changed):
        began = time.thread_time()
        done = (step + 1) / course.steps if course.steps else min(1.0, spent / course.seconds)
        if course.adam:
            for group in optimiser.param_groups:
                group["lr"] = course.rate * _share(done)
        optimiser.zero_grad()
        loss = cross_entropy(net(x), labels)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        spent += time.thread_time() - began
        total, step, since = total + loss.item(), step + 1, since + 1
        done = step / course.steps if course.steps else spent / course.seconds
        if done * course.points >= len(curve.steps):
            curve.steps.append(step)
            curve.seconds.append(round(spent, 3))
            curve.loss.append(round(total / since, 4))
            curve.accuracy.append(right(net, validation))
            total, since = 0.0, 0
        if done >= 1:
            break
    return net.eval(), curve


def batches(
    digits: Digits, generator: torch.Generator, changed: bool
) -> Iterator[tuple[Tensor, Tensor]]:
    """Shuffled batches without end, normalised."""
    while True:
        for index in torch.split(torch.randperm(len(digits), generator=generator), BATCH):
            if len(index) < min(BATCH, len(digits)):
                break
            batch = digits[index]
            x = batch.images[:, None].float() / 255
            yield normalise(augment(x, generator) if changed else x), batch.labels


@torch.no_grad()
def right(net: nn.Module, digits: Digits) -> float:
    """The share of right answers, without dropout; the network goes on as it was."""
    net.eval()
    predicted = torch.cat(
        [net(as_input(part)).argmax(1) for part in torch.split(digits.images, 500)]
    )
    net.train()
    return round((predicted == digits.labels).double().mean().item(), 5)


def _share(done: float) -> float:
    return done / 0.1 if done < 0.1 else (1 + math.cos(math.pi * (done - 0.1) / 0.9)) / 2


def about(plan: Plan) -> dict[str, Any]:
    """A plan and its cost, as plain values."""
    return {"plan": asdict(plan), **asdict(cost(plan))}


def plan_of(net: Mapping[str, Any]) -> Plan:
    """The plan in what `about` gives, also after a way through JSON, which knows no tuples."""
    return Plan(**{**net["plan"], "layers": tuple(net["plan"]["layers"])})


def tested(net: DigitNet) -> dict[str, Any]:
    """Accuracy with its interval, and calibration, on the test set."""
    test = mnist.load("test")
    logits_ = logits(net, test.images)
    error = doubt.calibration_error(doubt.bins(torch.softmax(logits_, 1), test.labels))
    return {**measure.score(logits_, test), "calibration_error": round(error, 5)}


def equal_cost(
    equal: Equal,
    families: Sequence[str],
    digits: Digits,
    validation: Digits,
    report: Callable[[str], None],
) -> list[dict[str, Any]]:
    """Each family as wide as the budget allows, at the best of three rates."""
    nets = []
    for family in families:
        plan = scaled(FAMILIES[family](), equal, BUDGETS[equal])

        def fit(rate: float, seed: int, plan: Plan = plan) -> tuple[DigitNet, Curve]:
            return train(plan, digits, validation, Course(rate, STEPS, points=1), seed)

        chosen = max(RATES, key=lambda rate: fit(rate, SEEDS[0])[1].accuracy[-1])
        runs = []
        for seed in SEEDS:
            net, curve = fit(chosen, seed)
            runs.append({"seed": seed, "seconds": curve.seconds[-1], **tested(net)})
        nets.append({"family": family, **about(plan), "rate": chosen, "runs": runs})
        report(f"{equal} {family}: {[run['accuracy'] for run in runs]} at {chosen}")
    return nets


def equal_seconds(
    nets: list[dict[str, Any]], digits: Digits, validation: Digits, report: Callable[[str], None]
) -> list[dict[str, Any]]:
    """The networks of equal parameters once more, each for the same seconds of computing."""
    compared = []
    for net in nets:
        plan = plan_of(net)
        course = Course(net["rate"], seconds=SECONDS)
        runs = []
        for seed in SEEDS:
            trained, curve = train(plan, digits, validation, course, seed)
            runs.append({"seed": seed, "curve": asdict(curve), **tested(trained)})
        compared.append({**net, "runs": runs})
        report(f"seconds {net['family']}: {[run['accuracy'] for run in runs]}")
    return compared


def tried(
    idea: Idea, digits: Digits, validation: Digits, report: Callable[[str], None]
) -> dict[str, Any]:
    """One idea: every variant trained alike, by the notes' recipe."""
    variants = []
    for variant in idea.variants:
        course = Course(
            0.01, idea.steps, adam=False, changed=variant.changed, points=min(12, idea.steps)
        )
        runs = []
        for seed in SEEDS:
            net, curve = train(variant.plan, digits[: idea.images], validation, course, seed)
            runs.append({"seed": seed, "curve": asdict(curve), **tested(net)})
        variants.append({"name": variant.name, **about(variant.plan), "runs": runs})
        report(f"{idea.name} {variant.name}: {[run['accuracy'] for run in runs]}")
    return {"images": idea.images, "steps": idea.steps, "variants": variants}


def main() -> None:
    """Train all of it, and write the file."""
    torch.set_num_threads(1)
    learning, validation = mnist.split()
    validation = validation[:SEEN]
    began = time.process_time()

    def report(line: str) -> None:
        print(f"{time.process_time() - began:6.0f} s  {line}", flush=True)

    card = {
        "data": mnist.LICENCE,
        "command": catalogue.command("fair_results"),
        "seeds": SEEDS,
        "images": IMAGES,
        "steps": STEPS,
        "batch": BATCH,
        "learning rates tried": RATES,
        "chosen on": f"{SEEN:,} validation digits",
        "seconds are": "CPU time of one thread, on a shared machine",
        "versions": {package: version(package) for package in ("torch", "numpy")},
    }
    results: dict[str, Any] = {"card": card, "equal": {}, "ideas": {}}
    some = learning[:IMAGES]
    for name, budget in BUDGETS.items():
        nets = equal_cost(name, COMPARED[name], some, validation, report)
        results["equal"][name] = {"budget": budget, "nets": nets}
    for idea in IDEAS:
        results["ideas"][idea.name] = tried(idea, learning, validation, report)
        FILE.write_text(json.dumps(results) + "\n", encoding="utf-8")  # what is done is kept
    nets = equal_seconds(results["equal"]["parameters"]["nets"], learning, validation, report)
    results["equal"]["seconds"] = {"budget": SECONDS, "nets": nets}
    FILE.write_text(json.dumps(results) + "\n", encoding="utf-8")
    report("written")
