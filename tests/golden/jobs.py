"""What every job computed when these files were written: `python -m tests.golden.jobs` writes anew.

A case is a job, a config, and chunks (steps, learning rate) one after the other. Its digests are of
each state and of all that the logs tell, but for what a clock says. What an optimiser remembers
counts by its values, whatever they are called, once there are some.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load, save
from torch import nn

from core.address import find
from core.training.job import Job, Log, State
from core.training.jobs import JOBS
from core.training.learner import OPTIMISER
from core.vision.finetune.example import strange

PATH = Path(__file__).with_name("jobs.json")
CLOCK = ("images_per_second", "share.")
"""Marks that depend on the time that something took."""

Chunks = tuple[tuple[int, float], ...]
Digests = dict[str, Any]


def _hand(count: int) -> list[Any]:
    return [drawn.written() for drawn in strange(count, 2)]


_OWN = {"architecture": "own", "channels": 4, "kernel": 3, "batch": 16, "epochs": 0.4}
_CASES: tuple[tuple[str, str, Callable[[], Mapping[str, Any]], Chunks], ...] = (
    ("sine", "default", dict, ((2, 0.01), (1, 0.003))),
    (
        "sine",
        "a race in small batches",
        lambda: {
            "kind": "sines",
            "cell": "race",
            "samples": 60,
            "length": 12,
            "hidden": 5,
            "layers": 2,
            "dropout": 0.3,
            "optimiser": "rmsprop",
            "schedule": "decay",
            "batch": 20,
            "epochs": 4,
            "clip": 0.2,
        },
        ((5, 0.02), (3, 0.005), (9, 0.005)),
    ),
    (
        "sine",
        "the last output alone",
        lambda: {
            "cell": "gru",
            "samples": 50,
            "length": 10,
            "output": "last",
            "optimiser": "sgd",
            "epochs": 6,
        },
        ((4, 0.1), (9, 0.3)),
    ),
    (
        "sine",
        "adam with clipping",
        lambda: {"cell": "lstm", "samples": 50, "length": 10, "epochs": 5, "clip": 0.1},
        ((1, 0.1), (9, 0.01)),
    ),
    ("sine", "diverged", lambda: {"optimiser": "sgd", "samples": 50}, ((40, 1000.0),)),
    ("words", "default", dict, ((2, 0.01), (2, 0.003))),
    (
        "words",
        "Korean, one cell",
        lambda: {"cell": "lstm", "hidden": 6, "steps": 5, "language": "ko", "forget_bias": 1.0},
        ((1, 0.01), (9, 0.03)),
    ),
    (
        "words",
        "without clipping",
        lambda: {"cell": "rnn", "hidden": 4, "distance": 4, "clip": 0.0, "seed": 3},
        ((3, 0.01), (3, 0.02)),
    ),
    ("words", "diverged", lambda: {"cell": "gru", "hidden": 4, "clip": 0.0}, ((9, 1e36),)),
    ("adding", "default", dict, ((2, 3e-3), (1, 0.01))),
    (
        "adding",
        "one cell",
        lambda: {"cell": "gru", "length": 8, "hidden": 4, "steps": 6, "clip": 0.1},
        ((4, 0.01), (9, 0.02)),
    ),
    (
        "adding",
        "a forget bias",
        lambda: {"cell": "lstm", "length": 9, "hidden": 5, "forget_bias": 2.0, "clip": 0.0},
        ((1, 0.01), (4, 0.05)),
    ),
    ("adding", "diverged", lambda: {"cell": "rnn", "length": 4, "hidden": 4}, ((9, 1e36),)),
    (
        "text",
        "a GRU with dropout",
        lambda: {"hidden": 32, "context": 8, "dropout": 0.2, "steps": 40},
        ((2, 5e-3), (1, 1e-2)),
    ),
    (
        "text",
        "an LSTM on jamo",
        lambda: {
            "cell": "lstm",
            "hidden": 12,
            "context": 5,
            "steps": 7,
            "language": "ko",
            "unit": "jamo",
            "dropout": 0.0,
            "clip": 0.1,
        },
        ((3, 1e-2), (9, 2e-2)),
    ),
    (
        "text",
        "a text of one's own",
        lambda: {
            "cell": "rnn",
            "hidden": 9,
            "context": 7,
            "dropout": 0.1,
            "steps": 6,
            "text": "one, two.\n" * 90,
            "seed": 5,
        },
        ((2, 1e-2), (9, 1e-2)),
    ),
    (
        "text",
        "diverged",
        lambda: {"hidden": 8, "context": 4, "dropout": 0.0, "steps": 20, "clip": 0.0},
        ((9, 1e36),),
    ),
    ("it", "default", dict, ((3, 3e-3), (2, 1e-2))),
    (
        "it",
        "hidden words",
        lambda: {"layers": 1, "heads": 2, "width": 16, "steps": 24, "objective": "masked"},
        ((7, 3e-3), (30, 1e-2)),
    ),
    (
        "it",
        "no decay",
        lambda: {"layers": 1, "heads": 1, "width": 32, "inner": 64, "decay": 0.0, "seed": 7},
        ((5, 1e-2), (3, 1e-3)),
    ),
    ("it", "diverged", lambda: {"layers": 1, "heads": 2, "width": 16, "steps": 45}, ((45, 1e36),)),
    ("hand", "default", lambda: {"drawings": _hand(12)}, ((5, 0.1), (2, 0.03))),
    (
        "hand",
        "rehearsal",
        lambda: {
            "drawings": _hand(6),
            "network": "tiny",
            "rehearsal": 0.5,
            "steps": 5,
            "data": "pen",
        },
        ((2, 0.1), (9, 0.2)),
    ),
    (
        "hand",
        "the last layer",
        lambda: {"drawings": _hand(12), "network": "notes", "frozen": "body", "data": "pen"},
        ((3, 0.1), (3, 0.2)),
    ),
    (
        "hand",
        "diverged",
        lambda: {"drawings": _hand(6), "network": "tiny", "data": "pen"},
        ((9, 1e6),),
    ),
    ("shuffled", "default", dict, ((2, 0.01), (1, 0.03))),
    (
        "shuffled",
        "pen digits",
        lambda: {"data": "pen", "channels": 4, "batch": 16, "steps": 5},
        ((2, 0.01), (9, 0.03)),
    ),
    (
        "shuffled",
        "another order",
        lambda: {"data": "pen", "channels": 4, "batch": 8, "shuffle": 5, "seed": 9},
        ((41, 0.01), (2, 0.1)),
    ),
    (
        "shuffled",
        "diverged",
        lambda: {"data": "pen", "channels": 4, "batch": 8},
        ((20, 1000.0),),
    ),
    ("cnn", "default", dict, ((3, 0.01), (2, 0.003))),
    (
        "cnn",
        "adam in bfloat16",
        lambda: {
            **_OWN,
            "data": "pen",
            "images": 100,
            "optimiser": "adam",
            "decay": 0.001,
            "precision": "bfloat16",
            "schedule": "onecycle",
            "epochs": 1.0,
        },
        ((3, 0.01), (9, 0.02)),
    ),
    (
        "cnn",
        "norm and dropout",
        lambda: {
            **_OWN,
            "data": "pen",
            "images": 100,
            "norm": True,
            "dropout": 0.5,
            "schedule": "cosine",
            "augment": "shift",
            "decay": 0.01,
        },
        ((1, 0.05), (9, 0.1)),
    ),
    (
        "cnn",
        "large layers",
        lambda: {"architecture": "own", "channels": 64, "kernel": 3, "optimiser": "adam"},
        ((2, 0.001), (1, 0.01)),
    ),
    (
        "cnn",
        "diverged",
        lambda: {**_OWN, "data": "pen", "images": 100, "epochs": 5.0},
        ((20, 1000.0),),
    ),
    ("bert", "default", dict, ((2, 2e-3), (1, 5e-4))),
    (
        "bert",
        "the left reader",
        lambda: {
            "language": "ko",
            "direction": "left",
            "layers": 1,
            "heads": 2,
            "width": 32,
            "batch": 8,
            "steps": 26,
        },
        ((25, 2e-3), (9, 1e-2)),
    ),
    (
        "bert",
        "sentiment",
        lambda: {"objective": "sentiment", "steps": 12},
        ((10, 5e-4), (9, 1e-3)),
    ),
    (
        "bert",
        "frozen answers",
        lambda: {"objective": "answer", "start": "frozen", "labels": 16, "batch": 8},
        ((2, 1e-2), (2, 1e-3)),
    ),
    (
        "bert",
        "diverged",
        lambda: {"layers": 1, "heads": 1, "width": 32, "batch": 8},
        ((45, 1e36),),
    ),
    ("translate", "default", dict, ((2, 5e-3), (1, 1e-2))),
    (
        "translate",
        "a copy",
        lambda: {"task": "copy", "width": 32, "heads": 2, "steps": 26, "smoothing": 0.1},
        ((7, 5e-3), (30, 1e-2)),
    ),
    (
        "translate",
        "switches off",
        lambda: {
            "task": "sort",
            "width": 32,
            "heads": 1,
            "layers": 2,
            "mask": False,
            "scaling": False,
            "positions": False,
            "warm_up": 0,
            "batch": 16,
        },
        ((3, 1e-3), (3, 1e-2)),
    ),
    (
        "translate",
        "diverged",
        lambda: {"task": "copy", "width": 32, "heads": 2, "steps": 45, "warm_up": 0},
        ((45, 1e36),),
    ),
    ("vectors", "default", dict, ((19, 0.004), (3, 0.01))),
    (
        "vectors",
        "cbow over all words",
        lambda: {"method": "cbow", "objective": "softmax", "dimension": 5, "language": "ko"},
        ((2, 0.01), (2, 0.03)),
    ),
    (
        "vectors",
        "glove",
        lambda: {"method": "glove", "dimension": 4, "epochs": 5, "seed": 2},
        ((2, 0.01), (9, 0.05)),
    ),
    ("vectors", "ppmi_svd", lambda: {"method": "ppmi_svd", "dimension": 6}, ((1, 0.01),)),
    ("vectors", "diverged", lambda: {"dimension": 4}, ((60, 1e36),)),
)
CASES = {f"{job}: {name}": (job, config, chunks) for job, name, config, chunks in _CASES}


def digest(job: str, config: Mapping[str, Any], chunks: Chunks) -> Digests:
    """Run a case, and say what came of it."""
    found: Job = find(JOBS[job])
    read = found.read(config)
    state, log = found.start(read)
    states, logs = [_kept(state)], [_told(log)]
    for budget, rate in chunks:
        state, log = found.advance(read, state, budget, rate)
        states.append(_kept(state))
        logs.append(_told(log))
    rates = ((0, chunks[0][1]), (chunks[0][0], chunks[-1][1]))
    program = found.program(read, rates) if found.program else ""
    return {
        "step": state.step,
        "failure": log.failure,
        "states": states,
        "logs": logs,
        "program": _sha(program.encode()),
    }


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _kept(state: State) -> str:
    """Everything in a state but the names of what optimisers remember."""
    parts, memories = [], []
    for name, tensor in sorted(load(state.tensors).items()):
        content = tensor.contiguous().flatten().view(torch.uint8).numpy().tobytes()
        if not name.startswith(OPTIMISER):
            parts.append(f"{name} {tensor.dtype} {tuple(tensor.shape)} {_sha(content)}")
        elif any(content) and not name.endswith(".step"):
            memories.append(_sha(content))
    return _sha("\n".join([*parts, *sorted(memories)]).encode())


def _told(log: Log) -> str:
    """Everything in a log but its seconds, in an order of its own."""
    parts = [repr(log.failure).encode()]
    for name, mark in sorted(log.marks.items()):
        if not name.startswith(CLOCK):
            parts.append(f"{name} {float(mark)!r}".encode())
    for group in (log.series, log.pictures):
        for name, values in sorted(group.items()):
            array = np.ascontiguousarray(values)
            parts += [f"{name} {array.dtype} {array.shape}".encode(), array.tobytes()]
    return _sha(b"\n".join(parts))


def arithmetic() -> str:
    """What this machine's torch makes of some sums: where it differs, so do all digests."""
    generator = torch.Generator().manual_seed(0)
    made: dict[str, torch.Tensor] = {}
    x = torch.randn(64, 96, generator=generator)
    for name, function in (("exp", torch.exp), ("tanh", torch.tanh), ("norm", torch.norm)):
        made[name] = function(x)
    for size in (1, 7, 64):
        made[f"product {size}"] = x[:size] @ x.T
    made["softmax"] = x.softmax(1)
    made["svd"] = torch.linalg.svdvals(x)
    picture = torch.randn(8, 3, 28, 28, generator=generator)
    filters = torch.randn(5, 3, 3, 3, generator=generator)
    made["convolution"] = nn.functional.conv2d(picture, filters)
    half = (picture.bfloat16(), filters.bfloat16())
    made["bfloat16"] = nn.functional.conv2d(*half).float()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        cell = nn.LSTM(3, 16)
        made["lstm"] = cell(picture[0, :, :, 0].T[:, None])[0].detach()
    return _sha(save(made))


def main() -> None:
    """Write the file."""
    torch.set_num_threads(1)
    cases = {name: digest(job, make(), chunks) for name, (job, make, chunks) in CASES.items()}
    found = {"torch": torch.__version__, "arithmetic": arithmetic(), "cases": cases}
    PATH.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
