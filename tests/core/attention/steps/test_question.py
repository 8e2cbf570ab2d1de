"""What is asked of attention in steps: limits, links, and rubbish refused in a sentence."""

from __future__ import annotations

from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.attention.steps import answer as steps_answer
from core.attention.steps import lesson, picture
from core.attention.steps.program import program
from core.attention.steps.question import (
    FIXED,
    MATRICES,
    Cell,
    StepsQuestion,
    example,
    first_place,
    read_edits,
    read_text,
    read_words,
    write_edits,
)
from core.attention.steps.rules import open_number
from core.attention.steps.trace import steps
from core.opened import latex
from tests.program import printed

WORDS = example("en")[0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"words": ""}, "Type at least one word."),
        ({"words": " \n\t "}, "Type at least one word."),
        ({"words": "a " * 11}, "At most 10 words"),
        ({"words": "word " * 10_000}, "At most 10 words"),
        ({"words": "x" * 31}, "30 characters"),
        ({"words": "a\x00b"}, "cannot be shown"),
        ({"words": "\ud800"}, "cannot be shown"),
        ({"words": 7}, "Words"),
        ({"kind": "other"}, "Kind"),
        ({"kind": ["self"]}, "Kind"),
        ({"kind": "cross", "context": ""}, "at least one"),
        ({"kind": "cross", "context": "a", "mask": "causal"}, "causal"),
        ({"context": 3}, "Context"),
        ({"numbers": "trained"}, "Numbers"),
        ({"mask": "other"}, "Mask"),
        ({"words": "[pad] [pad]", "mask": "padding"}, "All words are padding"),
        ({"temperature": 0}, "Temperature"),
        ({"temperature": float("nan")}, "Temperature"),
        ({"temperature": "1"}, "Temperature"),
        ({"heads": 3}, "Heads"),
        ({"heads": True}, "Heads"),
        ({"seed": -1}, "Seed"),
        ({"seed": 1.5}, "Seed"),
        ({"positions": 1}, "Positions"),
        ({"scaled": None}, "Scaled"),
        ({"surprise": 1}, "surprise"),
        ({"place": {"matrix": "B"}}, "Matrix"),
        ({"place": {"matrix": "A", "row": -1}}, "whole number"),
        ({"place": {"matrix": "A", "row": True}}, "whole number"),
        ({"place": {"matrix": "Q", "head": 1}}, "no heads"),
        ({"place": {"matrix": ["A"]}}, "Matrix"),
        ({"place": [1]}, "Place"),
        ({"edits": {}}, "list"),
        ({"edits": [[{"matrix": "Q"}]]}, "and the number"),
        ({"edits": [[{"matrix": "Q"}, float("inf")]]}, "Number is"),
        ({"edits": [[{"matrix": "Q"}, 101]]}, "Number is"),
        ({"edits": [[{"matrix": "exp"}, 1]]}, "formula"),
        ({"edits": [[{"matrix": "Q"}, 1]] * 101}, "At most 100"),
    ],
)
def test_rubbish_is_refused_in_a_sentence(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence) as caught:
        StepsQuestion.read({"words": WORDS, "context": "the cat"} | change)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("raw", [None, [], 7, "words", {}])
def test_what_is_no_object_is_refused(raw: object) -> None:
    with pytest.raises(ValueError, match=r"object|missing|Words"):
        StepsQuestion.read(raw)


@pytest.mark.parametrize("text", ["👩‍👩‍👧 😀", "<script>alert(1)</script>", "שלום עולם", "ﷺ ‮abc"])
def test_any_words_work(text: str) -> None:
    found = orjson.loads(steps_answer.answer(StepsQuestion.read({"words": text})))
    assert found["words"] == text.split() == found["unknown"]


@given(
    st.lists(
        st.tuples(
            st.builds(
                Cell,
                st.sampled_from([name for name in MATRICES if name not in FIXED]),
                row=st.integers(0, 11),
                column=st.integers(0, 11),
            ),
            st.floats(-100, 100),
        ),
        max_size=8,
        unique_by=lambda edit: edit[0],
    )
)
@settings(deadline=None)
def test_numbers_set_by_hand_make_the_way_into_a_link_and_back(
    edits: list[tuple[Cell, float]],
) -> None:
    assert read_edits(write_edits(tuple(edits))) == tuple(edits)


@pytest.mark.parametrize("text", ["Q.0.0.0", "Q.0.0.0=1e999", "Q.0.0.0=1-1", "P.0.0.0=1", "x", "="])
def test_rubbish_for_edits_in_a_link_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_edits(text)


def test_places_and_texts_of_a_link() -> None:
    place = StepsQuestion.schema["place"]
    assert place.format(Cell("A", 1, 7, 1)) == "A.1.7.1"
    assert place.parse("A.1.7.1") == Cell("A", 1, 7, 1)
    assert read_text("") == "" and read_text("two words") == "two words"
    for text in ("A.0.0", "A.0.0.x", "A.0.0.-1", "A.0.99.0"):
        with pytest.raises(ValueError):  # noqa: PT011
            place.parse(text)


def test_the_first_place_is_the_answer_of_the_class() -> None:
    assert first_place(read_words(WORDS), "en") == Cell("A", 0, 7, 1)
    assert first_place(("other",), "en") == Cell("A")


def test_an_answer_holds_all_that_is_painted() -> None:
    question = StepsQuestion.read(
        {"words": WORDS, "mask": "causal", "heads": 2, "place": {"matrix": "masked", "column": 5}}
    )
    found = orjson.loads(steps_answer.answer(question))
    run = steps(question)
    assert found["matrices"]["Q"] == run["Q"].tolist()
    assert np.array_equal(np.float32(found["matrices"]["A"]), run["A"].numpy())
    assert found["matrices"]["masked"][0][1] is None and found["opened"]["value"] is None
    assert found["place"] == {"matrix": "masked", "head": 0, "row": 0, "column": 5}


PROGRAMS = [
    {"mask": "causal", "heads": 4, "temperature": 0.5, "positions": True},
    {"kind": "cross", "context": "the cat sat", "numbers": "random", "mask": "padding"},
    {"scaled": False, "edits": [[{"matrix": "S", "row": 7, "column": 5}, 12.5]]},
    {"edits": [[{"matrix": "Wq", "row": 3}, 1.5], [{"matrix": "V", "row": 1, "column": 1}, 3]]},
    {"place": {"matrix": "exp", "row": 7, "column": 5}, "heads": 8},
]


@pytest.mark.parametrize("change", PROGRAMS)
def test_the_program_prints_the_number_and_agrees_with_pytorch(change: dict[str, Any]) -> None:
    question = StepsQuestion.read(
        {"words": WORDS, "place": {"matrix": "O", "row": 7, "column": 1}} | change
    )
    run = steps(question)
    if question.kind == "cross":
        question = question.with_place(Cell("O", 0, 2, 1))
    source = program(run, question.place)
    for line in printed(source).splitlines():
        assert float(line) == pytest.approx(float(run.at(question.place)), abs=1e-5)
    assert ("F.scaled_dot_product_attention(" in source) == (change != PROGRAMS[2])


@pytest.mark.parametrize("matrix", MATRICES)
def test_every_number_has_a_formula(matrix: str) -> None:
    question = StepsQuestion.read(
        {"words": WORDS, "kind": "cross", "context": WORDS, "positions": True, "mask": "padding"}
    )
    text = latex(open_number(steps(question), Cell(matrix, 0, 1, 2)))
    assert text.count("{") == text.count("}") and "=" in text and "nan" not in text


def test_what_is_taken_away() -> None:
    run = steps(StepsQuestion.read({"words": WORDS}))
    rows = picture.table(run).decode().splitlines()
    assert "A,1,7,1,0.688" in "\n".join(rows)[:200_000] and rows[0].startswith("matrix,")
    assert picture.picture(run, 7, 1).startswith(b"<svg")


def test_the_questions_on_the_page_have_computed_answers() -> None:
    place = {"matrix": "A", "row": 7, "column": 1}
    facts = lesson.facts(StepsQuestion.read({"words": WORDS, "place": place}))
    assert (facts.word, facts.other_scale, facts.order_free) == ("it", "more", True)
    causal = StepsQuestion.read({"words": WORDS, "place": place, "mask": "causal", "heads": 4})
    assert not lesson.facts(causal).order_free
    assert lesson.facts(causal).products == 2
