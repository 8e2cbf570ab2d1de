"""The page "Inside the cell" in a real Chromium: what it shows is what the networks compute."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.recurrent.cells import GATES
from core.recurrent.sine import job as sine
from core.recurrent.words import job as words
from core.training import shipped
from tests.browser.conftest import Open
from tests.browser.screen import Screen
from tests.browser.test_look import PHONE

PAGE = "/inside-the-cell"
SENTENCE = {"distance": "8", "talk": "3"}
"""What the page shows at first sight, as a question to a look."""
RANDOM = np.random.default_rng(7)
VALVES: Mapping[tuple[str, str], Callable[[float], list[float]]] = {
    ("gru", "reset"): lambda value: [value],
    ("gru", "update"): lambda value: [value, 1 - value],
    ("lstm", "forget"): lambda value: [value],
    ("lstm", "input"): lambda value: [value],
    ("lstm", "output"): lambda value: [value],
}
"""How far open the valves of the large cell are that a gate moves."""


def near(value: float) -> object:
    return pytest.approx(value, rel=1e-5, abs=1e-5)


@cache
def recording() -> Any:
    return shipped.load("words_race")


def asked(name: str, query: Mapping[str, str] = SENTENCE, step: int | None = None) -> Any:
    """What the shipped run answers, computed here."""
    kept = recording()
    state = kept.at(kept.step if step is None else step).state
    return words.JOB.inspections[name](words.JOB.read(kept.config), state, query)


class Cell:
    """The page as a person meets it."""

    def __init__(self, screen: Screen) -> None:
        self.screen, self.page = screen, screen.page
        self.page.wait_for_selector("[data-fp=cell][data-answers]")
        self.page.wait_for_selector("[data-number]")
        screen.idle()
        screen.settled()

    def number(self) -> str:
        """Which number is worked out: cell.gate.layer.time.unit."""
        return self.page.locator(".equation").get_attribute("data-number") or ""

    def shows(self, number: str) -> None:
        self.screen.until(lambda: self.number() == number)

    def pick(self, gate: str, time: int, unit: int) -> None:
        """Click a square of a map, which has to be the large one."""
        canvas = self.screen.part(f"heat-{gate}")
        if not self.page.locator(f".heat.meant [data-fp=heat-{gate}]").count():
            canvas.click()
            self.page.wait_for_selector(f".heat.meant [data-fp=heat-{gate}]")
        canvas.scroll_into_view_if_needed()
        units, steps = canvas.evaluate("c => [c.height, c.width]")
        box = self.screen.box(f"heat-{gate}")
        x, y = (time + 0.5) / steps * box["width"], (unit + 0.5) / units * box["height"]
        canvas.click(position={"x": x, "y": y})

    def tokens(self) -> list[str]:
        return [each.inner_text() for each in self.page.locator(".words .tilted").all()]

    def guesses(self) -> list[str]:
        return [each.inner_text() for each in self.page.locator(".guesses .tilted").all()]

    def influence(self, row: int) -> list[float]:
        bars = self.page.locator(".influence").nth(row).locator("i").all()
        return [float(bar.get_attribute("data-value") or "nan") for bar in bars]

    def gaps(self, gate: str) -> list[float]:
        """The share of its pipe that each valve of a gate leaves open, as it is drawn."""
        leaves = self.page.locator(f".large .valve[data-gate={gate}] .leaf.first").all()
        drawn = "e => { const m = new DOMMatrix(e.style.transform); return Math.min(m.a, m.d) }"
        return [1 - leaf.evaluate(drawn) for leaf in leaves]

    def answers(self) -> dict[str, float]:
        rows = self.page.locator(".answers li").all()
        return {
            row.locator("b").inner_text(): float(row.get_attribute("data-value") or "nan")
            for row in rows
        }

    def ledger(self, kind: str) -> list[float]:
        """The values in the lines of one kind of the arithmetic."""
        found = self.page.locator(f".ledger tr.{kind} td[data-value]").all()
        return [float(each.get_attribute("data-value") or "nan") for each in found]

    @property
    def paper(self) -> NDArray[np.int64]:
        style = "e => getComputedStyle(e).getPropertyValue('--paper')"
        return self.screen.rgb(self.screen.part("cell").evaluate(style))

    def pixels(self, gate: str) -> NDArray[np.int64]:
        return self.screen.pixels(f"heat-{gate}")


@pytest.fixture
def cell(open_page: Open) -> Cell:
    return Cell(open_page(PAGE))


def test_the_sentence_its_guesses_influence_and_answers_are_the_run_s(cell: Cell) -> None:
    read = asked("reading")
    assert cell.tokens() == read["words"][:-1]
    assert read["cells"]["lstm"]["right"] and not read["cells"]["rnn"]["right"]
    assert cell.guesses() == [word for word, _share in read["cells"]["lstm"]["guesses"]]
    for row, kind in enumerate(("rnn", "gru", "lstm")):
        assert cell.influence(row) == near(read["cells"][kind]["influence"])
    assert cell.answers() == near(dict(read["cells"]["lstm"]["answers"]))
    # each of them opens
    number = cell.page.locator(".number-opened")

    def opens(name: str, value: float) -> None:
        cell.screen.until(lambda: (number.get_attribute("data-number") or "").startswith(name))
        assert float(number.get_attribute("data-value") or "nan") == near(value)

    last = len(read["words"]) - 2
    cell.screen.click("opens-0")
    opens(f"probabilities.{last}.", read["cells"]["lstm"]["answers"][0][1])
    cell.screen.click("guess-1")
    opens("probabilities.1.", read["cells"]["lstm"]["guesses"][1][1])
    influence = read["cells"]["gru"]["influence"]
    cell.screen.click("influence-gru")
    opens("influence.", max(influence))
    cell.screen.click("term-0")
    cell.screen.until(lambda: "number=jacobian." in cell.page.url)
    cell.screen.click("end-gru-h_before")
    cell.shows(f"gru.h.0.{influence.index(max(influence)) - 1}.0")


@pytest.mark.parametrize("kind", list(GATES))
def test_any_number_of_any_gate_can_be_clicked_and_adds_up(open_page: Open, kind: Any) -> None:
    cell = Cell(open_page(f"{PAGE}?cell={kind}"))
    gates = asked("gates")["cells"][kind]
    for gate in GATES[kind]:
        time, unit = (int(RANDOM.integers(size)) for size in gates[gate].shape)
        cell.pick(gate, time, unit)
        cell.shows(f"{kind}.{gate}.0.{time}.{unit}")
        value = float(gates[gate][time, unit])
        assert cell.screen.value("total") == near(value)
        if cell.page.locator(".ledger .head").count():
            (before,) = cell.ledger("sum")
            assert sum(cell.ledger("head")) == near(before)
            if kind != "gru" or gate != "candidate":
                assert len(cell.ledger("term")) == 8  # three from each side, and the rest of each
                biases = cell.ledger("head")[-1]
                assert sum(cell.ledger("term")) + biases == near(before)
            squeezed = math.tanh(before) if gate in ("candidate", "h") else _sigmoid(before)
            assert squeezed == near(value)
        else:
            assert sum(cell.ledger("factors")) == near(value)
        if gate not in ("c", "h") or kind == "rnn":
            assert cell.screen.value(f"gate-{kind}-{gate}") == near(value)
        assert cell.gaps(gate) == near(VALVES.get((kind, gate), lambda _: [])(value))


def test_the_colours_of_a_map_are_its_values(cell: Cell) -> None:
    gates = asked("gates")["cells"]["lstm"]
    paper, ink = cell.paper, cell.pixels("forget")
    forget = gates["forget"].T
    away = np.abs(ink - paper).sum(2)
    slope = away[forget.argmax() // forget.shape[1], forget.argmax() % forget.shape[1]]
    assert np.abs(away - slope * forget / forget.max()).max() < 0.03 * slope
    candidate, pixels = gates["candidate"].T, cell.pixels("candidate")
    blue = pixels[..., 2] > pixels[..., 0]
    assert blue[candidate > 0.2].all() and not blue[candidate < -0.2].any()


def test_one_map_is_large_and_a_click_in_another_takes_its_time(cell: Cell) -> None:
    cell.pick("forget", 5, 7)
    cell.shows("lstm.forget.0.5.7")
    tall = {gate: cell.screen.box(f"heat-{gate}")["height"] for gate in GATES["lstm"]}
    assert max(tall, key=lambda gate: tall[gate]) == "forget"
    assert sorted(tall.values())[-2] < tall["forget"] / 3
    box = cell.screen.box("heat-c")
    cell.screen.part("heat-c").click(position={"x": box["width"] - 3, "y": 3})
    cell.shows(f"lstm.c.0.{len(cell.tokens()) - 1}.7")
    cell.screen.until(lambda: cell.screen.box("heat-c")["height"] == tall["forget"])


def test_arrow_keys_walk_through_a_map_and_a_factor_leads_to_its_gate(cell: Cell) -> None:
    cell.pick("c", 5, 7)
    cell.shows("lstm.c.0.5.7")
    for key, number in [("ArrowRight", "6.7"), ("ArrowDown", "6.8"), ("Home", "0.8")]:
        cell.page.keyboard.press(key)
        cell.shows(f"lstm.c.0.{number}")
    cell.page.keyboard.press("ArrowLeft")
    cell.pick("c", 5, 7)
    cell.shows("lstm.c.0.5.7")
    cell.screen.click("factor-c_before")
    cell.shows("lstm.c.0.4.7")
    cell.screen.click("factor-forget")
    cell.shows("lstm.forget.0.4.7")
    cell.screen.part("diagram-gru").locator(".gate").first.press("Enter")
    cell.shows("gru.update.0.4.7")


def test_the_sentence_is_read_on_to_its_end(cell: Cell) -> None:
    last = len(cell.tokens()) - 1
    cell.pick("output", last - 2, 3)
    cell.screen.click("read-next")
    cell.shows(f"lstm.output.0.{last - 1}.3")
    cell.screen.click("read-on")
    cell.shows(f"lstm.output.0.{last}.3")
    cell.screen.until(lambda: cell.screen.part("read-on").inner_text() == "Read on")
    assert cell.screen.part("read-next").is_disabled()
    value = float(asked("gates")["cells"]["lstm"]["output"][last, 3])
    assert cell.gaps("output") == near([value])
    cell.screen.until(lambda: f"place=output.0.{last}.3" in cell.page.url)


def test_the_time_slider_moves_the_maps_through_training(cell: Cell) -> None:
    cell.page.locator("[data-fp=time]").press("Home")
    first = float(asked("gates", step=0)["cells"]["lstm"]["forget"][3, 0])
    cell.screen.until(lambda: cell.screen.value("total") == near(first))
    untrained = asked("reading", step=0)["cells"]["lstm"]["answers"]
    cell.screen.until(lambda: cell.answers() == near(dict(untrained)))
    cell.page.locator("[data-fp=time]").press("End")
    last = float(asked("gates")["cells"]["lstm"]["forget"][3, 0])
    assert last != near(first)
    cell.screen.until(lambda: cell.screen.value("total") == near(last))


def test_another_name_changes_the_answer(cell: Cell) -> None:
    cell.screen.part("name").select_option("Marie")
    read = asked("reading", SENTENCE | {"name": "Marie"})
    cell.screen.until(lambda: cell.answers() == near(dict(read["cells"]["lstm"]["answers"])))
    assert cell.tokens()[3] == "Marie"
    assert read["answer"] == "scientist" and read["cells"]["lstm"]["right"]
    cell.screen.until(lambda: "name=Marie" in cell.page.url)


def test_the_distance_makes_the_sentence_longer(cell: Cell) -> None:
    before = len(cell.tokens())
    slider = cell.page.get_by_role("slider", name="Steps from name to answer")
    slider.press("ArrowRight")
    cell.screen.until(lambda: len(cell.tokens()) == before + 1)
    assert "8" in cell.screen.part("trained").inner_text()
    cell.screen.until(lambda: cell.pixels("h").shape[1] == before + 1)
    cell.screen.until(lambda: "distance=9" in cell.page.url)


def test_what_is_selected_is_in_the_link(open_page: Open, cell: Cell) -> None:
    cell.pick("output", 2, 9)
    cell.screen.until(lambda: "place=output.0.2.9" in cell.page.url)
    other = Cell(open_page(cell.page.url.partition(cell.page.url.split("/")[2])[2]))
    other.shows("lstm.output.0.2.9")
    cell.page.get_by_role("radio", name="GRU").click()
    cell.shows("gru.h.0.2.9")


def test_a_series_shows_the_gates_of_the_run_on_a_sine(open_page: Open) -> None:
    cell = Cell(open_page(f"{PAGE}?source=sine"))
    kept = shipped.load("sine_race")
    look = sine.JOB.inspections["gates"]
    config = sine.JOB.read(kept.config)
    last = look(config, kept.at(kept.step).state, {})["cells"]["lstm"]
    cell.pick("c", 20, 5)
    cell.shows("lstm.c.0.20.5")
    assert cell.screen.value("total") == near(float(np.asarray(last["c"])[20, 5]))
    points = cell.page.locator(".wave .input").get_attribute("points") or ""
    assert len(points.split()) == len(last["c"])
    cell.screen.part("sine-time").press("Home")
    first = look(config, kept.at(0).state, {})["cells"]["lstm"]
    value = near(float(np.asarray(first["c"])[20, 5]))
    cell.screen.until(lambda: cell.screen.value("total") == value)


def test_training_moves_the_maps_and_the_formula_below_follows(cell: Cell) -> None:
    cell.page.locator("[data-fp=count]").fill("3")
    cell.screen.click("steps")
    panel = cell.page.locator(".panel")
    cell.screen.until(
        lambda: (
            panel.get_attribute("data-step") == "3"
            and panel.get_attribute("data-status") == "paused"
        )
    )
    run = panel.get_attribute("data-run")
    url = cell.page.url.split("/inside")[0]
    query = "cell=lstm&gate=forget&layer=0&time=3&unit=0&distance=8&talk=3"
    address = f"{url}/forward-pass/runs/{run}/look/number?{query}"
    value = cell.page.request.get(address, max_retries=3).json()["number"]["value"]
    cell.screen.until(lambda: cell.screen.value("total") == near(value))
    cell.page.get_by_role("tab", name="Formula and PyTorch").click()
    shown = f"{abs(value):.3f}"
    formula = cell.page.get_by_role("tabpanel", name="Formula and PyTorch").locator(".katex-html")
    cell.screen.until(lambda: shown in formula.first.inner_text().replace("\n", ""))


def test_a_part_that_the_link_hides_is_away(open_page: Open) -> None:
    screen = open_page(f"{PAGE}?hide=run,place")
    screen.page.wait_for_selector("[data-fp=cell][data-answers]")
    assert not screen.page.locator(".panel").is_visible()
    assert not screen.page.locator(".equation").is_visible()
    assert screen.part("heat-c").is_visible()


def test_the_dark_theme_paints_the_same_values_on_dark_paper(open_page: Open) -> None:
    dark = Cell(open_page(PAGE, color_scheme="dark"))
    assert dark.paper.sum() < 200
    forget = asked("gates")["cells"]["lstm"]["forget"].T
    brightness = dark.pixels("forget").sum(2)
    assert np.corrcoef(brightness.ravel(), forget.ravel())[0, 1] > 0.99
    page = dark.page
    page.locator(".st-key-fp-theme button").click()
    dark.screen.until(lambda: bool(dark.pixels("forget").sum(2).ravel()[forget.argmin()] > 500))


def test_the_page_speaks_korean_and_so_does_the_sentence(open_page: Open) -> None:
    cell = Cell(open_page(f"{PAGE}?lang=ko"))
    assert cell.tokens()[:3] == ["내", "이름은", "코난"]
    assert cell.page.locator(".heat figcaption b").all_inner_texts()[1] == "망각 게이트"


def test_no_line_under_the_name_lies_on_the_word_beside_it_on_a_phone(open_page: Open) -> None:
    line = "(name) => getComputedStyle(name).textDecorationLine"
    for size, drawn in ((PHONE, "none"), ({}, "underline")):
        cell = Cell(open_page(f"{PAGE}?lang=ko", **size))
        assert cell.page.locator(".words .is-name .tilted").evaluate(line) == drawn


def test_what_stands_in_the_large_cell_can_be_read_on_a_phone(open_page: Open) -> None:
    cell = Cell(open_page(PAGE, **PHONE))
    diagram = cell.page.locator(".large .diagram:visible")
    sizes = """(svg) => [...svg.querySelectorAll("text")]
      .filter((text) => text.textContent.trim() && text.checkVisibility())
      .map((text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
    cell.screen.until(lambda: min(diagram.evaluate(sizes)) >= 14)


def test_the_walk_leads_through_the_blocks(cell: Cell) -> None:
    cell.page.get_by_role("button", name="Walk me through").click()
    front = ".fp [data-block]:not(.aside)"
    seen = []
    for _step in range(10):
        cell.page.keyboard.press("ArrowRight")
        blocks = cell.page.locator(front).all()
        seen.append({str(block.get_attribute("data-block")) for block in blocks})
    assert all(seen) and seen[0] == {"words"} and seen[-1] == {"panel"}
    assert {"input", "forget", "candidate", "output"} in seen


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value))
