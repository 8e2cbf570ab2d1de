"""Convolution: a person slides a kernel, sets it, breaks a rule, types numbers and draws."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from core.vision.convolution.question import ConvolutionQuestion
from core.vision.convolution.rules import opened
from core.vision.convolution.slide import slide
from core.vision.convolution.values import OutputCell
from tests.browser.conftest import Open
from tests.browser.history import History
from tests.browser.screen import Screen
from tests.browser.test_look import PHONE

PATH = "/convolution-and-pooling"
FIRST = ConvolutionQuestion(padding=1, place=OutputCell(0, 14, 14))


def ready(screen: Screen) -> Screen:
    screen.page.wait_for_selector("[data-fp=convolution][data-answers]")
    screen.idle()
    screen.settled()
    return screen


@pytest.fixture
def bench(open_page: Open) -> Screen:
    return ready(open_page(PATH))


def total(screen: Screen) -> float:
    return float(screen.part("total").get_attribute("data-value") or "nan")


def shape(screen: Screen) -> tuple[int, ...]:
    text = screen.part("convolution").get_attribute("data-output") or ""
    return tuple(map(int, text.split(".")))


def cell(screen: Screen) -> str:
    return screen.part("convolution").get_attribute("data-cell") or ""


def slider(screen: Screen, name: str, value: int) -> None:
    screen.part(name).evaluate(
        "(e, v) => { e.value = v; e.dispatchEvent(new Event('input'));"
        " e.dispatchEvent(new Event('change')) }",
        value,
    )


def test_first_sight_is_a_kernel_on_a_digit_with_its_sum(bench: Screen) -> None:
    shown = opened(slide(FIRST))
    assert total(bench) == pytest.approx(shown.value, abs=1e-6)
    assert shape(bench) == (1, 28, 28) and cell(bench) == "0.14.14"
    assert "⌊27 / 1⌋ + 1 = 28" in bench.part("size").inner_text()
    patch = bench.part("matrix-patch").locator("[data-at]").all_inner_texts()
    assert len(patch) == 9 and patch[0] == "1"
    bench.part("matrix-patch").locator("[data-at]").nth(2).click()
    weights, panel = FIRST.weights(), bench.page.locator(".opened-number")

    def shown() -> float:
        return float(panel.locator(".total").get_attribute("data-value") or "nan")

    for name, at, value in (
        ("x", "x.0.13.15", FIRST.input[0, 13, 15]),
        ("kernel", "kernel.0.0.0.2", weights[0, 0, 0, 2]),
        ("bias", "bias.0", FIRST.biases()[0]),
    ):
        bench.click(f"open-{name}")
        bench.until(lambda at=at: panel.get_attribute("data-number") == at)
        bench.until(lambda v=float(value): shown() == pytest.approx(v, abs=1e-6))


def test_another_stride_moves_nothing_but_the_kernel(bench: Screen) -> None:
    before = bench.box("plane-output")
    slider(bench, "stride", 3)
    bench.until(lambda: shape(bench) == (1, 10, 10))
    assert bench.box("plane-output") == before
    bench.until(lambda: cell(bench) == "0.5.5")  # over the same part of the digit
    expected = opened(slide(replace(FIRST, stride=3, place=OutputCell(0, 5, 5)))).value
    assert total(bench) == pytest.approx(expected, abs=1e-6)
    bench.until(lambda: "stride=3" in bench.page.url)


def test_the_impossible_gets_a_rule_and_a_way_out(bench: Screen, forgiven: list[str]) -> None:
    forgiven.append("422")
    slider(bench, "stride", 0)
    bench.until(lambda: "stride is at least 1" in bench.part("message").inner_text())
    assert shape(bench) == (1, 28, 28)  # what was there stays
    bench.click("way-out")
    bench.until(lambda: bench.part("message").inner_text() == "")
    bench.click("source-matrix")
    bench.until(lambda: shape(bench) == (1, 6, 6))
    slider(bench, "padding", 0)
    slider(bench, "rows", 7)
    bench.until(lambda: "larger than the input" in bench.part("message").inner_text())
    assert bench.page.locator(".stale .answered [data-fp=plane-output]").count() == 1
    bench.click("way-out")
    bench.until(lambda: shape(bench) == (1, 1, 4))


def test_a_weight_is_typed_and_the_link_keeps_it(bench: Screen, open_page: Open) -> None:
    bench.part("matrix-kernel").locator('[data-at="1.1"]').click()
    bench.page.keyboard.press("Enter")
    bench.page.keyboard.type("2.5")
    bench.page.keyboard.press("Enter")
    expected = opened(slide(replace(FIRST, edits=(((0, 0, 1, 1), 2.5),)))).value
    bench.until(lambda: total(bench) == pytest.approx(expected, abs=1e-6))
    bench.until(lambda: "edits=0.0.1.1%3D2.5" in bench.page.url)
    bench.idle()
    again = ready(open_page(PATH + "?" + bench.page.url.partition("?")[2]))
    assert total(again) == total(bench)


def test_the_kernel_is_dragged_and_walks_with_the_keys(bench: Screen) -> None:
    box = bench.box("plane-input")
    mouse, press = bench.page.mouse, bench.page.keyboard.press
    mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.3)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.4, steps=4)
    mouse.up()
    bench.settled()
    assert cell(bench) != "0.14.14"
    _, row, column = map(int, cell(bench).split("."))
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        press(key)
    bench.settled()
    assert cell(bench) == f"0.{row + 1}.{column + 2}"
    expected = opened(slide(FIRST), OutputCell(0, row + 1, column + 2)).value
    assert total(bench) == pytest.approx(expected, abs=1e-6)
    bench.part("plane-input").hover()
    bench.until(lambda: "goes into 9 output cells" in bench.part("read-input").inner_text())
    places = History(bench.part("convolution"), "data-cell")
    bench.click("play")
    bench.until(lambda: f"0.{row + 1}.{column + 4}" in places.values)
    bench.click("play")


def test_numbers_are_typed_and_a_transposed_convolution_stamps(bench: Screen) -> None:
    bench.click("source-matrix")
    bench.until(lambda: bench.part("matrix").is_visible())
    bench.part("matrix").fill("0 0 0\n0 2 0\n0 0 0")
    bench.until(lambda: shape(bench) == (1, 3, 3))
    bench.click("transposed-true")
    slider(bench, "padding", 0)
    slider(bench, "stride", 2)
    bench.until(lambda: shape(bench) == (1, 7, 7))
    bench.settled()
    typed = ConvolutionQuestion("matrix", matrix="0 0 0;0 2 0;0 0 0")
    stamped = slide(replace(typed, transposed=True, stride=2))
    _, row, column = map(int, cell(bench).split("."))
    assert total(bench) == float(stamped.output[0, row, column])
    assert "(3 − 1)·2 − 2·0 + 1·(3 − 1) + 0 + 1 = 7" in bench.part("size").inner_text()


def test_channels_add_up_and_a_picture_of_ones_own_has_three(bench: Screen) -> None:
    file = BytesIO()
    Image.new("RGB", (40, 30), (200, 100, 50)).save(file, "PNG")
    bench.page.get_by_role("button", name="Your own picture").click()
    bench.page.locator("input[type=file]").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": file.getvalue()}
    )
    bench.until(lambda: shape(bench) == (1, 30, 40))
    assert bench.page.locator(".sums button").count() == 3
    assert bench.page.locator(".sums button").first.inner_text().startswith("red")
    bench.page.keyboard.press("Escape")
    bench.click("depthwise")
    bench.until(lambda: shape(bench) == (3, 30, 40))
    bench.until(lambda: bench.page.locator(".sums button:visible").count() == 0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_photo_is_shown_as_it_is(open_page: Open, scheme: str, tmp_path: Path) -> None:
    bench = ready(open_page(PATH, color_scheme=scheme))
    file = tmp_path / "a.png"
    photo = Image.new("RGB", (2600, 3000), (255, 255, 255))
    photo.paste((0, 0, 0), (0, 0, 2600, 1500))
    photo.save(file, "PNG", compress_level=0)  # 23 MB: more than the server takes elsewhere
    bench.page.get_by_role("button", name="Your own picture").click()
    bench.page.locator("input[type=file]").set_input_files(file)
    bench.until(lambda: shape(bench) == (1, 96, 83))
    light = """(canvas) => {
        const { width, height } = canvas, context = canvas.getContext("2d");
        return [0.3, 0.6].map((y) => context.getImageData(width * 0.43, height * y, 1, 1).data[0]);
    }"""
    upper, lower = bench.part("plane-input").evaluate(light)
    assert upper < 20 and lower > 235


def test_what_is_drawn_here_is_the_input(bench: Screen) -> None:
    bench.click("source-drawing")
    bench.part("canvas").scroll_into_view_if_needed()
    box = bench.box("canvas")
    bench.page.mouse.move(box["x"] + 20, box["y"] + 20)
    bench.page.mouse.down()
    bench.page.mouse.move(box["x"] + 90, box["y"] + 90, steps=6)
    bench.page.mouse.up()
    pressed = bench.part("source-drawing")
    bench.until(lambda: pressed.get_attribute("aria-pressed") == "true")
    bench.until(lambda: "source=drawing" in bench.page.url and "drawing=" in bench.page.url)
    bench.until(lambda: "as_drawn=1" in bench.page.url)


def test_one_draws_in_the_squares_of_the_input(bench: Screen) -> None:
    """Ink comes where the pen was, and the kernel can be moved again."""
    bench.click("tool-pen")
    canvas, plane = bench.part("canvas"), bench.part("plane-input")
    bench.until(lambda: canvas.bounding_box() is not None)
    canvas.scroll_into_view_if_needed()
    box = bench.box("canvas")
    at = (box["x"] + box["width"] * 0.16, box["y"] + box["height"] * 0.84)
    bench.page.mouse.move(*at)
    bench.page.mouse.down()
    bench.page.mouse.move(at[0] + 4, at[1], steps=2)
    bench.page.mouse.up()
    ink = """(canvas, [x, y]) => {
      const box = canvas.getBoundingClientRect(), dense = canvas.width / box.width;
      return canvas.getContext("2d")
        .getImageData((x - box.left) * dense, (y - box.top) * dense, 1, 1).data[0];
    }"""
    bench.until(lambda: plane.evaluate(ink, [at[0] + 2, at[1] + 1]) < 120)
    bench.click("tool-kernel")
    bench.until(lambda: not canvas.is_visible())
    before = bench.part("convolution").get_attribute("data-cell")
    bench.page.mouse.click(*at)
    bench.until(lambda: bench.part("convolution").get_attribute("data-cell") != before)


def test_it_is_right_in_korean_on_a_phone_in_the_dark(open_page: Open) -> None:
    screen = ready(open_page(PATH, color_scheme="dark", locale="ko-KR", **PHONE))
    assert "행과 열" in screen.part("size").inner_text()


def test_blanks_are_worked_out_by_keyboard_and_no_colour_tells_them(bench: Screen) -> None:
    panel, keys = bench.page.locator(".adding"), bench.page.keyboard
    cover = bench.page.locator(".plane:has([data-fp=plane-output]) .cover")
    result, products = bench.part("total"), bench.part("matrix-products")
    expect(cover).to_be_hidden()
    value = total(bench)
    panel.locator("[data-fp=fade-all]").focus()
    keys.press("Enter")
    expect(result).to_have_text("= ?")
    expect(cover).to_be_visible()
    expect(products).to_be_hidden()
    lines = panel.locator(".blanks p").all_inner_texts()
    blanks = panel.locator(".unfound")
    expect(blanks).to_have_count(len(lines) + 1)
    for left, line in zip(range(len(lines), 0, -1), lines, strict=True):
        one, other = re.findall(r"[\d.−]+", line)
        keys.type(f"{_number(one) * _number(other):.3f}")
        keys.press("Enter")
        expect(blanks).to_have_count(left)
    expect(products).to_be_visible()
    expect(cover).to_be_visible()
    keys.type(f"{value:.3f}")
    keys.press("Enter")
    expect(blanks).to_have_count(0)
    expect(cover).to_be_hidden()
    expect(result).to_have_text(f"= {value:.3f}".replace("-", "−"))
    expect(panel.locator("[data-fp=fade-all]")).to_be_focused()


def _number(text: str) -> float:
    return float(text.replace("−", "-"))
