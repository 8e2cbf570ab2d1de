"""Every test on a slow machine: `python -m tests.trust`, or `make trust`.

All of it, browser and application included, runs on one core, which a busy loop wants as well. It
must be green several times in a row: tests wait for what must come, and know no speed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 5
HOURS = 4.0
"""For one run of all tests, before it is given up."""
BUSY = "import os\nparent = os.getppid()\nwhile os.getppid() == parent: pass"


def shard(which: str) -> list[str]:
    """One shard of all test files, in turn: "2/6" is the second of six."""
    number, total = map(int, which.split("/"))
    if not 1 <= number <= total:
        raise ValueError(which)
    found = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("tests/**/test_*.py"))
    return ["core", *found][number - 1 :: total]  # core: the examples in its docstrings


def main() -> int:
    """Run pytest again and again; the exit code of the first run that is not green."""
    parser = argparse.ArgumentParser(description=__doc__, usage="%(prog)s [options] [pytest ...]")
    parser.add_argument("--runs", type=int, default=RUNS, help="how often (%(default)s)")
    parser.add_argument("--hours", type=float, default=HOURS, help="at most, each (%(default)s)")
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)), help="which one")
    parser.add_argument("--shard", type=shard, default=[], help="2/6: the second of six shards")
    chosen, arguments = parser.parse_known_args()
    os.sched_setaffinity(0, {chosen.core})  # and so is all that is started from here
    busy = subprocess.Popen([sys.executable, "-c", BUSY])
    try:
        for run in range(chosen.runs):
            began = time.monotonic()
            order = [sys.executable, "-m", "pytest", *chosen.shard, *arguments]
            code = subprocess.run(order, timeout=3600 * chosen.hours).returncode
            minutes = (time.monotonic() - began) / 60
            print(f"run {run + 1} of {chosen.runs}: exit {code}, {minutes:.1f} min", flush=True)
            if code:
                return code
    finally:
        busy.kill()
    return 0


if __name__ == "__main__":
    sys.exit(main())
