"""The page "Transformer" in a real Chromium: what it shows is what the model says."""

from __future__ import annotations

import math
from typing import Any

import orjson
import pytest

from core.language.transformer import answer as answers
from core.language.transformer import lesson
from core.language.transformer.tasks import task
from tests.browser.conftest import Open
from tests.browser.history import History
from tests.browser.screen import Screen
from tests.browser.training import Training

PAGE = "/transformer"
TRAIN = f"{PAGE}?tab=train"
QUICK = f"{TRAIN}&run_task=copy&run_width=32&run_heads=2&run_batch=16&run_steps=5000"


SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


class Decoder(Screen):
    """The tab "Token by token"."""

    def ready(self) -> Decoder:
        self.page.wait_for_selector("[data-fp=transformer][data-answers]")
        self.idle()
        self.settled()
        return self

    def data(self, name: str) -> str:
        return self.part("transformer").get_attribute(f"data-{name}") or ""

    @property
    def tokens(self) -> list[str]:
        """The tokens that are on show."""
        return self.page.locator("[data-fp=target] button:not(.later)").all_inner_texts()

    @property
    def candidates(self) -> list[str]:
        return self.page.locator("[data-fp=candidates] li:not([hidden]) bdi").all_inner_texts()

    @property
    def number(self) -> float:
        """The number that is opened; nan while there is none."""
        _, _, value = self.part("working").inner_text().split("\n")[0].partition(" = ")
        plain = value.replace("−", "-").replace("·10", "e").translate(SUPERSCRIPTS)
        return float(plain or "nan")

    def ask(self, text: str) -> None:
        self.part("text").fill(text)
        self.page.keyboard.press("Enter")


@pytest.fixture
def decoder(open_page: Open) -> Decoder:
    return Decoder(open_page(f"{PAGE}?step=-1").page).ready()


def answer(**asked: Any) -> Any:
    return orjson.loads(answers.answer({"task": "en-ko"} | asked))


def test_a_sentence_is_decoded_token_by_token_and_a_token_replaced(decoder: Decoder) -> None:
    text = "the cat sat on the mat"
    found = answer(text=text)
    assert decoder.tokens == found["target"]
    assert decoder.part("said").inner_text() == found["said"]
    decoder.click("start")
    decoder.until(lambda: decoder.tokens == ["<start>"])
    shapes = decoder.page.locator(".stack.decoder .flows")
    for at in (1, 2):
        decoder.click("step")
        decoder.until(lambda at=at: decoder.tokens == found["target"][: at + 1])
        assert decoder.candidates == [one["token"] for one in found["steps"][at - 1]["top"]]
        assert shapes.nth(1).inner_text() == f"{at} × 64"
    other = found["steps"][1]["top"][1]["token"]
    decoder.page.locator("[data-fp=candidates] .inner").nth(1).click()
    then = answer(text=text, prefix=[found["target"][1], other])
    decoder.until(lambda: decoder.tokens == then["target"][:3])
    decoder.click("end")
    decoder.until(lambda: decoder.tokens == then["target"])
    decoder.until(lambda: "prefix=" in decoder.page.url)
    decoder.click("release")
    decoder.until(lambda: decoder.data("said") == found["said"])
    places = History(decoder.part("transformer"), "data-at")
    decoder.click("play")
    decoder.until(lambda: {"0", "1", "2"} <= set(places.values))


def test_it_opens_where_something_is_undecided_and_an_older_link_at_the_end(
    open_page: Open,
) -> None:
    found = answer(text=task("en-ko").examples[0])
    chances = [step["p"] for step in found["steps"][:-1]]
    least = chances.index(min(chances)) + 1
    assert least < len(chances)
    decoder = Decoder(open_page(PAGE).page).ready()
    assert decoder.tokens == found["target"][: least + 1]
    assert "step=" not in decoder.page.url
    older = Decoder(open_page(f"{PAGE}?block=linear").page).ready()
    older.until(lambda: older.tokens == found["target"])


def test_every_block_opens_and_a_number_shows_its_arithmetic(decoder: Decoder) -> None:
    found = answer(text="the cat sat on the mat")
    for name in found["blocks"][1::4]:
        block = answer(text="the cat sat on the mat", block=name)["block"]
        decoder.click(f"block-{name}".replace(".", "\\."))
        count = len(block["matrices"])
        shown = decoder.page.locator(".matrices > *")
        decoder.until(lambda count=count, shown=shown: shown.count() == count)
    decoder.click("block-softmax")
    decoder.until(lambda: "probabilities" in decoder.part("opened").inner_text())
    decoder.click("block-decoder\\.0\\.attention")
    cell = decoder.page.locator('[data-fp=matrix-block-masked] [data-at="1.2"]')
    cell.click()
    decoder.until(lambda: decoder.part("working").inner_text().endswith("= −∞"))
    decoder.page.locator('[data-fp=matrix-block-weights] [data-at="2.1"]').click()
    value = found["decoder"][0][0][2][1]
    decoder.until(lambda: decoder.part("working").inner_text().startswith("weights"))
    # all of the row that is shared out is outlined where it stands
    sources = decoder.page.locator("[data-matrix=block-masked] .boxes .source")
    decoder.until(lambda: sources.count() == 1)
    decoder.until(lambda: math.isclose(decoder.number, value, rel_tol=0.05, abs_tol=5e-4))
    decoder.until(lambda: "cell=weights.2.1" in decoder.page.url)
    # so do the candidates' probabilities, and what is read of the own words
    decoder.page.locator("[data-fp=candidates] .opens").nth(1).click()
    last = len(found["target"]) - 2
    p = found["steps"][last]["top"][1]
    decoder.until(lambda: f"cell=probabilities.{last}.{p['id']}" in decoder.page.url)
    decoder.until(lambda: f"{p['token']} = " in decoder.part("working").inner_text())
    decoder.page.locator('[data-fp=matrix-growing] [data-at="2.1"]').click()
    decoder.until(lambda: math.isclose(decoder.number, value, rel_tol=0.05, abs_tol=5e-4))


def test_tasks_beams_chance_and_texts_that_cannot_be_read(
    decoder: Decoder, forgiven: list[str]
) -> None:
    forgiven.append("status of 422")
    decoder.click("mode-beam")
    found = answer(text="the cat sat on the mat", mode="beam", beams=3)
    nodes = decoder.page.locator("[data-fp=tree] .nodes span")
    decoder.until(lambda: nodes.count() == sum(len(step) for step in found["beam"]["steps"]))
    pruned = found["beam"]["steps"][-1][-1]
    decoder.page.locator(f"[data-number='so_far.{pruned['id']}']").click()
    decoder.until(lambda: math.isclose(decoder.number, pruned["logp"], rel_tol=0.05))
    decoder.page.locator("[data-fp=tree-says] .opens").nth(1).click()
    greedy = found["beam"]["greedy"]["score"]
    decoder.until(lambda: math.isclose(decoder.number, greedy, rel_tol=0.05))
    decoder.ask("the <b>flies</b> 🐈 sat")
    decoder.until(lambda: "flies" in decoder.part("trouble").inner_text())
    assert decoder.data("said") == found["said"]  # nothing is lost, but it is of the text before
    assert decoder.page.locator(".stale .whole.answered").count() == 1
    decoder.ask("the dog sat on the table")
    decoder.until(lambda: decoder.data("said") == answer(text="the dog sat on the table")["said"])
    assert not decoder.part("trouble").inner_text()
    assert decoder.page.locator(".stale").count() == 0
    for name in ("sort", "dates"):
        decoder.part("tasks").select_option(name)
        said = lesson.greedy(name, "")["said"]
        decoder.until(lambda said=said: decoder.data("said") == said)
    decoder.click("mode-sample")
    decoder.page.locator("[data-fp=again]").click()
    decoder.until(lambda: "seed=1" in decoder.page.url and "mode=sample" in decoder.page.url)


def test_the_shipped_run_is_shown_and_one_of_ones_own_is_trained(open_page: Open) -> None:
    lab = Training(open_page(QUICK), "transformer-run").ready()
    assert lab.id == "shipped-translate"
    words = task("en-ko").words
    last = lab.pixels("run-cross-0-0")
    saved = lab.run()["saved"]
    for step in (saved[2], 0):
        lab.drag("time", step)
        said = [words[int(i)] for i in lab.at(step)["pictures"]["said"]]
        lines = lab.page.locator("[data-fp=run-said] bdi")
        lab.until(lambda said=said, lines=lines: lines.all_inner_texts() == said)
    assert (lab.pixels("run-cross-0-0") != last).any()
    lab.page.locator("[data-fp=edges-run-edges] svg path").first.dispatch_event("click")
    number = lab.page.locator(".number-opened")
    lab.until(lambda: "cross_weights" in (number.get_attribute("data-number") or ""))
    _, head, row, column = (number.get_attribute("data-number") or "").split(".")
    weight = lab.at(0)["pictures"]["cross"][0][int(head)][int(row)][int(column)]
    shown = number.get_attribute("data-value") or "nan"
    assert float(shown) == pytest.approx(weight, abs=1e-4)  # float16 ships
    lab.part("number-sources").locator("button").first.click()
    lab.until(lambda: "cross_masked" in (number.get_attribute("data-number") or ""))
    lab.until(lambda: "run_number=decoder_0_cross_masked" in lab.page.url)
    lab.click("number-close")
    ended = lab.run()["marks"]
    lab.page.locator("[data-fp=runs] td .opens").nth(0).click()
    lab.until(lambda: lab.value("score-number") == pytest.approx(ended["token_accuracy"], abs=1e-6))
    lab.click("open-tokens-loss")
    lab.until(lambda: (lab.part("score-title").inner_text()).startswith("loss: held-out tokens"))
    lab.page.locator("[data-fp=term-0]").first.click()
    lab.until(lambda: "loss of one answer" in lab.part("score-title").inner_text())
    lab.play()
    lab.pause()
    run = lab.run()
    assert (run["config"]["task"], run["config"]["heads"]) == ("copy", 2)
    lab.until(lambda: lab.page.locator("[data-fp=heads-run-cross] canvas").count() == 2)
    lab.until(lambda: lab.rows == ["shipped-translate", lab.id])
