"""The page "Words as vectors": state, languages, texts and files of one's own, and its route."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from core import memory
from core.language.corpora.texts import MAX_CHARACTERS
from core.language.embeddings import files
from core.language.embeddings.job import JOB
from core.language.embeddings.setting import METHODS
from pages.kit.routes import served
from pages.words_as_vectors import api, lesson, page
from pages.words_as_vectors import view as vectors
from tests.pages.application import application
from tests.patience import PATIENCE

TOY = b"king 1 0 0\nqueen 0.9 0.1 0\nman 1 0 0.2\nwoman 0.9 0.1 0.2\n"


def _page() -> None:
    from pages.words_as_vectors import page as words_as_vectors

    words_as_vectors.page()


def opened(**query: str) -> AppTest:
    test = AppTest.from_function(_page, default_timeout=PATIENCE)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def values(test: AppTest) -> dict[str, Any]:
    found: dict[str, Any] = test.session_state["fp.state.vectors"]["values"]
    return found


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_program_reads_the_text_of_the_language(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(lesson, "lesson", lambda config, _asked: shown.append(config))
    assert not opened(lang=language, method="glove", dimension="7").exception
    config = shown[-1]
    assert (config["language"], config["text"]) == (language, "")
    assert (config["method"], config["dimension"]) == ("glove", 7)
    assert config["epochs"] == page.EPOCHS["glove"]  # the method's own
    assert config["learning_rate"] == page.RATES["glove"]


@pytest.mark.parametrize("method", METHODS)
def test_every_run_that_the_page_allows_is_one_that_the_job_allows(method: str) -> None:
    # Epochs are bounded by the steps that they make; few words are as frequent as can be asked.
    for field in set(page.RUN) - {"method", "objective", "epochs", "rate"}:
        for end in ("low", "high"):
            if (field, end) == ("min_count", "high"):
                continue
            chosen = {"method": method, page.RUN[field]: getattr(page.TABLE[field].kind, end)}
            assert JOB.write(JOB.read(chosen)).items() >= chosen.items()


def test_what_the_picture_chose_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(page, "vectors_picture", lambda told, **_: heard.append(told))
    test = opened()
    view = dict(heard[-1].view) | {"word": "paris", "arrows": True, "focus": "country"}
    config = {"method": "cbow", "learning_rate": page.RATES["cbow"], "language": "ko"}
    monkeypatch.setattr(
        page, "vectors_picture", lambda told, **_: told.on_view({"view": view, "config": config})
    )
    test.run()
    kept = values(test)
    assert (kept["word"], kept["arrows"], kept["focus"]) == ("paris", "1", "country")
    assert (kept["method"], kept["rate"], kept["corpus"]) == ("cbow", 0.0, "ko")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\N{PARTY POPPER}\N{GRINNING FACE}", "no words"),
        ("word", "two different words"),
        ("word " * (MAX_CHARACTERS // 5 + 1), f"at most {MAX_CHARACTERS:,} can be used"),
    ],
)
def test_a_text_that_nothing_can_be_learnt_from_is_answered(text: str, says: str) -> None:
    test = opened(corpus="own")
    test.text_area[0].set_value(text).run()
    assert not test.exception
    assert [error for error in test.error if says in error.value]
    assert not values(test)["text"]


def test_a_text_of_ones_own_is_kept_and_counted() -> None:
    test = opened(corpus="own")
    test.text_area[0].set_value("The dog saw 고양이. The 고양이 saw the dog.").run()
    assert not test.exception and not test.error
    assert values(test)["text"].startswith("The dog")
    assert any("9 words" in caption.value for caption in test.caption)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("\ufeff왕과 여왕".encode(), "왕과 여왕"),
        ("왕과 여왕".encode("cp949"), "왕과 여왕"),
        ("It’s the café.".encode("cp1252"), "It’s the café."),
    ],
)
def test_a_file_of_text_is_read_in_its_encoding(content: bytes, text: str) -> None:
    test = opened(corpus="own")
    test.file_uploader[0].set_value(("a.txt", content, "text/plain")).run()
    assert not test.exception and not test.error
    assert values(test)["text"] == text


def test_an_encoding_that_is_not_told_can_be_chosen() -> None:
    test = opened(corpus="own")
    content = "кот и пёс".encode("koi8_r")
    test.file_uploader[0].set_value(("a.txt", content, "text/plain")).run()
    assert values(test)["text"] != "кот и пёс"
    test.selectbox(key=_encoding(test)).select("koi8_r").run()
    assert not test.exception and values(test)["text"] == "кот и пёс"


def _encoding(test: AppTest) -> str:
    return next(str(box.key) for box in test.selectbox if "encoding" in str(box.key))


def test_a_file_that_does_not_say_its_encoding_is_read_in_another_one_that_is_chosen() -> None:
    content = "Größe 1 0 0\nStraße 0.9 0.1 0\nüber 1 0 0.2\nnaïve 0.9 0.1 0.2\n".encode("cp1252")
    test = opened(tab="own")
    test.file_uploader[0].set_value(("a.txt", content, "text/plain")).run()
    choice = next(each for each in test.selectbox if each.label == "Letters of the file")
    assert choice.value == "cp1252"
    assert test.session_state["fp.vectors.file"]["words"][0] == "Größe"
    choice.set_value("cp1251").run()
    told = test.session_state["fp.vectors.file"]
    assert told["words"][0] == "Größe".encode("cp1252").decode("cp1251")
    assert told["about"]["notes"]["encoding"] == "cp1251"
    assert not test.exception


def test_a_file_that_is_no_text_is_answered() -> None:
    test = opened(corpus="own")
    test.file_uploader[0].set_value(("a.txt", b"\x00\x01word", "text/plain")).run()
    assert not test.exception and "not text" in test.error[0].value


def test_the_questions_are_answered_by_what_ships() -> None:
    assert lesson._control("en").answer == "ppmi_svd"
    assert set(vectors._examples()) == {
        f"shipped-{name}" for name in page_examples() if name.startswith("vectors")
    }


def page_examples() -> dict[str, str]:
    from core.training.jobs import SHIPPED

    return SHIPPED


# -- the route of a file -------------------------------------------------------------------------


def test_a_file_is_asked_by_its_id_alone() -> None:
    name = api.store(TOY, files.read(TOY))
    app = application(served(api.LIVE))
    with TestClient(app, raise_server_exceptions=False) as client:
        address = f"/forward-pass/language/vectors/{name}/look"
        near = client.get(f"{address}/near?word=king&count=2&step=0").json()
        assert [word for word, _ in near["cosine"]] == [
            word for word, _ in files.read(TOY).near("king", 2)
        ]
        found = client.get(f"{address}/analogy?a=king&b=man&c=woman").json()
        assert found["excluding"][0][0] == "queen" and len(found["including"]) == 4
        for words, (other, cosine) in (
            (f"a=king&b={near['cosine'][0][0]}", near["cosine"][0]),
            ("a=king&b=man&c=woman&d=queen", found["excluding"][0]),
        ):
            opened = client.get(f"{address}/arithmetic?{words}").json()["opened"]
            assert opened["value"] == pytest.approx(cosine, abs=1e-6), other
            assert opened["total"] == pytest.approx(cosine, abs=1e-6), other
        for path, status in (
            (f"{address}/near?word=zebra", 422),
            (f"{address}/near?word=king&count=x", 422),
            (f"{address}/arithmetic?a=king", 422),
            (f"{address}/spell?word=king", 404),
            (f"/forward-pass/language/vectors/{'0' * 32}/look/near?word=king", 404),
        ):
            answer = client.get(path)
            assert answer.status_code == status and answer.text.endswith("."), path
        assert client.post(f"{address}/near").status_code == 405


def test_a_room_of_sixty_opens_a_file_each() -> None:
    """Cut from a file of fastText: 5,000 words of 300 numbers."""
    large = files.Vectors([f"word{i}" for i in range(5_000)], torch.ones(5_000, 300), "word2vec")
    names = [api.store(bytes([i]), large, f"student-{i}", "the room") for i in range(60)]
    assert all(api.find(name) is large for name in names)
    again = [api.store(b"%d again" % i, large, "student-0", "the room") for i in range(9)]
    assert api.find(names[0]) is None and api.find(again[-1]) is large
    assert all(api.find(name) for name in names[1:])
    assert api.FILES.held <= memory.VECTORS
    api.FILES.clear()
