"""Runs to take away."""

from __future__ import annotations

import csv
import io
import struct
from collections.abc import Iterator

import numpy as np
import pytest
from safetensors.numpy import load

from core.training import export
from core.training.record import record
from core.training.recording import Recording
from tests.core.training.line import JOB

CONFIG = JOB.read({"steps": 12})


@pytest.fixture(scope="module")
def recording() -> Recording:
    return record(JOB, CONFIG, chunk=5, rates=((0, 0.1), (5, 0.02)))


def test_the_table_has_every_step_and_the_marks_of_the_saved_ones(recording: Recording) -> None:
    text = export.table(JOB, CONFIG, recording).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [int(row["step"]) for row in rows] == list(range(13))
    losses = np.array([row["line.loss"] for row in rows[1:]], np.float32)
    np.testing.assert_array_equal(losses, recording.series["line.loss"])
    marked = {int(row["step"]): row["line.distance"] for row in rows if row["line.distance"]}
    assert marked == {s.step: str(s.marks["line.distance"]) for s in recording.saved}
    assert [float(row["learning_rate"]) for row in rows] == [0.1] * 6 + [0.02] * 7


def test_the_weights_are_the_latest_state(recording: Recording) -> None:
    found = load(export.weights(JOB, CONFIG, recording))
    np.testing.assert_array_equal(found["line.weight"], recording.saved[-1].pictures["weight"])


def test_the_program_runs(recording: Recording, capsys: pytest.CaptureFixture[str]) -> None:
    exec(export.program(JOB, CONFIG, recording).decode())
    assert "(5, 0.02)" in capsys.readouterr().out


def test_nothing_computed_nothing_exported() -> None:
    empty = Recording("line", {}, [(0, 0.1)])
    with pytest.raises(ValueError, match="Nothing has been computed"):
        export.weights(JOB, CONFIG, empty)
    assert len(export.table(JOB, CONFIG, empty).splitlines()) == 1


def test_the_checksum_is_castagnolis() -> None:
    """The check value of CRC-32C in the catalogue of parametrised CRC algorithms is e3069283."""
    crc = 0xE3069283
    masked = ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF
    assert export._masked(b"123456789") == struct.pack("<I", masked)


def _records(data: bytes) -> Iterator[bytes]:
    while data:
        (length,) = struct.unpack("<Q", data[:8])
        assert data[8:12] == export._masked(data[:8])
        record, rest = data[12 : 12 + length], data[12 + length :]
        assert rest[:4] == export._masked(record)
        yield record
        data = rest[4:]


def _fields(data: bytes) -> dict[int, bytes | int]:
    """Fields of a protocol buffer, by number."""

    def varint() -> int:
        nonlocal data
        value = shift = 0
        while True:
            byte, data = data[0], data[1:]
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    found: dict[int, bytes | int] = {}
    while data:
        key = varint()
        if key & 7 == 0:
            found[key >> 3] = varint()
        else:
            size = {1: 8, 5: 4}.get(key & 7) or varint()
            found[key >> 3], data = data[:size], data[size:]
    return found


def test_tensorboard_finds_every_scalar(recording: Recording) -> None:
    first, *rest = map(_fields, _records(export.events(JOB, CONFIG, recording)))
    assert first[3] == b"brain.Event:2"
    scalars: dict[tuple[bytes, int], float] = {}
    for event in rest:
        value = _fields(_fields(event[5])[1])
        scalars[value[1], event[2]] = struct.unpack("<f", value[2])[0]
    for step, loss in enumerate(recording.series["line.loss"], 1):
        assert scalars[b"line.loss", step] == loss
    for saved in recording.saved:
        found = scalars[b"line.distance", saved.step]
        assert found == np.float32(saved.marks["line.distance"])
    assert len(scalars) == 12 + len(recording.saved)


def test_long_steps_and_names_fit() -> None:
    assert export._varint(300) == b"\xac\x02" and export._varint(0) == b"\x00"
