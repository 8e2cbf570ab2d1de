"""The shipped training of the job "cnn", there to be seen before any other has begun."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import load, save

from core.training import shipped
from core.training.learner import OPTIMISER
from core.training.record import record
from core.training.recording import Recording, Saved
from core.vision import mnist
from core.vision.training import judging
from core.vision.training.job import JOB
from core.vision.training.presets import PRESETS
from core.vision.training.setting import CnnSetting
from core.weights import FOLDER

NAME = "cnn_run"
SAVED_AT = (0.0, 0.015, 0.06, 0.15, 0.35, 1.0)
"""Which states are kept, as shares of the way: most is learned early."""
_CHUNK = 5


def make(setting: CnnSetting | None = None, folder: Path = FOLDER) -> None:
    """Train and write the recording with its card; weights as float16."""
    torch.set_num_threads(1)
    setting = setting or CnnSetting.read({**PRESETS["fast"], "precision": "bfloat16"})
    recording = record(JOB, setting, keep=10_000, chunk=_CHUNK)
    tested = judging.counted(setting, recording.saved[-1].state, "test")
    steps = sorted({recording.at(round(share * setting.steps)).step for share in SAVED_AT})
    recording.saved = [_halved(recording, step) for step in steps]
    shipped.write(
        recording,
        NAME,
        folder,
        data=mnist.LICENCE if setting.data == "mnist" else "generated pen digits",
        test={name: tested[name] for name in ("accuracy", "interval", "of", "data")},
    )
    print(f"wrote {NAME}: test accuracy {tested['accuracy']:.4f}")


def _halved(recording: Recording, step: int) -> Saved:
    saved = recording.at(step)
    tensors = {
        name: tensor.half() if tensor.is_floating_point() else tensor
        for name, tensor in load(saved.state.tensors).items()
        if not name.startswith(OPTIMISER)
    }
    return replace(saved, state=replace(saved.state, tensors=save(tensors)))
