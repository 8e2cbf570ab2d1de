"""Where the figures are kept: results.json, and the table in the README that is made from it."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, Values, figures

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).with_name("results.json")
README = ROOT / "README.md"
START, END = "<!-- figures -->", "<!-- /figures -->"

Results = dict[str, dict[str, Any]]


def read() -> Results:
    """What has been measured so far."""
    if not RESULTS.exists():
        return {}
    stored: Results = json.loads(RESULTS.read_text(encoding="utf-8"))
    return stored


def keep(values: Values) -> None:
    """Write new values; those of other keys stay, those of keys that are no more go."""
    results, here = read(), {"machine": machine(), "commit": commit()}
    for figure in figures():
        if figure.key in values:
            value = float(f"{values[figure.key]:.6g}")
            results[figure.key] = {"value": value, "unit": figure.unit, "goal": figure.goal} | here
    ordered = {figure.key: results[figure.key] for figure in _measured(results)}
    RESULTS.write_text(json.dumps(ordered, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def table() -> str:
    """The results as a table in Markdown."""
    results = read()
    head = ["| what | key | measured | goal | reached |", "| --- | --- | --- | --- | --- |"]
    rows = [_row(figure, results[figure.key]["value"]) for figure in _measured(results)]
    return "\n".join(head + rows)


def _measured(results: Results) -> list[Figure]:
    return [figure for figure in figures() if figure.key in results]


def _row(figure: Figure, value: float) -> str:
    reached = "" if figure.goal is None else "yes" if figure.reached(value) else "no"
    shown = (figure.what, f"`{figure.key}`", figure.written(value), figure.wanted, reached)
    return f"| {' | '.join(shown)} |"


def into_readme() -> None:
    """Put the table between its two marks in the README.

    Raises:
        ValueError: the README has no such marks.
    """
    text = README.read_text(encoding="utf-8")
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError(f"README.md has no place for the table: {START} and {END}.")
    README.write_text(f"{before}{START}\n{table()}\n{END}{after}", encoding="utf-8")


def machine() -> str:
    """What it was measured on."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text(encoding="utf-8").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        cpu = names[0] if names else cpu
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores, {cpu}, {platform.system()}, Python {platform.python_version()}"


def commit() -> str:
    """The commit that was measured; with a plus if files differed from it."""
    paths = ["--", ".", ":!README.md", f":!{RESULTS.relative_to(ROOT)}"]
    try:
        head = _git("rev-parse", "--short", "HEAD").strip()
        return head + ("+" if _git("status", "--porcelain", *paths).strip() else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout
