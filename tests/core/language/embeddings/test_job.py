"""The job "vectors": the same bits however it is cut, learning that works, what can be set."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from core.language.corpora import texts
from core.language.embeddings import projection, similarity
from core.language.embeddings.job import EVERY, JOB, model_of
from core.language.embeddings.setting import METHODS, VectorsSetting
from core.schema.kinds import Number, Whole
from core.training.record import record

TEXT = "the cat sat on the mat. a dog sat on the mat. the dog saw a cat. a cat ran. " * 20


@pytest.mark.parametrize("method", METHODS)
def test_the_same_bits_however_it_is_cut(method: Any) -> None:
    setting = VectorsSetting(method, dimension=5, epochs=3, subsampling=1e-2)
    whole, pieces = record(JOB, setting, chunk=50), record(JOB, setting, chunk=4)
    assert whole.saved[-1].state == pieces.saved[-1].state
    for name, values in whole.series.items():
        assert np.array_equal(values, pieces.series[name], equal_nan=True)
    for name, picture in whole.saved[-1].pictures.items():
        assert np.array_equal(picture, pieces.saved[-1].pictures[name])


def test_another_seed_is_another_run() -> None:
    first = record(JOB, VectorsSetting(), steps=2).series["loss"]
    assert np.array_equal(first, record(JOB, VectorsSetting(), steps=2).series["loss"])
    assert not np.array_equal(first, record(JOB, VectorsSetting(seed=2), steps=2).series["loss"])


@pytest.mark.parametrize("language", ["en", "ko"])
def test_skip_gram_learns_the_analogies(language: Any) -> None:
    setting = VectorsSetting(objective="softmax", language=language, epochs=40, learning_rate=0.02)
    found = record(JOB, setting, chunk=200)
    last = found.saved[-1]
    assert found.series["loss"][0] == pytest.approx(np.log(len(setting.corpus().words)), abs=1e-3)
    assert last.marks["excluding"] > 0.85
    assert last.marks["including"] <= last.marks["excluding"]
    measured = np.flatnonzero(~np.isnan(found.series["excluding"])) + 1
    assert (measured[:-1] % EVERY == 0).all()
    assert found.series["excluding"][-1] == pytest.approx(last.marks["excluding"])


def test_pictures_are_the_projected_vectors() -> None:
    setting = VectorsSetting(epochs=2)
    last = record(JOB, setting).saved[-1]
    corpus = setting.corpus()
    vectors = model_of(setting, last.state).words()
    space = projection.projection(corpus, vectors, 3)(projection.unit(vectors)).numpy()
    assert np.array_equal(last.pictures["space"], space)
    assert last.pictures["plane"].shape == (len(corpus.words), 2)
    assert np.abs(space).max() <= 1
    found = similarity.scores(corpus, vectors)
    assert found is not None
    assert last.marks["excluding"] == pytest.approx(found.excluding)


def test_a_text_of_ones_own_has_no_analogies() -> None:
    last = record(JOB, VectorsSetting(text=TEXT, epochs=2)).saved[-1]
    assert set(last.marks) == {"tokens", "words"}
    assert last.pictures["plane"].shape == (9, 2)


def test_ppmi_and_svd_are_there_after_one_step() -> None:
    setting = VectorsSetting("ppmi_svd", dimension=100)
    found = record(JOB, setting)
    assert found.step == 1
    assert found.series["loss"][0] < 0.05
    assert found.saved[-1].marks["excluding"] > 0.5


def test_a_rate_that_is_far_too_large_does_not_break_it() -> None:
    found = record(JOB, VectorsSetting("glove", epochs=30), rates=((0, 10.0),))
    assert np.isfinite(found.series["loss"]).all()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"method": "bert"}, "method"),
        ({"objective": None}, "objective"),
        ({"language": "de"}, "language"),
        ({"dimension": 2.5}, "whole number"),
        ({"window": True}, "window"),
        ({"learning_rate": float("nan")}, "learning rate"),
        ({"subsampling": "0"}, "subsampling"),
        ({"text": 5}, "text"),
        ({"text": "word"}, "two different words"),
        ({"text": "   "}, "empty"),
        ({"text": "\U0001f600\U0001f680 \u2764\ufe0f!"}, "no words"),
        ({"text": "word " * 1_000_000}, "80,000"),
        ({"text": "a b. " * 15_000, "epochs": 2_000}, "steps"),
        ({"colour": 1}, "colour"),
    ],
)
def test_bad_settings_are_told_in_a_sentence(raw: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=f"(?i){said}") as caught:
        VectorsSetting.read(raw)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "name",
    [n for n, f in VectorsSetting.schema.items() if isinstance(f.kind, Whole | Number)],
)
def test_every_limit_is_held(name: str) -> None:
    kind = VectorsSetting.schema[name].kind
    assert isinstance(kind, Whole | Number)
    low, high = kind.low, kind.high
    wrong = [low - 1, high + 1] if name not in ("learning_rate", "subsampling") else [-1.0, 1.5]
    for value in wrong:
        with pytest.raises(ValueError, match=" from "):
            VectorsSetting.read({name: value})


def test_a_setting_is_written_and_read() -> None:
    setting = VectorsSetting("cbow", "softmax", text=TEXT, seed=5, min_count=2)
    assert VectorsSetting.read(json.loads(json.dumps(setting.write()))) == setting


def test_the_program_repeats_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    setting = VectorsSetting(epochs=1, dimension=4)
    assert JOB.program is not None
    exec(compile(JOB.program(setting, ((0, setting.learning_rate),)), "program", "exec"), {})
    marks = record(JOB, setting).saved[-1].marks
    said = capsys.readouterr().out
    assert f"excluding: {marks['excluding']:.4f}" in said
    assert texts.generated("en").words[0] in said
