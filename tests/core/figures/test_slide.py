"""A slide holds the picture to the byte, and its words fit on it."""

from __future__ import annotations

import base64
import io
import re

from PIL import Image

from core.figures.image import png
from core.figures.sketch import Sketch, breadth
from core.figures.slide import LINE, MARGIN, WIDTH, slide


def test_the_picture_is_in_it_and_no_line_is_wider_than_the_slide() -> None:
    picture = png(Image.new("RGB", (300, 120), "red"))
    made = slide(picture, "어텐션 <1>", ["부호가 있는 수: " * 20, "source"]).decode()
    held = re.search(r'href="data:image/png;base64,([^"]+)"', made)
    assert held and base64.b64decode(held[1]) == picture
    texts = re.findall(r'font-size="22" fill="[^"]+">([^<]+)</text>', made)
    assert len(texts) > 3 and texts[-1] == "source"
    assert all(breadth(text, LINE) <= WIDTH - 2 * MARGIN for text in texts)
    assert ">어텐션 &lt;1&gt;</text>" in made
    assert Image.open(io.BytesIO(base64.b64decode(held[1]))).size == (300, 120)


def test_a_picture_with_words_in_it_stays_one() -> None:
    sketch = Sketch(200, 100)
    sketch.text(10, 20, "커널")
    made = slide(sketch.svg(), "합성곱", []).decode()
    assert "커널</text>" in made and "href" not in made
    room = WIDTH - 2 * MARGIN
    assert f'width="{room}" height="{room / 2:.0f}"' in made and made.count("<svg ") == 2
