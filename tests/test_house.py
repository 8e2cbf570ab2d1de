"""The rules of the house: arrows run one way, and what each part must not know."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SUBJECTS = {"vision", "recurrent", "attention", "language"}
FOUNDATIONS = {
    "vision": ("core.recurrent.cell", "core.recurrent.cells"),
    "language": tuple(
        f"core.attention.{name}" for name in ("blocks", "layer_rules", "positions", "pretrained")
    ),
}
"""What a subject may import of another one: a transformer stands on attention, and the network that
follows a pen is an LSTM."""


def _sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", _sources("core"), ids=_name)
def test_core_knows_nothing_of_browsers_and_pages(path: Path) -> None:
    tops = {module.split(".")[0] for module in _imports(path)}
    assert not tops & {"streamlit", "starlette", "pages", "dashboard"}


@pytest.mark.parametrize("path", _sources("core"), ids=_name)
def test_a_subject_of_core_imports_no_other_subject(path: Path) -> None:
    inside = path.relative_to(ROOT / "core").parts[0]
    if inside not in SUBJECTS:
        return
    allowed = FOUNDATIONS.get(inside, ())
    others = [
        module
        for module in _imports(path)
        if module.startswith(tuple(f"core.{subject}" for subject in SUBJECTS - {inside}))
        and not f"{module}.".startswith(tuple(f"{name}." for name in allowed))
    ]
    assert not others


@pytest.mark.parametrize("path", _sources("pages"), ids=_name)
def test_pages_hold_no_mathematics(path: Path) -> None:
    tops = {module.split(".")[0] for module in _imports(path)}
    assert not tops & {"torch", "torchvision", "numpy", "safetensors", "dashboard"}


def test_nothing_is_unpickled() -> None:
    harmless = "pickle.PickleBuffer"  # bytes that travel beside a pickle; it reads none
    for path in _sources("core", "pages"):
        names = list(_imports(path))
        found = [name for name in names if name.split(".")[0] in ("pickle", "dill", "joblib")]
        of_buffers = ["pickle", harmless] * found.count(harmless)
        assert sorted(found) == sorted(of_buffers), _name(path)
