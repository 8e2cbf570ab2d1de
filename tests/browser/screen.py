"""The page "Draw a digit" as a person meets it: what can be done, and what is to be seen."""

from __future__ import annotations

import json
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Locator, Page, Request, WebSocket

from core.vision.place import SHAPES
from core.vision.question import DrawingQuestion
from pages.draw_a_digit.view import layer_names
from tests.browser.hand import Stroke
from tests.patience import PATIENCE

MAPS = ("input", "conv1", "relu1", "pool1", "conv2", "relu2", "pool2")
PAINTED = (*MAPS, "fc1", "relu3")
"""The layers that have a canvas."""

# How a layer's maps lie in its canvas: maps beside each other, texels for a value, texels between.
LAYOUT = {
    "input": (1, 1, 0),
    "conv1": (8, 1, 3),
    "relu1": (8, 1, 3),
    "pool1": (8, 2, 3),
    "conv2": (13, 1, 2),
    "relu2": (13, 1, 2),
    "pool2": (13, 2, 2),
    "fc1": (32, 1, 0),
    "relu3": (32, 1, 0),
}

NOT_YET = (AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""How a look at the page fails while what it looks for is not there yet, or only in part."""

T = TypeVar("T")

_BODIES: WeakKeyDictionary[Page, list[dict[str, Any]]] = WeakKeyDictionary()


def _bodies(page: Page) -> list[dict[str, Any]]:
    """The questions that a tab asks of the live route; a tab is listened to once."""
    if page not in _BODIES:
        bodies = _BODIES[page] = []

        def asked(request: Request) -> None:
            if request.url.endswith("/forward-pass/trace"):
                bodies.append(request.post_data_json)

        def sent(frame: str | bytes) -> None:
            bodies.append(json.loads(frame))

        def opened(socket: WebSocket) -> None:
            if "/forward-pass/trace" in socket.url:
                socket.on("framesent", sent)

        page.on("request", asked)
        page.on("websocket", opened)
    return _BODIES[page]


class Screen:
    """A browser page with the questions that it has asked of the live route."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.bodies = _bodies(page)

    # -- going somewhere -----------------------------------------------------------------------

    def goto(self, url: str) -> None:
        self.page.goto(url, wait_until="commit")

    def ready(self) -> Screen:
        """Wait until the picture has been painted and the script has ended."""
        self.page.wait_for_selector("[data-fp=draw][data-answers]")
        self.idle()
        self.settled()
        return self

    def idle(self) -> None:
        """Wait until the page has arrived and Streamlit's script has ended."""
        self.page.wait_for_selector(
            "html:not([data-fp-arriving]) [data-testid=stApp]"
            "[data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
        )

    # -- parts of the page ---------------------------------------------------------------------

    def part(self, name: str) -> Locator:
        return self.page.locator(f"[data-fp={name}]")

    def click(self, name: str) -> None:
        self.part(name).click()

    def box(self, name: str) -> dict[str, float]:
        found = self.part(name).bounding_box()
        assert found is not None
        return dict(found)

    def value(self, name: str) -> float:
        """The number that a part of the page stands for, in full."""
        return float(self.part(name).get_attribute("data-value") or "nan")

    @property
    def digit(self) -> str:
        """The answer; empty: not a digit."""
        return self.part("verdict").get_attribute("data-digit") or ""

    @property
    def answers(self) -> int:
        """How many answers the picture has painted."""
        return int(self.part("draw").get_attribute("data-answers") or 0)

    @property
    def message(self) -> str:
        """The sentence on the canvas."""
        return self.page.locator(".fp .message").inner_text()

    def pixels(self, name: str) -> NDArray[np.int64]:
        """What a canvas shows, (H, W, 3)."""
        url = self.part(name).evaluate("c => c.toDataURL()")  # PNG: lossless, and quick to carry
        picture = Image.open(BytesIO(b64decode(url.partition(",")[2])))
        return np.asarray(picture.convert("RGB")).astype(int)

    def map_pixels(self, layer: str, index: int) -> NDArray[np.int64]:
        """What one map of a layer shows, one colour for each value, (H, W, 3)."""
        columns, zoom, gap = LAYOUT[layer]
        _, height, width = SHAPES[layer]
        top = index // columns * (height * zoom + gap)
        left = index % columns * (width * zoom + gap)
        shown = self.pixels(layer)[top : top + height * zoom, left : left + width * zoom]
        return shown[::zoom, ::zoom]

    @property
    def paper(self) -> NDArray[np.int64]:
        """The colour of paper in the theme in force."""
        colour = self.part("draw").evaluate("e => getComputedStyle(e).getPropertyValue('--paper')")
        return self.rgb(colour)

    def rgb(self, colour: str) -> NDArray[np.int64]:
        """Any colour of CSS as red, green, blue."""
        painted = self.page.evaluate(
            """colour => { const c = document.createElement('canvas').getContext('2d')
            c.fillStyle = colour; c.fillRect(0, 0, 1, 1)
            return [...c.getImageData(0, 0, 1, 1).data] }""",
            colour,
        )
        return np.array(painted[:3])

    # -- what the hand does --------------------------------------------------------------------

    def spot(self, x: float, y: float) -> tuple[float, float]:
        """A place on the canvas, in shares of it, as a place in the window."""
        box = self.box("canvas")
        return box["x"] + x * box["width"], box["y"] + y * box["height"]

    @contextmanager
    def stroke(self, points: Stroke) -> Iterator[None]:
        """Draw with the mouse; the button is down within the block and goes up at its end."""
        self.part("canvas").scroll_into_view_if_needed()  # as whoever draws does
        mouse = self.page.mouse
        mouse.move(*self.spot(*points[0]))
        mouse.down()
        for point in points[1:]:
            mouse.move(*self.spot(*point))
        yield
        mouse.up()

    def draw(self, strokes: list[Stroke]) -> None:
        """Draw strokes with the mouse, and wait until the last question about them is answered."""
        self.scribble(strokes)
        self.settled()

    def scribble(self, strokes: list[Stroke]) -> None:
        """Draw strokes with the mouse, whatever becomes of them."""
        for points in strokes:
            with self.stroke(points):
                pass

    def draw_anew(self, strokes: list[Stroke]) -> None:
        """Clear the canvas, draw, and wait until the page knows of it."""
        self.click("clear")
        self.draw(strokes)
        self.saved()

    def pick(self, layer: str, index: int) -> None:
        """Click a map (or unit) of a layer, and wait until it is the magnified one."""
        columns, zoom, gap = LAYOUT[layer]
        _, height, width = (*SHAPES[layer], 1, 1)[:3]
        across, down = self.part(layer).evaluate("c => [c.width, c.height]")
        x = index % columns * (width * zoom + gap) + width * zoom / 2
        y = index // columns * (height * zoom + gap) + height * zoom / 2
        self._click_at(layer, x / across, y / down)
        name = layer_names()[layer]
        self.until(lambda: self.part("lens").get_attribute("aria-label").startswith(name))

    def pick_pixel(self, row: int, column: int) -> None:
        """Click a pixel of the magnified map."""
        across, down = self.part("lens").evaluate("c => [c.width, c.height]")
        self._click_at("lens", (column + 0.5) / across, (row + 0.5) / down)

    def _click_at(self, name: str, x: float, y: float) -> None:
        self.part(name).scroll_into_view_if_needed()
        box = self.box(name)
        self.part(name).click(position={"x": x * box["width"], "y": y * box["height"]})

    # -- what has been asked -------------------------------------------------------------------

    @property
    def body(self) -> dict[str, Any]:
        """The last question."""
        return self.bodies[-1]

    @property
    def question(self) -> DrawingQuestion:
        """The last question, as the server reads it."""
        return DrawingQuestion.read(self.body)

    @property
    def drawing(self) -> list[list[list[int]]]:
        """The drawing in the last question."""
        drawing: list[list[list[int]]] = self.body["drawing"]
        return drawing

    def saved(self) -> None:
        """Wait until the address of the page holds the drawing: then the session does too."""
        self.settled()
        self.until(lambda: f"drawing={self.question.drawing.encode()}&" in f"{self.page.url}&")
        self.idle()

    def until(self, found: Callable[[], T]) -> T:
        """Wait until something is to be seen; if it never is, the last look's failure stands."""
        deadline = time.monotonic() + PATIENCE
        pause = 10.0  # ms: each look costs the machine that the page needs as well
        while True:
            try:
                seen = found()
                assert seen is not False
                return seen
            except NOT_YET:
                if time.monotonic() > deadline:
                    raise
            self.page.wait_for_timeout(pause)
            pause = min(1.3 * pause, 100)

    def settled(self) -> None:
        """Wait until no question of any picture is on its way: what is shown is the last answer."""
        rest = "body:not([data-fp-asking]), body[data-fp-asking='0']"
        self.page.wait_for_selector(rest, state="attached")

    def let_pass(self, milliseconds: int) -> None:
        """Let time pass by the page's own clock: all its timers that are due by then have rung."""
        self.page.evaluate("(ms) => new Promise((done) => setTimeout(done, ms))", milliseconds)
