"""A program as a notebook: valid, complete, and it runs cell after cell."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from core.attention.steps import program as steps_program
from core.attention.steps.question import StepsQuestion
from core.attention.steps.rules import fitting
from core.attention.steps.trace import steps
from core.notebook import cut, notebook
from core.recurrent.through_time import formula
from core.recurrent.through_time.gradient import GradientSetting
from core.training.jobs import program
from core.vision.hand import sample
from core.vision.pooling import formula as pooling
from core.vision.pooling.question import PoolingQuestion, inputs
from tests.program import printed


def _steps() -> str:
    question = StepsQuestion(words=("the", "cat", "sat"))
    run = steps(question)
    return steps_program.program(run, fitting(run, question.place))


def _pooling() -> str:
    question = PoolingQuestion(sample(3))
    return pooling.program(inputs(question, [(0, 0)])[0], question.setting, 0, 0)


PROGRAMS = {
    "gradient": lambda: formula.program(GradientSetting(), 3),
    "steps": _steps,
    "pooling": _pooling,
    "translate": lambda: program("adding", {"steps": 2}),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_cells_print_in_an_empty_folder_what_the_program_prints(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = PROGRAMS[name]()
    whole = printed(source)
    monkeypatch.chdir(tmp_path)
    cells = [cell for cell in _read(source)["cells"] if cell["cell_type"] == "code"]
    assert len(cells) > 1
    scope: dict[str, object] = {"__name__": "__main__"}
    out = io.StringIO()
    with redirect_stdout(out):
        for cell in cells:
            exec("".join(cell["source"]), scope)
    assert out.getvalue() == whole != ""
    assert not list(tmp_path.iterdir())


def test_it_has_what_nbformat_4_asks_for() -> None:
    """As its schema for version 4.5 says: nothing missing, nothing besides."""
    written = _read('"""Adds."""\n\nprint(1 + 1)\n', "# Sums", "**Settings**")
    assert (written["nbformat"], written["nbformat_minor"]) == (4, 5)
    assert set(written) == {"nbformat", "nbformat_minor", "metadata", "cells"}
    assert {"display_name", "name"} <= set(written["metadata"]["kernelspec"])
    texts = [("markdown", "# Sums"), ("markdown", "**Settings**"), ("markdown", "Adds.")]
    told = [(cell["cell_type"], "".join(cell["source"])) for cell in written["cells"]]
    assert told == [*texts, ("code", "print(1 + 1)")]
    common = {"id", "cell_type", "metadata", "source"}
    for cell in written["cells"]:
        code = cell["cell_type"] == "code"
        assert set(cell) == common | ({"execution_count", "outputs"} if code else set())
        assert all(isinstance(line, str) for line in cell["source"])
    names = [cell["id"] for cell in written["cells"]]
    assert len(set(names)) == len(names) and all(1 <= len(name) <= 64 for name in names)


def test_no_line_of_a_program_is_lost() -> None:
    source = "# by hand\n\nimport math\n\n\n@staticmethod\ndef f():\n    return 1\n\n\n# last\n"
    title, cells = cut(source)
    assert title == "" and cells == [
        "# by hand\n\nimport math",
        "@staticmethod\ndef f():\n    return 1\n\n\n# last",
    ]


def _read(source: str, *told: str) -> dict[str, list[dict[str, list[str]]]]:
    read: dict[str, list[dict[str, list[str]]]] = json.loads(notebook(source, told))
    return read
