"""Faults and malice: questions and links made by chance, and a room that stays for ten minutes."""

from __future__ import annotations

import http.client
import json
import os
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psutil
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from benchmarks.figures import Figure, Values, measures
from core.vision.answer import answer
from core.vision.question import DrawingQuestion
from pages import registry
from tests.fuzz import (
    OWNER,
    ROUTES,
    SEEDS,
    SHOWN,
    Question,
    about,
    by_chance,
    link_by_chance,
)
from tests.load.test_a_room import _visit
from tests.patience import PATIENCE
from tests.served import HOST, ROOT, Server

POSTS = int(os.environ.get("FAULTS_POSTS", "50000"))
LINKS = int(os.environ.get("FAULTS_LINKS", "1000"))
MINUTES = float(os.environ.get("FAULTS_MINUTES", "10"))
DRAWN = 5
"""Links of each page that are drawn as well; each takes a second."""
CLIENTS, SESSIONS = 8, 20
JSON = {"Content-Type": "application/json"}


class Client:
    """A connection that is kept."""

    def __init__(self, server: Server) -> None:
        """Connect later."""
        self._line = http.client.HTTPConnection(HOST, server.port, timeout=PATIENCE)

    def ask(self, question: Question) -> tuple[int, bytes]:
        """Status and body of the answer."""
        try:
            self._line.request(question.method, question.address, question.content, JSON)
            got = self._line.getresponse()
            return got.status, got.read()
        except (http.client.HTTPException, ConnectionError):  # it closes a line that it refuses
            self._line.close()
            self._line.request(question.method, question.address, question.content, JSON)
            got = self._line.getresponse()
            return got.status, got.read()

    def begun(self, owner: str) -> str:
        """The id of a new run that plays."""
        body = {"owner": owner, "job": "sine", "config": {"hidden": 8}, "play": True}
        status, found = self.ask(Question("/runs", body=body))
        return str(json.loads(found)["id"]) if status == 201 else "shipped-sine"


@measures(Figure("faults.fuzz_posts", "Questions by chance, none with 5xx", "asked", 50_000))
def fuzz_posts() -> Values:
    """Ask, from several clients at once; somebody draws meanwhile and is answered as always."""
    server = Server().start()
    expected = _logits(answer(DrawingQuestion.read(SHOWN)))
    count = threading.Semaphore(POSTS)

    def ask(number: int) -> int:
        chance, client, done = random.Random(number), Client(server), 0
        seeds = (*SEEDS, *ROUTES)
        while count.acquire(blocking=False):
            if done % 200 == 0:
                seeds = (*SEEDS, *ROUTES, *about(client.begun(f"{OWNER}-{number}")))
            question = by_chance(chance, seeds)
            status, found = client.ask(question)
            if (status >= 500 and status != 503) or b"Traceback" in found:
                raise RuntimeError(f"{question} got {status}: {found[:300]!r}")
            if done % 50 == 0:
                status, found = client.ask(Question("/trace", body=SHOWN))
                if status != 200 or _distance(_logits(found), expected) > 1e-3:
                    raise RuntimeError(f"A drawing got another answer: {status}")
            done += 1
        return done

    try:
        with ThreadPoolExecutor(CLIENTS) as room:
            asked = sum(room.map(ask, range(CLIENTS)))
        if "Traceback" in (log := server.log()):
            raise RuntimeError(log[-2000:])
    finally:
        server.kill()
    return {"faults.fuzz_posts": asked}


@measures(Figure("faults.fuzz_links", "Links by chance for each page, all opened", "asked", 1_000))
def fuzz_links() -> Values:
    """Read links made by chance as a page's state, and draw the page for some of them."""
    for page in registry.PAGES:
        for number in range(LINKS if page.table else 0):
            query = link_by_chance(random.Random(number), page.table)
            values, hidden, _ = page.table.read(query)
            if page.table.read(page.table.link(values, hidden)).ignored:
                raise RuntimeError(f"{page.path} does not open its own link after {query}.")
            if number < DRAWN:
                app = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=PATIENCE)
                app._page_hash = calc_hash(page.path)
                for name, text in query.items():
                    app.query_params[name] = text
                app.run()
                if app.exception or any("could not be drawn" in each.value for each in app.error):
                    raise RuntimeError(f"{page.path} could not be drawn from {query}.")
    return {"faults.fuzz_links": LINKS}


@measures(
    Figure("faults.soak_growth_mb", "Growth in the second half of a soak", "MB", at_most=20),
    Figure("faults.soak_files", "Open files more in its second half", "files", at_most=20),
)
def soak() -> Values:
    """Twenty people open pages, draw and train, for ten minutes; the main process is watched."""
    server = Server().start()
    process = psutil.Process(server.pid)
    end = time.monotonic() + 60 * MINUTES
    samples: list[tuple[float, int]] = []

    def live(number: int) -> None:
        chance, client = random.Random(number), Client(server)
        while time.monotonic() < end:
            _visit(server, number)
            for _ in range(20):
                client.ask(by_chance(chance, (*SEEDS, *ROUTES)))
            run = client.begun(f"{OWNER}-{number}")
            for _ in range(10):
                client.ask(Question(f"/runs/{run}"))
                time.sleep(0.2)
            if run != "shipped-sine":
                client.ask(Question(f"/runs/{run}/forget", body={}))

    def watch() -> None:
        while time.monotonic() < end:
            samples.append((process.memory_info().rss / 1e6, process.num_fds()))
            time.sleep(2)

    try:
        with ThreadPoolExecutor(SESSIONS + 1) as room:
            for done in [room.submit(watch), *(room.submit(live, n) for n in range(SESSIONS))]:
                done.result()
    finally:
        server.kill()
    half = len(samples) // 2
    second = samples[half:]
    memory = [_middle([m for m, _ in part]) for part in (second[: half // 4], second[-half // 4 :])]
    files = [_middle([f for _, f in part]) for part in (second[: half // 4], second[-half // 4 :])]
    return {
        "faults.soak_growth_mb": memory[1] - memory[0],
        "faults.soak_files": files[1] - files[0],
    }


def _middle(values: list[Any]) -> float:
    return float(sorted(values)[len(values) // 2])


def _logits(found: bytes) -> list[float]:
    head = json.loads(found[4 : 4 + int.from_bytes(found[:4], "little")])
    logits: list[float] = head["logits"]
    return logits


def _distance(one: list[float], other: list[float]) -> float:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))
