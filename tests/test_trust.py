"""The shards of `make trust`."""

from __future__ import annotations

import pytest

from tests.trust import ROOT, shard


@pytest.mark.parametrize("total", [1, 6])
def test_every_test_file_is_in_one_shard(total: int) -> None:
    files = [name for number in range(total) for name in shard(f"{number + 1}/{total}")]
    tests = [str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(files) == sorted(["core", *tests])


@pytest.mark.parametrize("which", ["0/6", "7/6", "6", "all"])
def test_a_shard_that_there_is_not_is_an_error(which: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        shard(which)
