"""What can be trained: a job is a handful of pure functions, and knows nothing of the engine.

A run of a job is a chain of chunks `advance(config, state, budget, learning_rate)`. Each is a pure
function, so the same chunk computed twice, elsewhere or after a pause gives the same bits, and how
a run is cut into chunks makes no difference to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pickle import PickleBuffer
from typing import Any, Literal, SupportsIndex

import numpy as np
from numpy.typing import NDArray

from core.goals import Goal
from core.training.carried import Carried

Failure = Literal["diverged"]


@dataclass(frozen=True)
class State:
    """Everything that a run needs to go on.

    Attributes:
        step: how many steps have been taken.
        tensors: parameters, optimiser and random generators as safetensors bytes. Parameters of a
            model are named "NAME.PARAMETER", such as "lstm.rnn.weight_hh_l0".
    """

    step: int
    tensors: bytes

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        """Between processes the bytes travel beside the pickle (PEP 574) instead of inside it."""
        if protocol.__index__() < 5:
            return super().__reduce_ex__(protocol)
        return _state, (self.step, PickleBuffer(self.tensors))


def _state(step: int, tensors: bytes | bytearray | memoryview) -> State:
    return State(step, tensors if isinstance(tensors, bytes) else bytes(tensors))


@dataclass(frozen=True)
class Log:
    """What a chunk reports.

    Attributes:
        series: one value for each step of the chunk, float32 (steps,), by name, such as the loss.
        marks: what was measured once, at the end of the chunk, by name.
        pictures: arrays to be drawn that belong to the state at the end of the chunk, by name.
        seconds: how long the chunk took.
        failure: set when the run cannot go on; the state is then the last good one.
    """

    series: Mapping[str, NDArray[np.float32]]
    marks: Mapping[str, float] = field(default_factory=dict)
    pictures: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)
    seconds: float = 0.0
    failure: Failure | None = None


@dataclass(frozen=True)
class Job:
    """One kind of training.

    All functions are defined at the top of a module, so that a worker elsewhere can import them.

    Attributes:
        name: lower case letters and underscores; part of an address.
        read: makes the frozen, validated config from what a browser sent (plain JSON); raises
            ValueError with a sentence.
        write: the config as plain JSON values; `read(write(config)) == config`.
        steps: how many steps a run of this config has.
        start: the state before the first step, and a log without steps but with marks and pictures.
        advance: goes on for at most `budget` steps (never beyond the last one). The learning rate
            is given with each chunk because it may change in mid-run.
        inspections: further views of a state, computed on demand: name -> function of config, state
            and the query of the question (texts), giving plain JSON values or numpy arrays.
        long: those inspections that pass over a whole set of data; the others do not wait for them.
        looked: goals that answers of an inspection are held against, with the config as question.
        goals: those that a run itself is held against, its config and the run.
        carried: the network of a state as it is carried elsewhere.
        program: a runnable .py that repeats the run; `rates` are (step, learning rate) changes.
    """

    name: str
    read: Callable[[Mapping[str, Any]], Any]
    write: Callable[[Any], dict[str, Any]]
    steps: Callable[[Any], int]
    learning_rate: Callable[[Any], float]
    start: Callable[[Any], tuple[State, Log]]
    advance: Callable[[Any, State, int, float], tuple[State, Log]]
    inspections: Mapping[str, Callable[[Any, State, Mapping[str, str]], Any]] = field(
        default_factory=dict
    )
    long: frozenset[str] = frozenset()
    program: Callable[[Any, tuple[tuple[int, float], ...]], str] | None = None
    carried: Callable[[Any, State], Carried] | None = None
    looked: Mapping[str, Sequence[Goal]] = field(default_factory=dict)
    goals: Sequence[Goal] = ()
