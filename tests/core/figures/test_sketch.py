"""Small pictures: squares are the numbers, words are words, both themes have their colours."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from core.figures.palette import NEGATIVE, PAPER, POSITIVE, css, paint
from core.figures.sketch import DARK, LIGHT, Sketch, breadth
from core.figures.word_map import small, word_map

SVG = "{http://www.w3.org/2000/svg}"


def drawn(url: str) -> ElementTree.Element:
    return ElementTree.fromstring(b64decode(url.removeprefix("data:image/svg+xml;base64,")))


def squares(mask: ElementTree.Element) -> np.ndarray:
    """What a mask lets through, 0 to 1."""
    (image,) = mask
    code = image.attrib["href"].removeprefix("data:image/png;base64,")
    return np.asarray(Image.open(io.BytesIO(b64decode(code))), np.float64) / 255


def test_every_square_has_the_colour_of_its_value() -> None:
    values = np.array([[1.0, -0.5, 0.0], [0.25, -1.0, 0.1]], np.float32)
    sketch = Sketch(30, 20)
    sketch.pixels(values, 0, 0, 30, 20, signed=True)
    above, below = map(squares, drawn(sketch.url()).iter(f"{SVG}mask"))
    mixed = np.array(PAPER) + above[..., None] * (np.array(POSITIVE) - PAPER)
    mixed += below[..., None] * (np.array(NEGATIVE) - PAPER)
    assert np.abs(mixed - paint(values, signed=True)).max() < 1.5
    assert LIGHT["positive"] == "#{:02x}{:02x}{:02x}".format(*POSITIVE)


def test_it_has_all_colours_in_both_themes_and_needs_nothing_else() -> None:
    style = drawn(Sketch(9, 9).url()).findtext(f"{SVG}style") or ""
    light, dark = style.split("@media (prefers-color-scheme: dark)")
    for tone in LIGHT:
        assert f"--{tone}: {LIGHT[tone]};" in light and f"--{tone}: {DARK[tone]};" in dark
    assert LIGHT.keys() == DARK.keys() and "url(" not in style


def test_words_stay_words_in_any_language() -> None:
    sketch = Sketch(90, 20)
    sketch.text(4, 10, "고양이 <끝>")
    assert [text.text for text in drawn(sketch.url()).iter(f"{SVG}text")] == ["고양이 <끝>"]
    assert breadth("고양이") > breadth("abc") > breadth("ill")


def test_a_map_to_take_away_has_its_words_and_colours_that_any_program_knows() -> None:
    weights = np.array([[1.0, 0.0], [0.5, 0.25]], np.float32)
    picture = ElementTree.fromstring(word_map(weights, ["그것", "cat"], ["고양이", "a & b"], 0, 1))
    words = [text.text for text in picture.iter(f"{SVG}text")]
    assert words == ["그것", "cat", "고양이", "a & b"]
    fills = [square.attrib["fill"] for square in picture.iter(f"{SVG}rect")][1:5]
    assert fills == [css(tuple(c)) for c in paint(weights, False, 1.0).reshape(-1, 3).tolist()]
    assert b"var(" not in ElementTree.tostring(picture)


@pytest.mark.parametrize(("row", "first"), [(0, 0), (5, 2), (8, 3)])
def test_a_small_map_shows_the_marked_row_with_its_neighbours(row: int, first: int) -> None:
    weights = np.linspace(0, 1, 9 * 9, dtype=np.float32).reshape(9, 9)
    words = [f"word{i}" for i in range(9)]
    picture = drawn(small(weights, words, words, row, 2))
    (mask,) = picture.iter(f"{SVG}mask")
    assert squares(mask) == pytest.approx(weights[first : first + 6], abs=1 / 255)
    accents = [text.text for text in picture.iter(f"{SVG}text") if "accent" in text.attrib["fill"]]
    assert accents == [f"word{row}", "word2"]  # too narrow for the names of all columns
    assert len(re.findall("word", ElementTree.tostring(picture, "unicode"))) == 6 + 1
