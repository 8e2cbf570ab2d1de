'''A program of ours that runs in any folder: what it needs of this project travels inside it.

>>> source = """import torch
... from safetensors.torch import load_file
...
... print(sum(weight.numel() for weight in load_file("models/lenet5.safetensors").values()))
... """
>>> alone = portable(source)
>>> alone.splitlines()[0]
'# It needs torch alone: what it reads of Forward Pass is packed into the line below.'
>>> portable("import torch")  # needs nothing of ours
'import torch'
'''

from __future__ import annotations

import ast
import base64
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from core import weights

ROOT = Path(__file__).parents[2]
HERE = "Run it in the folder of Forward Pass."
"""What a program says that is shown on a page; one that is taken away need not."""

_FILE = re.compile(r"models/(\w+)\.safetensors")
_LOADED = re.compile(r'\bload\("(\w+)"\)')
_HEAD = """\
# It needs {needs}: what it reads of Forward Pass is packed into the line below.
import base64 as _base64, io as _io, os as _os, sys as _sys, tempfile as _tempfile, zipfile as _zip
_packed = _base64.b85decode("{packed}")
_folder = _tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
_zip.ZipFile(_io.BytesIO(_packed)).extractall(_folder.name)
_sys.path.insert(0, _folder.name)
"""
_INSIDE = "_os.chdir(_folder.name)\n"
_ALONE = Path(__file__).parent / "alone"
STAND_INS = {
    "orjson": [_ALONE / "orjson.py"],
    "safetensors": sorted((_ALONE / "safetensors").glob("*.py")),
}
"""Files of ours that travel in the place of a package."""


def portable(source: str) -> str:
    """The program with the modules and weights of ours that it names, ready for any folder.

    Weights are those named as "models/NAME.safetensors" in it, in its sentences too, or loaded by
    `core.weights`. A program that names none and imports nothing of `core` is left as it is.

    Args:
        source: a program that runs in this project's folder.
    """
    files = set(_FILE.findall(source))
    imported = [name for name in _imports(source) if name.split(".")[0] == "core"]
    if imported:
        files |= set(_LOADED.findall(source))
    elif not files:
        return source
    modules: frozenset[Path] = frozenset()
    if imported:
        modules = _closure((*imported, *(_architecture(name) for name in sorted(files))))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for module in sorted(modules):
            _add(archive, module, module.relative_to(ROOT).as_posix())
        for name in sorted(files):
            for ending in ("safetensors", *(["json"] if imported else [])):
                _add(archive, weights.FOLDER / f"{name}.{ending}", f"models/{name}.{ending}")
        packages = _packages(modules) if imported else ["safetensors", "torch"]
        for name in sorted(STAND_INS.keys() & set(packages)):
            for file in sorted(STAND_INS[name]):
                _add(archive, file, file.relative_to(_ALONE).as_posix())
    others = [name for name in packages if name not in STAND_INS]
    needs = "torch alone" if others == ["torch"] else ", ".join(others)
    head = _HEAD.format(needs=needs, packed=base64.b85encode(packed.getvalue()).decode())
    if "load_file(" in source:
        head += _INSIDE
    lines = re.sub(rf"\s*{re.escape(HERE)}", "", source).splitlines(keepends=True)
    title = _title("".join(lines))
    return "".join([*lines[:title], "\n" if title else "", head, *lines[title:]])


def _title(source: str) -> int:
    """How many lines at the beginning say what the program is."""
    match ast.parse(source).body:
        case [ast.Expr(ast.Constant(str()), end_lineno=int(end)), *_]:
            return end
    return 0


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    """A file under a date of its own: the same program has the same bytes."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, path.read_bytes())


def _imports(source: str) -> Iterator[str]:
    """The modules that a source imports, and what might be one, in its functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def _closure(names: tuple[str, ...]) -> frozenset[Path]:
    """The files of these modules of ours and of all that they import, and the data beside them."""
    found: set[Path] = set()
    left = list(names)
    while left:
        for path in _files(left.pop()):
            if path not in found:
                found.add(path)
                left += _imports(path.read_text(encoding="utf-8"))
    data = {
        file
        for folder in {path.parent for path in found}
        for file in folder.iterdir()
        if file.is_file() and file.suffix != ".py"
    }
    return frozenset(found | data)


@cache
def _packages(modules: frozenset[Path]) -> list[str]:
    """What else these modules import as soon as they are imported."""
    found = {"torch"}
    for path in modules:
        if path.suffix == ".py":
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.Import | ast.ImportFrom):
                    found |= {name.split(".")[0] for name in _imports(ast.unparse(node))}
    return sorted(found - {"core"} - sys.stdlib_module_names)


def _files(name: str) -> Iterable[Path]:
    """The files that importing a name of `core` reads, packages above it first."""
    parts = name.split(".")
    if parts[0] != "core":
        return
    for count in range(1, len(parts) + 1):
        path = ROOT.joinpath(*parts[:count])
        for file in (path.with_suffix(".py"), path / "__init__.py"):
            if file.is_file():
                yield file


def _architecture(name: str) -> str:
    """The module of the network that a file holds."""
    card = json.loads((weights.FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return weights.ARCHITECTURES.get(card.get("architecture", ""), "core").partition(":")[0]
