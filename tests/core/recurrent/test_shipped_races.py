"""The shipped races of the words and of the adding problem show what the pages say of them."""

import json

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from core.recurrent.adding import job as adding
from core.recurrent.cells import KINDS
from core.recurrent.words import job as words
from core.recurrent.words.sentences import batch
from core.training import shipped
from core.training.learner import loaded
from core.weights import FOLDER

NAMES = ["words_race", "words_race_ko", "adding_race"]


def models(job, config, state):
    found = words.networks(config) if job == "words" else adding.Adders(config).models
    loaded(state, found)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_card_describes_its_recording(name):
    recording = shipped.load(name)
    card = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert card["bytes"] < 600_000
    assert card["config"] == recording.config and card["config"]["cell"] == "race"
    assert card["marks"] == dict(recording.saved[-1].marks)
    assert card["saved steps"] == [saved.step for saved in recording.saved]
    assert recording.step == recording.config["steps"]
    assert all(np.isfinite(values).all() for values in recording.series.values())


@pytest.mark.parametrize("recording", ["words_race", "words_race_ko"])
def test_the_shipped_words_are_right_as_often_as_their_card_says(recording):
    """On sentences of our own, which the score of the card has not seen."""
    found = shipped.load(recording)
    config = words.JOB.read(found.config)
    last = found.saved[-1]
    fresh = batch(600, config.distance, config.language, torch.Generator().manual_seed(99))
    for kind, model in models("words", config, last.state).items():
        with torch.no_grad():
            said = model(fresh[:, :-1])[:, -1].argmax(1)
        right = (said == fresh[:, -1]).float().mean().item()
        assert right == pytest.approx(last.marks[f"{kind}.accuracy"], abs=0.06)
    assert last.marks["gru.accuracy"] > 0.97 and last.marks["lstm.accuracy"] > 0.97
    assert last.marks["rnn.accuracy"] < 0.5


@pytest.mark.parametrize("recording", ["words_race", "words_race_ko"])
def test_at_first_sight_the_name_decides_for_gru_and_lstm_alone(recording):
    found = shipped.load(recording)
    config = words.JOB.read(found.config)
    read = words.JOB.inspections["reading"](config, found.saved[-1].state, {})
    cells = read["cells"]
    assert not cells["rnn"]["right"] and cells["gru"]["right"] and cells["lstm"]["right"]
    for kind in ("gru", "lstm"):
        assert cells[kind]["answers"][0][0] == read["answer"]
        assert cells[kind]["answers"][0][1] > 0.8
    for kind in KINDS:
        assert cells[kind]["influence"][read["name_at"]] > 0


def test_the_shipped_adding_problem_is_solved_by_gru_and_lstm_alone():
    found = shipped.load("adding_race")
    config = adding.JOB.read(found.config)
    last = found.saved[-1]
    x, truth = adding.test_set(config.length)
    for kind, model in models("adding", config, last.state).items():
        with torch.no_grad():
            error = F.mse_loss(model(x), truth).item()
        assert error == pytest.approx(last.marks[f"{kind}.test"], rel=1e-3)
    assert last.marks["gru.test"] < 0.01 and last.marks["lstm.test"] < 0.01
    assert last.marks["rnn.test"] > 0.9 * last.marks["trivial"]
    solved = [saved.step for saved in found.saved if saved.marks["gru.test"] < 0.01]
    assert solved[0] <= 700
