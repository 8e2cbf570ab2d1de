"""Every job computes what it computed: the bits of its states, its logs and its programs."""

from __future__ import annotations

import json

import pytest
import torch

from core.vision.mnist import MNISTMissing, find
from tests.golden.jobs import CASES, PATH, arithmetic, digest

GOLDEN = json.loads(PATH.read_text(encoding="utf-8"))
OF_MNIST = ("hand: default", "shuffled: default", "cnn: default", "cnn: large layers")


def _here() -> bool:
    return bool(torch.__version__ == GOLDEN["torch"] and arithmetic() == GOLDEN["arithmetic"])


@pytest.mark.parametrize("name", list(CASES))
def test_a_job_repeats_bit_for_bit(name: str) -> None:
    if not _here():
        pytest.skip("this machine's torch adds up in another order than the one that recorded them")
    if name in OF_MNIST:
        try:
            find()
        except MNISTMissing:
            pytest.skip("MNIST is not on this machine")
    job, config, chunks = CASES[name]
    assert digest(job, config(), chunks) == GOLDEN["cases"][name]


def test_every_case_is_recorded() -> None:
    assert set(GOLDEN["cases"]) == set(CASES)
