"""Numbers of shipped runs, opened: they are the marks and pictures of the run, all the way down."""

from typing import Any

import pytest

from core.recurrent.adding.job import JOB as ADDING
from core.recurrent.sine.job import JOB as SINE
from core.schema import Refusal
from core.training import shipped
from tests.core.opened.test_opened import printed

RUNS = {"sine": (SINE, "sine_race", "score"), "adding": (ADDING, "adding_race", "number")}


def ask(name: str, **query: str) -> dict[str, Any]:
    job, recording, view = RUNS[name]
    run = shipped.load(recording)
    found: dict[str, Any] = job.inspections[view](job.read(run.config), run.saved[-1].state, query)
    return found


def saved(name: str) -> Any:
    return shipped.load(RUNS[name][1]).saved[-1]


MARKS = [
    ("sine", "lstm.one_step", {"of": "lstm"}),
    ("sine", "rnn.free_run", {"of": "rnn", "mode": "free_run"}),
    ("sine", "persistence", {"of": "persistence"}),
    ("sine", "persistence.free_run", {"of": "persistence", "mode": "free_run"}),
    ("sine", "two_tap", {"of": "two_tap"}),
    ("sine", "two_tap.free_run", {"of": "two_tap", "mode": "free_run"}),
    ("adding", "gru.test", {"of": "gru"}),
    ("adding", "trivial", {"of": "trivial"}),
]


@pytest.mark.parametrize(("name", "mark", "query"), MARKS)
def test_an_error_opens_into_what_it_is_the_mean_of(
    name: str, mark: str, query: dict[str, str]
) -> None:
    found, wanted = ask(name, **query), saved(name).marks[mark]
    assert found["number"]["value"] == pytest.approx(wanted, rel=1e-4)
    assert found["number"]["total"] == pytest.approx(wanted, rel=1e-4)
    (value,) = printed(found["program"])
    assert value == pytest.approx(wanted, rel=1e-4)


@pytest.mark.parametrize(
    ("name", "picture", "query", "at"),
    [
        ("sine", "lstm.one_step", {"of": "lstm", "window": "0"}, "time"),
        ("sine", "gru.free_run", {"of": "gru", "mode": "free_run", "window": "0"}, "time"),
        ("adding", "lstm.says", {"of": "lstm"}, "sequence"),
    ],
)
def test_an_output_is_read_from_the_hidden_state(
    name: str, picture: str, query: dict[str, str], at: str
) -> None:
    values = saved(name).pictures[picture]
    for place in (0, 4):
        found = ask(name, **query | {at: str(place)})
        assert found["number"]["kind"] == "dot" and found["number"]["count"] == 32
        wanted = float(values[place + found.get("begin", 0) * (query.get("mode") is None)])
        assert found["number"]["value"] == pytest.approx(wanted, abs=1e-5)
        unit = ask(name, **query | {at: str(place), "unit": "7"})
        terms = {term["at"][-1]: term["left"] for term in ask_all(found)}
        if 7 in terms:
            assert unit["number"]["value"] == pytest.approx(terms[7], abs=1e-5)


def ask_all(found: dict[str, Any]) -> list[dict[str, Any]]:
    terms: list[dict[str, Any]] = found["number"]["terms"]
    return terms


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("sine", {"of": "transformer"}),
        ("sine", {"window": "9000"}),
        ("sine", {"window": "1", "time": "400"}),
        ("sine", {"of": "persistence", "window": "1", "time": "1", "unit": "1"}),
        ("sine", {"window": "1", "time": "1", "unit": "100"}),
        ("sine", {"colour": "red"}),
        ("adding", {"of": "two_tap"}),
        ("adding", {"sequence": "256"}),
        ("adding", {"sequence": "1", "unit": "x"}),
    ],
)
def test_what_is_not_there_is_refused_in_a_sentence(name: str, query: dict[str, str]) -> None:
    with pytest.raises(Refusal, match=r"\.$"):
        ask(name, **query)
