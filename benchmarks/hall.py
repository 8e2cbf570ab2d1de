"""A room of phones: how fast they are in, how fast a vote and a page arrive, and what is lost.

Phones are simulated (`tests/phones.py`): pages, keys, events, votes and drawings as real ones have
them, without a browser around.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from contextlib import ExitStack, suppress
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import client, pen
from benchmarks.figures import Figure, Values, measures
from benchmarks.harness import browser, percentile
from core.room.limits import VARIABLE
from tests.phones import BELOW, Lecturer, Line, Phone, Refused
from tests.postgres import Postgres
from tests.served import Server

PHONES, WITHIN = 60, 30.0
VOTING = 10.0
SHOWN = 20
HALL = 300
JOIN_S, SEEN_MS = 3.0, 500.0
KILLS, ACKNOWLEDGED, VOTERS = 20, 10_000, 400
PENS_S, WARM = 10.0, 20
ASKED = {"prompt": "Which?", "choices": ["one", "two", "three"], "hidden": True}


@measures(
    Figure("room.join_s.p95", f"{PHONES} phones within 30 s, code to first picture", "s", None, 3),
    Figure("room.vote_ms.p95", "vote to the lecturer's bars, 60 votes in 10 s", "ms", None, 500),
    Figure("room.follow_ms.p95", "what the lecturer shows to 60 phones", "ms", None, 500),
    Figure(
        "room.draw_route_over_alone", "a pen beside a room of 60, over alone", "ratio", None, 1.3
    ),
)
def phones() -> Values:
    """Sixty phones on one process."""
    with _Database() as kept, _Serving(**kept) as (server,):
        return asyncio.run(_phones(server.url))


async def _phones(address: str) -> Values:
    alone = await _pen(address)
    room, joined = await _join([address], PHONES, WITHIN)
    lecturer = room[0]
    votes = await _vote(lecturer, room[1])
    follow = await _follow(lecturer, room[1])
    number = (await lecturer.do("ask", question=ASKED))["id"]
    over = asyncio.Event()
    busy = asyncio.gather(*(_keep_voting(phone, number, over) for phone in room[1]))
    beside = await _pen(address)
    over.set()
    await busy
    _leave(room)
    return {
        "room.join_s.p95": percentile(joined, 95),
        "room.vote_ms.p95": percentile(votes, 95),
        "room.follow_ms.p95": percentile(follow, 95),
        "room.draw_route_over_alone": beside / alone,
    }


@measures(
    Figure(
        "room.hall", f"of {HALL} phones over 2 processes, those within the goals", "phones", HALL
    ),
)
def hall() -> Values:
    """Two processes that share a PostgreSQL; each phone stays with one of them."""
    with (
        Postgres(durable=True) as postgres,
        _Serving(**{VARIABLE: postgres.url}, count=2) as servers,
    ):
        return asyncio.run(_hall([server.url for server in servers]))


async def _hall(addresses: list[str]) -> Values:
    for address in addresses:  # both have been up for longer than the lecture
        with suppress(Refused):
            await Line(address).ask(f"{BELOW}/AAAAAA/join", {})
    room, joined = await _join(addresses, HALL, WITHIN)
    lecturer, everybody = room
    votes = percentile(await _vote(lecturer, everybody), 95)
    follow = await _follow(lecturer, everybody)
    late = [percentile(follow[i :: len(everybody)], 95) for i in range(len(everybody))]
    _leave(room)
    if votes > SEEN_MS:
        return {"room.hall": 0}
    within = zip(joined, late, strict=True)
    return {"room.hall": sum(j <= JOIN_S and ms <= SEEN_MS for j, ms in within)}


@measures(
    Figure(
        "room.lost", f"of {ACKNOWLEDGED:,} acknowledged, server killed {KILLS} times", "lost", 0, 0
    )
)
def lost() -> Values:
    """Votes and drawings while the server is killed again and again."""
    with _Database() as kept:
        server = Server(**kept).start()
        try:
            return asyncio.run(_lost(server))
        finally:
            server.kill()


async def _lost(server: Server) -> Values:
    (lecturer, room), _ = await _join([server.url], VOTERS, 40.0)
    await lecturer.do("show", shown={"taking": "digit"})
    acknowledged = drawn = 0
    sent: dict[int, float] = {}
    told: dict[int, float] = {}
    missing = 0
    number = (await lecturer.do("ask", question=ASKED))["id"]
    for turn in range(KILLS):
        share = ACKNOWLEDGED * (turn + 1) // KILLS
        over = asyncio.Event()

        async def one(i: int, phone: Phone, turn: int = turn, over: asyncio.Event = over) -> None:
            nonlocal acknowledged, drawn
            while not over.is_set():
                try:
                    if i % 20 == 0:
                        await phone.draw(i + turn)
                        drawn += 1
                    value = (acknowledged + i) % 3
                    sent[i] = value
                    told[i] = (await phone.do("vote", question=number, value=value))["value"]
                    acknowledged += 1
                except Refused as error:
                    if error.status not in (429, 409):
                        raise
                except (OSError, asyncio.IncompleteReadError):
                    return
                await asyncio.sleep(0.6)

        async def end(share: int = share, over: asyncio.Event = over) -> None:
            while acknowledged + drawn < share:
                await asyncio.sleep(0.005)
            server.kill()
            over.set()

        await asyncio.gather(end(), *(one(i, phone) for i, phone in enumerate(room)))
        await asyncio.to_thread(server.start)
        _leave((lecturer, room))
        lecturer = Lecturer(server.url, lecturer.code, lecturer.token)
        room = [Phone(server.url, phone.code, phone.key) for phone in room]
        for i, phone in enumerate(room):
            known = (await phone.do("known"))["votes"].get("1")
            # the last one may have been stored without its phone having been told
            missing += i in told and known not in (told[i], sent[i])
    await lecturer.heard.until(bool)
    missing += max(0, drawn - lecturer.heard.state["pieces"].get("digit", 0))
    _leave((lecturer, room))
    return {"room.lost": missing}


@measures(Figure("room.phone_kb", "a phone's first visit, on the wire", "kB", None, 400))
def first_visit() -> Values:
    """Bytes as Chromium counts them."""
    with _Database() as kept, _Serving(**kept) as (server,), browser() as chromium:
        page = chromium.new_page()
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        sizes: list[int] = []
        line.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
        page.goto(f"{server.url}/j")
        page.locator("[data-fp=code]").wait_for()
        page.wait_for_load_state("networkidle")
        return {"room.phone_kb": sum(sizes) / 1000}


# -- what the figures share -----------------------------------------------------------------------

Room = tuple[Lecturer, list[Phone]]


class _Database:
    """A file for rooms that goes with the block: the variable that names it."""

    def __enter__(self) -> dict[str, str]:
        self._folder = TemporaryDirectory()
        return {VARIABLE: f"sqlite:///{Path(self._folder.name) / 'rooms.sqlite3'}"}

    def __exit__(self, *error: object) -> None:
        self._folder.cleanup()


class _Serving:
    """Servers of one environment, until the block ends."""

    def __init__(self, count: int = 1, **environment: str) -> None:
        self._servers = [Server(**environment) for _ in range(count)]
        self._stack = ExitStack()

    def __enter__(self) -> list[Server]:
        for server in self._servers:
            self._stack.callback(server.kill)
            server.begin()
        return [server.ready() for server in self._servers]

    def __exit__(self, *error: object) -> None:
        self._stack.close()


async def _join(addresses: list[str], count: int, within: float) -> tuple[Room, list[float]]:
    """A room, its phones, and the seconds that each of them took."""
    lecturer = await Lecturer.opened(addresses[0])
    took = [0.0] * count

    async def come(i: int) -> Phone:
        await asyncio.sleep(i * within / count)
        began = time.perf_counter()
        phone = await Phone.joined(addresses[i % len(addresses)], lecturer.code)
        took[i] = time.perf_counter() - began
        return phone

    everybody = await asyncio.gather(*(come(i) for i in range(count)))
    return (lecturer, list(everybody)), took


async def _vote(lecturer: Lecturer, room: list[Phone]) -> list[float]:
    """Milliseconds from each vote until the lecturer's bars hold as many."""
    number = (await lecturer.do("ask", question=ASKED))["id"]
    sent = [0.0] * len(room)

    async def vote(i: int, phone: Phone) -> None:
        await asyncio.sleep(i * VOTING / len(room))
        sent[i] = time.perf_counter()
        await phone.do("vote", question=number, value=i % 3)

    def counted(state: dict[str, Any]) -> int:
        asked = state["question"]
        return asked["votes"][0] if asked and asked["id"] == number else 0

    await asyncio.gather(*(vote(i, phone) for i, phone in enumerate(room)))
    await lecturer.heard.until(lambda state: counted(state) == len(room))
    times = [(when, counted(state)) for when, state in lecturer.heard.times]
    await lecturer.do("steer", question=number, verb="away")
    return [
        1000 * (next(when for when, count in times if count > i) - begun)
        for i, begun in enumerate(sorted(sent))
    ]


async def _follow(lecturer: Lecturer, room: list[Phone]) -> list[float]:
    """Milliseconds from what is shown to each phone, change after change."""
    found = []
    for turn in range(SHOWN):
        link, began = f"seed={turn}", time.perf_counter()
        shown = {"page": "sine-live", "link": link, "title": "Sine, live"}
        await lecturer.do("show", shown=shown)
        for phone in room:
            await phone.heard.until(lambda state, link=link: state["shown"]["link"] == link)
        for phone in room:
            came = next(when for when, state in phone.heard.times if state["shown"]["link"] == link)
            found.append(1000 * (came - began))
        await asyncio.sleep(0.3)
    return found


async def _pen(address: str) -> float:
    """Milliseconds in the middle from a question of the pen to its answer."""
    line = await client.Client(address).connect()
    bodies = cycle([plain for plain, _ in pen.questions(1, 30)])
    times, end = [], time.perf_counter() + PENS_S
    while time.perf_counter() < end:
        began = time.perf_counter()
        await line.post(next(bodies))
        times.append(1000 * (time.perf_counter() - began))
        await asyncio.sleep(0.05)
    line.close()
    return statistics.median(times[WARM:])


async def _keep_voting(phone: Phone, number: int, over: asyncio.Event) -> None:
    """One more vote every six seconds: a room in which a vote is open."""
    turn = 0
    while not over.is_set():
        await asyncio.sleep(6 * (hash(phone.key) % 100) / 100 if turn == 0 else 6)
        if over.is_set():
            return
        await phone.do("vote", question=number, value=turn % 3)
        turn += 1


def _leave(room: Room) -> None:
    lecturer, everybody = room
    for each in (lecturer, *everybody):
        each.close()
