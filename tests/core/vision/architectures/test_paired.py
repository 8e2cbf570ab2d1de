"""Five networks on the same digits, compared digit by digit."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, product
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.intervals import mcnemar
from core.schema import Refusal
from core.vision import mnist
from core.vision.architectures import paired
from core.vision.architectures.answer import NETS, network


@given(st.integers(0, 6), st.integers(0, 6))
def test_the_p_value_counts_all_tosses(first: int, second: int) -> None:
    """Of all 2^n outcomes, those that are at least as uneven."""
    count, uneven = first + second, abs(first - second)
    outcomes = list(product((-1, 1), repeat=count))
    share = Fraction(sum(abs(sum(tosses)) >= uneven for tosses in outcomes), len(outcomes))
    assert mcnemar(first, second) == pytest.approx(float(share))


@given(st.integers(0, 400), st.integers(0, 400))
def test_neither_side_is_favoured(first: int, second: int) -> None:
    p = mcnemar(first, second)
    assert 0 <= p <= 1 and p == mcnemar(second, first)


def test_the_counts_agree_with_the_cards() -> None:
    for name in NETS:
        score = network(name).card["scores"]["mnist_test"]
        assert score["of"] - len(paired.wrong()[name]) == round(score["accuracy"] * score["of"])
        assert paired.compare(name, name) == (0, 0, 1.0)
    first, second, p = paired.compare("vgg", "simple")
    gain = len(paired.wrong()["simple"]) - len(paired.wrong()["vgg"])
    assert first - second == gain > 0 and p < 0.001


def test_measured_again_the_digits_are_the_same() -> None:
    """Those that any network reads wrong, and every 25th of the others."""
    try:
        count = len(mnist.load("test").labels)
    except mnist.MNISTMissing as missing:
        pytest.skip(str(missing))
    shipped = paired.wrong()
    digits = torch.tensor(sorted({*range(0, count, 25), *chain.from_iterable(shipped.values())}))
    for name in NETS:
        assert paired.read_wrong(name, digits) == shipped[name]


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"vgg": []}'])
def test_a_damaged_file_names_its_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    monkeypatch.setattr(paired, "FILE", tmp_path / "paired.json")
    paired.FILE.write_text(text, encoding="utf-8")
    paired.wrong.cache_clear()
    try:
        with pytest.raises(Refusal, match="python -m core train paired_results"):
            paired.wrong()
    finally:
        paired.wrong.cache_clear()
