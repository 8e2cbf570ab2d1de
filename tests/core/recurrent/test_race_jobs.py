"""The jobs "words" and "adding": pure, bounded, and what their programs say they are."""

from __future__ import annotations

import io
import math
from contextlib import redirect_stdout
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as F

from core.recurrent.adding import job as adding
from core.recurrent.race import Member
from core.recurrent.words import job as words
from core.recurrent.words.sentences import GRAMMARS
from core.training.job import Job, State
from core.training.record import record

SMALL: dict[str, dict[str, Any]] = {
    "words": {"hidden": 5, "distance": 6, "steps": 9, "seed": 4},
    "adding": {"hidden": 5, "length": 9, "steps": 9, "seed": 4},
}
JOBS: dict[str, Job] = {"words": words.JOB, "adding": adding.JOB}


@pytest.fixture(params=list(JOBS))
def job(request: pytest.FixtureRequest) -> Job:
    return JOBS[request.param]


def small(job: Job, **changes: Any) -> Any:
    return job.read(SMALL[job.name] | changes)


def run(job: Job, config: Any, budgets: list[int]) -> tuple[State, dict[str, list[float]]]:
    state, _ = job.start(config)
    told: dict[str, list[float]] = {}
    for budget in [*budgets, 10_000]:
        state, log = job.advance(config, state, budget, job.learning_rate(config))
        for name, values in log.series.items():
            told.setdefault(name, []).extend(values.tolist())
    return state, told


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(1, 4), max_size=6), st.sampled_from(list(JOBS)))
def test_where_a_run_is_cut_makes_no_difference_to_a_bit(budgets: list[int], name: str) -> None:
    job = JOBS[name]
    config = small(job)
    straight, told = run(job, config, [])
    cut, told_too = run(job, config, budgets)
    assert cut == straight and straight.step == 9
    assert told_too == told


def test_a_run_ends_with_its_last_step(job: Job) -> None:
    state, log = job.advance(small(job), job.start(small(job))[0], 500, 0.01)
    assert state.step == 9 and all(len(values) == 9 for values in log.series.values())


def test_another_seed_is_another_run(job: Job) -> None:
    assert run(job, small(job), [])[0] != run(job, small(job, seed=5), [])[0]


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
def test_who_else_takes_part_changes_nothing_for_a_member(job: Job, kind: str) -> None:
    _, together = run(job, small(job, cell="race"), [])
    _, alone = run(job, small(job, cell=kind), [])
    assert alone[f"{kind}.loss"] == together[f"{kind}.loss"]
    assert len(alone) < len(together)


def test_the_learning_rate_of_a_chunk_counts(job: Job) -> None:
    config = small(job)
    state, _ = job.start(config)
    slow, _ = job.advance(config, state, 2, 1e-4)
    fast, _ = job.advance(config, state, 2, 1e-1)
    assert slow != fast


def test_a_loss_that_grows_without_bound_ends_the_run_at_the_last_good_state(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = small(job)
    before, _ = job.advance(config, job.start(config)[0], 3, 0.01)
    real = F.mse_loss if job.name == "adding" else F.cross_entropy
    name = "mse_loss" if job.name == "adding" else "cross_entropy"
    monkeypatch.setattr(F, name, lambda *given: real(*given) * math.inf)
    after, log = job.advance(config, before, 3, 0.01)
    assert log.failure == "diverged" and after == before


def test_nobody_steps_where_one_gradient_is_of_no_use(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = small(job)
    before, _ = job.advance(config, job.start(config)[0], 3, 0.01)
    lengths = iter([1.0, 1.0, math.nan])
    monkeypatch.setattr(Member, "clip", lambda *given: next(lengths))
    after, log = job.advance(config, before, 3, 0.01)
    assert log.failure == "diverged" and after == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"hidden": 0},
        {"hidden": 129},
        {"hidden": True},
        {"hidden": 2.5},
        {"steps": 10**6},
        {"learning_rate": math.nan},
        {"learning_rate": "fast"},
        {"cell": "transformer"},
        {"cell": ["rnn"]},
        {"seed": -1},
        {"clip": math.inf},
        {"unheard_of": 1},
    ],
)
def test_a_config_out_of_bounds_is_refused_in_a_sentence(job: Job, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        small(job, **wrong)


def test_a_config_survives_the_way_to_the_browser_and_back(job: Job) -> None:
    assert job.read(job.write(small(job))) == small(job)


@pytest.mark.parametrize("rates", [((0, 0.01),), ((0, 0.01), (4, 0.001))])
def test_the_program_repeats_the_run(job: Job, rates: tuple[tuple[int, float], ...]) -> None:
    config = small(job, cell="race", learning_rate=0.01, forget_bias=1.0)
    assert job.program is not None
    recording = record(job, config, rates=rates)
    out = io.StringIO()
    threads = torch.get_num_threads()
    with redirect_stdout(out):
        exec(compile(job.program(config, rates), "program", "exec"), {})
    torch.set_num_threads(threads)
    column = "loss" if job.name == "adding" else "answer"
    for line in out.getvalue().splitlines():
        kind, last, *_ = line.split()
        assert float(last) == pytest.approx(
            float(recording.series[f"{kind}.{column}"][-1]), abs=1e-6
        )
    assert len(out.getvalue().splitlines()) == 3


def test_the_adding_problem_is_the_papers() -> None:
    x, truth = adding.sequences(500, 20, torch.Generator().manual_seed(1))
    marks = x[:, :, 1]
    assert torch.equal(marks.sum(1), torch.full((500,), 2.0))
    assert torch.equal(marks[:, :10].sum(1), torch.ones(500))
    assert torch.allclose((x[:, :, 0] * marks).sum(1), truth)
    assert float(truth.var()) == pytest.approx(1 / 6, abs=0.02)


def test_saying_the_mean_leaves_a_sixth_on_the_test_set() -> None:
    x, truth = adding.test_set(50)
    assert float(truth.var(correction=0)) == pytest.approx(1 / 6, rel=0.005)
    assert torch.allclose((x[:, :, 0] * x[:, :, 1]).sum(1), truth)
    _, log = adding.JOB.start(adding.Adding.read({}))
    assert log.marks["trivial"] == pytest.approx(1 / 6, rel=0.005)


def test_the_score_of_the_words_is_the_share_of_right_last_words() -> None:
    config = words.Words.read({"cell": "gru", "steps": 150, "distance": 6, "hidden": 32})
    recording = record(words.JOB, config, chunk=50)
    assert recording.saved[0].marks["gru.accuracy"] < 0.3
    assert recording.saved[-1].marks["gru.accuracy"] > 0.95
    answers = recording.saved[-1].pictures["gru.answers"]
    assert answers.shape == (6,) and np.argmax(answers) == 0
    assert recording.saved[-1].marks["chance"] == pytest.approx(1 / 6)


def test_the_looks_of_the_words_agree_with_each_other() -> None:
    config = words.Words.read({"cell": "race", "steps": 2, "distance": 7})
    state, _ = words.JOB.advance(config, words.JOB.start(config)[0], 2, 0.01)
    read = words.JOB.inspections["reading"](config, state, {"name": "Monet", "distance": "12"})
    assert read["words"][read["name_at"]] == "Monet" and read["distance"] == 12
    assert read["words"][-1] == read["answer"] == "painter"
    assert len(read["words"]) - 1 - read["name_at"] == 12
    shown = words.JOB.inspections["gates"](config, state, {"name": "Monet", "distance": "12"})
    assert shown["words"] == read["words"][:-1]
    asked = {"name": "Monet", "distance": "12", "cell": "lstm", "gate": "forget", "time": "5"}
    number = words.JOB.inspections["number"](config, state, asked | {"unit": "3"})
    value = float(shown["cells"]["lstm"]["forget"][5, 3])
    assert number["number"]["value"] == pytest.approx(value, abs=1e-7)
    for cell in read["cells"].values():
        assert sum(share for _, share in cell["answers"]) < 1
        assert len(cell["influence"]) == len(cell["guesses"]) == len(read["words"]) - 1


@pytest.mark.parametrize(
    "query",
    [
        {"name": "Conann"},
        {"name": "<script>"},
        {"distance": "3"},
        {"distance": "41"},
        {"distance": "-1"},
        {"distance": "٥"},
        {"talk": "much"},
    ],
)
def test_a_question_about_no_sentence_is_refused_in_a_sentence(query: dict[str, str]) -> None:
    config = words.Words.read({"cell": "rnn", "steps": 1})
    state, _ = words.JOB.start(config)
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        words.JOB.inspections["reading"](config, state, query)


def test_each_language_has_its_own_network() -> None:
    for language, grammar in GRAMMARS.items():
        config = words.Words.read({"cell": "rnn", "steps": 1, "language": language})
        read = words.JOB.inspections["reading"](config, words.JOB.start(config)[0], {})
        assert read["names"] == list(grammar.names)
