"""The program that repeats a run prints what the run said."""

import re
from typing import Any

import pytest

from core.recurrent.series.job import JOB
from core.recurrent.series.scaling import SCALINGS
from core.training.record import record
from tests.program import printed

CASES: dict[str, dict[str, Any]] = {
    **{scaling: {"scaling": scaling, "epochs": 3} for scaling in SCALINGS},
    "weather": {"source": "weather", "scaling": "differences", "cell": "race", "hidden": 3,
                "epochs": 1, "period": 365, "batch": 200},
}  # fmt: skip


@pytest.mark.parametrize("case", list(CASES))
def test_it_repeats_the_run(case: str) -> None:
    config = JOB.read(CASES[case])
    rates = ((0, config.learning_rate), (2, config.learning_rate / 3))
    marks = record(JOB, config, rates=rates).saved[-1].marks
    assert JOB.program is not None
    text = printed(JOB.program(config, rates))
    for name in ("persistence", "seasonal"):
        found = re.search(rf"{name} error (\S+)", text)
        assert found and float(found[1]) == pytest.approx(marks[f"{name}.error"])
    lines = re.findall(r"(\w+) error (\S+) over persistence (\S+) coverage (\S+)", text)
    assert [line[0] for line in lines] == list(config.cells)
    for cell, *values in lines:
        wanted = [marks[f"{cell}.{what}"] for what in ("error", "over", "coverage")]
        assert [float(value) for value in values] == pytest.approx(wanted, rel=1e-3)
        assert f"{cell} fits the truth of {marks[f'{cell}.lag']:.0f} rows" in text


def test_it_reads_well() -> None:
    assert JOB.program is not None
    for given in CASES.values():
        config = JOB.read(given)
        text = JOB.program(config, ((0, 0.01),))
        assert max(map(len, text.splitlines())) <= 100 and "\n\n\n\n" not in text
