"""The tab "Your own vectors" of "Words as vectors": a file in word2vec's or GloVe's text format.

The picture is the component of files.js; it asks the route of `api`.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.language.embeddings import files
from core.schema import Refusal, text
from pages.kit.encodings import choose, name_of
from pages.kit.exchange import View, exchange
from pages.kit.language import _, sentence
from pages.kit.picture import Picture
from pages.kit.session import let_go, visitor
from pages.kit.state import PageState
from pages.words_as_vectors import api
from pages.words_as_vectors.view import words

MAPPED = 120
"""Words on the map, the first of the file: files begin with the most frequent."""

PICTURE = Picture("vectors_files", "words_as_vectors/files.js")

NAMES = {f"own_{name}": name for name in ("word", *"abc", "number")}
FIELDS = {name: text("", 80 if name == "own_number" else 64, linked=False) for name in NAMES}
"""What the page's state has of this tab; a link cannot carry the file that they are about."""

_FILE = "fp.vectors.file"


def show(state: PageState) -> None:
    """Draw the tab: where a file comes from, and the picture of it."""
    st.markdown(
        _(
            "Vectors that were trained elsewhere, on much more text: a **text file** of word2vec "
            "or GloVe, a word and its numbers on each line, packed by gzip or not. At most {size} "
            "MB and the first {words} words are read. It stays on this server only while it is "
            "looked at."
        ).format(size=files.MAX_FILE_BYTES >> 20, words=f"{files.MAX_FILE_WORDS:,}")
    )
    _choose()
    found = st.session_state.get(_FILE)
    if found is None or api.find(found["id"]) is None:
        st.caption(_("No file has been chosen yet."))
        return

    def receive(view: View) -> None:
        state.take({"config": {name: view[name] for name in NAMES.values()}}, NAMES)

    PICTURE.show(
        exchange("vectors_files", lambda: state.plain(NAMES), receive),
        file=found,
        words=words() | {"about": _about(found)},
    )


def number(state: PageState) -> dict[str, Any] | None:
    """The number that is opened in the picture, its formula and its program among it."""
    file: dict[str, Any] = st.session_state.get(_FILE) or {}
    vectors = api.find(file["id"]) if file else None
    kind, _dot, other = state["own_number"].partition(".")
    if vectors is None or kind not in ("near", "sum"):
        return None
    if kind == "near":
        words = {"a": state["own_word"] or file["words"][0], "b": other}
    else:
        chosen = [state[f"own_{name}"] for name in "abc"]
        first = chosen if all(chosen) else file["words"]
        words = dict(zip("abc", first, strict=False)) | {"d": other}
    try:
        return api.arithmetic(vectors, words)
    except Refusal:  # words of another file
        return None


def _choose() -> None:
    """An upload, or a file on the server; if it cannot be read, say why."""
    shelf = files.shelf()
    left, right = st.columns(2, gap="medium")
    with left:
        given = st.file_uploader(
            _("A file of vectors"),
            type=["txt", "vec", "gz", "csv", "tsv"],
            key="fp.vectors.upload",
            max_upload_size=files.MAX_FILE_BYTES >> 20,
        )
    with right:
        lying = st.selectbox(
            _("or one that lies on this server"),
            shelf,
            index=None,
            placeholder=_("below data/vectors or the folder that FORWARD_PASS_VECTORS names"),
            key="fp.vectors.shelf",
            disabled=not shelf,
        )
    wanted = given.file_id if given else lying
    if wanted is None:
        return
    key = f"fp.vectors.encoding.{wanted}"
    offered = st.session_state.get(f"{_FILE}.encodings", {}).get(wanted, ())
    encoding = choose(offered, key)
    if (wanted, encoding) == st.session_state.get(f"{_FILE}.asked"):
        return
    try:
        content = given.getvalue() if given else files.content(str(lying))
        with st.spinner(_("Reading the vectors")):
            st.session_state[_FILE], encodings = _read(content, encoding)
        st.session_state[f"{_FILE}.encodings"] = {wanted: offered or encodings}
        if not offered:
            encoding = choose(encodings, key)
        st.session_state[f"{_FILE}.asked"] = wanted, encoding
        if given and encoding is None:
            let_go(given)
    except (OSError, ValueError) as error:
        st.session_state.pop(f"{_FILE}.asked", None)
        st.error(sentence(error))


def _read(content: bytes, encoding: str | None) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What is told of a file, and in which encodings it can be read if it does not say so."""
    found = files.read(content, encoding)
    mapped = list(found.words[:MAPPED])
    told = {
        "id": api.store(content, found, *visitor()),
        "words": mapped,
        "plane": found.plane(mapped),
        "about": found.about(),
    }
    return told, found.encodings


def _about(found: dict[str, Any]) -> str:
    about = found["about"]
    said = _("{words} words, {dimension} numbers each").format(
        words=f"{about['words']:,}", dimension=about["dimension"]
    )
    if about["dropped"]:
        said += _("; {dropped} rarer ones left out").format(dropped=f"{about['dropped']:,}")
    return " ".join([said + ".", *_notes(about)])


def _notes(about: dict[str, Any]) -> list[str]:
    """What was wrong with the file, in sentences."""
    notes = about["notes"]
    said = []
    if notes["promised"]:
        said.append(
            _("The first line promises {promised} words; {given} are here.").format(
                promised=f"{notes['promised']:,}", given=f"{about['words'] + about['dropped']:,}"
            )
        )
    if notes["promised_numbers"]:
        said.append(
            _("The first line promises {promised} numbers a word; there are {given}.").format(
                promised=f"{notes['promised_numbers']:,}", given=about["dimension"]
            )
        )
    if notes["cut"]:
        said.append(_("The last line was cut short and is left out."))
    if notes["encoding"]:
        said.append(
            _(
                "The file does not say how its letters are written; it was read as {encoding}."
            ).format(encoding=name_of(notes["encoding"]))
        )
    if notes["broken"]:
        said.append(
            _("Lines with bytes that are no letters: {count}; � stands for each.").format(
                count=f"{notes['broken']:,}"
            )
        )
    return said
