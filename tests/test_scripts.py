"""The browser's scripts: their unit tests, and that the types of what they are sent are current."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import MILLISECONDS, PATIENCE

ROOT = Path(__file__).resolve().parents[1]
NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="Node is missing")
def test_the_unit_tests_of_the_scripts() -> None:
    files = sorted(str(path) for path in (ROOT / "tests" / "js").glob("*.test.js"))
    found = subprocess.run(
        [str(NODE), "--test", "--test-reporter=tap", f"--test-timeout={MILLISECONDS:.0f}", *files],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=PATIENCE,
    )
    assert found.returncode == 0, found.stdout + found.stderr
    assert "# pass 0" not in found.stdout


def test_the_types_of_what_is_sent_are_current() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "docs.wire", "--check"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=PATIENCE,
    )
    assert found.returncode == 0, found.stdout + found.stderr[-2000:]
