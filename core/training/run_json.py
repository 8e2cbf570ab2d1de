"""A run as JSON for those who watch it: all of it, or what is new since the last time."""

from __future__ import annotations

from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from core.goals import reached
from core.training.recording import Saved
from core.training.run import Run

# Numbers keep float32's own digits; what is not finite becomes null.
_OPTIONS = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS


def dumps(value: object) -> bytes:
    """Return plain values and arrays as JSON."""
    return orjson.dumps(value, default=_plain, option=_OPTIONS)


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray | np.generic):  # a layout or type that orjson does not read
        return value.tolist()
    raise TypeError(f"{type(value).__name__} is no JSON.")


def full(run: Run) -> dict[str, Any]:
    """Everything that a browser shows of a run."""
    return _state(run) | {"config": run.recording.config, "series": _arrays(run.recording.series)}


def short(run: Run) -> dict[str, Any]:
    """A run in a list: without curves and pictures, but with where its curves end."""
    about = _state(run) | {"config": run.recording.config}
    del about["pictures"]
    return about | {"final": {n: v[-1] for n, v in run.recording.series.items() if len(v)}}


def event(run: Run) -> bytes:
    """What is new since the last event, as a server-sent event; marks it as sent."""
    if run.announced is None or run.announced > run.step:
        kind, about = "run", full(run)
    else:
        news = {name: values[run.announced :] for name, values in run.recording.series.items()}
        kind, about = "change", _state(run) | {"from": run.announced, "series": _arrays(news)}
        if run.announced == run.step > 0:  # only its status or place is another
            del about["pictures"]
    run.announced = run.step
    return as_event(kind, about)


def as_event(kind: str, about: dict[str, Any]) -> bytes:
    """One server-sent event."""
    return b"event: " + kind.encode() + b"\ndata: " + dumps(about) + b"\n\n"


def saved(run: Run, at: Saved) -> dict[str, Any]:
    """A saved state."""
    return {"step": at.step, "marks": at.marks, "pictures": _arrays(at.pictures)}


def _state(run: Run) -> dict[str, Any]:
    last = run.recording.saved[-1] if run.recording.saved else None
    return {
        "id": run.id,
        "job": run.job.name,
        "shipped": run.shipped,
        "created": run.created,
        "version": run.version,
        "status": run.status,
        "trouble": run.trouble,
        "step": run.step,
        "steps": run.steps,
        "ahead": run.ahead,
        "seconds": run.recording.seconds,
        "left": run.left,
        "place": run.place,
        "rates": run.recording.rates,
        "learning_rate": run.rate,
        "saved": [each.step for each in run.recording.saved],
        "marks": last.marks if last else {},
        "pictures": _arrays(last.pictures) if last else {},
        "goals": [] if run.shipped else reached(run.job.goals, run.config, run),
    }


def _arrays(named: Any) -> dict[str, NDArray[Any]]:
    return {name: np.ascontiguousarray(values) for name, values in named.items()}
