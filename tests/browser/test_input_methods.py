"""Hangul as a keyboard composes it: the Enter that ends the last syllable is the only one needed.

The keys are those of Chrome: an Enter of code 229 while the syllable is composed, then the text.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import CDPSession, Locator, WebSocket

from tests.browser.conftest import Open

TOY = b"king 1 0 0\nqueen 0.9 0.1 0\nman 1 0 0.2\nwoman 0.9 0.1 0.2\n"
SOCKET = "_stcore/stream"
"""What a page tells Streamlit: fields of Streamlit's own, and those that ask at each letter."""
PART = "[data-fp={}]"
FIELDS = {
    "bert": ("/bert", PART.format("hidden-text"), "bert/answer"),
    "tokens": ("/bert?tab=tokens", PART.format("tokens-sentence"), "bert/tokens"),
    "tune": ("/bert?tab=tune", PART.format("review"), "bert/answer"),
    "transformer": ("/transformer", PART.format("text"), "language/transformer"),
    "attention": ("/attention-in-a-trained-model", PART.format("sentence"), "attention/trained"),
    "steps": ("/attention-step-by-step", PART.format("words"), SOCKET),
    "vectors": ("/words-as-vectors?tab=own", PART.format("field-own-word"), "look/near"),
    "glossary": ("/", "[data-testid=stTextInput] input", SOCKET),
    "door of a room": ("/j", PART.format("code"), "/join"),
}
"""Page, field, and what an Enter sends there."""


def _compose(keys: CDPSession, field: Locator) -> None:
    """Write one syllable with two letters; it is still composed then."""
    field.fill("")
    field.focus()
    for text in ("ㅁ", "모", "목"):
        key = {"key": "Process", "code": "KeyA", "windowsVirtualKeyCode": 229}
        keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
        place = {"selectionStart": 1, "selectionEnd": 1}
        keys.send("Input.imeSetComposition", {"text": text, **place})
        keys.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": "a", "code": "KeyA"})


def _enter(keys: CDPSession) -> None:
    key = {"key": "Enter", "code": "Enter"}
    down = {"type": "rawKeyDown", **key, "windowsVirtualKeyCode": 229}
    keys.send("Input.dispatchKeyEvent", down)
    keys.send("Input.insertText", {"text": "목"})
    up = {"type": "keyUp", **key, "windowsVirtualKeyCode": 13}
    keys.send("Input.dispatchKeyEvent", up)


@pytest.mark.parametrize("case", FIELDS)
def test_one_enter_sends_what_is_composed_once(
    open_page: Open, forgiven: list[str], case: str
) -> None:
    path, where, sends = FIELDS[case]
    forgiven.append("status of (404|422)")  # a syllable is no code of a room and no sentence
    sent: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda _: sent.append(socket.url))

    screen = open_page("/j", guesses=True)  # listened to before the page is there
    page = screen.page
    page.on("request", lambda request: sent.append(request.url))
    page.on("websocket", listen)
    screen.goto(re.sub("/j$", path, page.url))
    if case == "glossary":
        page.get_by_text("Glossary").first.click()
    if case == "vectors":
        upload = page.locator("[data-testid=stFileUploaderDropzoneInput]")
        upload.set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": TOY})
    field = page.locator(where).first
    field.wait_for(state="visible")
    if path != "/j":
        screen.idle()
    screen.settled()
    keys = page.context.new_cdp_session(page)
    _compose(keys, field)
    screen.settled()
    screen.let_pass(500)
    sent.clear()
    _enter(keys)
    screen.until(lambda: any(sends in each for each in sent))
    screen.settled()
    screen.let_pass(500)
    found = [each for each in sent if sends in each]
    if case == "vectors":  # painted anew, the page asks anew about a word that is not in the file
        found = sorted(set(found))
    assert len(found) == 1, sent
