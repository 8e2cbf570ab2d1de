"""A lesson's program, run as by somebody who has pasted it into an empty file."""

from __future__ import annotations

import io
import warnings
from contextlib import redirect_stdout

import torch


def printed(source: str) -> str:
    """What it prints. A warning is an error; torch's random numbers go on as if it had not been."""
    out = io.StringIO()
    with redirect_stdout(out), torch.random.fork_rng(devices=[]), warnings.catch_warnings():
        warnings.simplefilter("error")
        exec(compile(source, "program.py", "exec"), {"__name__": "__main__"})
    return out.getvalue()
