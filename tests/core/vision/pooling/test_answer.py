"""What the tab "Pooling" is answered."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from core.vision import networks
from core.vision.hand import sample
from core.vision.impossible import Impossible
from core.vision.pooling import lesson
from core.vision.pooling.answer import answer
from core.vision.pooling.layer import pool
from core.vision.pooling.question import EXAMPLE, SOURCES, VIEWS, PoolingQuestion, inputs, pooled
from core.vision.preprocess import render
from core.vision.trace import trace

STROKES = sample(3).lists()


def _asked(**fields: object) -> dict[str, Any]:
    return answer(PoolingQuestion.read({"drawing": STROKES, **fields}))


def test_the_matrix_of_the_example() -> None:
    found = _asked(source="matrix", row=0, column=0)
    assert found["output"] == [[9, 2, 5], [6, 3, 7], [3, 8, 6]]
    assert found["winners"][0][0] == [1, 1] and found["size"] == ["⌊(6 + 2·0 − 2) / 2⌋ + 1 = 3"]
    assert found["gradient"]["routed"][1][1] == 1 and found["gradient"]["reached"] == 1
    assert found["cell"]["number"]["winner"] == [1, 1]


def test_an_average_shares_equally() -> None:
    found = _asked(source="matrix", setting={"kind": "average"}, gradient="ones")
    assert found["winners"] is None and found["output"][0][0] == 15 / 4
    assert found["cell"]["number"]["count"] == 4
    assert found["gradient"]["sums"] == [9, 9] and found["gradient"]["reached"] == 36


def test_equals_have_no_winner_to_show() -> None:
    found = _asked(source="drawing")
    assert found["tied"][0][0] and not found["tied"][5][7]


def test_the_drawing_is_what_the_network_gets() -> None:
    assert torch.equal(
        inputs(PoolingQuestion(sample(3)), [(0, 0)])[0], torch.from_numpy(render(sample(3)))
    )


def test_a_map_of_a_shifted_drawing_is_computed_anew() -> None:
    question = PoolingQuestion.read(
        {"drawing": STROKES, "source": "map", "layer": "relu2", "map": 5}
    )
    still, moved = inputs(question, [(0, 0), (2, 0)])
    network = networks.network("ours").model
    ink = torch.from_numpy(render(sample(3)))
    assert torch.allclose(still, trace(network, ink[None])["relu2"][0, 5], atol=1e-5)
    ink = torch.cat([torch.zeros(28, 2), ink[:, :-2]], 1)
    assert torch.allclose(moved, trace(network, ink[None])["relu2"][0, 5], atol=1e-5)


def test_what_was_lost_is_said_in_numbers() -> None:
    found = _asked(source="matrix", view="lost")["lost"]
    assert found["kept"] == 9 + 4 and found["numbers"] == [36, 9]  # nine winners, four zeros
    assert 0 < found["norm"] < 1


def test_the_curve_of_shifts_begins_where_the_sliders_stand() -> None:
    found = _asked(view="shift", dx=1, dy=0)["shift"]
    at = found["steps"].index(1)
    for way, values in found["here"].items():
        assert values["norm"] == found["curves"][way]["norm"][at]
    assert not found["across"] and _asked(view="shift", dx=1, dy=-2)["shift"]["across"]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("view", VIEWS)
def test_every_source_has_every_view(source: str, view: str) -> None:
    found = _asked(source=source, view=view, row=99, column=99)
    assert view in found
    assert found["cell"]["row"] == len(found["output"]) - 1  # moved inside


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ([], "an object"),
        ({"colour": 1}, "no field 'colour'"),
        ({"source": "camera"}, "Source is one of"),
        ({"source": []}, "Source is one of"),
        ({"layer": "fc1"}, "Layer is one of"),
        ({"map": 64}, "Map is a whole number from 0 to 63"),
        ({"map": 32}, "relu1 has the maps 0 to 31"),
        ({"matrix": "1 2;3"}, "Every row"),
        ({"matrix": "1|2"}, "One channel"),
        ({"matrix": 5}, "Matrix is a text"),
        ({"setting": []}, "Setting is an object"),
        ({"setting": {"dilation": 2}}, "no field 'dilation'"),
        ({"dx": 9}, "Shift to the right is a whole number"),
        ({"row": True}, "Row is a whole number"),
        ({"drawing": 7}, "list of strokes"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(asked: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        PoolingQuestion.read(asked)


def test_a_window_larger_than_the_matrix_is_refused() -> None:
    with pytest.raises(Impossible, match="at most 2 fits"):
        _asked(source="matrix", matrix="1 2;3 4", setting={"window": 3})


def test_a_link_keeps_the_matrix() -> None:
    assert pooled(EXAMPLE) == EXAMPLE
    with pytest.raises(ValueError, match="One channel"):
        pooled("1|2")


def test_the_questions_are_about_this_layer() -> None:
    question = PoolingQuestion.read({"drawing": STROKES, "source": "matrix"})
    facts = lesson.facts(question)
    assert (facts.height, facts.rows, facts.windows) == (6, 3, 9) and facts.silent == 0.75
    assert b"input,1,1,9\n" in lesson.table(question)
    assert lesson.picture(question).startswith(b"\x89PNG")
    assert pool(inputs(question, [(0, 0)])[0], question.setting)[2, 2] == 6
