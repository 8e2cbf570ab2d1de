"""A program as a Jupyter notebook, in nbformat 4: what is said about it, then its code in cells."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

import orjson


def notebook(source: str, told: Sequence[str]) -> bytes:
    """The notebook as JSON.

    Args:
        source: a whole program; what it says of itself in its first string becomes text.
        told: Markdown for the cells that stand before the code.
    """
    title, cells = cut(source)
    texts = [text for text in (*told, title) if text]
    written = [_cell("markdown", text) for text in texts] + [
        _cell("code", code) | {"execution_count": None, "outputs": []} for code in cells
    ]
    return orjson.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {
                "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                "language_info": {"name": "python"},
            },
            "cells": [cell | {"id": f"cell-{i}"} for i, cell in enumerate(written)],
        },
        option=orjson.OPT_INDENT_2,
    )


def cut(source: str) -> tuple[str, list[str]]:
    r"""The program's own title and its code, cut where a blank line parts two statements.

    >>> cut("import math\nx = 1\n\n# doubled\nfor i in (1, 2):\n\n    x += i\n")
    ('', ['import math\nx = 1', '# doubled\nfor i in (1, 2):\n\n    x += i'])
    """
    tree = ast.parse(source)
    lines = source.splitlines()
    body = tree.body
    title = ast.get_docstring(tree) or ""
    if title:
        body = body[1:]
    starts: list[int] = []
    for statement in body:
        decorators = getattr(statement, "decorator_list", [])
        first = min(node.lineno for node in (statement, *decorators)) - 1
        while first > 0 and lines[first - 1].startswith("#"):
            first -= 1
        if not starts or not lines[first - 1].strip():
            starts.append(first)
    if starts and not title:
        starts[0] = 0
    ends = [*starts[1:], len(lines)]
    cells = ("\n".join(lines[a:b]).strip() for a, b in zip(starts, ends, strict=True))
    return title, [cell for cell in cells if cell]


def _cell(kind: str, text: str) -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)}
