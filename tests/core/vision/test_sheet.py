"""What is taken away holds every number of the pass."""

import csv
import io
import re

import numpy as np

from core.figures.palette import INK, NEGATIVE, PAPER, POSITIVE, paint
from core.vision import forward, sheet
from core.vision.hand import sample
from core.vision.question import DrawingQuestion
from core.vision.trace import LAYERS

PAINTED = [name for column in sheet.COLUMNS for name in column]
NAMES = {name: f"이름 {name}" for name in (*PAINTED, "probabilities")}


def test_the_table_gives_back_every_tensor_exactly() -> None:
    run = forward.run(DrawingQuestion(sample(1)))
    rows = list(csv.DictReader(io.StringIO(sheet.table(run).decode())))
    for name in LAYERS:
        values = np.array([np.float32(row["value"]) for row in rows if row["layer"] == name])
        assert np.array_equal(values, run[name][0].numpy().ravel())


def _sheet(n: int) -> str:
    run = forward.run(DrawingQuestion(sample(n)))
    return sheet.picture(run, [0.1] * 10, NAMES).decode()


def test_the_sheet_is_a_picture_that_changes_with_the_drawing() -> None:
    maps = [re.findall('data:image/png[^"]+', _sheet(n)) for n in (1, 2)]
    assert len(maps[0]) == len(maps[1]) >= len(PAINTED)
    assert all(one != other for one, other in zip(*maps, strict=True))


def test_its_words_are_those_of_the_page() -> None:
    words = re.findall("<text[^>]*>([^<]*)", _sheet(1))
    assert set(NAMES.values()) <= set(words)
    assert not {*PAINTED, "softmax"} & set(words)


def test_zero_is_paper_and_signs_have_their_colours() -> None:
    assert paint(np.float32([0, 2, -2]), signed=True).tolist() == [
        list(PAPER),
        list(POSITIVE),
        list(NEGATIVE),
    ]
    assert paint(np.float32([0, 5]), signed=False).tolist() == [list(PAPER), list(INK)]
    assert paint(np.zeros(3, np.float32), signed=True).tolist() == [list(PAPER)] * 3


def test_the_thumbnail_is_made_from_the_model() -> None:
    assert sheet.thumbnail(3) != sheet.thumbnail(4)
