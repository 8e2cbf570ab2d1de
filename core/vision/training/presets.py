"""Settings worth starting from: name -> the fields that differ from the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch


def quick_precision() -> str:
    """The faster precision of this machine: bfloat16 only where its processor multiplies it."""
    fast = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return "bfloat16" if fast else "float32"


PRESETS: Mapping[str, Mapping[str, Any]] = {
    "notes": {},
    "fast": {
        "architecture": "own",
        "channels": 16,
        "kernel": 5,
        "padding": "valid",
        "optimiser": "adam",
        "learning_rate": 0.006,
        "momentum": 0.8,
        "schedule": "onecycle",
        "batch": 128,
        "epochs": 1.5,
        "precision": quick_precision(),
    },
    "tiny": {
        "architecture": "tiny",
        "norm": True,
        "learning_rate": 0.1,
        "schedule": "onecycle",
        "batch": 128,
        "epochs": 3.0,
        "precision": quick_precision(),
    },
    "few_images": {
        "images": 500,
        "architecture": "own",
        "channels": 16,
        "kernel": 5,
        "padding": "valid",
        "schedule": "onecycle",
        "learning_rate": 0.05,
        "batch": 32,
        "epochs": 20.0,
        "augment": "affine",
    },
}
"""notes: the notes' own recipe. fast: 99% on digits never seen in seconds. tiny: under 10,000
parameters. few_images: 500 digits, each changed afresh each time."""
