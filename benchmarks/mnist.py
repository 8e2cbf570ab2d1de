"""Training on MNIST: how fast, how good, what the engine costs, and how soon an edit is judged.

The notes' program is run as it is written, with torchvision's dataset, its transforms and loader,
and all threads that torch takes; ours as in the engine's workers, one thread for each product. What
is compared is measured in turn, block by block, so that a machine that slows down slows both.
"""

from __future__ import annotations

import itertools
import json
import statistics
import time
from collections.abc import Iterator

import torch
from safetensors.torch import save
from torch import nn

from benchmarks.figures import Figure, Unmeasured, Values, measures
from benchmarks.runs import engine_of, through
from core import weights
from core.training.job import State
from core.vision import mnist
from core.vision.models import SimpleCNN
from core.vision.nets import from_simple
from core.vision.shipped.nets import logits
from core.vision.training.job import JOB
from core.vision.training.presets import PRESETS, quick_precision
from core.vision.training.setting import CnnSetting
from core.vision.training.trainer import Trainer

THREADS = torch.get_num_threads()
"""What torch takes when nobody says otherwise."""
BLOCKS, UPDATES = 9, 40
"""Two fifths of an epoch: so many blocks of so many updates of each side."""
GOOD = 0.99
LOOKED = 235
"""Updates of the notes' recipe between two looks at the test set: a quarter of an epoch."""
SEEDS = (0, 1, 2)
ENGINE_EPOCHS = {"notes": 2.0, "fast": 1.5}
"""Shorter runs look at the validation digits more often than a run of the preset's own length."""
SINGLE = ("simple_cnn_ours", "lenet5", "alexnet", "vgg", "vgg_wide", "tiny")
MOST, TINY = 1_700_000, 10_000


@measures(
    Figure(
        "mnist.epoch_speedup",
        "the notes' epoch over ours: same network, batch size and updates",
        "ratio",
        at_least=2.5,
    ),
    Figure(
        "mnist.time_to_99_speedup",
        "time to 99.0% of the test set, the notes' program over our preset fast",
        "ratio",
        at_least=10,
    ),
    Figure("mnist.fast.seconds", "preset fast, from nothing to its end", "s"),
    Figure("mnist.fast.test_accuracy", "the same on the test set", "share", at_least=GOOD),
)
def speed() -> Values:
    """An update of the notes' program against one of our job, and both to 99.0%.

    Ours is the job itself, cut into chunks as the engine cuts it, with its states, pictures and
    looks at validation digits, in the precision of the preset "fast". How many updates the notes'
    recipe needs to 99.0% is counted by training by it once with our job, which computes the same
    numbers sooner; its time is that many updates of the notes' program.
    """
    _there()
    setting = CnnSetting.read({"precision": quick_precision()})
    theirs, ours, fast = _notes(), _job(setting), []
    notes = []
    for _ in range(BLOCKS):
        notes.append(_timed(theirs, THREADS))
        fast.append(_timed(ours, 1))
    each = statistics.median(notes) / UPDATES
    needed = _needed()
    seconds, accuracy = _fast()
    if accuracy < GOOD:
        raise RuntimeError(f"The preset fast ends at {accuracy:.4f}.")
    return {
        "mnist.epoch_speedup": sum(notes) / sum(fast),
        "mnist.time_to_99_speedup": needed * each / seconds,
        "mnist.fast.seconds": seconds,
        "mnist.fast.test_accuracy": accuracy,
    }


def _there() -> None:
    try:
        mnist.find()
    except mnist.MNISTMissing as error:
        raise Unmeasured(str(error)) from None


def _timed(updates: Iterator[None], threads: int) -> float:
    """Seconds of one block."""
    torch.set_num_threads(threads)
    began = time.perf_counter()
    for _ in itertools.islice(updates, UPDATES):
        pass
    seconds = time.perf_counter() - began
    torch.set_num_threads(1)
    return seconds


def _notes() -> Iterator[None]:
    """The notes' program, update by update; the first block has been taken."""
    from core.torchvision_pair import torchvision

    transforms = torchvision.transforms
    transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))])
    root = str(mnist.find())
    trainset = torchvision.datasets.MNIST(root=root, train=True, transform=transform)
    loader = torch.utils.data.DataLoader(trainset, batch_size=64, shuffle=True)
    torch.manual_seed(0)
    model, criterion = SimpleCNN(), nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)

    def updates() -> Iterator[None]:
        running_loss = 0.0
        for inputs, labels in loader:
            optimizer.zero_grad()
            outputs = model(inputs)
            loss = criterion(outputs, labels)
            loss.backward()
            optimizer.step()
            running_loss += loss.item()
            yield

    seconds = updates()
    _timed(seconds, THREADS)
    return seconds


def _job(setting: CnnSetting) -> Iterator[None]:
    """Our job, update by update, a block a chunk, as long as those of the engine."""

    def updates() -> Iterator[None]:
        state, _ = JOB.start(setting)
        while True:
            state, _ = JOB.advance(setting, state, UPDATES, setting.learning_rate)
            yield from [None] * UPDATES

    seconds = updates()
    _timed(seconds, 1)
    return seconds


def _needed() -> int:
    """Updates of the notes' recipe to 99.0% of the test set, looked at four times an epoch."""
    setting = CnnSetting.read(PRESETS["notes"])
    state, _ = JOB.start(setting)
    while state.step < setting.steps:
        state, _ = JOB.advance(setting, state, LOOKED, setting.learning_rate)
        if JOB.inspections["test"](setting, state, {})["accuracy"] >= GOOD:
            return state.step
    raise RuntimeError("The notes' recipe did not come to 99.0%.")


def _fast() -> tuple[float, float]:
    """A whole run of the preset "fast": seconds and accuracy on the test set."""
    torch.set_num_threads(1)
    setting = CnnSetting.read(PRESETS["fast"])
    began = time.perf_counter()
    state, _ = JOB.start(setting)
    while state.step < setting.steps:
        state, _ = JOB.advance(setting, state, 20, setting.learning_rate)
    seconds = time.perf_counter() - began
    return seconds, JOB.inspections["test"](setting, state, {})["accuracy"]


@measures(
    Figure(
        "mnist.engine_over_bare_loop",
        "training through the engine, with its live pictures, over the bare loop",
        "ratio",
        at_most=1.10,
    ),
)
def engine_over_bare_loop() -> Values:
    """The notes' network and the preset fast, in turn, three times; the worse of both medians."""
    _there()
    torch.set_num_threads(1)
    with engine_of("cnn") as engine:
        medians = []
        for name, epochs in ENGINE_EPOCHS.items():
            ratios = []
            setting = CnnSetting.read({**PRESETS[name], "epochs": epochs})
            warm_up = CnnSetting.read({**PRESETS[name], "images": 1_000, "epochs": 1})
            through(engine, "cnn", JOB.write(warm_up))
            _bare(warm_up)
            for _ in SEEDS:
                bare = _bare(setting)
                ratios.append(through(engine, "cnn", JOB.write(setting)) / bare)
            medians.append(statistics.median(ratios))
    return {"mnist.engine_over_bare_loop": max(medians)}


def _bare(setting: CnnSetting) -> float:
    """The same steps in this process, without engine, states, pictures and validation."""
    began = time.perf_counter()
    trainer = Trainer(setting)
    trainer.begin()
    for step in range(setting.steps):
        trainer.step(step, setting.learning_rate)
    return time.perf_counter() - began


@measures(
    Figure(
        "mnist.rescore_1000_s", "edit in a trained network to its accuracy on 1,000 digits", "s",
        at_most=1.0,
    ),
)  # fmt: skip
def rescore() -> Values:
    """The notes' trained network with one filter after the other off; the slowest answer."""
    _there()
    torch.set_num_threads(1)
    model, _ = weights.load("simple_cnn_notes")
    assert isinstance(model, SimpleCNN)
    tensors = {f"cnn.{name}": t for name, t in from_simple(model).state_dict().items()}
    tensors["measured.confusion"] = torch.zeros(10, 10, dtype=torch.long)
    state, setting, times = State(0, save(tensors)), CnnSetting.read({}), []
    for out in range(12):
        edits = {
            "off": [{"layer": "conv2", "out": out}],
            "shuffled": [{"layer": "conv1", "out": 0}],
        }
        began = time.perf_counter()
        JOB.inspections["rescored"](setting, state, {"edits": json.dumps(edits)})
        times.append(time.perf_counter() - began)
    return {"mnist.rescore_1000_s": max(times)}


@measures(
    Figure(
        "mnist.test_accuracy.tiny", "MNIST test set, under 10,000 parameters", "share",
        at_least=0.994,
    ),
    Figure(
        "mnist.test_accuracy.best_single", "the same, best shipped net under 1.7 million", "share",
        at_least=0.997,
    ),
)  # fmt: skip
def shipped() -> Values:
    """All 10,000 digits through the weights as they are shipped."""
    _there()
    test, accuracy = mnist.load("test"), {}
    for name in SINGLE:
        try:
            net, _ = weights.load(name)
        except weights.WeightsError as error:
            raise Unmeasured(str(error)) from None
        most = TINY if name == "tiny" else MOST
        if (count := sum(p.numel() for p in net.parameters())) >= most:
            raise RuntimeError(f"{name} has {count:,} parameters.")
        right = logits(net, test.images).argmax(1) == test.labels
        accuracy[name] = float(right.double().mean())
    return {
        "mnist.test_accuracy.tiny": accuracy["tiny"],
        "mnist.test_accuracy.best_single": max(accuracy.values()),
    }
