"""One word in several sentences: its vectors are those of the model, and their cosines open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from core.language.bert import senses
from core.language.bert.pretrained import (
    PretrainedNumberQuestion,
    PretrainedQuestion,
    PretrainedScoreQuestion,
    answer,
    number,
    score,
)
from core.pretrained.shelf import PretrainedError, load
from core.schema import Refusal
from tests.core.opened.test_opened import printed
from tests.core.pretrained.tiny import needs_libraries, needs_package, save, shelve

ASKED = {"name": "bare", "game": "senses", "text": "the cat sat\nit was the cat", "next": "cat"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("models")
    save(home / "bare")
    return home


@pytest.fixture
def _tiny(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelve(monkeypatch, home)


def _ask(**raw: Any) -> dict[str, Any]:
    return answer(PretrainedQuestion.read(ASKED | raw))


@needs_libraries
@pytest.mark.usefixtures("_tiny")
def test_the_cosines_are_those_of_the_model_s_own_vectors() -> None:
    found = _ask()
    model = load("bare")
    rows = []
    for sentence, at in (("the cat sat", 2), ("it was the cat", 4)):
        ids = model.tokenizer(sentence, return_tensors="pt")
        hidden = model.model(**ids, output_hidden_states=True).hidden_states
        rows.append(torch.stack([layer[0, at] for layer in hidden]))
    for layer, cosines in enumerate(found["cosines"]):
        expected = torch.cosine_similarity(rows[0][layer], rows[1][layer], dim=0)
        assert cosines[0][1] == pytest.approx(float(expected), abs=1e-5)
        assert cosines[1][1] == pytest.approx(1, abs=1e-5)
    assert found["sentences"] == ["the cat sat", "it was the cat"]


@needs_libraries
@pytest.mark.usefixtures("_tiny")
def test_a_cosine_opens_down_to_the_vectors() -> None:
    asked = {"part": "senses", "number": {"array": "cosine", "index": [2, 0, 1]}}
    reply = score(PretrainedScoreQuestion.read(ASKED | asked))
    assert reply["opened"]["total"] == pytest.approx(_ask()["cosines"][2][0][1], abs=1e-5)
    assert printed(reply["program"]) == [pytest.approx(reply["opened"]["value"], abs=1e-5)]
    with pytest.raises(Refusal, match="only the cosines"):
        number(PretrainedNumberQuestion.read(ASKED | {"number": None}))


@needs_libraries
@pytest.mark.usefixtures("_tiny")
@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ({"text": "the cat sat"}, "Write 2 to 8 sentences"),
        ({"text": "\n".join(["the cat"] * 9)}, "Write 2 to 8 sentences"),
        ({"text": "the cat sat\nit was tired"}, "“cat” does not stand in “it was tired”"),
        ({"text": "the concat\nthe cat"}, "does not stand in “the concat”"),
        ({"next": " "}, "Write the word"),
        ({"text": "the cat\n" + "cat " * 200}, "A text may have"),
    ],
)
def test_what_cannot_be_compared_is_said(raw: dict[str, str], says: str) -> None:
    with pytest.raises((Refusal, PretrainedError), match=says):
        _ask(**raw)


@needs_libraries
@pytest.mark.usefixtures("_tiny")
def test_of_a_word_in_pieces_the_mean_is_taken_and_what_is_written_onto_it_is_left_out() -> None:
    found = senses.vectors(load("bare"), "because", ["it sat because", "because it"], 64)
    model = load("bare")
    ids = model.tokenizer("because it", return_tensors="pt")
    last = model.model(**ids, output_hidden_states=True).hidden_states[-1]
    assert torch.allclose(found[-1, 1], last[0, 1:3].mean(0), atol=1e-6)
    assert senses.span("배", "나는 배를 탔다") == (3, 4)


def test_a_map_keeps_the_distances_of_what_lies_in_a_plane() -> None:
    generator = torch.Generator().manual_seed(0)
    plane = torch.randn(5, 2, generator=generator)
    turned, _ = torch.linalg.qr(torch.randn(9, 9, generator=generator))
    flat = senses.flat(plane @ turned[:2])
    assert torch.allclose(torch.cdist(flat, flat), torch.cdist(plane, plane), atol=1e-4)
    assert senses.flat(torch.ones(3, 4)).abs().max() == 0


@needs_package
def test_the_shipped_encoder_parts_bank_from_bank_but_not_cleanly(tmp_path: Path) -> None:
    """As the page says: the two of money are closest, one of a river is closer to one of money."""
    found = senses.vectors(
        load("sentence-transformers/all-MiniLM-L6-v2"), senses.WORD, senses.EXAMPLE, 64
    )
    unit = torch.nn.functional.normalize(found, dim=-1)
    cosines = unit @ unit.mT
    assert cosines[0].min() > 0.9  # below the first layer: the word and its place
    last = cosines[-1]
    across = last[:2, 2:].flatten()
    assert last[2, 3] > across.max() and across.min() < 0.75
    assert across.max() > last[0, 1]
