"""Answers of the shipped networks, and what their cards promise."""

from __future__ import annotations

import json
from statistics import median
from typing import Any

import pytest

from core.language.bert import shelf
from core.language.bert.answer import answer
from core.language.bert.examples import examples
from core.language.bert.job import JOB
from core.language.bert.question import GameQuestion
from core.language.bert.results import results
from core.language.bert.topics import LANGUAGES, Language
from core.training import shipped


def ask(game: str, language: str = "en", **more: Any) -> dict[str, Any]:
    raw = {"game": game, "language": language, **more}
    found: dict[str, Any] = json.loads(answer(GameQuestion.read(raw)))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_keep_what_the_figures_promise(language: Language) -> None:
    both, left = (shelf.card(shelf.name(language, side))["scores"] for side in (False, True))
    assert both["of"] == left["of"] > 1_000
    assert both["nsp_accuracy"] >= 0.95
    assert both["follows"]["swapped"] < 0.5  # topic, not order


@pytest.mark.parametrize("language", LANGUAGES)
def test_hidden_words_by_both_networks(language: Language) -> None:
    example = examples(language)["hidden"][0]
    found = ask("hidden", language, **example)
    (place,) = found["places"]
    assert found["tokens"][place["at"]]["text"] == place["truth"]
    for name in ("both", "left"):
        chances = [one["p"] for one in place[name]]
        assert chances == sorted(chances, reverse=True) and sum(chances) <= 1 + 1e-6
        assert all(abs(sum(row) - 1) < 1e-4 for head in found["weights"][0] for row in head)
    changed = example["next"].replace("soup", "bread").replace("수프", "빵")
    other = ask("hidden", language, **(example | {"next": changed}))["places"][0]
    assert other["left"] == place["left"]  # it has not read that far
    assert other["both"] != place["both"]


def test_strangers_are_named_and_a_typed_mask_is_hidden() -> None:
    found = ask("hidden", text="Mina ate the xylophone 😀 [MASK] in the kitchen.")
    assert found["unknown"] == ["xylophone", "😀"]
    (place,) = found["places"]
    assert place["truth"] is None and place["both_p"] is None and len(place["both"]) == 8
    everything = ask("hidden", text="xyzzy", hide=[1])
    assert everything["places"][0]["truth"] is None


def test_a_draw_is_the_same_for_the_same_seed() -> None:
    raw = examples("en")["hidden"][0]
    asked = {"text": raw["text"], "next": raw["next"], "share": 0.5}
    one, two, other = (ask("draw", **asked, seed=seed) for seed in (1, 1, 2))
    assert one == two != other
    assert {row["what"] for row in one["draw"]} <= {"mask", "random", "keep"}
    for row in one["draw"]:
        assert (row["becomes"] == row["truth"]) or row["what"] != "keep"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pairs_follow_or_not_by_topic(language: Language) -> None:
    said = {}
    for row in examples(language)["follows"][:3]:
        said[row["kind"]] = ask("follows", language, text=row["text"], next=row["next"])["p"]
    assert said["true"] > 0.5 > said["random"]


def test_answers_and_judgements_of_three_beginnings() -> None:
    judged = ask("sentiment", text="the soup was delicious.")
    assert set(judged["says"]) == {"pretrained", "frozen", "scratch"}
    assert judged["unseen"] == [4] and judged["seen"] == []
    assert judged["says"]["pretrained"]["p"] > 0.5
    row = examples("en")["answer"][0]
    found = ask("answer", question=row["question"], passage=row["passage"])
    for one in found["says"].values():
        assert abs(sum(one["start"]) - 1) < 1e-4
        assert sum(span["p"] for span in one["spans"]) + one["none"] <= 1 + 1e-5
        assert all(found["tokens"][span["from"]]["segment"] == 1 for span in one["spans"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_writing(language: Language) -> None:
    text = examples(language)["write"][0]
    found = ask("write", language, text=text, length=6)
    begun = len(found["tokens"]) - 2
    assert set(found["fill"]) == {"left", "surest", "once"}
    for one in found["fill"].values():
        assert len(one["tokens"]) == begun + 6 and one["nats"] > 0
    assert found["left"]["tokens"][:begun] == found["fill"]["once"]["tokens"][:begun]


@pytest.mark.parametrize(
    "raw",
    [
        None,
        {},
        {"game": "hidden", "language": "en", "text": ""},
        {"game": "hidden", "language": "en", "text": "?!..."},
        {"game": "hidden", "language": "en", "text": "the " * 60},
        {"game": "hidden", "language": "en", "text": 3},
        {"game": "hidden", "language": "en", "text": "mina ate", "hide": [0]},
        {"game": "hidden", "language": "en", "text": "mina ate", "hide": [99]},
        {"game": "hidden", "language": "en", "text": "mina ate", "hide": "all"},
        {"game": "follows", "language": "en", "text": "mina ate", "next": ""},
        {"game": "answer", "language": "en", "question": "who?"},
        {"game": "draw", "language": "en", "text": "mina", "seed": -1},
        {"game": "draw", "language": "en", "text": "mina", "share": 0.9},
        {"game": "write", "language": "en", "text": "mina " * 40, "length": 16},
        {"game": "dance", "language": "en", "text": "mina"},
        {"game": "hidden", "language": [], "text": "mina"},
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(raw: object) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        GameQuestion.read(raw)


def test_a_run_answers_with_its_own_network() -> None:
    setting = JOB.read({"width": 32, "layers": 1, "heads": 2, "steps": 1})
    state, _ = JOB.start(setting)
    text = json.dumps({"game": "hidden", "language": "en", "text": "mina ate", "hide": [2]})
    found = JOB.inspections["answer"](setting, state, {"q": text})
    assert found["layers"] == 1 and "left" not in found["places"][0]
    assert JOB.inspections["example"](setting, state, {})["places"]
    for bad in ("{", text.replace("en", "ko"), text.replace("hidden", "sentiment")):
        with pytest.raises(ValueError, match=r"\.$"):
            JOB.inspections["answer"](setting, state, {"q": bad})
    assert JOB.program is not None
    compile(JOB.program(setting, ((0, 1e-3),)), "run.py", "exec")


def test_shipped_runs_and_curves() -> None:
    pretraining, tuned = shipped.load("bert_run"), shipped.load("bert_sentiment_run")
    assert pretraining.saved[0].step == 0 and pretraining.at(99_999).step == 2_000
    assert (
        tuned.saved[-1].marks["unseen"]
        > shipped.load("bert_sentiment_scratch_run").saved[-1].marks["unseen"]
    )
    for language in LANGUAGES:
        curve = results()[language]["sentiment"]
        for start in ("pretrained", "frozen", "scratch"):
            shares = curve[start]["unseen"]
            assert len(shares) == len(curve["labels"])
            assert all(0 <= share <= 1 for seeds in shares for share in seeds)
        at = curve["labels"].index(32)
        gains = [
            one - two
            for one, two in zip(
                curve["pretrained"]["unseen"][at], curve["scratch"]["unseen"][at], strict=True
            )
        ]
        assert median(gains) >= 0.1
