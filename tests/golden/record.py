"""Records what the pages say about their numbers: python -m tests.golden.record [PAGE ...]."""

from __future__ import annotations

import sys
from pathlib import Path

import orjson
import torch

from tests.golden.cells import PAGES, Said

FOLDER = Path(__file__).parent / "opened"


def computed(name: str) -> list[Said]:
    """What a page says now, as JSON has it."""
    torch.set_num_threads(1)
    found: list[Said] = orjson.loads(orjson.dumps(list(PAGES[name]())))
    return found


def recorded(name: str) -> list[Said]:
    """What it said when it was recorded."""
    found: list[Said] = orjson.loads((FOLDER / f"{name}.json").read_bytes())
    return found


if __name__ == "__main__":
    for each in sys.argv[1:] or PAGES:
        lines = [orjson.dumps(one).decode() for one in computed(each)]
        (FOLDER / f"{each}.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", "utf-8")
        print(each, len(lines))
