"""Two pieces of work on two threads."""

from __future__ import annotations

import threading

import pytest
import torch

from core.vision.training.at_once import at_once
from tests.patience import PATIENCE


def test_both_are_done_at_the_same_time_with_one_torch_thread_for_the_second() -> None:
    meeting = threading.Barrier(2, timeout=PATIENCE)  # broken, unless both are there

    def arrive() -> tuple[int, int]:
        meeting.wait()
        return threading.get_ident(), torch.get_num_threads()

    (mine, _), (other, threads) = at_once(arrive, arrive)
    assert mine == threading.get_ident() != other
    assert threads == 1


def test_what_either_raises_arrives_when_both_are_done() -> None:
    done = []

    def fails() -> None:
        raise ValueError("broken")

    for one, other in ((fails, lambda: done.append(1)), (lambda: done.append(1), fails)):
        done.clear()
        with pytest.raises(ValueError, match="broken"):
            at_once(one, other)
        assert done == [1]
    assert at_once(lambda: 1, lambda: 2) == (1, 2)
