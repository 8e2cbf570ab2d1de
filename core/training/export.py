"""A run to take away: as a table, for TensorBoard, as weights or a network, as a program."""

from __future__ import annotations

import csv
import io
import struct
from collections.abc import Callable
from typing import Any

import numpy as np

from core.notebook import notebook
from core.portable import portable
from core.schema import Refusal, mark
from core.training.job import Job
from core.training.recording import Recording

NOTHING = mark("Nothing has been computed yet.")

Write = Callable[[Job, Any, Recording], bytes]


def table(job: Job, config: Any, recording: Recording) -> bytes:
    """One row for each step: its series, and the marks of the saved states, by name."""
    series = recording.series
    marks = {saved.step: saved.marks for saved in recording.saved}
    named = sorted({name for each in marks.values() for name in each} - set(series))
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["step", "learning_rate", *series, *named])
    for step in range(recording.step + 1):
        # Step n is what the n-th step has led to; before the first one there are marks alone.
        rate = next(rate for at, rate in reversed(recording.rates) if at < max(step, 1))
        values = [values[step - 1] if step else None for values in series.values()]
        marked = marks.get(step, {})
        if step or marked:
            cells = [*values, *(marked.get(name) for name in named)]
            rows.writerow([step, rate, *("" if value is None else value for value in cells)])
    return out.getvalue().encode()


def weights(job: Job, config: Any, recording: Recording) -> bytes:
    """The latest state as it is: parameters, optimiser and generators as safetensors."""
    if not recording.saved:
        raise Refusal(NOTHING)
    return recording.saved[-1].state.tensors


def network(job: Job, config: Any, recording: Recording) -> bytes:
    """The network of the latest state as ONNX."""
    if job.carried is None:
        raise Refusal(mark("This run has no network that ONNX could hold."))
    if not recording.saved:
        raise Refusal(NOTHING)
    return job.carried(config, recording.saved[-1].state).onnx()


def program(job: Job, config: Any, recording: Recording) -> bytes:
    """A .py that repeats the run in any folder."""
    if job.program is None:
        raise Refusal(mark("This run writes no program."))
    return portable(job.program(config, tuple(recording.rates))).encode()


def cells(job: Job, config: Any, recording: Recording) -> bytes:
    """The same program as a Jupyter notebook."""
    return notebook(program(job, config, recording).decode(), ())


def events(job: Job, config: Any, recording: Recording) -> bytes:
    """A TensorBoard event file with one scalar for each series and mark.

    The format is small: records (length, its checksum, data, its checksum) of the protocol buffer
    `Event { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5 }`
    with `Summary.Value { string tag = 1; float simple_value = 2 }`. The time of a step is the
    computing that led to it, in seconds.
    """
    records = [_record(_double(1, 0.0) + _bytes(3, b"brain.Event:2"))]
    at = [saved.step for saved in recording.saved]
    seconds = [saved.seconds for saved in recording.saved]
    for name, values in recording.series.items():
        for step, value in enumerate(values, 1):
            when = float(np.interp(step, at, seconds))
            records.append(_scalar(name, step, float(value), when))
    for saved in recording.saved:
        for name, value in saved.marks.items():
            records.append(_scalar(name, saved.step, float(value), saved.seconds))
    return b"".join(records)


KINDS: dict[str, tuple[Write, str, str]] = {
    "csv": (table, "text/csv; charset=utf-8", ".csv"),
    "tensorboard": (events, "application/octet-stream", ".events.out.tfevents.0.run"),
    "safetensors": (weights, "application/octet-stream", ".safetensors"),
    "onnx": (network, "application/octet-stream", ".onnx"),
    "py": (program, "text/x-python; charset=utf-8", ".py"),
    "ipynb": (cells, "application/x-ipynb+json", ".ipynb"),
}
"""How a run is written, by kind: the function, the media type, the end of the file's name."""


def _scalar(tag: str, step: int, value: float, seconds: float) -> bytes:
    inner = _bytes(1, tag.encode()) + _key(2, 5) + struct.pack("<f", value)
    event = _double(1, seconds) + _key(2, 0) + _varint(step) + _bytes(5, _bytes(1, inner))
    return _record(event)


def _key(field: int, kind: int) -> bytes:
    return _varint(field << 3 | kind)


def _double(field: int, value: float) -> bytes:
    return _key(field, 1) + struct.pack("<d", value)


def _bytes(field: int, value: bytes) -> bytes:
    return _key(field, 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _record(data: bytes) -> bytes:
    length = struct.pack("<Q", len(data))
    return length + _masked(length) + data + _masked(data)


def _table() -> list[int]:
    """CRC-32C (Castagnoli), reflected, byte by byte."""
    codes = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        codes.append(byte)
    return codes


_CRC = _table()


def _masked(data: bytes) -> bytes:
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ _CRC[(crc ^ byte) & 0xFF]
    crc ^= 0xFFFFFFFF
    return struct.pack("<I", ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF)
