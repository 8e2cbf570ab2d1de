"""The application: `streamlit run dashboard.py` starts it.

Streamlit draws the pages (`pages/main.py` is its script); the routes beside it answer what must not
wait for a rerun, such as a stroke of the pen or a training that goes on.
"""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from pages import registry
from pages.first_html import FirstHtml
from pages.kit import assets, recall, routes
from pages.kit.damaged import DamagedPaths
from pages.kit.deployment import announce, room_for_files
from pages.kit.gate import Gate, no_forwarding_but_ours, no_outside_address
from pages.kit.packed import Packed
from pages.kit.room import api as room
from pages.kit.run import api as runs
from pages.kit.session import bound_uploads
from pages.kit.sockets import no_packing_of_ours
from pages.kit.strangers import (
    end_without_strangers,
    no_line_for_nothing,
    quiet_about_strangers,
)
from pages.kit.widget_values import only_what_fits

LIVE = [*routes.of(registry.PAGES), recall.route(registry.PAGES)]


@asynccontextmanager
async def lifespan(app: object) -> AsyncIterator[None]:
    """Before the first visitor: load the networks, so that nobody in the room waits for them."""
    routes.warm(LIVE)
    runs.open_engine()
    room.open_rooms()
    announce()
    gc.freeze()  # else all that was loaded is looked through again and again, 0.1 to 1 s each time
    yield
    runs.ENGINE.close()


no_outside_address()
no_forwarding_but_ours()
no_packing_of_ours()
quiet_about_strangers()
end_without_strangers()
no_line_for_nothing()
room_for_files()
bound_uploads()
only_what_fits()
app = st.App(
    "pages/main.py",
    routes=[
        *assets.routes(),
        *routes.served(LIVE),
        *runs.routes(),
        *room.routes(),
        *routes.nothing(),
    ],
    middleware=[
        Middleware(Gate),
        Middleware(DamagedPaths, pages=[entry.path for entry in registry.PAGES]),
        Middleware(Packed),
        Middleware(FirstHtml),
    ],
    lifespan=lifespan,
)
