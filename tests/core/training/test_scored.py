"""The scores of runs, opened: they are the marks, their programs print them, rubbish is refused."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import torch

from core.address import find
from core.schema import Refusal
from core.training import shipped
from core.training.job import Job
from core.training.jobs import JOBS, SHIPPED
from core.training.recording import Recording
from tests.core.opened.test_opened import printed

MARKS = {
    "words": {"rnn.accuracy": ("rnn", "accuracy"), "lstm.accuracy": ("lstm", "accuracy")},
    "words_ko": {"gru.accuracy": ("gru", "accuracy")},
    "it": {"accuracy": ("pairs", "accuracy"), "adjectives": ("adjectives", "accuracy")},
    "translate": {"token_accuracy": ("tokens", "accuracy"), "exact": ("texts", "accuracy")},
    "bert": {name: (name, "accuracy") for name in ("top1", "every", "follows", "swapped")},
    "bert_sentiment": {name: (name, "accuracy") for name in ("unseen", "seen")},
}
"""Of shipped runs: their marks, and the part and the number that each of them opens as."""


@cache
def run(name: str) -> tuple[Job, Recording]:
    recording = shipped.load(SHIPPED[name])
    return find(JOBS[name.split("_")[0]]), recording


def opened(name: str, at: int, **query: str) -> dict[str, Any]:
    job, recording = run(name)
    config, state = job.read(recording.config), recording.saved[at].state
    found: dict[str, Any] = job.inspections["score"](config, state, query)
    return found


@pytest.mark.parametrize("at", [0, -1])
@pytest.mark.parametrize("name", MARKS)
def test_a_mark_is_the_number_that_opens(name: str, at: int) -> None:
    _, recording = run(name)
    for mark, (part, number) in MARKS[name].items():
        found = opened(name, at, part=part, number=number)
        value = recording.saved[at].marks[mark]
        assert found["opened"]["value"] == pytest.approx(value, abs=1e-6), mark
        assert found["opened"]["total"] == pytest.approx(value, abs=1e-6)
        assert printed(found["program"]) == pytest.approx([value], abs=1e-5)
        rows = {term["at"][0] for term in found["opened"]["terms"]}
        assert {str(row) for row in rows} == set(found["texts"])


@pytest.mark.parametrize("name", MARKS)
def test_an_answer_opens_down_to_its_scores(name: str) -> None:
    part, _ = next(iter(MARKS[name].values()))
    for number in ("right.4", "loss", "surprise.4", "log_p.4", "p.4", "probabilities.4.2"):
        found = opened(name, -1, part=part, number=number)
        assert found["number"] == number
        assert found["opened"]["total"] == pytest.approx(found["opened"]["value"], abs=1e-4)
        assert printed(found["program"]) == pytest.approx([found["opened"]["value"]], abs=1e-4)
    row = torch.tensor(opened(name, -1, part=part, number="probabilities.4.2")["opened"]["row"])
    right = opened(name, -1, part=part, number="right.4")["opened"]
    assert int(row.argmax()) == right["column"]
    assert right["value"] == float(right["column"] == right["target"])


@pytest.mark.parametrize("name", MARKS)
@pytest.mark.parametrize(
    "query",
    [
        {"part": "nothing"},
        {"number": "right.99999"},
        {"number": "right"},
        {"number": "right.0"},
        {"number": "right.-1"},
        {"number": "nothing"},
        {"number": "right[1]"},
        {"number": "loss.1"},
        {"number": "p.1.1.1.1"},
    ],
)
def test_rubbish_is_refused(name: str, query: dict[str, str]) -> None:
    with pytest.raises(Refusal, match=r"\.$"):
        opened(name, -1, **query)
