"""Programs to take away run, and print what the screen shows."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

from core.attention.trained.answer import reply
from core.attention.trained.numbers import numbers
from core.attention.trained.program import number as number_program
from core.attention.trained.program import picture
from core.attention.trained.question import ReferentQuestion
from core.attention.trained.shipped import EXAMPLES, network
from core.attention.trained.training.job import JOB
from core.training.record import record

ROOT = Path(__file__).resolve().parents[4]


def _run(program: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(ROOT)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, "program.py", "exec"), {"__name__": "__main__"})
    return out.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"model": "1x1", "cuts": [{"from": 7, "to": 1}]},
        {"cuts": [{"from": 7, "to": 1}, {"layer": 1, "head": 2}], "renormalise": False},
        {"cuts": [{"layer": 0}], "head": {"layer": 0, "head": 3}},
        {"model": "mlm", "cell": {"layer": 1, "head": 1, "from": 0, "to": 0}},
        {
            "cell": {"layer": 1, "head": 0, "from": 7, "to": 1},
            "cuts": [{"layer": 0, "from": 3}, {"to": 4}],
        },
        {
            "cell": {"layer": 0, "head": 0, "from": 7, "to": 1},
            "cuts": [{"layer": 0, "head": 0}],
            "renormalise": False,
        },
        {"sentence": "the cat sat on the mat"},
    ],
)
def test_the_picture(raw: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    question = ReferentQuestion.read({"sentence": EXAMPLES["en"][0]} | raw)
    printed = _run(picture(question), monkeypatch)
    head, maps = reply(network(question.model).model, question, None)
    layer, number = map(int, re.findall(r"layer (\d+), head (\d+)", printed)[0])
    shown = maps.get("after", maps["before"])[layer - 1, number - 1]
    rows = [line.split()[1:] for line in printed.splitlines()[1 : 1 + len(question.words)]]
    assert [[float(x) for x in row] for row in rows] == [
        pytest.approx(row, abs=6e-4) for row in shown.tolist()
    ]
    if question.cell is not None:
        found = numbers(network(question.model).model, question)
        weight = found.open_weight()
        for line in _run(number_program(found, weight, question), monkeypatch).split():
            assert float(line) == pytest.approx(weight.value, abs=1e-5)
    said = dict(re.findall(r"it is the (\w+): ([\d.]+)", printed))
    rows = head["answer"]["words"] if head["answer"] else []
    expected = {r["word"]: r["after"] or r["before"] for r in rows if r["positions"]}
    assert {word: float(p) for word, p in said.items()} == pytest.approx(expected, abs=2e-4)


def test_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    setting = JOB.read({"layers": 1, "heads": 2, "width": 16, "steps": 6})
    rates = ((0, 0.003), (4, 0.001))
    marks = record(JOB, setting, rates=rates).saved[-1].marks
    assert JOB.program is not None
    printed = _run(JOB.program(setting, rates), monkeypatch)
    assert printed == "".join(f"{name}: {value:.4f}\n" for name, value in marks.items())
