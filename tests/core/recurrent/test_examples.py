"""Recordings that ship with the page."""

import json
from pathlib import Path

import pytest
from safetensors.torch import load as tensors

from core.recurrent.record import EXAMPLES, make
from core.recurrent.sine.job import JOB
from core.training import shipped
from core.weights import FOLDER


def test_the_race_is_what_its_card_says() -> None:
    found = shipped.load("sine_race")
    card = json.loads((FOLDER / "sine_race.json").read_text(encoding="utf-8"))
    assert card["bytes"] < 600_000 and card["config"] == found.config
    assert {"job", "data", "versions", "marks", "command", "sha256"} <= set(card)
    config = JOB.read(found.config)
    assert config.cell == "race" and found.step == config.steps
    last = found.saved[-1]
    # Nothing of the optimisers is shipped: it can be looked at, not gone on with.
    assert not any(name.startswith("optimiser") for name in tensors(last.state.tensors))
    for cell in config.cells:
        assert last.marks[f"{cell}.one_step"] < 1e-4 and last.marks[f"{cell}.free_run"] < 1e-2
    # The shipped weights give the shipped numbers.
    seen = JOB.inspections["forecast"](config, last.state, {})
    for cell in config.cells:
        assert seen["cells"][cell]["free_run_mse"] == pytest.approx(
            last.marks[f"{cell}.free_run.drawn"], rel=1e-2
        )


def test_its_presets_have_not_moved_on() -> None:
    for name, example in EXAMPLES.items():
        assert shipped.load(name).config == example.job.write(example.job.read(example.config))


def test_damage_is_noticed_and_the_command_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"missing or damaged.*train sine_race"):
        shipped.load("sine_race", tmp_path)
    for suffix in ("json", "safetensors"):
        code = (FOLDER / f"sine_race.{suffix}").read_bytes()
        (tmp_path / f"sine_race.{suffix}").write_bytes(code)
    assert shipped.load("sine_race", tmp_path).step == 500
    code = bytearray(code)
    code[-1] ^= 1
    (tmp_path / "sine_race.safetensors").write_bytes(code)
    with pytest.raises(ValueError, match="damaged"):
        shipped.load("sine_race", tmp_path)


def test_making_one_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = EXAMPLES["sine_race"]._replace(
        config={"samples": 40, "length": 12, "epochs": 3, "hidden": 3}, keep=2
    )
    monkeypatch.setattr("core.recurrent.record.EXAMPLES", {"sine_race": small})
    make("sine_race", tmp_path)
    found = shipped.load("sine_race", tmp_path)
    assert [saved.step for saved in found.saved] == [0, 3]
    assert (tmp_path / "sine_race.safetensors").stat().st_mode & 0o777 == 0o644
    assert not any(name.startswith("optimiser") for name in tensors(found.saved[-1].state.tensors))
