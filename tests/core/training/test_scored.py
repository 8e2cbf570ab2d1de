"""The scores of runs, opened: they are the marks, their programs print them, rubbish is refused."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import torch

from core.address import find
from core.attention.trained import scored as trained
from core.attention.trained.shipped import network as shipped_it
from core.language.bert import scored as bert
from core.language.bert import shelf
from core.language.transformer import scored as transformer
from core.language.transformer.networks import network
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


SHIPPED_SCORES: dict[str, tuple[Any, Any, dict[str, Any]]] = {
    "transformer": (transformer.ScoreQuestion, transformer.score, {"task": "sort"}),
    "it": (trained.ScoreQuestion, trained.score, {"model": "1x1"}),
    "bert": (bert.ScoreQuestion, bert.score, {"part": "true"}),
}
"""Live routes: what is asked, what answers, and a question."""


@pytest.mark.parametrize("name", SHIPPED_SCORES)
def test_what_was_measured_of_a_shipped_network_is_computed_again(name: str) -> None:
    question, score, asked = SHIPPED_SCORES[name]
    card = {
        "transformer": lambda: network("sort").card["scores"]["held_out"]["tokens"],
        "it": lambda: shipped_it("1x1").card["scores"]["accuracy"],
        "bert": lambda: shelf.card("bert_en")["scores"]["follows"]["true"],
    }[name]()
    found = score(question.read(asked))
    assert found["opened"]["value"] == pytest.approx(card, abs=1e-6)
    assert printed(found["program"]) == pytest.approx([card], abs=1e-5)


@pytest.mark.parametrize("name", SHIPPED_SCORES)
@pytest.mark.parametrize(
    "wrong",
    [
        {"part": "nothing"},
        {"number": "right.1"},
        {"number": {"array": "right"}},
        {"number": {"array": "right", "index": [-1]}},
        {"number": {"array": "right", "index": ["x"]}},
        {"number": {"array": "nothing", "index": []}},
        {"nobody": 1},
    ],
)
def test_rubbish_to_a_route_is_refused(name: str, wrong: dict[str, Any]) -> None:
    question, score, asked = SHIPPED_SCORES[name]
    with pytest.raises(Refusal, match=r"\.$"):
        score(question.read(asked | wrong))
