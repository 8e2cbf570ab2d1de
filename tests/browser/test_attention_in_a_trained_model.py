"""Attention in a trained model: a person types a sentence, picks heads and squares, and cuts."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from core.attention.trained import shipped
from core.attention.trained.answer import reply
from core.attention.trained.numbers import numbers
from core.attention.trained.question import ReferentQuestion
from core.attention.trained.sentences.english import ENGLISH
from core.attention.trained.shipped import EXAMPLES
from core.opened import Cell
from tests.browser.conftest import Open
from tests.browser.screen import Screen
from tests.browser.test_look import PHONE

PATH = "/attention-in-a-trained-model"
WORDS = EXAMPLES["en"][0].split()
IT, CAT, MAT = WORDS.index("it"), WORDS.index("cat"), WORDS.index("mat")


def ready(screen: Screen) -> Screen:
    screen.page.wait_for_selector("[data-fp=trained][data-answers]")
    screen.idle()
    screen.page.wait_for_selector(".working[data-cell]")
    screen.settled()
    return screen


@pytest.fixture
def network(open_page: Open) -> Screen:
    return ready(open_page(PATH))


def asked(**more: Any) -> tuple[dict[str, Any], dict[str, torch.Tensor]]:
    question = ReferentQuestion.read({"sentence": EXAMPLES["en"][0]} | more)
    net = shipped.network(question.model)
    return reply(net.model, question, net.best_head)


def square(screen: Screen, row: int, column: int) -> None:
    """Click a square of the large map."""
    side = int(screen.part("trained").get_attribute("data-words") or 0)
    box = screen.box("heat-map")
    place = {"x": (column + 0.5) / side * box["width"], "y": (row + 0.5) / side * box["height"]}
    screen.part("heat-map").click(position=place)


def cell(screen: Screen) -> str:
    return screen.page.locator(".working").get_attribute("data-cell") or ""


def weight(screen: Screen) -> float:
    return float(screen.part("weight").get_attribute("data-value") or "nan")


def top(screen: Screen) -> str:
    return screen.part("answer").get_attribute("data-top") or ""


def shares(screen: Screen, word: str, when: str) -> float:
    row = screen.page.locator(f'.bars [data-word="{word}"]')
    return float(row.get_attribute(f"data-{when}") or "nan")


def write(screen: Screen, text: str) -> None:
    screen.part("sentence").fill(text)
    screen.part("sentence").press("Enter")


def test_first_sight_is_the_answer_of_core_with_its_arithmetic(network: Screen) -> None:
    head, maps = asked()
    assert top(network) == head["answer"]["top"] == "cat"
    said = {row["word"]: row["before"] for row in head["answer"]["words"]}
    assert shares(network, "cat", "before") == pytest.approx(said["cat"], abs=1e-6)
    assert cell(network) == f"1.0.{IT}.{CAT}"
    assert weight(network) == pytest.approx(float(maps["before"][1, 0, IT, CAT]), abs=1e-6)
    square(network, 3, MAT)
    network.until(lambda: cell(network) == f"1.0.3.{MAT}")
    assert weight(network) == pytest.approx(float(maps["before"][1, 0, 3, MAT]), abs=1e-6)
    network.until(lambda: f"cell=4.{MAT + 1}" in network.page.url)


def test_cutting_changes_the_answer_and_the_link_keeps_it(network: Screen, open_page: Open) -> None:
    network.click(f"cut-{CAT}")
    head, _maps = asked(cuts=[{"from": IT, "to": CAT}])
    said = {row["word"]: row["after"] for row in head["answer"]["words"]}
    network.until(lambda: top(network) == head["answer"]["top"] != "cat")
    assert shares(network, "cat", "after") == pytest.approx(said["cat"], abs=1e-6)
    network.until(lambda: f"cuts=x.x.{IT + 1}.{CAT + 1}" in network.page.url)
    again = ready(open_page(PATH + "?" + network.page.url.partition("?")[2]))
    assert top(again) == head["answer"]["top"]
    again.page.locator("[data-fp=cuts] button").click()
    again.until(lambda: top(again) == "cat")


def test_scissors_cut_squares_words_and_heads(network: Screen) -> None:
    network.click("mode-cut")
    network.click(f"to-{CAT}")
    network.click("scope-head")
    square(network, 0, 0)
    network.page.locator("[data-fp=heads-all] button").nth(6).click()
    cuts = [{"to": CAT}, {"layer": 1, "head": 0, "from": 0, "to": 0}, {"layer": 1, "head": 2}]
    head, _maps = asked(cuts=cuts)
    listed = network.page.locator("[data-fp=cuts] li")
    network.until(lambda: listed.count() == 3)
    said = {row["word"]: row["after"] for row in head["answer"]["words"]}
    network.until(lambda: shares(network, "mat", "after") == pytest.approx(said["mat"], abs=1e-6))
    network.click("release")
    network.until(lambda: listed.count() == 0 and top(network) == "cat")


def opened(screen: Screen, array: str, index: tuple[int, ...], **more: Any) -> None:
    """Wait until a number is open, and hold it equal to the tensor."""
    number = {"array": array, "index": list(index)}
    question = ReferentQuestion.read({"sentence": EXAMPLES["en"][0], "number": number} | more)
    value = numbers(shipped.network("2x4").model, question).open(Cell(array, index)).value
    shown = screen.page.locator(".number-opened")
    name = ".".join(map(str, (array, *index)))
    screen.until(lambda: shown.get_attribute("data-number") == name)
    assert float(shown.get_attribute("data-value") or "nan") == pytest.approx(value, abs=1e-6)
    assert shown.is_visible() and shown.locator(".opened-lines p").first.inner_text()


def left_end(screen: Screen, heat: str, row: int, rows: int) -> None:
    """Click the first number of a row of a heat map."""
    height = screen.box(heat)["height"]
    screen.part(heat).click(position={"x": 2, "y": (row + 0.5) / rows * height})


def test_every_number_opens_down_to_the_weights(network: Screen) -> None:
    layer = "layer_1_attention"
    left_end(network, "heat-query-key", 1, 3)
    opened(network, f"{layer}_k", (0, CAT, 0))
    left_end(network, "heat-number-strip", 0, 3)  # a hidden state that the key is made of
    opened(network, "layer_1_norm1_out", (CAT, 0))
    network.page.locator("[data-number='layer_1_norm1_weight.0']").click()
    opened(network, "layer_1_norm1_weight", (0,))
    network.click("number-back")
    opened(network, "layer_1_norm1_out", (CAT, 0))
    network.until(lambda: f"number=layer_1_norm1_out.{CAT + 1}.1" in network.page.url)
    left_end(network, "heat-carried", len(WORDS), len(WORDS) + 1)
    opened(network, f"{layer}_mixed", (0, IT, 0))
    network.click("norms")
    network.until(lambda: "norms=1" in network.page.url)
    square(network, IT, CAT)
    opened(network, f"{layer}_norms", (0, IT, CAT))
    network.click("view-rollout")
    square(network, IT, CAT)
    opened(network, "layer_1_rollout", (IT, CAT))
    network.click("all-note-1-2")  # how often a head finds the noun, over all new sentences
    opened(network, "ahead", (1, 2))
    network.page.locator("[data-fp=head-share] .num").wait_for()
    network.click("number-close")
    network.until(lambda: not network.page.locator(".number-opened").is_visible())


def test_what_a_cut_changes_opens_too(network: Screen) -> None:
    network.click(f"cut-{CAT}")
    cuts = [{"from": IT, "to": CAT}]
    network.until(lambda: top(network) != "cat")
    chances = network.page.locator('.bars [data-word="cat"] button')
    chances.first.click()
    opened(network, "uncut_probabilities", (IT, ENGLISH.index["cat"]), cuts=cuts)
    chances.last.click()
    opened(network, "probabilities", (IT, ENGLISH.index["cat"]), cuts=cuts)
    network.page.locator("[data-fp=ablation-says] li .num").nth(1).click()
    opened(network, f"without_{CAT}_probabilities", (IT, ENGLISH.index["cat"]), cuts=cuts)


def test_arrow_keys_walk_the_heads_and_the_squares(network: Screen) -> None:
    network.page.locator("[data-fp=heads-all] [aria-pressed=true]").focus()
    network.page.keyboard.press("ArrowUp")
    network.page.keyboard.press("ArrowRight")
    network.until(lambda: cell(network) == f"0.1.{IT}.{CAT}")
    _head, maps = asked()
    assert weight(network) == pytest.approx(float(maps["before"][0, 1, IT, CAT]), abs=1e-6)
    network.part("heat-map").focus()
    network.page.keyboard.press("ArrowDown")
    network.until(lambda: cell(network) == f"0.1.{IT + 1}.{CAT}")
    network.until(lambda: "head=1.2" in network.page.url)


def test_other_networks_and_views(network: Screen) -> None:
    network.click("model-1x1")
    network.until(lambda: network.part("trained").get_attribute("data-head") == "0.0")
    assert network.page.locator("[data-fp=heads-all] button").count() == 1
    network.click("view-lines")
    network.until(lambda: network.part("edges-lines").is_visible())
    assert not network.part("heat-map").is_visible()
    network.page.locator(f'.edges .from [data-word="{IT}"]').click()
    network.until(lambda: network.page.locator(".edges path").count() <= len(WORDS))
    network.click("view-rollout")
    network.until(lambda: network.part("caveat").inner_text().find("Abnar") > 0)
    network.until(lambda: "view=rollout" in network.page.url and "model=1x1" in network.page.url)


def test_bad_sentences_get_a_sentence_and_nothing_is_lost(
    network: Screen, forgiven: list[str]
) -> None:
    forgiven.append("422")
    write(network, "the kat sat on the mat because it was tired")
    network.until(lambda: "kat" in network.part("message").inner_text())
    assert top(network) == "cat"
    square(network, 2, 2)  # the picture of before can still be asked
    network.until(lambda: cell(network) == "1.0.2.2")
    assert "kat" in network.part("message").inner_text()
    network.part("message").get_by_role("button", name="cat", exact=True).click()
    network.until(lambda: network.part("message").inner_text() == "")
    for text in ("", "👩‍👩‍👧 שלום <script>alert(1)</script>", "the " * 65):
        write(network, text)
        network.settled()
        assert len(network.part("message").inner_text()) > 10
    assert network.page.locator(".fp script").count() == 0
    write(network, "it was the teacher")
    network.until(lambda: network.part("trained").get_attribute("data-words") == "4")


def test_sixty_four_words_have_room(network: Screen) -> None:
    text = " ".join((WORDS * 7)[:64])
    write(network, text)
    network.until(lambda: network.part("trained").get_attribute("data-words") == "64")
    _head, maps = asked(sentence=text)
    network.settled()
    layer, head, row, column = map(int, cell(network).split("."))
    network.until(
        lambda: (
            weight(network)
            == pytest.approx(float(maps["before"][layer, head, row, column]), abs=1e-6)
        )
    )
    words = network.page.locator(".word-map .sides button")
    tops = words.evaluate_all("all => all.map((one) => one.getBoundingClientRect().top)")
    assert len(tops) == 64 and min(b - a for a, b in zip(tops, tops[1:], strict=False)) > 12


def test_it_is_right_in_korean_on_a_phone_in_the_dark(open_page: Open) -> None:
    screen = ready(open_page(PATH + "?read=en", color_scheme="dark", locale="ko-KR", **PHONE))
    assert top(screen) == "cat" and weight(screen) > 0.6
    order = [screen.box(name)["y"] for name in ("sentence", "heat-map", "cell-title")]
    assert order == sorted(order)
    assert screen.part("map-says").inner_text().startswith("“it” 자리는 “cat”")


def test_a_korean_page_reads_korean_with_a_network_of_its_own(
    open_page: Open, forgiven: list[str]
) -> None:
    forgiven.append("422")
    screen = ready(open_page(PATH, locale="ko-KR"))
    question = ReferentQuestion.read({"sentence": EXAMPLES["ko"][0], "language": "ko"})
    net = shipped.network("2x4", "ko")
    head, maps = reply(net.model, question, net.best_head)
    said = {row["word"]: row["before"] for row in head["answer"]["words"]}
    assert top(screen) == head["answer"]["top"] == "고양이"
    assert shares(screen, "고양이", "before") == pytest.approx(said["고양이"], abs=1e-6)
    it, cat = question.words.index("그것"), question.words.index("고양이")
    layer, best = net.best_head
    assert cell(screen) == f"{layer}.{best}.{it}.{cat}"
    assert weight(screen) == pytest.approx(float(maps["before"][layer, best, it, cat]), abs=1e-6)
    write(screen, "얼룩말이 매트 위에 앉았다. 그것이 피곤해서였다.")
    screen.until(lambda: "얼룩말이" in screen.part("message").inner_text())
    assert EXAMPLES["ko"][0] in screen.part("stale").inner_text()  # what is below is of another
    write(screen, "개가 고양이를 밀었다. 그것이 배고파서였다.")
    screen.until(lambda: "그것" in screen.part("unlike").inner_text())
    assert screen.part("stale").inner_text() == ""
    screen.until(lambda: "read=ko" in screen.page.url)
    screen.page.get_by_role("radio", name="English").click()
    screen.page.wait_for_selector('.bars [data-word="cat"]')
    screen.until(lambda: "read=en" in screen.page.url)
    assert screen.part("sentence").input_value() == EXAMPLES["en"][0]
    assert screen.part("unlike").inner_text() == ""
