"""The picture of a page before Streamlit has come: what the page's script would send it.

The first HTML brings it (`first_html.py`), and the browser draws it at once (`first.js`). The page
itself says what it is: its script is run as for a visitor who has just come by this address, up to
its first picture and no further. What stands above that picture is kept in mind, for its room.

Without an answer in time, or where the address holds what the page does not use, the picture comes
with Streamlit, as it does on the way from one page to another.
"""

from __future__ import annotations

import asyncio
import html
import json
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache

from streamlit.proto.Block_pb2 import Block
from streamlit.proto.ClientState_pb2 import ContextInfo
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Selectbox_pb2 import Selectbox
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner_utils.script_run_context import (
    ScriptRunContext,
    add_script_run_ctx,
)
from streamlit.runtime.state import SafeSessionState, SessionState

from pages import registry
from pages.kit import assets
from pages.kit.picture import Reached, reaching

MOST = 256
"""Addresses whose picture is kept."""
LONGEST = 4096
"""Characters of a query that is looked at."""
WAITING = 8
"""Addresses that may wait for the one thread."""
PATIENCE = 0.3
"""Seconds that the first HTML waits for its picture."""

_SCRIPT = str(assets.ROOT / "main.py")
_log = logging.getLogger("forward_pass")


@dataclass(frozen=True)
class First:
    """A picture that is drawn before Streamlit has come.

    Attributes:
        module: its JavaScript, by its path below `pages/`.
        data: what it is sent, as JSON.
        room: HTML of the room for it and for what stands around it, as Streamlit will lay it out.
    """

    module: str
    data: str
    room: str


@lru_cache(MOST)
def of(path: str, query: str, language: str) -> Future[First | None]:
    """The picture of an address, computed once; None where it comes with Streamlit.

    Args:
        path: of a page of ours.
        query: of the address.
        language: of a browser that comes by it.
    """
    found = _thread().submit(_computed, path, query, language)
    _unfinished.add(found)
    found.add_done_callback(_unfinished.discard)
    return found


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "first-picture")


def _computed(path: str, query: str, language: str) -> First | None:
    try:
        return _drawn(path, query, language)
    except Exception:  # the page comes without it
        _log.exception("The first picture of %s could not be drawn", path)
        return None


def _drawn(path: str, query: str, language: str) -> First | None:
    entry = next(entry for entry in registry.PAGES if entry.path == path)
    messages: list[ForwardMsg] = []
    session = _visit(query, language, messages.append)
    try:
        with reaching():
            entry.module.page()
    except Reached as reached:
        if entry.table and session[f"fp.state.{entry.table.page}"]["ignored"]:
            return None  # a line above the picture says so
        data = {name: value for name, value in reached.data.items() if name != "session"}
        return First(reached.picture.module, json.dumps(data), _room(messages))
    return None


def _visit(query: str, language: str, tell: Callable[[ForwardMsg], None]) -> SafeSessionState:
    """Begin a session of Streamlit in this thread, with nobody at its other end: its state."""
    state = SafeSessionState(SessionState(), lambda: None)
    context = ScriptRunContext(
        "first picture",
        tell,
        query,
        state,
        MemoryUploadedFileManager("/nowhere"),
        _SCRIPT,
        {},
        MemoryFragmentStorage(),
        PagesManager(_SCRIPT),
    )
    add_script_run_ctx(threading.current_thread(), context)
    context.reset(query, context_info=ContextInfo(locale=language))
    return state


# -- in time, or not at all ------------------------------------------------------------------------


_unfinished: set[Future[First | None]] = set()


async def in_time(path: str, query: str, language: str) -> First | None:
    """The picture of an address, if it is known or found soon."""
    if len(query) > LONGEST or len(_unfinished) >= WAITING:
        return None
    found = of(path, query, language)
    if found.done():
        return found.result()
    try:
        return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(found)), PATIENCE)
    except TimeoutError:
        return None


# -- the room --------------------------------------------------------------------------------------


def _room(messages: list[ForwardMsg]) -> str:
    """What stands above the picture, in likeness, with the picture's own place.

    >>> _room([])
    '<div id="fp-first-place"></div>'
    """
    place = '<div id="fp-first-place"></div>'
    inside: dict[tuple[int, ...], list[str]] = {(): []}
    opened: dict[tuple[int, ...], Block] = {}
    for message in messages:
        path = tuple(message.metadata.delta_path)[1:]
        within = path[:-1]
        if within not in inside or message.WhichOneof("type") != "delta":
            continue  # of a popover, which is shut
        delta = message.delta
        if delta.WhichOneof("type") == "new_element":
            inside[within].append(_likeness(delta.new_element))
        elif delta.add_block.WhichOneof("type") == "popover":
            inside[within].append(_button(delta.add_block.popover.label, "more"))
        elif delta.add_block.WhichOneof("type") == "flex_container":
            opened[path], inside[path] = delta.add_block, []
            inside[within].append(f"{path}")
    of_picture = [path for path, block in opened.items() if block.id.endswith("-picture")]
    inside[of_picture[-1] if of_picture else ()].append(place)
    for path in sorted(opened, key=len, reverse=True):
        block = opened[path]
        row = block.flex_container.direction == Block.FlexContainer.Direction.HORIZONTAL
        kind = "row" if row else "column"
        kind += " controls" if block.id.endswith("-controls") else ""
        content = "".join(inside[path])
        above = inside[path[:-1]]
        above[above.index(f"{path}")] = f'<div class="{kind}">{content}</div>'
    return "".join(inside[()])


def _likeness(element: Element) -> str:
    """An element that looks as the one of Streamlit, and takes the same room."""
    kind = element.WhichOneof("type")
    if kind is None:
        return ""
    shown = getattr(element, kind)
    width = element.width_config.pixel_width
    style = f' style="width: {width}px"' if width else ""
    label = getattr(shown, "label", "")
    if kind == "checkbox":
        return f'<div class="toggle"{style}><p>{html.escape(label)}</p></div>'
    if kind == "button":
        return _button(label)
    if kind == "markdown":
        return f"<p>{html.escape(shown.body)}</p>"
    if kind == "alert":
        return f'<div class="notice"><p>{html.escape(shown.body)}</p></div>'
    head = "" if shown.label_visibility.value else f"<label>{html.escape(label)}</label>"
    options = getattr(shown, "options", ()) if kind == "button_group" else ()
    choices = "".join(
        f"<span{' class=chosen' if option.content in shown.raw_values else ''}>"
        f"{html.escape(option.content)}</span>"
        for option in options
    )
    looks = "segments" if choices else f"field {kind}"
    inside = choices or html.escape(_chosen(shown) if kind == "selectbox" else "")
    return f'<div{style}>{head}<div class="{looks}">{inside}</div></div>'


def _chosen(shown: Selectbox) -> str:
    """What is chosen of a list."""
    if shown.raw_value:
        return shown.raw_value
    return shown.options[shown.default] if shown.HasField("default") else ""


def _button(label: str, kind: str = "") -> str:
    return f'<div class="button {kind}">{html.escape(label)}</div>'
