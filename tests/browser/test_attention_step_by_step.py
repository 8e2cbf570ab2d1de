"""Attention, step by step: a person types a word, drags a number, opens a sum, and walks."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from core.attention.steps.question import Cell, StepsQuestion, example, read_words, write_edits
from core.attention.steps.trace import Steps, steps
from tests.browser.conftest import Open
from tests.browser.screen import Screen
from tests.browser.test_look import PHONE

PATH = "/attention-step-by-step"
WORDS = read_words(example("en")[0])
IT, CAT = WORDS.index("it"), WORDS.index("cat")


def ready(screen: Screen) -> Screen:
    screen.page.wait_for_selector("[data-fp=steps][data-answers]")
    screen.idle()
    screen.settled()
    return screen


@pytest.fixture
def class_room(open_page: Open) -> Screen:
    return ready(open_page(PATH))


def number(screen: Screen, matrix: str, row: int, column: int) -> str:
    return cell(screen, matrix, row, column).inner_text()


def cell(screen: Screen, matrix: str, row: int, column: int) -> Any:
    return screen.part(f"matrix-{matrix}").locator(f'[data-at="{row}.{column}"]')


def enlarge(screen: Screen, matrix: str, row: int = 0, column: int = 0) -> None:
    """Click a number of a matrix at a glance."""
    shape = screen.part(f"heat-{matrix}").evaluate("c => [c.width, c.height]")
    box = screen.box(f"heat-{matrix}")
    place = {
        "x": (column + 0.5) / shape[0] * box["width"],
        "y": (row + 0.5) / shape[1] * box["height"],
    }
    screen.part(f"heat-{matrix}").click(position=place)
    name = matrix.removeprefix("lens-")
    screen.until(
        lambda: (screen.part("steps").get_attribute("data-cell") or "").startswith(name[0])
    )


def total(screen: Screen) -> float:
    return float(screen.part("total").get_attribute("data-value") or "nan")


def run_of(**change: Any) -> Steps:
    return steps(StepsQuestion(WORDS, **change))


def test_first_sight_is_the_cat_with_its_arithmetic(class_room: Screen) -> None:
    run = run_of()
    assert total(class_room) == pytest.approx(float(run["A"][0, IT, CAT]), abs=1e-6)
    said = class_room.part("said").inner_text()
    assert "cat 69%" in said and "mat 8%" in said
    shown = class_room.part("steps")
    for part, column in (("weight-5", 5), ("share-1", 1)):  # what is said opens
        class_room.click(part)
        class_room.until(
            lambda column=column: shown.get_attribute("data-cell") == f"A.0.7.{column}"
        )
    assert number(class_room, "A", IT, CAT) == ".69"
    assert class_room.part("badge").inner_text().startswith("Set by hand")


def test_a_click_opens_a_number_as_a_sum_that_adds_up(class_room: Screen) -> None:
    enlarge(class_room, "S", IT, CAT)
    terms = json.loads(class_room.part("arithmetic").get_attribute("data-terms") or "[]")
    assert sum(product for *_, product in terms) == pytest.approx(total(class_room)) == 9
    assert len(terms) == 8
    enlarge(class_room, "lens-Q", IT, 0)  # beside what comes of it, in the same step
    class_room.until(lambda: total(class_room) == 3)
    assert number(class_room, "Q", IT, 0) == "3"
    assert not class_room.part("matrix-S").is_visible()


def test_a_typed_number_changes_all_that_follows(class_room: Screen) -> None:
    enlarge(class_room, "Wq", 3, 0)
    cell(class_room, "Wq", 3, 0).click()
    class_room.page.keyboard.press("Enter")
    class_room.page.keyboard.type("-3")
    class_room.page.keyboard.press("Enter")
    run = run_of(edits=((Cell("Wq", 0, 3, 0), -3.0),))
    class_room.until(lambda: "edits=Wq.0.3.0" in class_room.page.url)
    enlarge(class_room, "lens-Q", IT, 0)
    class_room.until(lambda: number(class_room, "Q", IT, 0) == "−3")
    enlarge(class_room, "A0", IT, CAT)
    class_room.until(
        lambda: total(class_room) == pytest.approx(float(run["A"][0, IT, CAT]), abs=1e-6)
    )
    class_room.until(lambda: "edits=Wq.0.3.0" in class_room.page.url)
    class_room.click("release")
    class_room.until(lambda: total(class_room) > 0.6)


def test_a_number_is_dragged_and_the_link_keeps_it(class_room: Screen, open_page: Open) -> None:
    enlarge(class_room, "S", IT, CAT)
    place = cell(class_room, "S", IT, CAT)
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    mouse = class_room.page.mouse
    mouse.move(box["x"] + 5, box["y"] + 5)
    mouse.down()
    for step in range(1, 11):
        mouse.move(box["x"] + 5, box["y"] + 5 + 20 * step)
    mouse.up()
    class_room.until(lambda: total(class_room) == pytest.approx(5, abs=0.2))
    class_room.settled()
    last = write_edits(((Cell("S", 0, IT, CAT), round(total(class_room), 2)),))
    class_room.until(lambda: parse_qs(urlparse(class_room.page.url).query)["edits"] == [last])
    again = ready(open_page(PATH + "?" + class_room.page.url.partition("?")[2]))
    assert total(again) == total(class_room)


def test_keys_move_change_and_take_back(class_room: Screen) -> None:
    enlarge(class_room, "Q", IT, 0)
    press = class_room.page.keyboard.press
    cell(class_room, "Q", IT, 0).click()
    press("ArrowRight")
    class_room.until(lambda: total(class_room) == 1.5)
    press("+")
    class_room.until(lambda: total(class_room) == pytest.approx(1.6))
    press("Shift+ArrowDown")
    press("-")
    class_room.until(lambda: total(class_room) == pytest.approx(1.4))
    press("Delete")
    class_room.until(lambda: total(class_room) == 1.5)


def test_heads_masks_and_cross_attention_are_those_of_core(class_room: Screen) -> None:
    class_room.click("heads-4")
    class_room.click("mask-causal")
    run = run_of(heads=4, mask="causal")
    enlarge(class_room, "A1", IT, CAT)
    class_room.until(
        lambda: total(class_room) == pytest.approx(float(run["A"][1, IT, CAT]), abs=1e-6)
    )
    enlarge(class_room, "masked", 0, 5)
    class_room.until(lambda: class_room.part("total").inner_text() == "−∞")
    class_room.click("kind-cross")
    class_room.until(lambda: class_room.part("context").is_visible())
    class_room.until(lambda: "kind=cross" in class_room.page.url)
    class_room.settled()
    assert class_room.part("heat-C").is_visible()
    assert class_room.page.locator("[data-fp=mask-causal]").is_disabled()


@pytest.mark.parametrize(
    "text", ["👩‍👩‍👧 loves 😀", "<b>bold</b> <script>alert(1)</script>", "שלום עולם"]
)
def test_any_words_are_shown_as_text(class_room: Screen, text: str) -> None:
    class_room.part("words").fill(text)
    shown = class_room.page.locator(".spoken.answers bdi")
    class_room.until(lambda: shown.all_inner_texts() == text.split())


@pytest.mark.parametrize("text", ["", "word " * 10_000, "x" * 31])
def test_what_has_no_room_gets_a_sentence_and_nothing_is_lost(
    class_room: Screen, text: str, forgiven: list[str]
) -> None:
    forgiven.append("422")
    class_room.part("words").evaluate(
        "(field, text) => { field.value = text; field.dispatchEvent(new Event('input')) }", text
    )
    class_room.until(lambda: class_room.part("message").inner_text().endswith("."))
    assert class_room.page.locator(".stale .lens.answered").count() == 1
    class_room.part("words").fill("the dog and it")
    class_room.until(lambda: class_room.part("message").inner_text() == "")
    assert class_room.page.locator(".stale").count() == 0
    class_room.until(lambda: class_room.page.locator(".spoken.answers bdi").count() == 4)


def test_the_walk_shows_each_step_at_full_size(class_room: Screen) -> None:
    class_room.page.get_by_role("button", name="Walk me through").click()
    for matrix in ("X", "Q", "K", "S"):
        class_room.page.keyboard.press("ArrowRight")
        class_room.until(
            lambda m=matrix: class_room.part("steps").get_attribute("data-cell").startswith(m)
        )
        assert class_room.part(f"matrix-{matrix}").is_visible()


def test_it_is_right_in_korean_on_a_phone_in_the_dark(open_page: Open) -> None:
    screen = ready(open_page(PATH, color_scheme="dark", locale="ko-KR", **PHONE))
    assert total(screen) > 0.6
    assert screen.part("said").inner_text().startswith("학생들: 고양이가 73%")
