"""Heads and cuts in a lesson link, and what a lesson says of a trained network."""

from __future__ import annotations

import csv
import io

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.attention.places import read_pair, write_pair
from core.attention.trained import lesson
from core.attention.trained.answer import reply
from core.attention.trained.cuts import Cut, read_cuts, write_cuts
from core.attention.trained.question import ReferentQuestion
from core.attention.trained.sentences.vocabulary import LANGUAGES
from core.attention.trained.shipped import EXAMPLES, MASKED_EXAMPLES, network
from core.opened import latex

places = st.none() | st.integers(0, 63)
cuts = st.builds(Cut, places, places, places, places)


@given(st.lists(cuts, max_size=8))
def test_cuts_make_the_way_into_a_link_and_back(found: list[Cut]) -> None:
    assert read_cuts(write_cuts(found)) == tuple(found)


@given(st.none() | st.tuples(st.integers(0, 63), st.integers(0, 63)))
def test_so_do_pairs(pair: tuple[int, int] | None) -> None:
    assert read_pair(write_pair(pair)) == pair


@pytest.mark.parametrize("text", ["1", "0.1", "1.2.3", "1.65", "99.1", "a.b", "1.-1", " "])
def test_no_pair(text: str) -> None:
    with pytest.raises(ValueError, match=r"numbers|beyond"):
        read_pair(text)


@pytest.mark.parametrize(
    "text", ["1.1.1", "x.x.x.x.x", "x.x.0.1", "1.1.1.65", "_", "x.x.1.1_", "1.2.3.4.", "x" * 999]
)
def test_no_cuts(text: str) -> None:
    with pytest.raises(ValueError, match=r"cuts|beyond"):
        read_cuts(text)


def test_more_cuts_than_allowed_are_none() -> None:
    assert len(read_cuts("_".join(["x.x.1.1"] * 64))) == 64
    with pytest.raises(ValueError, match=r"cuts|beyond"):
        read_cuts("_".join(["x.x.1.1"] * 65))


def question(**more: object) -> ReferentQuestion:
    return ReferentQuestion.read({"sentence": EXAMPLES["en"][0]} | more)


def test_where_nothing_was_picked_the_answer_is() -> None:
    found = lesson.seen(question())
    words = found.question.words
    assert words[found.cell["from"]] == "it" and words[found.cell["to"]] == "cat"
    weight = found.numbers.open_weight()
    assert weight.value == found.cell["weight"]["value"]
    assert latex(weight).endswith(f"{weight.value:.3f}")


def test_a_picked_square_and_a_cut_one() -> None:
    cell = {"layer": 0, "head": 2, "from": 3, "to": 5}
    found = lesson.seen(question(cell=cell, head={"layer": 0, "head": 2}))
    assert (found.cell["from"], found.cell["to"]) == (3, 5)
    gone = lesson.seen(
        question(cell=cell, head={"layer": 0, "head": 2}, cuts=[{"from": 3, "to": 5}])
    )
    assert gone.numbers.open_weight().value == 0 == float(gone.shown[3, 5])


def test_the_table_holds_every_weight() -> None:
    found = lesson.seen(question(cuts=[{"layer": 1, "head": 0}]))
    rows = list(csv.DictReader(io.StringIO(lesson.table(found).decode())))
    assert len(rows) == 2 * 2 * 4 * 10 * 10
    model = network("2x4").model
    _head, maps = reply(model, found.question, (1, 0))
    values = torch.tensor([float(row["value"]) for row in rows]).view(2, 2, 4, 10, 10)
    assert torch.allclose(values[0], maps["before"]) and torch.allclose(values[1], maps["after"])
    assert rows[1]["to word"] == "cat" and float(values[1, 1, 0].sum()) == 0


def test_the_picture_has_a_square_for_each_weight() -> None:
    drawn = lesson.picture(lesson.seen(question())).decode()
    assert drawn.count('width="30.0" height="30.0"') == 10 * 10 + 1  # the marked one once more


def test_what_cutting_does_to_the_answer() -> None:
    cut = lesson.cutting(lesson.seen(question()))
    assert cut and (cut.word, cut.noun) == ("it", "cat") and cut.share[0] > 0.9 > cut.share[1]
    assert lesson.cutting(lesson.seen(ReferentQuestion.read({"sentence": "the cat"}))) is None


def test_chance_is_that_of_the_answer() -> None:
    assert lesson.chance(EXAMPLES["en"][0], "cat") > 0.9
    assert 0.2 < lesson.chance(EXAMPLES["en"][2], "cat") < 0.8


def test_the_examples_are_read_by_the_networks_that_they_are_for() -> None:
    for language in LANGUAGES:
        for sentence in (*EXAMPLES[language], *MASKED_EXAMPLES[language]):
            asked = {"sentence": sentence, "language": language, "model": "mlm"}
            found = ReferentQuestion.read(asked)
            assert found.referring is not None and found.unlike is None
