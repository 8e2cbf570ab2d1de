"""Every key and every sentence of a card has words in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from core.weights import FOLDER
from pages.kit import language, provenance
from pages.kit.cards import KEYS, SENTENCES

CARDS = sorted(FOLDER.glob("*.json"))


def _parts(card: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(card, Mapping):
        for name, value in card.items():
            yield name, value
            yield from _parts(value)
    elif isinstance(card, list):
        for item in card:
            yield from _parts(item)


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.stem)
def test_every_key_and_sentence_of_a_card_has_words(path: Any) -> None:
    for name, value in _parts(json.loads(path.read_text(encoding="utf-8"))):
        for part in name.split("."):
            assert part in KEYS, part
        if isinstance(value, str) and " " in value and name not in ("command", "normalised"):
            assert value in SENTENCES, value


def test_a_card_speaks_korean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provenance, "_", language.catalogue("ko").gettext)
    card = {"marks": {"rnn.accuracy": 0.5}, "seeds": [{"seed": 1}], "data": "sentences, by grammar"}
    table = provenance._table(card)
    assert "| 마지막에 잰 값, RNN, 정확도 | 0.5 |" in table
    assert "| 시드 | 시드 1 |" in table
    assert "| 데이터 | 문법으로 만든 문장 |" in table
