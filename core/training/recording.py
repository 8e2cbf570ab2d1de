"""What a run leaves behind: every value of its series, and states to go back to."""

from __future__ import annotations

import bisect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import load, save, save_file

from core.training.job import Log, State

Series = NDArray[np.float32]


@dataclass(frozen=True)
class Saved:
    """A state that can be looked at and gone on from, with what was measured and drawn of it.

    `seconds` is the computing that led here.
    """

    state: State
    marks: Mapping[str, float] = field(default_factory=dict)
    pictures: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def step(self) -> int:
        """How many steps led here."""
        return self.state.step

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.state.tensors) + sum(picture.nbytes for picture in self.pictures.values())


@dataclass
class Recording:
    """The history of one run; it grows chunk by chunk.

    Attributes:
        job: name of the job.
        config: as plain JSON values.
        rates: (step, learning rate): from that step on that rate; the first one is for step 0.
        saved: states in ascending order; once there is one, the state before the first step and
            the latest one are always among them.
    """

    job: str
    config: dict[str, Any]
    rates: list[tuple[int, float]]
    saved: list[Saved] = field(default_factory=list)
    _series: dict[str, list[Series]] = field(default_factory=dict)

    @property
    def step(self) -> int:
        """How many steps have been taken."""
        return self.saved[-1].step if self.saved else 0

    @property
    def seconds(self) -> float:
        """Computing so far."""
        return self.saved[-1].seconds if self.saved else 0.0

    @property
    def series(self) -> dict[str, Series]:
        """One value for each step, float32 (steps,), by name."""
        for name, pieces in self._series.items():
            if len(pieces) > 1:  # joined once, not at every look
                self._series[name] = [np.concatenate(pieces)]
        return {name: pieces[0] for name, pieces in self._series.items()}

    @property
    def series_size(self) -> int:
        """Bytes of the series."""
        return sum(values.nbytes for pieces in self._series.values() for values in pieces)

    def add(self, state: State, log: Log) -> None:
        """Go on by a chunk, or begin with the state before the first step.

        Raises:
            ValueError: the chunk does not continue this history.
        """
        steps = state.step - self.step if self.saved else 0
        for name, values in log.series.items():
            if values.shape != (steps,):
                raise ValueError(f"{steps} steps gave {values.shape} values of {name!r}.")
            pieces = self._series.setdefault(name, [])
            if not pieces and self.step:  # a series that begins later
                pieces.append(np.full(self.step, np.nan, np.float32))
            pieces.append(np.asarray(values, np.float32))
        for name, pieces in self._series.items():
            if steps and name not in log.series:
                pieces.append(np.full(steps, np.nan, np.float32))
        if self.saved and not steps:  # nothing happened: a chunk that failed in its first step
            return
        seconds = self.seconds + log.seconds
        self.saved.append(Saved(state, dict(log.marks), dict(log.pictures), seconds))

    def thin(self, states: int, size: int = 1 << 62) -> None:
        """Keep at most `states` of them and `size` bytes, spread evenly, with the first and last.

        The state whose neighbours are closest together goes first, so the distances between those
        that stay differ by a factor of three at most, however long the run becomes.
        """
        held = sum(saved.size for saved in self.saved)
        while len(self.saved) > 2 and (len(self.saved) > states or held > size):
            steps = [saved.step for saved in self.saved]
            gaps = [after - before for before, after in zip(steps, steps[2:], strict=False)]
            held -= self.saved.pop(1 + gaps.index(min(gaps))).size

    def at(self, step: int) -> Saved:
        """The saved state at a step, or the nearest one before it.

        Raises:
            LookupError: nothing is saved yet.
        """
        if not self.saved:
            raise LookupError("Nothing has been computed yet.")
        place = bisect.bisect_right(self.saved, step, key=lambda saved: saved.step)
        return self.saved[max(0, place - 1)]

    def until(self, step: int) -> Recording:
        """The history up to the saved state at `step`, to go on from there another way."""
        last = self.at(step)
        return Recording(
            self.job,
            dict(self.config),
            [rate for rate in self.rates if rate[0] <= last.step],
            [saved for saved in self.saved if saved.step <= last.step],
            {name: [values[: last.step]] for name, values in self.series.items()},
        )

    def save(self, path: Path, keep: Callable[[str], bool] = lambda name: True) -> None:
        """Write everything into one safetensors file; of the states the tensors `keep(name)`."""
        tensors: dict[str, NDArray[Any]] = {f"series/{n}": v for n, v in self.series.items()}
        marks, seconds = {}, {}
        for saved in self.saved:
            marks[saved.step] = dict(saved.marks)
            seconds[saved.step] = saved.seconds
            for name, picture in saved.pictures.items():
                tensors[f"picture/{saved.step}/{name}"] = np.ascontiguousarray(picture)
            for name, tensor in load(saved.state.tensors).items():
                if keep(name):
                    tensors[f"state/{saved.step}/{name}"] = tensor
        about: dict[str, Any] = {"job": self.job, "config": self.config, "rates": self.rates}
        about |= {"marks": marks, "seconds": seconds}
        save_file(tensors, path, {"recording": json.dumps(about)})

    @classmethod
    def load(cls, path: Path) -> Recording:
        """Read what `save` wrote.

        Raises:
            ValueError: the file is no recording.
        """
        try:
            with safe_open(path, "numpy") as file:
                about = json.loads(file.metadata()["recording"])
                tensors = {name: file.get_tensor(name) for name in file.keys()}
        except Exception as error:
            raise ValueError(f"{path.name} is no recording of a run.") from error
        series: dict[str, list[Series]] = {}
        pictures: dict[int, dict[str, NDArray[Any]]] = {}
        states: dict[int, dict[str, NDArray[Any]]] = {}
        for key, tensor in tensors.items():
            kind, _, name = key.partition("/")
            if kind == "series":
                series[name] = [tensor]
            else:
                step, _, name = name.partition("/")
                part = pictures if kind == "picture" else states
                part.setdefault(int(step), {})[name] = tensor
        saved = [
            Saved(
                State(int(step), save(states.get(int(step), {}))),
                marks,
                pictures.get(int(step), {}),
                about["seconds"][step],
            )
            for step, marks in sorted(about["marks"].items(), key=lambda item: int(item[0]))
        ]
        rates = [(int(step), float(rate)) for step, rate in about["rates"]]
        return cls(about["job"], about["config"], rates, saved, series)
