"""Each thing in its room: what one page uses in its folder, what two use in kit; no circles."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "pages"
KIT = PAGES / "kit"
FOLDERS = {path.parent.name for path in PAGES.glob("*/page.py")}

FRAME = {"first_html", "frame", "glossary", "home", "main", "registry"}
"""What is drawn around every page, and what names them all."""

Graph = Mapping[Path, frozenset[Path]]


def _modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def _file(name: str) -> Path | None:
    """The file of a module of ours: "core.state" -> core/state.py."""
    path = ROOT / name.replace(".", "/")
    found = [path.with_suffix(".py"), path / "__init__.py"]
    return next((file for file in found if file.exists()), None)


@cache
def _imports(path: Path) -> frozenset[Path]:
    """The modules of ours that a module imports, those within its functions included."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                names.add(inner if _file(inner) else node.module)
    files = {_file(name) for name in names if name.split(".")[0] in ("core", "pages")}
    return frozenset(file for file in files if file and file != path)


def _parts(path: Path) -> frozenset[Path]:
    """The modules and style sheets that one of our JavaScript modules brings along."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)  # types
    modules = re.findall(r'(?:from|import)\s*\(?\s*"(\.[^"]+\.js)"', text)
    sheets = re.findall(r'"([\w/]+\.css)"', text)
    return frozenset(
        {(path.parent / module).resolve() for module in modules}
        | {PAGES / sheet for sheet in sheets if (PAGES / sheet).exists()}
    )


def _script_graph() -> Graph:
    files = [path for path in PAGES.rglob("*.js")]
    return {path: _parts(path) for path in files}


def _reached(start: Iterable[Path], edges: Callable[[Path], Iterable[Path]]) -> set[Path]:
    seen: set[Path] = set()
    waiting = list(start)
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting.extend(edges(path))
    return seen


def _circle(graph: Graph) -> list[Path]:
    """One circle of the graph, or none."""
    done: set[Path] = set()

    def visit(path: Path, way: list[Path]) -> list[Path]:
        if path in way:
            return [*way[way.index(path) :], path]
        if path in done:
            return []
        for other in graph.get(path, ()):
            if circle := visit(other, [*way, path]):
                return circle
        done.add(path)
        return []

    for path in graph:
        if circle := visit(path, []):
            return circle
    return []


def _names(paths: Iterable[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def _room(path: Path) -> str:
    """The page whose folder holds a file; "kit", or "" for what lies beside the folders."""
    inside = path.relative_to(PAGES).parts
    return inside[0] if len(inside) > 1 else ""


def test_every_folder_of_pages_is_a_page_or_the_kit() -> None:
    folders = {path.name for path in PAGES.iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders == FOLDERS | {"kit"}


@pytest.mark.parametrize("path", _modules("pages"), ids=lambda path: str(path.relative_to(PAGES)))
def test_a_page_uses_its_own_folder_and_the_kit(path: Path) -> None:
    if not _room(path):
        return
    allowed = {_room(path), "kit"}
    others = [
        file
        for file in _imports(path)
        if PAGES in file.parents and _room(file) not in allowed and file.stem != "registry"
    ]
    assert not _names(others)


def test_the_kit_holds_only_what_two_pages_use() -> None:
    users: dict[Path, set[str]] = {
        path: set() for path in KIT.rglob("*.py") if path.stem != "__init__"
    }
    for page in FOLDERS:
        for path in _reached((PAGES / page).rglob("*.py"), _imports):
            users.get(path, set()).add(page)
    roots = [ROOT / "dashboard.py", *(PAGES / f"{name}.py" for name in FRAME)]
    frame = _reached(roots, _kit_of)
    lonely = [path for path, pages in users.items() if len(pages) < 2 and path not in frame]
    assert not _names(lonely)


def _kit_of(path: Path) -> Iterable[Path]:
    return (file for file in _imports(path) if KIT in file.parents)


def _opened_by(path: Path) -> set[Path]:
    """The JavaScript modules that a Python module mounts."""
    return {PAGES / name for name in re.findall(r'"([\w/]+\.js)"', path.read_text("utf-8"))}


def test_a_script_or_style_lies_where_it_is_used() -> None:
    graph = _script_graph()
    of_frame = {PAGES / "frame.css", PAGES / "embedded.css"}
    every = {*graph, *PAGES.rglob("*.css")} - of_frame
    users: dict[Path, set[str]] = {path: set() for path in every}
    for python in _modules("pages"):
        for path in _reached(_opened_by(python), lambda path: graph.get(path, ())):
            users[path].add(_room(python))
    unused = [path for path, rooms in users.items() if not rooms]
    assert not _names(unused), "nobody opens them"
    strays = [
        path
        for path, rooms in users.items()
        if _room(path) != (rooms.copy().pop() if len(rooms) == 1 else "kit")
    ]
    assert not _names(strays), "they belong into another folder"


def test_no_imports_run_in_a_circle() -> None:
    assert not _names(_circle({path: _imports(path) for path in _modules("core", "pages")}))
    assert not _names(_circle(_script_graph()))


def test_no_modules_import_in_a_circle() -> None:
    """Imports within functions count: a circle that hides there is one all the same."""
    assert not _names(_circle({path: _imports(path) for path in _modules("core", "pages")}))
