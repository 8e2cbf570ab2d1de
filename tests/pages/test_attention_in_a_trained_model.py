"""The page "Attention in a trained model": links, languages, what its picture tells; its route."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from core.attention.trained.answer import answer as answer_of_core
from core.attention.trained.cuts import Cut
from core.attention.trained.question import ReferentQuestion
from core.attention.trained.sentences.vocabulary import LANGUAGES, Language
from core.attention.trained.shipped import EXAMPLES, MASKED_EXAMPLES, network
from pages.attention_in_a_trained_model import api, lesson, page
from pages.attention_in_a_trained_model import view as trained
from pages.kit.routes import served
from tests.docs.test_notes import unfolded
from tests.pages.application import application
from tests.patience import PATIENCE

ADDRESS = "/forward-pass/attention/trained"

GOOD: dict[str, Any] = {
    "sentence": "the dog ate the pie because it was ripe",
    "model": "2x4",
    "head": [0, 3],
    "view": "lines",
    "cuts": [{"layer": None, "head": None, "from": 6, "to": 1}],
    "renormalise": False,
    "norms": True,
    "cell": [6, 4],
    "from": 6,
    "to": -1,
    "told": 1,
}


def _page() -> None:
    from pages.attention_in_a_trained_model import page as attention_in_a_trained_model

    attention_in_a_trained_model.page()


def opened(query: str = "", language: str = "en") -> AppTest:
    test = AppTest.from_function(_page, default_timeout=PATIENCE)
    for part in filter(None, query.split("&")):
        name, value = part.split("=", 1)
        test.query_params[name] = value
    test.query_params["lang"] = language
    test.run()
    assert not test.exception and not test.error
    return test


def values(test: AppTest) -> dict[str, Any]:
    found: dict[str, Any] = test.session_state["fp.state.trained"]["values"]
    return found


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_is_drawn_in_both_languages(language: str) -> None:
    shown = " ".join(part.value for part in unfolded(opened(language=language)).markdown)
    assert "Jain" in shown and (("scissors" in shown) if language == "en" else ("가위" in shown))


def test_a_link_opens_the_page_as_it_was() -> None:
    found = values(
        opened("sentence=the dog saw it&model=mlm&head=2.3&view=rollout&cuts=x.x.4.2&cell=4.1")
    )
    assert found["sentence"] == "the dog saw it" and found["model"] == "mlm"
    assert found["head"] == (1, 2) and found["cell"] == (3, 0)
    assert found["cuts"] == (Cut(None, None, 3, 1),) and found["view"] == "rollout"


@pytest.mark.parametrize(
    "query",
    [
        "head=3.1",
        "model=1x1&head=2.4",
        "cell=11.1&head=1.1",
        "cuts=x.x.11.1",
        "cuts=3.x.x.x",
        "cuts=rubbish&view=sideways&from=-7&to=99",
        "sentence=kat",
        "sentence=<b>x</b>",
        "sentence=שלום",
        "sentence=" + "the " * 400,
        "tab=nowhere",
    ],
)
def test_rubbish_in_a_link_opens_a_page_that_works(query: str) -> None:
    found = values(opened(query))
    assert (found["head"], found["cell"], found["cuts"]) == (None, None, ())


def state_after(
    view: dict[str, Any], monkeypatch: pytest.MonkeyPatch, language: str = "en"
) -> dict[str, Any]:
    monkeypatch.setattr(
        page.trained, "trained_picture", lambda exchange, **_: exchange.on_view(view)
    )
    return values(opened(language=language))


def test_what_the_picture_tells_is_the_state_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    found = state_after(GOOD, monkeypatch)
    assert found["sentence"] == GOOD["sentence"] and found["head"] == (0, 3)
    assert found["cuts"] == (Cut(None, None, 6, 1),) and found["cell"] == (6, 4)
    assert found["norms"] and not found["renormalise"] and (found["from"], found["to"]) == (6, -1)


@pytest.mark.parametrize(
    "change",
    [
        {"sentence": "kat"},
        {"model": "9x9"},
        {"head": [7, 7]},
        {"cuts": 3},
        {"cuts": [{"edge": 1}]},
        {"cuts": [{"layer": 0, "head": 0, "from": 99, "to": 1}]},
        {"from": 1e9},
    ],
)
def test_what_makes_no_sense_changes_nothing(
    change: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = state_after(GOOD | change, monkeypatch)
    assert found["sentence"] == EXAMPLES["en"][0] and found["from"] == -1


def test_examples_have_short_names() -> None:
    assert trained.label(EXAMPLES["en"][0]) == "cat, mat: tired"
    assert trained.label(MASKED_EXAMPLES["en"][0]) == "[MASK], mat: tired"
    names = [trained.label(sentence) for sentence in (*EXAMPLES["en"], *MASKED_EXAMPLES["en"])]
    assert len(set(names)) == len(names)


def test_the_walk_goes_through_parts_that_can_be_hidden_or_not() -> None:
    known = {"sentence", "answer", "map", "lines", "scissors", "heads", "all", "says", "models"}
    known |= {"arcs", "working", "query-key", "carried"}
    assert {part for names, _ in page.STEPS for part in names.split()} <= known


# -- the language of the network -----------------------------------------------------------------


def shown(query: str, language: str) -> ReferentQuestion:
    """What the lesson of a page is about that was opened by a link."""
    test = opened(query, language)
    state: dict[str, Any] = page.TABLE.defaults() | values(test)
    read = test.button_group(key="fp.trained.read").value
    return ReferentQuestion(page_sentence(state, read), state["model"], language=read)


def page_sentence(state: dict[str, Any], read: str) -> str:
    return page.sentence(state | {"read": read})


@pytest.mark.parametrize(
    ("query", "language", "read", "sentence"),
    [
        ("", "en", "en", EXAMPLES["en"][0]),
        ("", "ko", "ko", EXAMPLES["ko"][0]),
        ("read=ko", "en", "ko", EXAMPLES["ko"][0]),
        ("read=en", "ko", "en", EXAMPLES["en"][0]),
        ("model=1x1&cuts=x.x.8.2", "ko", "en", EXAMPLES["en"][0]),  # older than the Korean network
        ("sentence=the dog saw it", "ko", "en", "the dog saw it"),
        (f"read=ko&sentence={EXAMPLES['ko'][3]}", "en", "ko", EXAMPLES["ko"][3]),
    ],
)
def test_the_language_of_the_network(query: str, language: str, read: str, sentence: str) -> None:
    found = shown(query, language)
    assert (found.language, found.sentence) == (read, sentence)


def test_a_korean_link_keeps_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    korean = {"read": "ko", "sentence": EXAMPLES["ko"][1], "model": "1x1"}
    found = state_after(korean, monkeypatch, "ko")
    assert (found["read"], found["sentence"]) == ("ko", EXAMPLES["ko"][1])
    link = page.TABLE.link(page.TABLE.defaults() | found, frozenset())
    assert link["read"] == "ko" and link["model"] == "1x1"
    english = state_after(
        {"read": "en", "sentence": EXAMPLES["en"][1], "model": "1x1"}, monkeypatch
    )
    assert "read" not in page.TABLE.link(page.TABLE.defaults() | english, frozenset())


def test_the_switch_takes_what_belongs_to_the_other_network_away() -> None:
    test = opened("model=1x1&cuts=x.x.8.2&cell=8.2&head=1.1")
    test.button_group(key="fp.trained.read").set_value("ko").run()
    assert not test.exception
    found = values(test)
    assert found["read"] == "ko" and found["model"] == "1x1"
    assert (found["cuts"], found["cell"], found["head"]) == ((), None, None)


def test_the_lesson_is_about_the_network_on_show() -> None:
    korean = network("2x4", "ko").card["scores"]
    for language, word in (("en", "What you are looking at"), ("ko", "지금 보고 있는 것")):
        shown = " ".join(part.value for part in opened("read=ko", language).markdown)
        assert word in shown and "고양이가 매트" in shown.replace("\n", " ")
        assert f"{korean['best_head']['first']:.1%}" in shown
        shown = " ".join(part.value for part in opened("read=en", language).markdown)
        assert "the cat sat" in shown.replace("\n", " ") and "고양이가 매트" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_network_is_sure_who_is_dirty(language: Language) -> None:
    assert lesson._dirty(language).answer == "both"


# -- the live route ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(application(served(api.LIVE)), raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("count", [10, api.LONG + 1, 64])
def test_a_question_gets_the_answer_of_core(client: TestClient, count: int) -> None:
    asked = {"sentence": " ".join((EXAMPLES["en"][0].split() * 7)[:count]), "cuts": [{"to": 1}]}
    answer = client.post(ADDRESS, json=asked)
    assert answer.status_code == 200
    assert answer.content == answer_of_core(ReferentQuestion.read(asked))


def test_an_unknown_word_gets_words_near_it(client: TestClient) -> None:
    answer = client.post(ADDRESS, json={"sentence": "the kat <script>"})
    found = json.loads(answer.text)
    assert answer.status_code == 422 and found["sentence"].endswith(".")
    assert found["strangers"][0]["word"] == "kat" and "cat" in found["strangers"][0]["near"]


HOSTILE = {
    "nothing": (b"", 400),
    "half": (b'{"sentence": "a', 400),
    "NaN": (b'{"sentence": "the cat", "at": NaN}', 400),
    "no object": (b"7", 422),
    "deep": (b"[" * 10_000, 400),
    "too many words": (json.dumps({"sentence": "the " * 400}).encode(), 422),
    "too long": (json.dumps({"sentence": "a" * 300_000}).encode(), 413),
    "empty": (b'{"sentence": " .,! "}', 422),
    "a cut outside": (b'{"sentence": "the cat", "cuts": [{"to": 9}]}', 422),
    "too many cuts": (json.dumps({"sentence": "the", "cuts": [{"to": 0}] * 65}).encode(), 422),
    "a head as text": (b'{"sentence": "the cat", "head": {"layer": "0", "head": 0}}', 422),
    "a model as list": (b'{"sentence": "the cat", "model": ["2x4"]}', 422),
    "a path as model": (b'{"sentence": "the cat", "model": "../../etc"}', 422),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_post_gets_a_sentence(client: TestClient, name: str) -> None:
    body, status = HOSTILE[name]
    answer = client.post(ADDRESS, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (status, 422 if status == 400 else status)
    assert answer.text.endswith(".") and len(answer.text) < 300 and "\n" not in answer.text


def test_a_korean_question_gets_korean_words(client: TestClient) -> None:
    asked = {"sentence": EXAMPLES["ko"][0], "language": "ko"}
    answer = client.post(ADDRESS, json=asked)
    assert answer.content == answer_of_core(ReferentQuestion.read(asked))
    refused = client.post(
        ADDRESS,
        json={"sentence": "얼룩말이 매트 위에 앉았다", "language": "ko"},
        headers={"Accept-Language": "ko"},
    )
    found = json.loads(refused.text)
    assert refused.status_code == 422 and found["sentence"].startswith("이 모델들이")
    assert [one["word"] for one in found["strangers"]] == ["얼룩말이"]


def test_another_method_type_or_site_is_refused(client: TestClient) -> None:
    assert client.get(ADDRESS).status_code == 405
    assert client.post(ADDRESS, content=b"{}").status_code == 415
    good = {"sentence": EXAMPLES["en"][0]}
    assert client.post(ADDRESS, json=good, headers={"Origin": "http://evil"}).status_code == 403
