"""The page "Words as vectors" in a real Chromium: what it shows is what the run says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Open
from tests.browser.history import History
from tests.browser.training import Training

PAGE = "/words-as-vectors"
LONG = f"{PAGE}?dimension=8&window=2&epochs=1000"
"""A run with quick steps, of which there are more than anybody waits for."""


class Atlas(Training):
    """The picture of words."""

    def ready(self) -> Atlas:
        super().ready()
        return self

    def inspect(self, name: str, step: int, **query: Any) -> Any:
        """What the run answers to the question that the picture asks."""
        asked = "&".join(f"{key}={value}" for key, value in ({"step": step} | query).items())
        return self._get(f"/runs/{self.id}/look/{name}?{asked}")

    def move(self, name: str) -> str:
        return self.page.locator(".move").get_attribute(f"data-{name}") or ""

    def still(self) -> Atlas:
        """Wait until the points have glided to their places."""
        self.page.wait_for_selector(".move .point-map[data-gliding=false]")
        return self

    @property
    def near(self) -> list[list[Any]]:
        rows = self.page.locator("[data-fp=near] li:not([hidden])").all()
        named = [(row.locator("button").first, row.locator(".value")) for row in rows]
        return [
            [name.inner_text(), float(value.get_attribute("data-value") or 0)]
            for name, value in named
        ]

    def answer(self, way: str) -> str:
        return self.part(f"answers-{way}").get_attribute("data-answer") or ""


@pytest.fixture
def atlas(open_page: Open) -> Atlas:
    return Atlas(open_page(PAGE), "vectors").ready()


def test_the_shipped_run_is_asked_and_every_saved_state_answers(atlas: Atlas) -> None:
    assert atlas.id == "shipped-vectors"
    run = atlas.run()
    last = atlas.still().pixels("map-words")
    for step in (0, run["step"]):
        atlas.drag("time", step)
        atlas.until(lambda step=step: atlas.move("step") == str(step))
        near = atlas.inspect("near", step, word=atlas.move("word"), count=8)["cosine"]
        atlas.until(lambda near=near: atlas.near == near)
        found = atlas.inspect("analogy", step, a="king", b="man", c="woman")
        for way in ("excluding", "including"):
            atlas.until(lambda way=way, found=found: atlas.answer(way) == found[way][0][0])
        if step == 0:
            atlas.until(lambda: (atlas.still().pixels("map-words") != last).any())
            assert "random" in atlas.part("vectors-origin").inner_text()
    atlas.until(lambda: (atlas.still().pixels("map-words") == last).all())
    assert len(atlas.page.locator(".small-maps figure:not([hidden])").all()) == 3
    assert len(atlas.page.locator("[data-fp=seeds] tbody tr").all()) == 6
    # how many analogies another run answers right is a number as well
    other = atlas.page.locator("[data-fp=score-excluding]").first
    share = float(other.inner_text().rstrip("%")) / 100
    other.click()
    atlas.until(lambda: atlas.value("number") == pytest.approx(share, abs=1e-3))


def test_words_are_chosen_by_keys_and_by_name_and_the_cloud_turns(atlas: Atlas) -> None:
    before = atlas.move("word")
    atlas.part("map-words").focus()
    atlas.page.keyboard.press("ArrowLeft")
    atlas.until(lambda: atlas.move("word") != before)
    field = atlas.part("field-word")
    field.fill("zebra")
    assert field.get_attribute("aria-invalid") == "true"
    field.fill("paris")
    atlas.until(lambda: atlas.move("word") == "paris" and "word=paris" in atlas.page.url)
    atlas.click("arrows-analogy")
    atlas.until(lambda: atlas.move("focus") == "people")
    atlas.click("space-space")
    atlas.until(lambda: atlas.move("space") == "space")
    seen = atlas.still().pixels("map-words")
    atlas.part("map-words").focus()
    atlas.page.keyboard.press("ArrowLeft")
    atlas.until(lambda: (atlas.pixels("map-words") != seen).any())


def test_a_run_of_ones_own_trains_and_one_step_of_it_is_opened(open_page: Open) -> None:
    atlas = Atlas(open_page(LONG + "&objective=softmax"), "vectors").ready()
    atlas.play()
    atlas.pause()
    assert atlas.run()["config"]["dimension"] == 8
    atlas.page.get_by_text("One update", exact=True).click()
    atlas.page.wait_for_selector(".numbers[data-kind=softmax]")
    atlas.page.locator("[data-position='1']").click()
    text = atlas.inspect("window", atlas.step, sentence=0)["tokens"]
    atlas.until(lambda: (atlas.page.locator(".numbers").get_attribute("data-centre")) == text[1])
    step = atlas.inspect("opened", atlas.step, centre=text[1], context=text[0])
    atlas.until(lambda: atlas.value("pair-loss-value") == step["loss"])
    assert step["after"] < step["loss"]
    assert atlas.part("after").locator(".opens").count() == 2  # both losses open
    assert abs(atlas.value("zero")) < 1e-5  # what the softmax takes it gives
    assert atlas.value("zero") == pytest.approx(step["gradient_sum"], abs=1e-5)
    # a number of the table opens: in the picture, and with its formula and program below it
    atlas.page.locator("[data-number^='gradient.']").first.click()
    opened = atlas.page.locator(".number-opened")
    atlas.until(lambda: (opened.get_attribute("data-number") or "").startswith("gradient."))
    shown = int((opened.get_attribute("data-number") or "").split(".")[1])
    assert atlas.value("number") == pytest.approx(step["gradient_scores"][shown], abs=1e-6)
    atlas.until(lambda: "number=gradient." in atlas.page.url)
    atlas.page.get_by_role("tab", name="Formula and PyTorch").click()
    atlas.until(
        lambda: (
            atlas.page.locator(
                "[data-testid=stMarkdownContainer] .katex:not(.fp-definition *)"
            ).count()
            > 0
        )
    )
    centres = History(atlas.page.locator(".numbers"), "data-centre")
    atlas.click("slide")
    atlas.until(lambda: text[3] in centres.values)  # it goes by itself
    atlas.click("slide")
    atlas.page.get_by_text("Co-occurrence", exact=True).click()
    atlas.page.wait_for_selector(".counts [data-fp=cell-ppmi]")
    row, column = (atlas.page.locator(".counts").get_attribute("data-cell") or "").split()
    cell = atlas.inspect("cell", atlas.step, row=row, column=column)
    assert atlas.value("cell-ppmi") == cell["ppmi"]["ppmi"]
    assert atlas.value("cell-count") == cell["glove"]["count"]


def test_a_file_of_vectors_is_read_or_refused(open_page: Open, tmp_path: Path) -> None:
    screen = open_page(f"{PAGE}?tab=own")
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    bad.write_text("a 1 2 3\nb 1 2\n")
    good.write_text("king 1 0 0\nqueen 0.9 0.1 0\nman 1 0 0.2\nwoman 0.9 0.1 0.2\n")
    upload = screen.page.locator("[data-testid=stFileUploaderDropzoneInput]")
    place = screen.page.get_by_test_id("stFileUploader")
    upload.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"a"})
    refused = "A file of this kind is not read here."
    screen.until(lambda: place.get_attribute("data-fp-refused") == refused)
    assert place.get_by_role("alert").inner_text() == refused
    place.get_by_label("Remove a.png").click()
    screen.until(lambda: place.get_attribute("data-fp-refused") is None)
    upload.set_input_files(bad)
    screen.page.get_by_text("Line 2 has 2 numbers").wait_for()
    screen.page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(good)
    screen.page.wait_for_selector("[data-fp=own][data-answers]")
    screen.until(lambda: screen.part("near").get_attribute("data-word") == "king")
    field = screen.part("field-own-word")
    field.fill("queen")
    screen.until(lambda: screen.part("near").get_attribute("data-word") == "queen")
    screen.page.locator("[data-fp=near] .opens").first.click()
    cosine = screen.page.locator("[data-fp=near] .value").first.get_attribute("data-value")
    number = screen.part("number")
    screen.until(lambda: number.get_attribute("data-value") is not None)
    assert float(number.get_attribute("data-value") or 0) == pytest.approx(float(cosine or 1))


def test_korean_words_have_a_run_of_their_own(open_page: Open) -> None:
    atlas = Atlas(open_page(f"{PAGE}?lang=ko"), "vectors").ready()
    assert atlas.id == "shipped-vectors_ko"
