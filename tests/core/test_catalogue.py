"""One table says what ships and what makes it; the command line, the cards and make read it."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from types import SimpleNamespace

import pytest

from core import __main__ as command_line
from core import catalogue, weights
from core.address import find
from core.catalogue import ENTRIES, OTHERS, Entry

ROOT = weights.FOLDER.parent
FILES = [entry for entry in ENTRIES if entry.kind != "results"]


def test_all_that_ships_is_in_the_table_and_nothing_else() -> None:
    names = sorted(entry.name for entry in FILES)
    for ending in ("safetensors", "json"):
        assert sorted(path.stem for path in weights.FOLDER.glob(f"*.{ending}")) == names
    assert len({entry.name for entry in ENTRIES}) == len(ENTRIES)


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: entry.name)
def test_a_card_names_the_command_that_makes_it(entry: Entry) -> None:
    card = json.loads((weights.FOLDER / f"{entry.name}.json").read_text(encoding="utf-8"))
    assert card["command"] == f"python -m core train {entry.name}"
    assert entry.mnist == ("MNIST" in card.get("data", "MNIST"))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_its_maker_can_be_called_so(entry: Entry) -> None:
    given = [entry.argument] if entry.argument else []
    inspect.signature(find(entry.maker)).bind(*given)


def test_what_else_is_offered_takes_nothing() -> None:
    for functions in OTHERS.values():
        for where in functions.values():
            inspect.signature(find(where)).bind()


def test_only_the_table_is_run_from_the_command_line() -> None:
    scripts = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "core").rglob("*.py")
        if "\nif __name__ ==" in path.read_text(encoding="utf-8")
    ]
    assert scripts == ["core/__main__.py"]
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\ntrain:")[2]
    assert recipe.partition("\n\n")[0].splitlines()[1:] == ["\t$(BIN)/python -m core train all"]


def test_the_list_names_all_and_imports_nothing_heavy() -> None:
    code = (
        "import sys; from core.__main__ import main; main(['train', '--list']);"
        "assert 'torch' not in sys.modules"
    )
    lines = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=ROOT).splitlines()
    assert [line.split()[0] for line in lines] == [entry.name for entry in ENTRIES]


def test_one_is_made_here_and_all_in_turn_until_one_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    here: list[str] = []
    apart: list[str] = []

    def run(command: list[str], check: bool) -> SimpleNamespace:
        apart.append(command[-1])
        return SimpleNamespace(returncode=3 if command[-1] == "tiny" else 0)

    monkeypatch.setattr(catalogue, "make", here.append)
    monkeypatch.setattr(subprocess, "run", run)
    assert command_line.main(["train", "it_run"]) == 0 and here == ["it_run"]
    assert command_line.main(["train", "all"]) == 3 and here == ["it_run"]
    names = [entry.name for entry in ENTRIES]
    assert apart == names[: names.index("tiny") + 1]


@pytest.mark.parametrize(
    "arguments", [["train"], ["train", "it_run", "it_walk"], ["fetch", "cifar"]]
)
def test_what_is_not_there_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        command_line.main(arguments)
    assert ended.value.code == 2 and "usage: python -m core" in capsys.readouterr().err


def test_the_pen_is_measured_again(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("core.vision.mnist").find()
    assert command_line.main(["measure", "pen"]) == 0
    assert "width in pixels, quartiles: 2.2" in capsys.readouterr().out
