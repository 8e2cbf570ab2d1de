"""The page "Real networks, real pictures" in a browser: one's own picture, a number, a bad file."""

from __future__ import annotations

from typing import Any

from core.vision.imagenet.answer import PictureQuestion, shipped_best, traced
from core.vision.imagenet.photographs import FOLDER
from tests.browser.conftest import Open
from tests.browser.screen import Screen
from tests.core.vision.imagenet.weights import needs_weights

pytestmark = needs_weights


def _ready(screen: Screen, picture: str) -> None:
    screen.page.wait_for_selector(f"[data-fp=pictures][data-picture^={picture}]")
    screen.settled()


def _best(screen: Screen) -> list[str]:
    return screen.page.locator("[data-block=best] li b").all_inner_texts()


def _send(screen: Screen, content: bytes) -> None:
    file: Any = {"name": "mine.jpg", "mimeType": "image/jpeg", "buffer": content}
    screen.part("picture-file").set_input_files(file)


def test_ones_own_picture_is_answered_and_a_bad_file_takes_nothing_away(
    open_page: Open, forgiven: list[str]
) -> None:
    forgiven.append("status of 422.*pictures/take")
    screen = open_page("/real-pictures?picture=moon")
    _ready(screen, "moon")
    assert _best(screen) == [each["name"] for each in shipped_best("lite0", "moon")]
    _send(screen, (FOLDER / "camera.jpg").read_bytes())
    _ready(screen, "own")
    assert _best(screen)[0] == "tripod"
    _send(screen, b"%PDF-1.7")
    screen.until(lambda: "PDF" in screen.part("picture-message").inner_text())
    assert _best(screen)[0] == "tripod"
    assert "own" not in screen.page.url
    screen.part("picture-cat").click()
    _ready(screen, "cat")
    assert len(screen.page.locator(".strip button").all()) == 13


def test_a_map_is_enlarged_and_a_number_of_it_opens(open_page: Open) -> None:
    screen = open_page("/real-pictures?array=block3_sum&map=2")
    _ready(screen, "cat")
    screen.page.wait_for_selector("[data-map='block3_sum.2']")
    box = screen.part("heat-map").bounding_box()
    assert box is not None
    at = {"x": box["width"] * 20.5 / 56, "y": box["height"] * 10.5 / 56}
    screen.part("heat-map").click(position=at)
    screen.page.wait_for_selector("[data-number='block3_sum.2.10.20']")
    _, _, arrays = traced(PictureQuestion())
    value = float(screen.part("number").get_attribute("data-value") or "")
    assert abs(value - float(arrays["block3_sum"][2, 10, 20])) < 1e-3
