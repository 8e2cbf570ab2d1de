"""Every page gives its state away as a notebook, and its cells run where nothing of ours is."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from core.training.jobs import program
from pages import registry
from pages.kit import code, downloads
from pages.kit.run import inspection
from tests.core.portable.test_portable import RUNNER, RUNS
from tests.docs.test_notes import _Engine, opened

TABS = {
    "convolution-and-pooling": ("conv", "pooling", "plain"),
    "train-a-cnn": ("train", "hand"),
    "words-as-vectors": ("move",),
    "attention-in-a-trained-model": ("answer", "train"),
    "transformer": ("answer", "train"),
    "bert": ("hidden", "follows", "tune", "write"),
}
"""The parts of a page whose numbers are its own; a real encoder's need its folder."""
TRAININGS = {
    ("train-a-cnn", "hand"),
    ("sine-live", ""),
    ("text-that-writes-itself", ""),
    ("words-as-vectors", "move"),
}
"""Where the tab of the lesson with the program bears another name."""
OPENED = {"photographed-handwriting": {"number": "digit.ink.0.14.15"}}
"""Where only a number that is open has a program."""
STATES = [(entry.path, tab) for entry in registry.PAGES for tab in TABS.get(entry.path, ("",))]


@pytest.fixture(scope="module")
def notebooks() -> Mapping[tuple[str, str], Mapping[str, Any]]:
    """What each part of each page gives away, by the file's name; trainings are cut short."""
    given: dict[str, Any] = {}

    def button(_label: str, make: Any, file_name: str, **_rest: Any) -> None:
        if file_name.endswith(".ipynb"):
            given[file_name] = json.loads(make())

    def short(job: str, config: Mapping[str, Any]) -> str:
        return program(job, {**config, **RUNS[job]})

    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inspection, "ENGINE", _Engine())
        patch.setattr(downloads.st, "download_button", button)
        patch.setattr(code, "program", short)
        for path, tab in STATES:
            lesson = "python" if (path, tab) in TRAININGS else "numbers"
            query = {"tab": tab, "lesson": lesson} if tab else {"lesson": lesson}
            query |= OPENED.get(path, {})
            opened.__wrapped__(path, tuple(query.items()), "ko")
            found[path, tab], given = given, {}
    return found


@pytest.fixture(scope="module")
def printed(
    notebooks: Mapping[tuple[str, str], Mapping[str, Any]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, str]:
    """What the cells of each print, one after the other, in an empty folder."""
    folder = tmp_path_factory.mktemp("alone")
    names = []
    for (path, tab), given in notebooks.items():
        for name, written in given.items():
            cells = ["".join(c["source"]) for c in written["cells"] if c["cell_type"] == "code"]
            names.append(f"{path} {tab} {name} as a notebook")
            (folder / names[-1]).write_text(json.dumps(cells), encoding="utf-8")
    command = [sys.executable, "-I", "-c", RUNNER, ",".join(names)]
    lines = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return dict(json.loads(line) for line in lines.stdout.splitlines() if line.startswith("["))


@pytest.mark.parametrize(("path", "tab"), STATES)
def test_its_cells_run_to_their_end(
    path: str,
    tab: str,
    notebooks: Mapping[tuple[str, str], Mapping[str, Any]],
    printed: Mapping[str, str],
) -> None:
    assert notebooks[path, tab]
    for name in notebooks[path, tab]:
        output = printed[f"{path} {tab} {name} as a notebook"]
        assert output and "Traceback" not in output, output
