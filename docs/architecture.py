"""Draws docs/architecture.svg from the imports and from the ways that docs/architecture.md lists.

python -m docs.architecture
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT = ROOT / "docs/architecture.md"
PICTURE = ROOT / "docs/architecture.svg"

_JS_IMPORT = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)["'](\.[^"']+)["']""")
_STOP = re.compile(r"^\d+\. `([^`]+)`:? (.+)$")
_CHANGE = re.compile(r"^- `([^`]+)`")
_WAY = "The way of "
_TO_CHANGE = "Files to open for "

INK, PAPER, GREY, PALE, ACCENT = "#16204a", "#fcfbf8", "#656b7d", "#e9e9e4", "#b3440c"
FONT = "Helvetica Neue, Helvetica, Arial, sans-serif"


@dataclass(frozen=True)
class Stop:
    """One file that a way passes through, and what happens there."""

    file: str
    what: str


def sections() -> dict[str, list[str]]:
    """The lines below each heading of docs/architecture.md."""
    by_title: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in TEXT.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            lines = by_title.setdefault(line.lstrip("# "), [])
        else:
            lines.append(line)
    return by_title


def ways() -> dict[str, list[Stop]]:
    """The listed ways, such as that of a stroke, each with its stops in order."""
    return {
        title.removeprefix(_WAY): [
            Stop(*match.groups()) for match in map(_STOP.match, lines) if match
        ]
        for title, lines in sections().items()
        if title.startswith(_WAY)
    }


def changes() -> dict[str, list[str]]:
    """For each listed change the files, or folders, that somebody opens to make it."""
    return {
        title.removeprefix(_TO_CHANGE): [m[1] for m in map(_CHANGE.match, lines) if m]
        for title, lines in sections().items()
        if title.startswith(_TO_CHANGE)
    }


def room(file: str) -> str:
    """The room that a file belongs to: a page, the kit, a subject of core.

    >>> room("pages/bert/view.js"), room("pages/frame.py"), room("core/vision/hand/person.py")
    ('pages/bert', 'pages', 'core/vision')
    >>> room("dashboard.py"), room("core/weights.py")
    ('dashboard.py', 'core/weights.py')
    """
    parts = file.split("/")
    if parts[0] == "core" or file == "pages/registry.py":
        return "/".join(parts[:2])
    return "/".join(parts[:2]) if len(parts) > 2 else parts[0]


def imports() -> set[tuple[str, str]]:
    """Who imports whom, as pairs of rooms: Python and JavaScript, dashboard, pages and core."""
    files = [ROOT / "dashboard.py"]
    files += [path for name in ("pages", "core") for path in sorted((ROOT / name).rglob("*.*"))]
    pairs = set()
    for path in files:
        reader = {".py": python_imports, ".js": javascript_imports}.get(path.suffix)
        for target in reader(path) if reader else ():
            pairs.add((room(relative(path)), room(relative(target))))
    return {(user, used) for user, used in pairs if user != used}


def relative(path: Path) -> str:
    """A file by its path in the repository."""
    return path.relative_to(ROOT).as_posix()


def python_imports(path: Path) -> Iterator[Path]:
    """The files of ours that a Python file imports, inside its functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            if (target := _module(name)) is not None:
                yield target


def _module(name: str) -> Path | None:
    """The file of a module of ours, or of the module that holds the name."""
    parts = name.split(".")
    if parts[0] not in ("core", "pages"):
        return None
    for end in (len(parts), len(parts) - 1):
        path = ROOT.joinpath(*parts[:end])
        for file in (path.with_suffix(".py"), path / "__init__.py"):
            if file.is_file():
                return file
    return None


def javascript_imports(path: Path) -> Iterator[Path]:
    """The files that a module of JavaScript imports."""
    for target in _JS_IMPORT.findall(path.read_text(encoding="utf-8")):
        file = (path.parent / target).resolve()
        if file.is_file():
            yield file


def ordered(pairs: set[tuple[str, str]]) -> list[str]:
    """All rooms, users before those whom they use; within that from the door to the cellar.

    >>> ordered({("pages/bert", "core/language"), ("dashboard.py", "pages/bert")})
    ['dashboard.py', 'pages/bert', 'core/language']
    """
    left = {name for pair in pairs for name in pair}
    order: list[str] = []
    while left:
        free = [name for name in left if not any(u in left and v == name for u, v in pairs)]
        # a circle would leave nobody free: then whoever stands first is taken, and the dot above
        # the diagonal shows it
        order.append(min(free or left, key=_place))
        left.remove(order[-1])
    return order


def _place(name: str) -> tuple[int, int, str]:
    floor, _, rest = name.partition("/")
    kind = ("dashboard.py", "pages", "pages/", "core/").index(f"{floor}/" if rest else floor)
    return kind, rest in ("registry.py", "kit"), name


def drawn() -> str:
    """The picture: the matrix of imports, and below it the ways."""
    pairs = imports()
    matrix, matrix_height = _matrix(ordered(pairs), pairs)
    lanes, height = _lanes(ways(), matrix_height + 64)
    style = (
        f"text{{font-family:{FONT};fill:{INK}}} .small{{font-size:12px;fill:{GREY}}} "
        ".room{font-size:13px} .file{font-size:12.5px;font-weight:600} "
        ".title{font-size:17px;font-weight:650}"
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'width="{WIDTH}" height="{height}">',
            f"<style>{style}</style>",
            f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
            *matrix,
            *lanes,
            "</svg>\n",
        ]
    )


WIDTH, MARGIN, LABEL, CELL = 1240, 28, 190, 22
"""Of the picture, in pixels: its width, the margin, room for a label, and one cell."""


def _text(x: float, y: float, kind: str, words: str, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" class="{kind}"{more}>{escape(words)}</text>'


def _matrix(rooms: list[str], pairs: set[tuple[str, str]]) -> tuple[list[str], float]:
    """Each room in its row and its column; a dot where the row's room imports the column's."""
    left, top = MARGIN + LABEL, 92.0
    end = left + CELL * len(rooms)
    bottom = top + CELL * len(rooms)
    out = [
        _text(MARGIN, 42, "title", "Who imports whom"),
        _text(MARGIN, 64, "small", "A dot: the room on its left imports the room below it."),
    ]
    for i in range(len(rooms)):
        x, y = left + CELL * i, top + CELL * i
        middle = y + CELL / 2
        out.append(f'<path d="M{x} {middle}H{end}" stroke="{PALE}"/>')
        out.append(f'<path d="M{x + CELL / 2} {top}V{middle}" stroke="{PALE}"/>')
    for i, name in enumerate(rooms):
        x, y = left + CELL * i, top + CELL * i
        at = ' text-anchor="end" dominant-baseline="central"'
        out.append(_text(x + CELL / 2, y + CELL / 2, "room", name, at))
        for j, used in enumerate(rooms):
            if (name, used) in pairs:
                centre = f'cx="{left + CELL * (j + 0.5):g}" cy="{y + CELL / 2:g}"'
                color = INK if j > i else ACCENT
                out.append(f'<circle {centre} r="4.5" fill="{color}"/>')
    return out, bottom


def _lanes(ways: dict[str, list[Stop]], top: float) -> tuple[list[str], float]:
    """Each way as a column of its stops, from above to below."""
    out: list[str] = []
    wide = (WIDTH - 2 * MARGIN) / max(1, len(ways))
    low = top
    for i, (title, stops) in enumerate(ways.items()):
        x, y = MARGIN + wide * i, top
        out.append(_text(x, y, "title", _WAY + title))
        y += 32
        above = None
        for stop in stops:
            if above is not None:
                line = f"M{x + 5:g} {above + 8:g}V{y - 16:g}"
                out.append(f'<path d="{line}" stroke="{INK}" stroke-width="1.5"/>')
            above = y
            out.append(f'<circle cx="{x + 5:g}" cy="{y - 4:g}" r="4.5" fill="{INK}"/>')
            out.append(_text(x + 20, y, "file", stop.file))
            for line in _wrapped(stop.what, int((wide - 40) / 6.5)):
                y += 17
                out.append(_text(x + 20, y, "small", line))
            y += 30
        low = max(low, y)
    return out, low


def _wrapped(words: str, most: int) -> list[str]:
    return textwrap.wrap(words.replace("`", ""), most)


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(drawn(), encoding="utf-8")
    print(f"wrote {PICTURE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
