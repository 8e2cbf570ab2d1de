"""Finger, stylus, dense screens, and drawings that go over every edge."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import CDPSession

from core.vision.drawing import HIGH, LOW, MAX_POINTS, SIDE, Drawing
from tests.browser.conftest import Open
from tests.browser.hand import ONE, SEVEN, THREE, ZERO, Stroke
from tests.browser.screen import Screen

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def _devtools(screen: Screen) -> CDPSession:
    """The way to fingers and pens: Playwright itself has only a mouse."""
    return screen.page.context.new_cdp_session(screen.page)


def _finger(screen: Screen, points: Stroke) -> None:
    devtools = _devtools(screen)

    def touch(kind: str, *at: tuple[float, float]) -> None:
        fingers = [{"x": x, "y": y} for x, y in at]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})

    touch("touchStart", screen.spot(*points[0]))
    for point in points[1:]:
        touch("touchMove", screen.spot(*point))
    touch("touchEnd")
    screen.settled()


def _stylus(screen: Screen, points: Stroke) -> None:
    devtools = _devtools(screen)

    def pen(kind: str, at: tuple[float, float], pressed: int = 1) -> None:
        event = {"x": at[0], "y": at[1], "button": "left", "buttons": pressed, "clickCount": 1}
        devtools.send(
            "Input.dispatchMouseEvent", event | {"type": kind, "pointerType": "pen", "force": 0.5}
        )

    pen("mousePressed", screen.spot(*points[0]))
    for point in points[1:]:
        pen("mouseMoved", screen.spot(*point))
    pen("mouseReleased", screen.spot(*points[-1]), pressed=0)
    screen.settled()


@pytest.mark.parametrize("device", [{"has_touch": True}, PHONE], ids=["tablet", "phone"])
def test_a_finger_draws_and_the_page_does_not_scroll_away(
    open_page: Open, device: dict[str, Any]
) -> None:
    screen = open_page(**device).ready()
    screen.part("canvas").scroll_into_view_if_needed()
    screen.click("clear")
    before = screen.box("canvas")
    _finger(screen, SEVEN[0])
    screen.until(lambda: screen.digit == "7")
    assert len(screen.drawing) == 1
    assert len(screen.drawing[0]) >= len(SEVEN[0]) - 2
    assert screen.box("canvas") == before


def test_a_second_finger_does_not_write_into_the_first_ones_stroke(open_page: Open) -> None:
    screen = open_page(has_touch=True).ready()
    screen.click("clear")
    devtools = _devtools(screen)
    first, second = screen.spot(0.3, 0.3), screen.spot(0.8, 0.8)

    def touch(kind: str, *at: tuple[float, float]) -> None:
        fingers = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(at)]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})

    touch("touchStart", first)
    touch("touchMove", (first[0], first[1] + 20))
    touch("touchStart", (first[0], first[1] + 20), second)
    touch("touchMove", (first[0], first[1] + 40), (second[0], second[1] - 40))
    touch("touchEnd")
    screen.settled()
    screen.until(lambda: len(screen.drawing) == 1)
    assert np.array(screen.drawing[0]).max() < 0.7 * SIDE


def test_a_palm_that_rests_leaves_the_canvas_to_the_finger(open_page: Open) -> None:
    screen = open_page(has_touch=True).ready()
    screen.click("clear")
    devtools = _devtools(screen)
    palm = screen.spot(0.95, 0.95)
    now = time.time()

    def touch(kind: str, seconds: float, *at: tuple[float, float]) -> None:
        fingers = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(at)]
        event = {"type": kind, "touchPoints": fingers, "timestamp": now + seconds}
        devtools.send("Input.dispatchTouchEvent", event)

    touch("touchStart", 0, palm)
    touch("touchStart", 1, palm, screen.spot(*SEVEN[0][0]))
    for i, point in enumerate(SEVEN[0][1:]):
        touch("touchMove", 1 + i / 100, palm, screen.spot(*point))
    touch("touchEnd", 2)
    screen.settled()
    screen.until(lambda: screen.digit == "7" and len(screen.drawing) == 1)


def test_a_pen_draws_although_the_palm_came_first_and_stays(open_page: Open) -> None:
    screen = open_page(has_touch=True).ready()
    screen.click("clear")
    devtools = _devtools(screen)
    x, y = screen.spot(0.95, 0.95)

    def palm(kind: str, down: float, *fingers: int) -> None:
        points = [{"x": x, "y": y - down, "id": finger} for finger in fingers]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    palm("touchStart", 0, 0)
    palm("touchMove", 30, 0)
    _stylus(screen, SEVEN[0])
    palm("touchMove", 60, 0)
    palm("touchEnd", 0)
    palm("touchStart", 0, 1)
    palm("touchMove", 30, 1)
    palm("touchEnd", 0)
    screen.settled()
    screen.until(lambda: screen.digit == "7" and len(screen.drawing) == 1)


def test_a_stylus_draws(screen: Screen) -> None:
    screen.click("clear")
    screen.part("canvas").evaluate(
        "c => c.addEventListener('pointerdown', event => { c.dataset.kind = event.pointerType })"
    )
    _stylus(screen, THREE[0])
    screen.until(lambda: screen.digit == "3")
    assert screen.part("canvas").get_attribute("data-kind") == "pen"


def test_a_dense_screen_gets_all_its_pixels_and_the_same_strokes(open_page: Open) -> None:
    screen = open_page(device_scale_factor=2).ready()
    width = screen.part("canvas").evaluate("c => c.clientWidth")
    assert screen.part("canvas").evaluate("c => c.width") == pytest.approx(2 * width, abs=2)
    screen.click("clear")
    screen.draw(ZERO)
    screen.until(lambda: screen.digit == "0")
    drawn = np.array(screen.drawing[0])
    assert np.abs(drawn[0] - SIDE * np.array(ZERO[0][0])).max() < 6


def test_a_stroke_may_leave_the_canvas_and_come_back(screen: Screen) -> None:
    screen.click("clear")
    screen.draw([[(0.5, 0.5), (-0.2, 0.5), (-0.2, 3.0), (0.5, 0.9)]])
    screen.until(lambda: len(screen.drawing) == 1)
    points = np.array(screen.drawing[0])
    assert points[:, 0].min() < 0 and points[:, 1].max() > SIDE
    assert points.min() >= LOW and points.max() <= HIGH
    answers = screen.answers
    screen.draw([ONE[0]])
    screen.until(lambda: screen.answers > answers and len(screen.drawing) == 2)


def test_a_dot_is_a_drawing(screen: Screen) -> None:
    screen.click("clear")
    screen.page.mouse.click(*screen.spot(0.5, 0.5))
    screen.until(lambda: [len(stroke) for stroke in screen.drawing] == [1])
    screen.until(lambda: (screen.pixels("input") != screen.paper).any())


def test_a_full_canvas_says_so_and_keeps_every_point(open_page: Open) -> None:
    turns = np.linspace(0, 400, MAX_POINTS - 30)
    scribble = np.stack([512 + 300 * np.cos(turns), 512 + 300 * np.sin(1.01 * turns)], 1)
    full = Drawing.of([scribble.tolist()])
    screen = open_page(f"/draw-a-digit?drawing={full.encode()}").ready()
    screen.until(lambda: screen.question.drawing == full)
    screen.draw([[(0.02 + 0.019 * i, 0.05) for i in range(50)]])
    screen.until(lambda: "full" in screen.message)
    screen.until(lambda: screen.question.drawing.points == MAX_POINTS)
    assert screen.question.drawing.strokes[0].tolist() == full.strokes[0].tolist()
    screen.click("clear")
    screen.until(lambda: screen.drawing == [])
    screen.until(lambda: screen.message == "")
