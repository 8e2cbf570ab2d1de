"""The page "BERT" in a real Chromium: what it shows is what the networks say."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.conftest import Open
from tests.browser.screen import Screen
from tests.browser.training import BASE, Training

PAGE = "/bert"


class Games(Training):
    """The games."""

    def open(self, game: str) -> Games:
        self.page.wait_for_selector(f"[data-game={game}][data-answers]")
        self.idle()
        self.settled()
        return self

    def ask(self, **question: Any) -> Any:
        """The answer of the route."""
        return self.post("answer", {"language": "en"} | question)

    def post(self, route: str, question: dict[str, Any]) -> Any:
        """What one of the page's routes says."""
        origin = re.match(r"https?://[^/]+", self.page.url)
        assert origin
        answer = self.page.request.post(
            f"{origin[0]}{BASE}/bert/{route}", data=question, max_retries=3
        )
        assert answer.ok, answer.text()
        return answer.json()

    def ask_number(self, about: dict[str, Any], place: dict[str, Any]) -> Any:
        """A number as the route gives it."""
        return self.post("number", {"about": about, "place": place})

    def value(self, selector: str, name: str) -> str:
        return self.page.locator(selector).first.get_attribute(name) or ""

    def tops(self, key: str) -> list[str]:
        rows = self.page.locator(f"[data-fp=tops-{key}] li:not([hidden])").all()
        return [row.get_attribute("data-token") or "" for row in rows]

    def write(self, name: str, text: str) -> None:
        self.part(name).fill(text)
        self.part(name).press("Enter")


def games(screen: Screen, game: str) -> Games:
    return Games(screen, "bert").open(game)


def test_words_are_hidden_guessed_and_told(open_page: Open) -> None:
    page = games(open_page(PAGE), "hidden")
    page.until(lambda: page.value("[data-game=hidden]", "data-hidden") != "")
    assert set(page.tops("both-0")) == {"·"}  # a gap: one guesses first
    page.click("guess-show")
    page.until(lambda: "·" not in page.tops("both-0") + page.tops("left-0"))
    page.write("hidden-text", "the soup was really tasty.")
    page.until(lambda: page.value("[data-game=hidden]", "data-hidden") == "")
    page.page.click("[data-fp=tokens-hidden] [data-token='5']")
    page.until(lambda: page.value("[data-game=hidden]", "data-hidden") == "5")
    text, second = (page.part(f"hidden-{name}").input_value() for name in ("text", "next"))
    found = page.ask(game="hidden", text=text, next=second, hide=[5])["places"][0]
    assert set(page.tops("both-0")) == {"·"}
    page.write("guess", "tasty")
    page.until(lambda: page.tops("both-0") == [one["token"] for one in found["both"]])
    page.settled()
    assert page.tops("left-0") == [one["token"] for one in found["left"]]
    assert "tasty" in page.part("guess-says").inner_text()
    page.click("draw-fold")
    page.until(lambda: page.value("[data-block=draw]", "data-seed") == "0")
    drawn = page.ask(game="draw", text=text, next=second, seed=0, share=0.15)["draw"]
    wanted = " ".join(f"{one['at']}:{one['what']}" for one in drawn)
    page.until(lambda: page.value("[data-block=draw]", "data-drawn") == wanted)
    page.click("attention-fold")
    page.page.click("[data-fp=bert-heads-1-2]")
    page.until(lambda: page.value("[data-block=attention]", "data-head") == "1.2")
    page.write("hidden-text", "the zebra was \N{PARTY POPPER} tasty.")
    page.until(lambda: "zebra" in page.part("hidden-hint").inner_text())


def test_pairs_and_writing(open_page: Open, forgiven: list[str]) -> None:
    forgiven.append("422")
    page = games(open_page(f"{PAGE}?tab=follows"), "follows")
    pair = [page.part(f"follows-{name}").input_value() for name in ("first", "second")]
    p = page.ask(game="follows", text=pair[0], next=pair[1])["p"]
    page.until(lambda: float(page.value("[data-game=follows] .meter", "data-p")) == p)
    page.write("follows-second", "")
    page.until(lambda: page.page.locator("[data-game=follows] .wrong").inner_text() != "")
    page = games(open_page(f"{PAGE}?tab=write&length=5"), "write")
    start = page.part("write-prefix").input_value()
    found = page.ask(game="write", text=start, length=5, temperature=0, seed=0)
    for side, wanted in (("left", found["left"]), ("fill", found["fill"]["left"])):
        block = f"[data-block=write-{side}]"
        page.until(lambda block=block, w=wanted: page.value(block, "data-text") == w["text"])
    page.click("order-surest")
    text = found["fill"]["surest"]["text"]
    page.until(lambda: page.value("[data-block=write-fill]", "data-text") == text)
    page.drag("write-step", 0)
    page.until(lambda: page.value("[data-game=write]", "data-step") == "0")
    assert page.page.locator("[data-fp=written-fill] .masked").count() == 5


def test_three_beginnings_and_a_run_of_ones_own(open_page: Open) -> None:
    page = games(open_page(f"{PAGE}?tab=tune&steps=30"), "sentiment")
    says = page.ask(game="sentiment", text=page.part("review").input_value())["says"]
    for i, start in enumerate(("pretrained", "frozen", "scratch")):
        meter = page.page.locator("[data-game=sentiment] .meter").nth(i)
        page.until(lambda m=meter, s=start: float(m.get_attribute("data-p") or -1) == says[s]["p"])
    run = Training(page, "bert-run").ready()
    run.play()
    run.reaches("done")
    last = run.run()
    assert last["config"]["steps"] == 30 and last["config"]["objective"] == "sentiment"
    page.until(lambda: page.value("[data-fp=bert-run]", "data-says") == "30")
    after = page.value("[data-fp=bert-run]", "data-p")
    run.drag("time", 0)
    page.until(lambda: page.value("[data-fp=bert-run]", "data-says") == "0")
    assert page.value("[data-fp=bert-run]", "data-p") != after
    assert "the classifier random" in page.part("bert-run").inner_text()


def test_a_probability_opens_and_leads_to_what_it_is_made_of(open_page: Open) -> None:
    page = games(open_page(PAGE), "hidden")

    def shown(**place: Any) -> None:
        """The picture shows the number that the route gives, by name and by value."""
        found = page.ask_number(about, {"net": "both", "step": 0, **place})
        name = ".".join(map(str, ("both", 0, place["array"], *place["index"])))
        page.until(lambda: page.value("[data-fp=numbers]", "data-number") == name)
        opened = found["opened"]
        page.until(lambda: float(page.value("[data-fp=number]", "data-value")) == opened["value"])
        assert opened["value"] == pytest.approx(opened["total"], abs=1e-5)

    text, second = (page.part(f"hidden-{name}").input_value() for name in ("text", "next"))
    (at,) = map(int, page.value("[data-game=hidden]", "data-hidden").split())
    about = {"game": "hidden", "language": "en", "text": text, "next": second, "hide": [at]}
    best = page.ask(**about)["places"][0]["both"][0]
    page.click("guess-show")
    page.page.click("[data-fp=tops-both-0] li .opens")
    shown(array="probabilities", index=[at, best["id"]])
    assert float(page.value("[data-fp=number]", "data-value")) == pytest.approx(best["p"])
    page.page.click("[data-fp=onward-logits]")
    shown(array="logits", index=[at, best["id"]])
    page.page.locator("[data-fp=numbers] .parts button").first.click()
    page.until(lambda: ".words_out." in page.value("[data-fp=numbers]", "data-number"))
    page.page.click("[data-fp=back]")
    shown(array="logits", index=[at, best["id"]])
    page.click("attention-fold")
    page.page.click("[data-fp=bert-heads-1-2]")
    page.until(lambda: page.value("[data-block=attention]", "data-head") == "1.2")
    page.page.locator("[data-fp=heat-bert-map]").click(position={"x": 2, "y": 2})
    shown(array="layer_1_attention_weights", index=[2, 0, 0])
    # the lesson says the same number as a formula
    value = float(page.value("[data-fp=number]", "data-value"))
    page.page.get_by_role("tab", name="Formula and PyTorch").click()
    page.until(
        lambda: (
            f"{value:.3f}" in page.page.locator(".katex:not(.fp-definition *)").first.inner_text()
        )
    )


def test_merges_are_learned_one_by_one_and_a_count_opens(
    open_page: Open, forgiven: list[str]
) -> None:
    forgiven.append("422")
    page = Games(open_page(f"{PAGE}?tab=tokens&tok_step=3"), "bert-tokens")
    page.page.wait_for_selector("[data-fp=bert-tokens][data-step='3']")
    found = page.post("tokens", {"language": "en", "step": 3})
    first = found["pairs"][0]
    counts = page.page.locator("[data-fp=tokens-pairs] button").all_inner_texts()
    assert counts == [str(pair["count"]) for pair in found["pairs"]]
    page.page.locator("[data-fp=tokens-pairs] button").first.click()
    page.until(lambda: page.value("[data-fp=score-number]", "data-value") == str(first["count"]))
    page.click("tokens-next")
    page.page.wait_for_selector("[data-fp=bert-tokens][data-step='4']")
    assert f"{first['left']} + {first['right']}" in page.part("tokens-last").inner_text()
    assert page.part("tokens-pieces").locator("bdi").first.inner_text() == (
        first["left"] + first["right"]
    )
    page.write("tokens-sentence", "soup, low")
    page.write("tokens-text", "low lower lowest")
    own = page.post("tokens", {"text": "low lower lowest", "sentence": "soup, low", "step": 4})
    page.page.wait_for_selector(f"[data-fp=bert-tokens][data-steps='{own['steps']}']")
    ways = page.page.locator("[data-fp=tokens-trail] li")
    page.until(lambda: ways.count() == len(own["sentence"][-1]["steps"]))
    assert ways.last.locator("bdi").all_inner_texts() == own["sentence"][-1]["steps"][-1][1]
    page.write("tokens-text", "a\N{NULL}b")
    page.until(lambda: "U+0000" in page.part("tokens-message").inner_text())
