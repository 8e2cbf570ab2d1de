"""Numbers that the games show, opened: they are those of the answers, and programs print them."""

from __future__ import annotations

import contextlib
import io
import json
from typing import Any

import pytest

from core.language.bert import numbers
from core.language.bert.answer import answer
from core.language.bert.examples import examples
from core.language.bert.job import JOB
from core.language.bert.numbers import NumberQuestion
from core.language.bert.question import GameQuestion
from core.language.bert.topics import LANGUAGES, Language


def near(wanted: float) -> Any:
    """Rows that are multiplied together end in other digits than one by itself."""
    return pytest.approx(wanted, rel=1e-4, abs=1e-6)


def opened(game: dict[str, Any], net: str, array: str, *index: int, **more: Any) -> numbers.Number:
    place = {"net": net, "array": array, "index": list(index), "step": more.pop("step", 0)}
    return numbers.number(NumberQuestion.read({"about": game, "place": place, **more}))


def value(game: dict[str, Any], net: str, array: str, *index: int, **more: Any) -> float:
    found = opened(game, net, array, *index, **more)
    assert (found.place.array, found.place.index) == (array, index)
    assert found.shown.total == pytest.approx(found.shown.value, abs=1e-4)
    return found.shown.value


def reply_to(game: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer(GameQuestion.read(game)))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_hidden_words_and_weights(language: Language) -> None:
    game = {"game": "hidden", "language": language, **examples(language)["hidden"][3]}
    found = reply_to(game)
    for place in found["places"]:
        for net, row in (("both", place["at"]), ("left", place["at"] - 1)):
            for one in place[net]:
                assert value(game, net, "probabilities", row, one["id"]) == near(one["p"])
    for net, name in (("both", "weights"), ("left", "left_weights")):
        wanted = found[name][1][2][4][3]
        assert value(game, net, "layer_1_attention_weights", 2, 4, 3) == near(wanted)


def test_the_rule_and_its_loss() -> None:
    text = examples("en")["hidden"][0]
    game = {"game": "draw", "text": text["text"], "next": text["next"], "share": 0.5, "seed": 4}
    found = reply_to(game)
    assert value(game, "draw", "loss") == near(found["loss"])
    for i, one in enumerate(found["draw"]):
        assert value(game, "draw", "targets", i) == near(one["p"])
        row = one["at"], one["top"][0]["id"]
        assert value(game, "draw", "probabilities", *row) == near(one["top"][0]["p"])


def test_pairs_judgements_and_answers() -> None:
    pair = examples("en")["follows"][0]
    game = {"game": "follows", "text": pair["text"], "next": pair["next"]}
    assert value(game, "both", "follows_probabilities", 0, 1) == near(reply_to(game)["p"])
    game = {"game": "sentiment", "text": "the soup was delicious."}
    for start, one in reply_to(game)["says"].items():
        found = value(game, start, "sentiment_probabilities", 0, 1)
        assert found == near(one["p"])
    row = examples("en")["answer"][0]
    game = {"game": "answer", "question": row["question"], "passage": row["passage"]}
    for start, one in reply_to(game)["says"].items():
        for at, p in enumerate(one["end"]):
            assert value(game, start, "ends_probabilities", 1, at) == near(p)
        for span in one["spans"]:
            found = value(game, start, "span_probabilities", span["id"])
            assert found == near(span["p"])
            names = opened(game, start, "span_probabilities", span["id"]).columns
            assert names is not None and names[span["id"]] == span["text"]
        none = value(game, start, "span_probabilities", 0)
        assert none == near(one["none"])


@pytest.mark.parametrize("temperature", [0, 0.8])
def test_steps_of_writing(temperature: float) -> None:
    game = {"game": "write", "text": "mina ate", "length": 5, "temperature": temperature}
    found = reply_to(game)
    for order, text in found["fill"].items():
        for step, one in enumerate(text["steps"]):
            place = "fill", "probabilities", one["row"], one["id"]
            p = value(game, *place, step=step, order=order)
            assert p == near(one["p"])
        nats = value(game, "fill_nats", "surprise", order=order)
        assert nats == near(text["nats"])
    for step, one in enumerate(found["left"]["steps"]):
        p = value(game, "left", "probabilities", one["row"], one["id"], step=step)
        assert p == near(one["p"])
    assert value(game, "left_nats", "surprise") == near(found["left"]["nats"])


GAMES = (
    {"game": "hidden", "text": "tom planted the rose.", "hide": [2]},
    {"game": "draw", "text": "tom planted the rose.", "share": 0.5},
    {"game": "follows", "text": "the rose was withered.", "next": "he sighed."},
    {"game": "sentiment", "text": "the soup was delicious."},
    {"game": "answer", "question": "where was tom?", "passage": "tom read in the park."},
    {"game": "write", "text": "mina ate", "length": 3},
)


@pytest.mark.parametrize("game", GAMES, ids=lambda game: game["game"])
def test_each_game_opens_a_number_and_its_program_prints_it(game: dict[str, Any]) -> None:
    for net in numbers.NETS:
        found = numbers.number(NumberQuestion.read({"about": game, "place": {"net": net}}))
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(numbers.program(found), "program", "exec"), {})
        for printed in out.getvalue().split():
            assert float(printed) == pytest.approx(found.shown.value, abs=2e-4, rel=1e-3)
        there = json.loads(numbers.answer(found.question))
        assert there["opened"]["value"] == pytest.approx(found.shown.value)
        rows, columns = len(there["values"]), len(there["values"][0])
        assert rows == len(there["rows"]) and columns <= len(there["columns"] or [0] * columns)


def test_a_place_of_another_text_gives_a_number_near_it_or_the_first_one() -> None:
    game = {"game": "hidden", "text": "tom planted the rose.", "hide": [2]}
    first = opened(game, "both", "", 0).place
    assert first.array == "probabilities" and first.index[0] == 2
    for strange in (("both", "nothing", 1), ("frozen", "probabilities", 1, 1)):
        assert opened(game, *strange).place == first
    assert opened(game, "both", "layer_0_attention_q", 40, 3).place.index == (0, 6, 3)
    assert opened(game, "both", "input", 1, 2, 99).place.index == (2, 63)


def test_a_run_opens_its_own_numbers() -> None:
    setting = JOB.read({"width": 32, "layers": 1, "heads": 2, "steps": 1, "direction": "left"})
    state, _ = JOB.start(setting)
    game = {"game": "hidden", "text": "mina ate", "hide": [2]}
    place = {"net": "left", "array": "probabilities", "index": [1, 7]}
    text = json.dumps({"about": game, "place": place})
    found = JOB.inspections["number"](setting, state, {"q": text})
    assert found["place"] == place | {"step": 0} and found["heads"] == 2
    first = JOB.inspections["answer"](setting, state, {"q": json.dumps(game)})["places"][0]["left"][
        0
    ]
    place["index"] = [1, first["id"]]
    text = json.dumps({"about": game, "place": place})
    opened_ = JOB.inspections["number"](setting, state, {"q": text})["opened"]
    assert opened_["value"] == near(first["p"])
