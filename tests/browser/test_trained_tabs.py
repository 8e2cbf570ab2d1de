"""The tabs "Train it" and "A real encoder" in a real Chromium, and a run whose cluster is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from core.language.bert import pretrained as games
from core.pretrained import shelf
from tests.browser.conftest import Open
from tests.browser.screen import Screen
from tests.browser.training import BASE, Training
from tests.core.pretrained.hub import hub
from tests.core.pretrained.tiny import needs_libraries, save
from tests.served import HOST, Server, free_port

PAGE = "/attention-in-a-trained-model"
TRAIN = f"{PAGE}?tab=train"
QUICK = f"{TRAIN}&run_layers=1&run_heads=2&run_width=16&run_steps=5000"
"""A run whose steps are quick on a busy machine, and that is long enough to be steered."""


class Lab(Training):
    """The tab "Train it"."""

    def ready(self) -> Lab:
        super().ready()
        return self

    @property
    def head(self) -> tuple[int, int]:
        """The selected head, counted from 0."""
        layer, head = (self.part("trained-run").get_attribute("data-head") or "").split(".")
        return int(layer), int(head)

    @property
    def probabilities(self) -> list[float]:
        return [self.value(f"p-{noun}") for noun in ("cat", "mat")]

    def shares(self) -> list[str]:
        """What stands below each head."""
        return self.page.locator("[data-fp=heads-run-heads] small").all_inner_texts()

    def shows(self, seen: dict[str, Any]) -> None:
        """Check that the picture is that of these pictures of the engine."""
        pictures = seen["pictures"]
        self.until(lambda: self.probabilities == pictures["probabilities"])
        ahead = np.array(pictures["ahead"])
        assert self.shares() == [f"{int(100 * share + 0.5)}%" for share in ahead.flatten()]
        assert self.head == tuple(np.unravel_index(ahead.argmax(), ahead.shape))


@pytest.fixture
def lab(open_page: Open) -> Lab:
    return Lab(open_page(TRAIN), "trained-run").ready()


def test_first_sight_is_the_shipped_run_and_scrubbing_repaints_it(lab: Lab) -> None:
    assert lab.id == "shipped-it"
    run = lab.run()
    lab.shows(run)
    last = lab.pixels("run-heads-1-2")
    for step in (run["saved"][1], 0):
        lab.drag("time", step)
        lab.shows(lab.at(step))
    assert (lab.pixels("run-heads-1-2") != last).any()
    assert "random" in lab.part("run-origin").inner_text()


def test_a_head_is_picked_by_pointer_and_by_keys(lab: Lab) -> None:
    lab.page.locator("[data-fp=run-heads-0-1]").click()
    lab.until(lambda: lab.head == (0, 1))
    for key, head in (("ArrowRight", (0, 2)), ("ArrowDown", (1, 2)), ("ArrowDown", (1, 2))):
        lab.page.keyboard.press(key)
        lab.until(lambda head=head: lab.head == head)
    assert "layer 2, head 3" in lab.page.locator("[data-block=run-lines] h2").inner_text()
    # what a head is said to do opens, down to a weight in one of the sentences
    lab.click("run-heads-note-1-2")
    number = lab.page.locator(".number-opened")

    def opens(name: str) -> float:
        lab.until(lambda: bool(re.fullmatch(name, number.get_attribute("data-number") or "")))
        return float(number.get_attribute("data-value") or "nan")

    assert opens(r"ahead\.1\.2") == pytest.approx(lab.run()["pictures"]["ahead"][1][2])
    lab.click("term-0")
    assert opens(r"ranked\.1\.2\.\d+") == 1
    lab.part("number-sources").locator("button").click()
    lead = opens(r"lead\.1\.2\.\d+")
    assert lead > 0
    lab.part("number-sources").locator("button").first.click()
    assert opens(r"sentence_\d+_layer_1_attention_weights\.2\.\d+\.\d+") > lead
    lab.until(lambda: "run_number=referent." in lab.page.url)
    lab.page.get_by_text("The PyTorch of this number").wait_for()
    lab.click("p-cat")
    shown = lab.run()["pictures"]["probabilities"][0]
    assert opens(r"probabilities\.7\.\d+") == pytest.approx(shown, abs=1e-4)  # float16 ships


def test_a_run_of_ones_own_starts_pauses_and_is_compared(open_page: Open) -> None:
    lab = Lab(open_page(QUICK), "trained-run").ready()
    lab.play()
    lab.pause()
    run = lab.run()
    assert (run["config"]["heads"], run["config"]["layers"]) == (2, 1)
    lab.shows(run)
    stood = lab.step
    lab.click("step")
    lab.until(lambda: lab.step == stood + 1)
    lab.until(lambda: lab.rows == ["shipped-it", lab.id])


def test_a_preset_is_another_run_and_stays_in_the_link(lab: Lab) -> None:
    lab.page.get_by_text("right, and no head shows it").click()
    lab.until(lambda: lab.id != "shipped-it")
    assert lab.run()["config"]["inner"] == 128
    lab.until(lambda: "run_inner=128" in lab.page.url)


# -- a server without a model, without a cluster -------------------------------------------------


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def alone(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """It has a small hub beside it, and a cluster at an address where nobody answers."""
    offered = {}
    if shelf.available():
        save(tmp_path_factory.mktemp("offered") / "tiny")
        offered["owner/tiny"] = tmp_path_factory.getbasetemp() / "offered0" / "tiny"
    with hub(offered) as (address, _):
        cluster = f"tcp://{HOST}:{free_port()}"
        server = Server(
            FORWARD_PASS_MODELS=str(models), HF_ENDPOINT=address, DASK_SCHEDULER_ADDRESS=cluster
        ).start()
        yield server
        log = server.log()
        server.kill()
    assert "Traceback" not in log, log


class Reader(Screen):
    """The tab "A real encoder"."""

    @property
    def pieces(self) -> list[str]:
        return (self.part("encoder").get_attribute("data-pieces") or "").split()

    @property
    def map_label(self) -> str:
        """What the large map reads out of its selected number."""
        return self.part("heat-encoder-map").get_attribute("aria-label") or ""

    @property
    def message(self) -> str:
        return self.part("encoder-message").inner_text()

    def read(self, sentence: str) -> None:
        self.part("encoder-sentence").fill(sentence)
        self.page.keyboard.press("Enter")


@needs_libraries
def test_from_an_empty_shelf_to_the_maps_of_an_encoder(
    open_page: Open,
    alone: Server,
    models: Path,
    monkeypatch: pytest.MonkeyPatch,
    forgiven: list[str],
) -> None:
    forgiven.append("status of 422")  # a sentence that is too long
    monkeypatch.setenv("FORWARD_PASS_MODELS", str(models))
    reader = Reader(open_page(f"{PAGE}?tab=encoder", url=alone.url).page)
    if packaged := shelf.ready():  # the encoder of a package reads the first example at once
        reader.page.wait_for_selector(f"[data-fp=encoder][data-model='{packaged[0]}']")
        reader.click("encoder-other")
    else:
        reader.page.wait_for_selector("[data-fp=encoder-shelf][data-state=empty]")
        assert "FORWARD_PASS_MODELS" in reader.part("encoder-shelf").inner_text()
        assert not reader.page.locator(".word-map").is_visible()

    reader.part("encoder-name").fill("nobody/nothing")
    reader.click("encoder-fetch")
    told = reader.part("encoder-fetching")
    reader.until(lambda: "no model nobody/nothing" in told.inner_text())
    reader.part("encoder-name").fill("owner/tiny")
    reader.page.keyboard.press("Enter")
    sentence = "the cat sat because it was tired"
    reader.page.wait_for_selector("[data-fp=encoder][data-model='owner/tiny']")
    reader.read(sentence)
    pieces = f"[CLS] {sentence.replace('because', 'be ##cause')} [SEP]".split()
    reader.until(lambda: reader.pieces == pieces)

    encoder = shelf.load("owner/tiny")
    with torch.inference_mode():
        ids = encoder.tokenizer(sentence, return_tensors="pt")
        weights = torch.stack(encoder.model(**ids, output_attentions=True).attentions, 1)[0]
    reader.page.locator("[data-fp=encoder-heads-2-1]").click()
    reader.part("heat-encoder-map").press("ArrowDown")
    value = f"{weights[2, 1, 1, 0]:.3f}"
    reader.until(lambda: reader.map_label == f"the reads [CLS]: {value}")
    reader.until(lambda: "enc_head=3.2" in reader.page.url)

    opened = reader.page.locator("[data-block=number]")
    reader.until(lambda: opened.get_attribute("data-number") == "layer_2_attention_weights.1.1.0")
    assert f"{float(opened.get_attribute('data-value')):.3f}" == value
    opened.locator("[data-number='layer_2_attention_masked.1.1.0']").click()
    reader.until(
        lambda: (
            "cat" not in reader.part("number-title").inner_text()
            and "√d" in reader.part("number-title").inner_text()
        )
    )
    reader.click("encoder-special")
    reader.until(lambda: reader.pieces == pieces[1:-1])
    outside = 1 - float(weights[2, 1, 1:-1, 1:-1].sum(1).mean())
    assert f"{100 * outside:.1f}%" in reader.part("encoder-outside").inner_text()
    reader.click("encoder-view-rollout")
    reader.page.locator("[data-fp=encoder-rollout-2-0]").wait_for()
    reader.read("<b>cat</b> 🐈 고양이")
    reader.until(lambda: {"cat", "[UNK]", "고", "##양"} <= set(reader.pieces))
    assert reader.page.locator(".word-map .tops :is(b, script)").count() == 0
    reader.read("cat " * 64)
    reader.until(lambda: "64 pieces" in reader.message)
    assert "cat" in reader.pieces  # what was read before stays


def _save_once(path: Path, kind: str) -> None:
    """Save a model, unless an earlier test of this module has."""
    if not path.is_dir():
        save(path, kind=kind)


@needs_libraries
def test_a_real_bert_plays_the_three_games(
    open_page: Open, alone: Server, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _save_once(models / "whole", "BertForPreTraining")
    monkeypatch.setenv("FORWARD_PASS_MODELS", str(models))
    screen = open_page("/bert?tab=real&real_name=whole&real_text=the+cat+sat", url=alone.url)
    screen.page.wait_for_selector("[data-fp=bert-real][data-answers]")
    screen.page.locator("[data-fp=tokens-real] [data-token='2']").click()
    asked = {"name": "whole", "game": "hidden", "text": "the cat sat", "hide": [2]}
    (place,) = games.answer(games.PretrainedQuestion.read(asked))["places"]
    tops = screen.page.locator("[data-fp=tops-real-0]")
    screen.until(lambda: place["both"][0]["token"].removeprefix("##") in tops.inner_text())
    assert place["truth"] == "cat"
    screen.click("real-game-sentiment")
    screen.page.wait_for_selector("[data-fp=bert-real][data-game=sentiment]")
    found = games.answer(games.PretrainedQuestion.read({**asked, "game": "sentiment", "hide": []}))
    assert f"{round(100 * found['unseen'], 1)}%" in screen.part("bert-real").inner_text()
    screen.click("open-unseen-accuracy")
    screen.until(lambda: screen.value("score-number") == pytest.approx(found["unseen"], abs=1e-6))


@needs_libraries
def test_an_encoder_without_heads_judges_and_offers_one_with_them(
    open_page: Open, alone: Server, models: Path
) -> None:
    _save_once(models / "whole", "BertForPreTraining")
    _save_once(models / "bare", "BertModel")
    screen = open_page("/bert?tab=real&real_name=bare&real_text=the+cat+sat", url=alone.url)
    screen.page.wait_for_selector("[data-fp=bert-real][data-model=bare][data-game=sentiment]")
    for game in ("hidden", "follows"):
        assert screen.part(f"real-game-{game}").is_disabled()
    assert "bare was saved as an encoder alone" in screen.part("real-lacking").inner_text()
    screen.click("real-whole")
    screen.until(lambda: screen.part("encoder-name").input_value() == "bert-base-uncased")
    screen.page.locator("[data-model=whole]").click()
    screen.page.wait_for_selector("[data-fp=bert-real][data-model=whole][data-game=hidden]")
    assert not screen.part("real-lacking").inner_text()


@needs_libraries
def test_a_word_is_compared_in_several_sentences(
    open_page: Open,
    alone: Server,
    models: Path,
    monkeypatch: pytest.MonkeyPatch,
    forgiven: list[str],
) -> None:
    forgiven.append("422")
    _save_once(models / "bare", "BertModel")
    monkeypatch.setenv("FORWARD_PASS_MODELS", str(models))
    link = "real_game=senses&real_word=cat&real_lines=the+cat+sat%0Ait+was+the+cat"
    screen = open_page(f"/bert?tab=real&real_name=bare&{link}", url=alone.url)
    screen.page.wait_for_selector("[data-fp=bert-real][data-game=senses]")
    text = "the cat sat\nit was the cat"
    asked = {"name": "bare", "game": "senses", "text": text, "next": "cat"}
    found = games.answer(games.PretrainedQuestion.read(asked))["cosines"]
    shown = screen.part("senses-cosines").locator("button")
    assert shown.first.inner_text() == f"{found[-1][0][1]:.3f}"
    shown.first.click()
    screen.until(lambda: screen.value("score-number") == pytest.approx(found[-1][0][1], abs=1e-5))
    screen.part("real-word").fill("dog")
    screen.page.keyboard.press("Enter")
    screen.until(lambda: "does not stand in" in screen.part("real-message").inner_text())


def test_a_run_goes_on_with_this_machine_and_waits_in_its_queue(
    open_page: Open, alone: Server
) -> None:
    lab = Lab(open_page(QUICK, url=alone.url), "trained-run").ready()
    lab.click("play")
    lab.page.wait_for_selector("[data-fp=own]:not([hidden])")
    assert "cannot be reached" in lab.status_text
    lab.click("own")
    lab.until(lambda: lab.step > 0 and lab.status == "running")
    assert lab.part("own").is_hidden()
    lab.pause()

    def post(path: str, body: dict[str, Any]) -> Any:
        return lab.page.request.post(f"{alone.url}{BASE}{path}", data=body, max_retries=3).json()

    config = {"layers": 1, "heads": 1, "width": 16, "steps": 5000}
    others = [
        post(
            "/runs", {"owner": f"somebody-else-{i:02}", "job": "it", "config": config, "play": True}
        )
        for i in (1, 1, 2, 2, 3, 3, 4, 4)
    ]
    lab.click("play")
    lab.until(lambda: re.search(r"place [1-9]", lab.status_text))
    for run in others:
        post(f"/runs/{run['id']}/forget", {})
    lab.until(lambda: lab.status in ("running", "done"))
