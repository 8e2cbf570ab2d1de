"""The job "text": where it is cut, what its program prints, what is carried and what is cut off."""

from __future__ import annotations

import io
import math
from contextlib import redirect_stdout
from typing import Any

import pytest
import torch
from torch.nn import functional as F

from core.recurrent.cells import KINDS
from core.recurrent.text import learning
from core.recurrent.text.job import JOB
from core.recurrent.text.learning import Learning, streams, surprise
from core.recurrent.text.setting import BATCH, TextSetting
from core.recurrent.text.writer import writer
from core.schema import Refusal
from core.training.job import State
from core.training.record import record
from core.training.recording import Recording

TEXT = '"Who are you?" said the Cat. It\'s late,\nand the dog (a small one) looked on.\n\n' * 20
SMALL: dict[str, Any] = {"hidden": 12, "context": 6, "steps": 11, "text": TEXT, "seed": 3}


def small(**changes: Any) -> TextSetting:
    return TextSetting.read(SMALL | changes)


def run(**changes: Any) -> Recording:
    return record(JOB, small(**changes))


@pytest.mark.parametrize("cell", KINDS)
@pytest.mark.parametrize("chunk", [1, 4])
def test_where_a_run_is_cut_makes_no_difference_to_a_bit(cell: str, chunk: int) -> None:
    straight, cut = run(cell=cell), record(JOB, small(cell=cell), chunk=chunk)
    assert cut.saved[-1].state == straight.saved[-1].state
    for name, values in straight.series.items():
        assert cut.series[name].tobytes() == values.tobytes()


@pytest.mark.parametrize(
    "changes",
    [{"cell": cell} for cell in KINDS]
    + [{"dropout": 0.0, "clip": 0.0}, {"unit": "jamo"}, {"glance": 3}],
)
def test_the_program_repeats_the_run(changes: dict[str, Any]) -> None:
    text = TEXT.replace("Cat", "고양이") if "unit" in changes else TEXT
    config = small(text=text, **changes)
    rates = ((0, 0.01), (5, 0.002))
    recording = record(JOB, config, rates=rates)
    out, threads = io.StringIO(), torch.get_num_threads()
    assert JOB.program
    with redirect_stdout(out):
        exec(compile(JOB.program(config, rates), "program", "exec"), {})
    torch.set_num_threads(threads)
    losses = dict(line.split() for line in out.getvalue().splitlines()[:2])
    for step in (1, config.steps):
        told = float(recording.series["loss"][step - 1])
        assert float(losses[str(step)]) == pytest.approx(told, abs=1e-5)


def test_streams_lie_one_after_the_other_and_know_their_next_letter() -> None:
    found = streams(torch.arange(3 * BATCH * 5 + 2), 5)
    assert found.shape == (BATCH, 16)
    assert found[1].tolist() == list(range(15, 31))
    assert streams(torch.arange(20), 8).shape == (BATCH, 9)  # in circles


@pytest.mark.parametrize("cell", KINDS)
def test_the_state_is_carried_over_a_stretch_and_the_gradient_is_not(cell: str) -> None:
    train = Learning(small(cell=cell, dropout=0.0))
    train.step(0, 0.01)
    assert train.carried.abs().sum() > 0 and not train.carried.requires_grad
    stretch, new = train.stretch(1)
    scores, _ = train.model(stretch[:, :-1], train.carried)
    fresh, _ = train.model(stretch[:, :-1], torch.zeros_like(train.carried))
    assert not new and not torch.allclose(scores, fresh)
    told = train.step(1, 0.01)
    expected = F.cross_entropy(scores.flatten(0, 1), stretch[:, 1:].flatten()).item()
    assert told and told["loss"] == pytest.approx(expected, abs=1e-6)


def test_at_the_end_of_the_streams_they_begin_anew() -> None:
    train = Learning(small())
    stretches = (train.streams.shape[1] - 1) // 6
    assert train.stretch(0)[1] and train.stretch(stretches)[1] and not train.stretch(1)[1]
    assert torch.equal(train.stretch(0)[0], train.stretch(stretches)[0])


def test_the_held_out_text_is_judged_once_a_letter_with_what_stands_before_it() -> None:
    setting = small(dropout=0.0)
    model, text = writer(setting).eval(), setting.read_text()
    whole = torch.cat([text.train[-learning.WARM :], text.held])[None]
    with torch.no_grad():
        scores, _ = model(whole[:, :-1], model.begin(1))
    nats = F.cross_entropy(scores[0, learning.WARM - 1 :], text.held)
    assert len(text.held) > learning.WINDOW  # so there are two windows
    assert surprise(setting, model) == pytest.approx(float(nats), abs=1e-3)


def test_a_loss_of_no_use_ends_the_run_at_the_last_good_state(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config = small()
    before, _ = JOB.advance(config, JOB.start(config)[0], 3, 0.01)
    real = F.cross_entropy

    def lost(*given: Any, **more: Any) -> torch.Tensor:
        return real(*given, **more) * (1.0 if more else math.inf)

    monkeypatch.setattr(F, "cross_entropy", lost)
    after, log = JOB.advance(config, before, 3, 0.01)
    assert log.failure == "diverged" and after == before


def test_a_step_that_would_take_long_is_refused() -> None:
    with pytest.raises(Refusal, match="shorter context or a smaller hidden size"):
        TextSetting(cell="lstm", hidden=384, context=128)


def test_a_config_survives_the_way_to_the_browser_and_back() -> None:
    assert JOB.read(JOB.write(small())) == small()


def test_a_text_of_few_words_is_learned_by_heart() -> None:
    recording = run(steps=150, hidden=32, context=16, learning_rate=0.02)
    first, last = recording.saved[0].marks, recording.saved[-1].marks
    assert last["perplexity"] < first["perplexity"] / 5
    assert last["gram5"] < last["gram3"] < last["gram1"] < 40


def look(name: str, state: State, config: TextSetting, **query: str) -> Any:
    return JOB.inspections[name](config, state, query)


def test_a_sample_is_drawn_from_its_candidates() -> None:
    recording = run(steps=60, hidden=32)
    config, state = small(steps=60, hidden=32), recording.saved[-1].state
    found = look("sample", state, config)
    again = look("sample", state, config)
    other = look("sample", state, config, draw="1")
    assert found == again and found["letters"] != other["letters"]
    for number, share, candidates in zip(
        found["numbers"], found["shares"], found["candidates"], strict=True
    ):
        shares = [each for _, each, _ in candidates]
        assert shares == sorted(shares, reverse=True) and sum(shares) <= 1 + 1e-5
        drawn_with = {which: each for which, _, each in candidates}
        assert drawn_with.get(number, share) == pytest.approx(share)
    assert sum(count for _, count in found["written"]) == len(found["letters"])


def test_a_low_temperature_takes_likelier_letters() -> None:
    config = small(steps=150, hidden=32, context=16, learning_rate=0.02)
    state = record(JOB, config).saved[-1].state
    cold, hot = (look("sample", state, config, temperature=t) for t in ("0.1", "2.0"))
    assert sum(cold["shares"]) > sum(hot["shares"])


@pytest.mark.parametrize("query", [{"temperature": "0"}, {"temperature": "hot"}, {"draw": "-1"}])
def test_a_manner_beyond_its_limits_is_refused(query: dict[str, str]) -> None:
    state, _ = JOB.start(small())
    with pytest.raises(Refusal):
        look("sample", state, small(), **query)


def test_each_step_leaves_out_others() -> None:
    def mask(count: int, **changes: Any) -> torch.Tensor:
        with learning._chance(small(dropout=0.5, **changes), count):
            return torch.rand(8)

    masks = [mask(0), mask(1), mask(2), mask(700), mask(1, seed=4)]
    assert torch.equal(masks[1], mask(1))
    assert all(not torch.equal(a, b) for i, a in enumerate(masks) for b in masks[:i])
