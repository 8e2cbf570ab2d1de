"""A person draws with a mouse or a keyboard, and every layer follows."""

from __future__ import annotations

import numpy as np

from core.vision.hand import digit as handwritten
from core.vision.hand import sample
from core.vision.question import DrawingQuestion
from core.vision.strokes import rules
from tests.browser.conftest import Open
from tests.browser.hand import DIGITS, ONE, SEVEN, THREE, ZERO, smaller
from tests.browser.screen import PAINTED, Screen

CORNER = (0.3, 0.66, 0.04)
"""Size and place of a drawing that is small and in a corner."""


def test_a_digit_gets_the_right_answer_wherever_and_however_large_it_is(screen: Screen) -> None:
    for digit, large in DIGITS.items():
        for strokes in (large, smaller(large, *CORNER)):
            screen.click("clear")
            screen.until(lambda: screen.digit == "")
            screen.draw(strokes)
            screen.until(lambda digit=digit: screen.digit == str(digit))
            assert f"{digit}" in screen.part("verdict").inner_text()


def test_every_layer_changes_while_the_pen_is_down(screen: Screen) -> None:
    screen.click("clear")
    screen.settled()
    assert screen.digit == ""
    blank = {layer: screen.pixels(layer) for layer in PAINTED}
    sockets: list[str] = []
    screen.page.on("websocket", lambda socket: sockets.append(socket.url))
    with screen.stroke(THREE[0][:12]):
        screen.settled()
        assert [url.partition("?")[0].rpartition("/")[2] for url in sockets] == ["trace"]
        for layer, before in blank.items():
            assert not np.array_equal(screen.pixels(layer), before), layer
        half = screen.pixels("conv1")
        for point in THREE[0][12:]:
            screen.page.mouse.move(*screen.spot(*point))
        screen.until(lambda: not np.array_equal(screen.pixels("conv1"), half))
        screen.until(lambda: screen.digit == "3")


def test_a_stroke_is_kept_where_it_was_drawn(screen: Screen) -> None:
    screen.click("clear")
    screen.draw([ONE[0]])
    screen.until(lambda: len(screen.drawing) == 1)
    points = np.array(screen.drawing[0])
    assert np.abs(points[0] - 1024 * np.array(ONE[0][0])).max() < 6
    assert np.abs(points[-1] - 1024 * np.array(ONE[0][-1])).max() < 6


def test_undo_redo_and_clear_walk_through_the_drawing(screen: Screen) -> None:
    screen.click("clear")
    screen.draw([ZERO[0], ONE[0]])
    screen.until(lambda: len(screen.drawing) == 2)
    screen.saved()  # with the last point of the last stroke
    both = screen.drawing
    screen.click("undo")
    screen.until(lambda: screen.drawing == both[:1])
    screen.until(lambda: screen.digit == "0")
    screen.click("redo")
    screen.until(lambda: screen.drawing == both)
    screen.click("clear")
    screen.until(lambda: screen.drawing == [])
    screen.until(lambda: screen.digit == "")
    screen.click("undo")
    screen.until(lambda: screen.drawing == both)


def test_the_eraser_cuts_a_stroke_in_two_and_can_be_taken_back(screen: Screen) -> None:
    screen.click("clear")
    screen.draw([ONE[0]])
    screen.until(lambda: len(screen.drawing) == 1)
    whole = screen.drawing
    screen.click("eraser")
    screen.draw([[(0.3, 0.5), (0.4, 0.5), (0.5, 0.5), (0.6, 0.5), (0.7, 0.5)]])
    screen.until(lambda: len(screen.drawing) == 2)
    upper, lower = (np.array(stroke)[:, 1] for stroke in screen.drawing)
    assert upper.max() < 512 < lower.min()
    screen.click("undo")
    screen.until(lambda: screen.drawing == whole)
    screen.click("pen")
    screen.draw([SEVEN[0]])
    screen.until(lambda: len(screen.drawing) == 2)


def test_samples_follow_the_seed(open_page: Open) -> None:
    screen = open_page("/draw-a-digit?seed=20").ready()
    screen.until(lambda: screen.drawing == sample(20).lists())
    for number in (21, 22):
        screen.click("sample")
        screen.until(lambda number=number: screen.drawing == sample(number).lists())


def test_a_keyboard_alone_is_enough(screen: Screen) -> None:
    first = screen.drawing
    _tab_to(screen, "sample")
    screen.page.keyboard.press("Enter")
    screen.until(lambda: screen.drawing == sample(4).lists())
    _tab_to(screen, "conv2")
    screen.page.keyboard.press("Enter")
    screen.until(lambda: screen.body["place"]["layer"] == "conv2")
    screen.page.keyboard.press("ArrowRight")
    screen.until(lambda: screen.body["place"]["map"] == 1)
    screen.page.keyboard.press("ArrowDown")
    screen.until(lambda: screen.body["place"]["map"] == 14)
    place = screen.body["place"]
    _tab_to(screen, "lens")
    screen.page.keyboard.press("ArrowUp")
    screen.page.keyboard.press("ArrowLeft")
    expected = place | {"row": place["row"] - 1, "column": place["column"] - 1}
    screen.until(lambda: screen.body["place"] == expected)
    _tab_to(screen, "canvas", back=True)
    screen.page.keyboard.press("Control+z")
    screen.until(lambda: screen.drawing == first)
    screen.page.keyboard.press("Control+Shift+z")
    screen.until(lambda: screen.drawing == sample(4).lists())
    screen.page.keyboard.press("Delete")
    screen.until(lambda: screen.drawing == [])


def _tab_to(screen: Screen, name: str, back: bool = False) -> None:
    """Press Tab until that part has the focus, as somebody without a mouse would."""
    focus = """() => { let e = document.activeElement
        while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement
        return e?.dataset?.fp }"""
    for _ in range(80):
        if screen.page.evaluate(focus) == name:
            return
        screen.page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"Tab never reaches {name}.")


def test_an_lstm_follows_the_pen_and_every_share_of_it_opens(screen: Screen) -> None:
    screen.click("clear")
    screen.draw(THREE)
    screen.until(lambda: "3" in screen.part("strokes-says").inner_text())
    screen.settled()
    said = rules.answer(screen.question)
    course = screen.part("strokes-course")
    last = len(said["points"])

    def stands(point: int, digit: int) -> bool:
        share = said["probabilities"][point - 1][digit]
        text = course.get_attribute("aria-valuetext")
        return text == f"after point {point} of {last}: {digit} with {100 * share:.1f}%"

    screen.until(lambda: stands(last, 3))
    course.press("ArrowLeft")
    screen.until(lambda: stands(last - 1, 3))
    share = said["probabilities"][last - 2][3]
    screen.until(lambda: abs(screen.value("number") - share) < 1e-5)
    assert "Two ways" in screen.part("title").inner_text()
    course.press("ArrowUp")
    screen.until(lambda: abs(screen.value("number") - said["probabilities"][last - 2][2]) < 1e-5)


def test_where_picture_and_way_disagree_the_page_says_so(open_page: Open) -> None:
    """A 6 that is written from below: its picture is a 6, the way of the pen is nobody's."""
    drawing = handwritten(6, np.random.default_rng(0), held_out=True)
    screen = open_page(f"/draw-a-digit?drawing={drawing.encode()}").ready()
    way = rules.answer(DrawingQuestion(drawing))["digit"]
    assert way != 6
    screen.until(lambda: "disagree" in screen.part("strokes-says").inner_text())
    assert f"read as a 6, the way of the pen as a {way}" in screen.part("strokes-says").inner_text()
    screen.click("clear")
    screen.until(lambda: "Draw something" in screen.part("strokes-says").inner_text())
