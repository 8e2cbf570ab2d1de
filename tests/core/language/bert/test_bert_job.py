"""The network, and the job that trains it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load

from core.language.bert import masking, tuning
from core.language.bert.job import JOB, shipped
from core.language.bert.model import Bert

SMALL: dict[str, Any] = {"width": 32, "layers": 1, "heads": 2, "batch": 8, "steps": 6}


def _model(left: bool) -> Bert:
    model = Bert(40, layers=2, heads=2, width=32, inner=64, left=left)
    model.draw(torch.Generator().manual_seed(1))
    return model.requires_grad_(False)


def test_the_twin_reads_to_the_left_only_and_the_encoder_to_both_sides() -> None:
    ids = torch.randint(5, 40, (1, 12), generator=torch.Generator().manual_seed(2))
    other = ids.clone()
    other[0, 8] = (other[0, 8] - 4) % 35 + 5
    segments = torch.zeros_like(ids)
    for left in (True, False):
        model = _model(left)
        one, two = model(ids, segments), model(other, segments)
        assert torch.equal(one.out[0, :8], two.out[0, :8]) == left
        assert not torch.equal(one.out[0, 8:], two.out[0, 8:])
        above = one.weights[0].triu(1)
        assert bool((above == 0).all()) == left


def test_padding_changes_nothing() -> None:
    model = _model(False)
    ids, segments = masking.padded([([7, 8, 9], [10, 11])])
    longer, more = masking.padded([([7, 8, 9], [10, 11]), ([5] * 9, [6] * 9)])
    short = model(ids, segments).out[0]
    assert torch.allclose(short, model(longer, more).out[0, : len(short)], atol=1e-5)


@pytest.mark.parametrize(
    "raw",
    [
        SMALL,
        SMALL | {"direction": "left", "language": "ko"},
        SMALL | {"negatives": "swapped"},
        SMALL | {"objective": "sentiment", "start": "scratch", "labels": 16},
        SMALL | {"objective": "answer", "start": "scratch", "labels": 16, "language": "ko"},
    ],
)
def test_how_a_run_is_cut_makes_no_difference(raw: dict[str, Any]) -> None:
    setting = JOB.read(raw)
    assert JOB.read(JOB.write(setting)) == setting
    begun, log = JOB.start(setting)
    assert set(log.series) == set() or all(not len(v) for v in log.series.values())
    whole, told = JOB.advance(setting, begun, 6, 1e-3)
    half, first = JOB.advance(setting, begun, 2, 1e-3)
    both, second = JOB.advance(setting, half, 10, 1e-3)
    assert both.step == whole.step == 6
    assert both.tensors == whole.tensors
    for name, values in told.series.items():
        assert len(values) == 6
        joined = np.concatenate([first.series[name], second.series[name]])
        assert np.array_equal(values, joined, equal_nan=True)
    assert all(0 <= value <= 1 for value in told.marks.values())


@pytest.mark.parametrize("objective", ["sentiment", "answer"])
def test_frozen_changes_the_classifier_only(objective: str) -> None:
    raw = {"objective": objective, "start": "frozen", "labels": 16, "steps": 3}
    setting = JOB.read(raw)
    state, _ = JOB.advance(setting, JOB.start(setting)[0], 3, 1e-2)
    found = load(state.tensors)
    changed = {
        key
        for key, tensor in shipped("en").items()
        if not torch.equal(found[f"bert.{key}"], tensor) and not key.startswith(tuning.HEADS)
    }
    assert not changed
    assert JOB.inspections["labels"](setting, state, {})["rows"][15]


def test_a_loss_that_is_no_number_ends_the_run() -> None:
    setting = JOB.read(SMALL | {"steps": 50})
    state, log = JOB.advance(setting, JOB.start(setting)[0], 50, 1e25)
    assert log.failure == "diverged"
    assert all(torch.isfinite(t).all() for k, t in load(state.tensors).items() if "bert" in k) or (
        state.step < 50
    )


@pytest.mark.parametrize(
    "raw",
    [
        {"labels": 7},
        {"labels": 16.5},
        {"share": 0.6},
        {"share": float("nan")},
        {"objective": "guess"},
        {"objective": []},
        {"language": "de"},
        {"steps": True},
        {"heads": 3},
        {"nobody": 1},
        {"objective": "sentiment", "width": 32},
    ],
)
def test_what_is_beyond_the_limits_is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        JOB.read(raw)


def test_spans_are_probabilities_and_never_run_backwards() -> None:
    scores = torch.randn(3, 10, 2, generator=torch.Generator().manual_seed(3))
    chances = tuning.spans(scores).exp()
    assert torch.allclose(chances.sum((1, 2)), torch.ones(3))
    assert (chances.tril(-1) == 0).all() and (chances[:, 0, 1:] == 0).all()
    best = chances.flatten(1).argmax(-1)
    start, end = best // 10, best % 10
    assert (tuning.flat(torch.stack([start, end], 1), 10) == best).all()
    assert (end - start < tuning.LONGEST).all() and (end >= start).all()
