"""A program as a notebook: valid and complete. That it runs, tests/core/portable holds."""

from __future__ import annotations

import json

from core.notebook import cut, notebook


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
