"""What the page asks: inputs, JSON, links, the answer's bytes, the program that runs."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.opened import Cell, latex
from core.vision.convolution import guess, number, sheet, values
from core.vision.convolution.answer import answer
from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.rules import opened, program
from core.vision.convolution.slide import slide
from core.vision.convolution.source import (
    Source,
    read_matrix,
    read_picture,
    write_matrix,
    write_picture,
)
from core.vision.convolution.values import OutputCell
from core.vision.drawing import Drawing
from core.vision.hand import sample
from core.vision.impossible import Impossible, as_json
from core.vision.preprocess import render
from tests.program import printed

EVERYTHING: dict[str, Any] = {
    "source": "maps",
    "drawing": sample(4).lists(),
    "seed": 4,
    "matrix": "1 2;3 4",
    "channels": 2,
    "picture": "",
    "normalised": False,
    "filters": ["ours.conv2.3", "random"],
    "rows": 3,
    "columns": 5,
    "stride": 2,
    "padding": 2,
    "mode": "reflect",
    "dilation": 1,
    "groups": 2,
    "transposed": False,
    "output_padding": 0,
    "after": "relu",
    "flipped": True,
    "bias": [None, 0.5],
    "angle": 10,
    "dice": 7,
    "edits": [[1, 0, 2, 4, -3.5]],
    "place": {"map": 1, "row": 3, "column": 2},
}
SVG = "{http://www.w3.org/2000/svg}"
PLACE = ConvolutionQuestion.schema["place"]


def parts(code: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray[Any, Any]]]:
    """Head and arrays of an answer."""
    length = int.from_bytes(code[:4], "little")
    head = json.loads(code[4 : 4 + length])
    rest = np.frombuffer(code[4 + length :], np.float32)
    arrays = {}
    for name in ("input", "output"):
        shape, at = head[name]["shape"], head[name]["at"] // 4
        arrays[name] = rest[at : at + int(np.prod(shape))].reshape(shape)
    return head, arrays


def test_the_answer_holds_the_tensors_themselves() -> None:
    question = ConvolutionQuestion.read(EVERYTHING)
    head, arrays = parts(answer(question))
    slid = slide(question)
    assert np.array_equal(arrays["input"], slid.input.numpy())
    assert np.array_equal(arrays["output"], slid.output.numpy())
    assert np.array_equal(np.float32(head["weights"]), question.weights().numpy())
    assert head["weights"][1][0][2][4] == -3.5
    shown = opened(slid)
    assert head["opened"]["number"]["value"] == shown.value and head["opened"]["row"] == 3


def test_one_cell_alone_is_the_same_cell_and_short() -> None:
    asked = EVERYTHING | {"turn": 5}
    whole, cell = (
        answer(ConvolutionQuestion.read(asked | {"only_cell": only})) for only in (False, True)
    )
    length = int.from_bytes(cell[:4], "little")
    assert len(cell) == 4 + length < len(whole) // 2
    assert json.loads(cell[4:])["opened"] == parts(whole)[0]["opened"]
    assert parts(whole)[0]["turn"] == 5


def test_tables_of_the_answer_are_the_geometry() -> None:
    question = ConvolutionQuestion(padding=2, mode="reflect", stride=2)
    head, _ = parts(answer(question))
    rows = head["rows"]
    assert rows["taps"][1] == [2, 3, 4] and rows["origin"][:3] == [2, 1, 0]
    assert len(rows["taps"]) == rows["output"] == question.setting.output[1]


def test_a_refusal_names_rule_and_way_out() -> None:
    with pytest.raises(Impossible) as error:
        ConvolutionQuestion.read(EVERYTHING | {"stride": 0})
    told = as_json(error.value, str(error.value))
    assert told["field"] == "stride" and told["nearest"] == 1
    assert told["message"].endswith("the stride is at least 1.")


@pytest.mark.parametrize(
    "change",
    [
        {"filters": []},
        {"filters": ["sobel_x"] * 7},
        {"filters": "sobel_x"},
        {"filters": [{}]},
        {"source": "camera"},
        {"drawing": [[[1]]]},
        {"matrix": 7},
        {"source": "matrix", "matrix": "1 2;3"},
        {"source": "matrix", "matrix": "1 x"},
        {"source": "matrix", "matrix": ""},
        {"source": "matrix", "matrix": "1e99"},
        {"source": "matrix", "matrix": ";".join(["1"] * 13)},
        {"source": "picture", "picture": "1x2x2:AA"},
        {"source": "picture", "picture": ""},
        {"seed": True},
        {"channels": 5},
        {"padding": "full"},
        {"padding": [1]},
        {"bias": [float("nan")]},
        {"bias": ["1"]},
        {"edits": [[0, 0, 0, 0]]},
        {"edits": [[0, 0, 0, 0, 1e9]]},
        {"edits": [[0, 0, 0, -1, 1]]},
        {"edits": [[0, 0, 0, 0, 1]] * 401},
        {"place": {"map": -1}},
        {"place": 3},
        {"unknown": 1},
        {"turn": "x"},
        {"transposed": 1},
        {"after": None},
    ],
)
def test_rubbish_is_refused_in_a_sentence(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\."):
        ConvolutionQuestion.read(EVERYTHING | change)


@pytest.mark.parametrize("raw", [None, [], 7, "x"])
def test_what_is_no_question_is_refused(raw: object) -> None:
    with pytest.raises(ValueError, match="an object"):
        ConvolutionQuestion.read(raw)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789 .-;|,\n\te−x", max_size=80))
def test_any_text_is_a_matrix_or_a_sentence(text: str) -> None:
    said = ""
    try:
        planes = read_matrix(text)
        assert torch.tensor(planes).dim() == 3
        assert read_matrix(write_matrix(planes))
    except ValueError as error:
        said = str(error)
    assert not said or said.endswith(".")


def test_a_matrix_survives_being_written() -> None:
    planes = read_matrix("1, 2\n3 −4.5\n\n0 .5\n1e-2 7")
    assert planes == [[[1, 2], [3, -4.5]], [[0, 0.5], [0.01, 7]]]
    assert read_matrix(write_matrix(planes)) == planes


def test_a_picture_survives_being_written_within_half_a_step() -> None:
    pixels = torch.rand(3, 9, 5, generator=torch.Generator().manual_seed(0))
    assert (read_picture(write_picture(pixels)) - pixels).abs().max() <= 0.5 / 255 + 1e-6
    text = f"1x1x1:{base64.urlsafe_b64encode(bytes([255])).decode().rstrip('=')}"
    assert Source("picture", picture=text).tensor().item() == 1


def test_inputs_are_what_they_are_called() -> None:
    drawn = Source("drawing", drawing=sample(5)).tensor()
    assert torch.equal(drawn[0], torch.from_numpy(render(sample(5))))
    assert torch.equal(Source("drawing", seed=5).tensor(), drawn)
    assert float(Source("sample", normalised=True).tensor().min()) == -1
    assert tuple(Source("maps", channels=3).tensor().shape) == (3, 14, 14)


@pytest.mark.parametrize(
    ("read", "write", "value"),
    [
        (values.read_filters, values.write_filters, ("gabor", "ours.conv1.31")),
        (values.read_padding, str, "same"),
        (values.read_padding, str, 8),
        (values.read_bias, values.write_bias, (None, -0.25, 1e-05)),
        (values.read_bias, values.write_bias, ()),
        (values.read_edits, values.write_edits, (((5, 3, 6, 0), -0.1), ((0, 0, 0, 0), 100.0))),
        (PLACE.parse, PLACE.format, OutputCell(5, 200, 31)),
        (PLACE.parse, PLACE.format, None),
    ],
)
def test_links_read_what_was_written(read: Any, write: Any, value: Any) -> None:
    assert read(write(value)) == value


@pytest.mark.parametrize("text", ["9", "-1", "full", "1.5", ""])
def test_a_padding_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\."):
        values.read_padding(text)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"source": "matrix", "channels": 1, "filters": ["emboss"], "groups": 1, "mode": "zeros"},
        {"transposed": True, "mode": "zeros", "output_padding": 1, "padding": 1},
    ],
)
def test_the_program_prints_the_number_on_the_page(change: dict[str, Any]) -> None:
    question = ConvolutionQuestion.read(EVERYTHING | {"edits": []} | change)
    slid = slide(question)
    shown = opened(slid)
    source = program(slid)
    numbers = [float(line) for line in printed(source).split()]
    assert numbers and numbers == pytest.approx([shown.value] * len(numbers), abs=1e-5)
    assert f"# {question.setting.output}" in source


def test_formulas_hold_the_numbers_of_the_state() -> None:
    question = ConvolutionQuestion(stride=2)
    size = latex(number.opened(question, Cell("output_rows", ())))
    assert size.endswith(r"\right\rfloor + 1 = 13")
    shown = opened(slide(question), OutputCell(0, 6, 7))
    assert latex(shown).endswith(f"= {shown.value:.3f}")


def test_the_questions_are_answered_by_computing() -> None:
    question = ConvolutionQuestion(place=OutputCell(0, 12, 13))
    other = guess.other_size(question)
    assert other is not None and (other.stride, other.output) == (2, 13)
    turned = guess.turned(question)
    assert turned.then == opened(slide(replace(question, flipped=True))).value
    assert turned.answer == ("more" if turned.then > turned.now else "less")
    assert guess.reached(question)[1] == 9
    filtered = guess.filtered(question)
    assert filtered.by in filtered.suspects and filtered == guess.filtered(question)


def test_what_is_taken_away_holds_every_number() -> None:
    slid = slide(ConvolutionQuestion.read(EVERYTHING))
    lines = sheet.table(slid).decode().splitlines()
    count = slid.input.numel() + slid.output.numel() + slid.weight.numel()
    assert len(lines) == 1 + count
    names = {"input": "입력", "kernel": "커널", "output": "출력 <1>"}
    made = ElementTree.fromstring(sheet.picture(slid, "합성곱", names))
    texts = ["".join(each.itertext()) for each in made.iter(f"{SVG}text")]
    assert texts[0] == "합성곱" and {"입력", "커널", "출력 <1>"} <= set(texts)
    planes = slid.input.shape[0] + min(sheet.MOST, slid.weight.flatten(0, 1).shape[0])
    masks = len(list(made.iter(f"{SVG}mask")))
    assert masks >= planes + slid.output.shape[0], "signed planes have two"


def test_a_drawing_lies_where_it_was_drawn_only_where_that_is_asked() -> None:
    """A dot in a corner: the networks would get it in the middle."""
    drawing = Drawing.of([[[60, 60], [70, 60]]])
    corner = Source("drawing", drawing=drawing, as_drawn=True).tensor()[0]
    middle = Source("drawing", drawing=drawing).tensor()[0]
    assert corner[:4, :4].max() > 0.5 and corner[10:, 10:].max() == 0
    assert middle[:4, :4].max() == 0 and middle[10:18, 10:18].max() > 0.5
    maps = Source("maps", drawing=drawing, as_drawn=True).tensor()
    assert torch.equal(maps, Source("maps", drawing=drawing).tensor())
