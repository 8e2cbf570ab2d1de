"""A picture as a slide: a title above it, what it means and where it is from below it, as SVG.

The words are words, in any language: the program that shows the slide sets them in its own fonts.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from html import escape

from PIL import Image

from core.figures.image import data_url
from core.figures.sketch import FONT, LIGHT, breadth

WIDTH = 1280
MARGIN = 48
TITLE, LINE = 40, 22
"""Sizes of the words, in pixels of that width."""


def slide(picture: bytes, title: str, lines: Sequence[str]) -> bytes:
    """The slide as the bytes of an SVG file.

    Args:
        picture: a PNG, or an SVG of `core.figures.sketch`.
        title: above it.
        lines: below it, each broken where it is too long.

    >>> from core.figures.image import png
    >>> made = slide(png(Image.new("RGB", (20, 10))), "어텐션", ["a < b"]).decode()
    >>> "어텐션</text>" in made, "a &lt; b</text>" in made
    (True, True)
    """
    room = WIDTH - 2 * MARGIN
    wide, high = _size(picture)
    height = high * room / wide
    top = MARGIN + 1.6 * TITLE
    below = [part for line in lines for part in broken(line, room)]
    whole = top + height + LINE * (1.6 * len(below) + 1) + MARGIN
    parts = [
        f'<rect width="{WIDTH}" height="{whole:.0f}" fill="{LIGHT["paper"]}"/>',
        f'<text x="{MARGIN}" y="{MARGIN + 0.8 * TITLE:.0f}" font-size="{TITLE}" font-weight="700" '
        f'fill="{LIGHT["ink"]}">{escape(title)}</text>',
        _placed(picture, f'x="{MARGIN}" y="{top:.0f}" width="{room}" height="{height:.0f}"'),
    ]
    for i, line in enumerate(below):
        y = top + height + LINE * (1.6 * i + 2)
        parts.append(
            f'<text x="{MARGIN}" y="{y:.0f}" font-size="{LINE}" '
            f'fill="{LIGHT["grey"]}">{escape(line)}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {whole:.0f}" '
        f'width="{WIDTH}" height="{whole:.0f}" font-family="{escape(FONT)}">{"".join(parts)}</svg>'
    ).encode()


def _size(picture: bytes) -> tuple[float, float]:
    """Width and height of a picture, in its own units."""
    box = re.match(rb'<svg [^>]*viewBox="0 0 (\S+) (\S+)"', picture)
    if box:
        return float(box[1]), float(box[2])
    return Image.open(io.BytesIO(picture)).size


def _placed(picture: bytes, box: str) -> str:
    """A picture in a box; what is SVG stays so, since not every program reads one in an address."""
    if picture.startswith(b"<svg"):
        return re.sub(r'width="\S+" height="\S+"', box, picture.decode(), count=1)
    few = 2 * _size(picture)[0] < WIDTH - 2 * MARGIN
    pixelated = ' style="image-rendering: pixelated"' if few else ""
    return f'<image {box}{pixelated} href="{data_url(picture)}"/>'


def broken(line: str, room: float, size: float = LINE) -> list[str]:
    """A line in as many as it needs.

    >>> broken("one two three", 60, 22)
    ['one', 'two', 'three']
    """
    found = [""]
    for word in line.split():
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and breadth(longer, size) > room:
            found.append(word)
        else:
            found[-1] = longer
    return found
