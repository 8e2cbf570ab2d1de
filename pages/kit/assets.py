"""The project's own JavaScript and style sheets, served as modules by a route of the application.

A component that Streamlit mounts carries only a loader of a few lines (`loader`), which imports the
module from here: the code is fetched once and cached, instead of travelling with every rerun.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import streamlit as st
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

ROOT = Path(__file__).resolve().parents[1]
BELOW = "forward-pass"
"""Our routes' folder below the application's own address."""
PREFIX = f"/{str(st.get_option('server.baseUrlPath') or '').strip('/')}/{BELOW}".replace("//", "/")
"""Where the server itself sees them begin."""
KINDS = (".js", ".css")
"""Only these are served: the folders hold Python and prose too."""
VERSION = hashlib.sha256(
    b"".join(file.read_bytes() for file in sorted(ROOT.rglob("*")) if file.suffix in KINDS)
).hexdigest()[:12]

_IMPORT = re.compile(r'^(?:import|export)\b[^;]*?"(\.[^"]+\.js)";', re.MULTILINE)
_STYLES = re.compile(r"\bstyles\(([^)]*)\)")


class _Forever(StaticFiles):
    """Files under an address that changes with their content may be kept for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if not path.endswith(KINDS):
            return Response(status_code=404)
        answer = await super().get_response(path, scope)
        if answer.status_code == 200:
            answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


def routes() -> list[BaseRoute]:
    """The route that serves them."""
    return [Mount(f"{PREFIX}/assets/{VERSION}", _Forever(directory=ROOT))]


def needed(*modules: str) -> tuple[list[str], list[str]]:
    """Modules with all that they import, and the style sheets of all of them.

    >>> needed("kit/presenter.js")
    (['kit/storage.js', 'kit/keys.js', 'kit/presenter.js', 'kit/query.js'], [])
    """
    found: set[str] = set()
    waiting = set(modules)
    while waiting:
        found |= waiting
        waiting = {name for each in waiting for name in _imports(each)} - found
    styles = {name for each in found for name in _styles(each)}
    return sorted(found), sorted(styles)


def _imports(module: str) -> Iterator[str]:
    for name in _IMPORT.findall(_text(module)):
        yield normpath(join(dirname(module), name))


def _styles(module: str) -> Iterator[str]:
    for names in _STYLES.findall(_text(module)):
        yield from re.findall(r'"([^"]+\.css)"', names)


@cache
def _text(module: str) -> str:
    return (ROOT / module).read_text(encoding="utf-8")


def loader(module: str) -> str:
    """The few lines that Streamlit mounts: they hand every call over to the module, in order.

    What the module imports is fetched side by side with it, instead of step by step.

    Where our routes begin only the browser knows: a proxy may have taken a prefix off the address
    that the server sees. Streamlit's own script has come from the right place, so they ask it; with
    each call the module gets it as `data.base`.
    """
    imported = [name for name in needed(module)[0] if name != module]
    return (
        "// Loads a module of our own; see assets.py.\n"
        "const { src } = document.querySelector('script[src*=\"/static/js/\"]');\n"
        f"const base = new URL({'../../' + BELOW!r}, src).href;\n"
        f"const assets = `${{base}}/assets/{VERSION}`;\n"
        f"for (const name of {imported}) {{\n"
        "  const hint = document.createElement('link');\n"
        "  hint.rel = 'modulepreload';\n"
        "  hint.href = `${assets}/${name}`;\n"
        "  document.head.append(hint);\n"
        "}\n"
        f"const module = import(`${{assets}}/{module}`);\n"
        "export default function (component) {\n"
        "  const data = { ...component.data, base };\n"
        "  module.then(({ mount }) => mount({ ...component, data }));\n"
        "  return () => module.then(({ unmount }) => unmount(component.parentElement));\n"
        "}\n"
    )


def component(name: str, module: str) -> Any:
    """A component whose JavaScript is a module of ours, named by its path below `pages/`."""
    return st.components.v2.component(name, js=loader(module))
