"""A small picture in SVG that takes the colours of the page's theme and writes in any language.

A browser tells a picture the theme of the page around it (`prefers-color-scheme`), and gives its
words the reader's own fonts.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.figures.image import data_url, png

Tone = Literal["paper", "ink", "grey", "line", "accent", "positive", "negative"]
Anchor = Literal["start", "middle", "end"]

LIGHT: dict[Tone, str] = {
    "paper": "#fcfbf8",
    "ink": "#16204a",
    "grey": "#656b7d",
    "line": "#d9d9d4",
    "accent": "#b3440c",
    "positive": "#005aa0",
    "negative": "#c97800",
}
DARK: dict[Tone, str] = {
    "paper": "#10162e",
    "ink": "#f3f1ea",
    "grey": "#a4aabd",
    "line": "#39415f",
    "accent": "#ff8a4c",
    "positive": "#60b4f0",
    "negative": "#f0aa3c",
}
FONT = (
    "'Helvetica Neue', Helvetica, Arial, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', "
    "'Noto Sans CJK KR', sans-serif"
)
WORDS = 14
"""The size of words in pixels: what one can read, see docs/design.md."""


class Sketch:
    """A picture that is drawn piece by piece; lengths are pixels, from the upper left.

    >>> sketch = Sketch(320, 112)
    >>> sketch.text(8, 56, "고양이")
    >>> sketch.url().startswith("data:image/svg+xml;base64,")
    True
    """

    def __init__(self, width: float, height: float) -> None:
        """Begin with empty paper."""
        self.width, self.height = width, height
        self._drawn: list[str] = []
        self.rectangle(0, 0, width, height, fill="paper")

    def rectangle(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        line: Tone | None = None,
        thick: float = 1,
    ) -> None:
        """Draw a rectangle, filled with a tone or another colour, or outlined, or both."""
        border = f' stroke="var(--{line})" stroke-width="{thick:g}"' if line else ""
        inside = _named(fill) if fill else "none"
        self._drawn.append(f'<rect {_box(x, y, width, height)} fill="{inside}"{border}/>')

    def dot(self, x: float, y: float, radius: float, fill: str = "ink") -> None:
        """Draw a dot, in a tone or in a category's colour."""
        self._drawn.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{_named(fill)}"/>'
        )

    def ring(self, x: float, y: float, radius: float, tone: Tone = "ink", thick: float = 2) -> None:
        """Draw a circle."""
        self._drawn.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="none" '
            f'stroke="var(--{tone})" stroke-width="{thick:g}"/>'
        )

    def path(self, d: str, colour: str, thick: float = 2, opacity: float = 1) -> None:
        """Draw a line along a path of SVG, in a tone or in a category's colour."""
        self._drawn.append(
            f'<path d="{d}" fill="none" stroke="{_named(colour)}" stroke-width="{thick:.2g}" '
            f'stroke-opacity="{opacity:.2g}" stroke-linejoin="round" stroke-linecap="round"/>'
        )

    def line(self, points: list[tuple[float, float]], colour: str, thick: float = 2) -> None:
        """Draw straight lines from point to point."""
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._drawn.append(
            f'<polyline points="{joined}" fill="none" stroke="{_named(colour)}" '
            f'stroke-width="{thick:g}" stroke-linejoin="round"/>'
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        tone: Tone = "ink",
        *,
        anchor: Anchor = "start",
        size: float = WORDS,
        upwards: bool = False,
    ) -> None:
        """Write on one line whose middle is at `y`, or upwards on one whose middle is at `x`."""
        turned = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if upwards else ""
        self._drawn.append(
            f'<text x="{x:.1f}" y="{y:.1f}" dy=".35em" font-size="{size:g}" '
            f'text-anchor="{anchor}" fill="var(--{tone})"{turned}>{escape(words)}</text>'
        )

    def pixels(
        self,
        values: NDArray[np.float32],
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        signed: bool = False,
        largest: float | None = None,
    ) -> None:
        """Paint numbers (H, W) as squares, as `palette.paint` colours them: zero is paper.

        Args:
            values: numbers; where `signed` is false they are zero or more.
            x: of the upper left corner.
            y: of the upper left corner.
            width: of all squares.
            height: of all squares.
            signed: whether values below zero have a colour of their own.
            largest: the size that gets the full colour; the largest in `values` unless given.
        """
        top = float(np.abs(values).max()) if largest is None else largest
        share = np.clip(values / top if top else values * 0, -1, 1)
        parts: list[tuple[Tone, NDArray[np.float32]]] = [("positive" if signed else "ink", share)]
        if signed:
            parts.append(("negative", -share))
        for tone, part in parts:
            if not (part > 0).any():
                continue
            codes = np.rint(255 * part.clip(0)).astype(np.uint8)
            name, box = f"m{len(self._drawn)}", _box(x, y, width, height)
            self._drawn.append(
                f'<mask id="{name}"><image {box} preserveAspectRatio="none" '
                f'style="image-rendering: pixelated" href="{data_url(png(Image.fromarray(codes)))}"'
                f'/></mask><rect {box} fill="var(--{tone})" mask="url(#{name})"/>'
            )

    def url(self) -> str:
        """The picture as a data URL, for a page of either theme."""
        style = (
            f"<style>svg {{ {_tokens(LIGHT)} }} "
            f"@media (prefers-color-scheme: dark) {{ svg {{ {_tokens(DARK)} }} }}</style>"
        )
        return data_url(self._whole(style).encode(), "svg+xml")

    def svg(self) -> bytes:
        """The picture as a file to take away, in the light colours, which every program knows."""
        return re.sub(r"var\(--(\w+)\)", _light, self._whole("")).encode()

    def _whole(self, style: str) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} {self.height:g}" '
            f'width="{self.width:g}" height="{self.height:g}" font-family="{FONT}">'
            f"{style}{''.join(self._drawn)}</svg>"
        )


def breadth(words: str, size: float = WORDS) -> float:
    """About how wide words are: letters of East Asia fill a square, others about half of one.

    >>> breadth("cab", 10) < breadth("한국어", 10)
    True
    """
    return size * sum(map(_breadth, words))


def _breadth(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.3 if letter in "fijlt.,' " else 0.85 if letter in "mwMW" else 0.55


def _named(colour: str) -> str:
    return f"var(--{colour})" if colour in LIGHT else colour


def _light(token: re.Match[str]) -> str:
    return {str(tone): colour for tone, colour in LIGHT.items()}[token[1]]


def _tokens(colours: dict[Tone, str]) -> str:
    return " ".join(f"--{tone}: {colour};" for tone, colour in colours.items())


def _box(x: float, y: float, width: float, height: float) -> str:
    return f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
