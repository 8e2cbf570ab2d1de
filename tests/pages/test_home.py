"""The map of the course: each card has a picture of its page, in the language of the session."""

from __future__ import annotations

import re
from base64 import b64decode
from xml.etree import ElementTree

import pytest

from core.claims import CLAIMS
from pages import registry
from tests.pages.test_frame import _open

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {"RNN", "GRU", "LSTM", "LeNet", "AlexNet"}
"""What is called the same in both languages."""


@pytest.fixture(scope="module", params=["en", "ko"])
def pictures(request: pytest.FixtureRequest) -> tuple[str, dict[str, ElementTree.Element]]:
    """The language, and each page's picture."""
    found = re.findall(
        r'src="data:image/svg\+xml;base64,([^"]+)"',
        "".join(str(element.proto.body) for element in _open(lang=request.param).get("html")),
    )
    pages = [entry.path for entry in registry.PAGES]
    svgs = [ElementTree.fromstring(b64decode(code)) for code in found]
    return request.param, dict(zip(pages, svgs, strict=True))


def words(picture: ElementTree.Element) -> str:
    return " ".join(text.text or "" for text in picture.iter(f"{SVG}text"))


def test_its_words_are_of_the_language(
    pictures: tuple[str, dict[str, ElementTree.Element]],
) -> None:
    language, drawn = pictures
    for path, picture in drawn.items():
        said = words(picture)
        if path == "transformer":  # it translates: both languages belong to it
            assert re.search("cat", said) and re.search("고양이", said)
        elif language == "ko":
            assert set(re.findall("[A-Za-z]{2,}", said)) <= NAMES, path
        else:
            assert not re.search("[가-힣]", said), path


def test_each_shows_what_its_page_is_about(
    pictures: tuple[str, dict[str, ElementTree.Element]],
) -> None:
    language, drawn = pictures
    telling = {
        "lenet-alexnet-vgg": (CLAIMS["lenet5_1998_parameters"].text, "AlexNet"),
        "attention-step-by-step": {"en": ("it", "cat"), "ko": ("그것은", "고양이가")}[language],
        "attention-in-a-trained-model": {"en": ("it", "cat"), "ko": ("그것", "고양이")}[language],
        "words-as-vectors": {"en": ("king", "queen"), "ko": ("왕", "여왕")}[language],
        "inside-the-cell": {"en": ("forget gate",), "ko": ("망각 게이트",)}[language],
        "bert": ("?", {"en": "both sides", "ko": "양쪽"}[language]),
    }
    for path, expected in telling.items():
        said = words(drawn[path])
        assert all(word in said for word in expected), path
    for path in ("draw-a-digit", "convolution-and-pooling", "inside-the-cell"):
        assert list(drawn[path].iter(f"{SVG}mask")), path
    assert len(list(drawn["train-a-cnn"].iter(f"{SVG}polyline"))) == 4
