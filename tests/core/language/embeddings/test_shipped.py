"""What ships is what its card and the file of results say."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest

from core.language.embeddings import examples, results, similarity
from core.language.embeddings.job import JOB, model_of
from core.training import shipped
from core.weights import FOLDER


@pytest.mark.parametrize("name", examples.SETTINGS)
def test_a_recording_is_of_its_setting_and_scores_as_its_card_says(name: str) -> None:
    found = shipped.load(name)
    setting = JOB.read(found.config)
    assert setting == examples.SETTINGS[name]
    assert found.saved[0].step == 0
    last = found.saved[-1]
    assert last.step == setting.steps()
    scores = similarity.scores(setting.corpus(), model_of(setting, last.state).words())
    assert scores is not None
    assert scores.excluding == pytest.approx(last.marks["excluding"], abs=0.02)  # float16


@pytest.mark.parametrize("method", ["skip_gram", "cbow", "glove"])
def test_a_step_that_is_opened_lowers_its_loss(method: str) -> None:
    """At one rate for all pairs it would overshoot for some of them: GloVe for most."""
    found = shipped.load(f"vectors_{method}_en")
    setting, state = JOB.read(found.config), found.saved[-1].state
    words = "king queen dog puppy she he the is a of woman man".split()
    overshot = 0
    for centre, other in itertools.product(words, repeat=2):
        context = f"{other},the,{centre}" if method == "cbow" else other
        step = JOB.inspections["opened"](setting, state, {"centre": centre, "context": context})
        assert step["after"] < step["loss"] or step["loss"] == step["after"] == 0
        assert step["learning_rate"] <= step["first_rate"] == 0.5
        overshot += step["learning_rate"] < step["first_rate"]
    assert (overshot > 40) == (method == "glove"), overshot


def test_a_damaged_recording_is_refused(tmp_path: Path) -> None:
    name = "vectors_ppmi_svd_en"
    for ending in ("json", "safetensors"):
        shutil.copy(FOLDER / f"{name}.{ending}", tmp_path)
    assert shipped.load(name, tmp_path).step == 1
    path = tmp_path / f"{name}.safetensors"
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")
    with pytest.raises(ValueError, match="Make it with: python -m core train vectors_"):
        shipped.load(name, tmp_path)


def test_the_results_are_those_of_the_defaults() -> None:
    for language, rows in results.results().items():
        assert [(row["method"], row["objective"]) for row in rows] == list(results.KINDS)
        for row in rows:
            assert len(row["seeds"]) == len(row["excluding"]) == len(row["including"])
        row = rows[-1]  # PPMI + SVD takes no time, and draws nothing
        setting = results.setting_of(row["method"], row["objective"], language)
        excluding, including, _ = results.measure(setting)
        assert [round(excluding, 4)] == row["excluding"]
        assert [round(including, 4)] == row["including"]
