"""What a browser hears of a run."""

from __future__ import annotations

import json
from typing import Any

from core.recurrent.sine.job import JOB
from core.training import run_json
from core.training.job import Log
from core.training.recording import Recording, Saved
from core.training.run import Run


def heard(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run_json.event(run).split(b"data: ")[1])
    return found


def test_the_pictures_before_the_first_step_are_sent_once_they_are_there() -> None:
    config = JOB.read({"samples": 40, "length": 10, "hidden": 2})
    recording = Recording("sine", JOB.write(config), [(0, config.learning_rate)])
    run = Run(JOB, "core.recurrent.sine.job:JOB", config, recording, "owner")
    assert heard(run)["pictures"] == {}  # it waits for its beginning
    state, log = JOB.start(config)
    assert isinstance(log, Log)
    recording.saved.append(Saved(state, log.marks, log.pictures))
    assert "truth" in heard(run)["pictures"]
