"""A room on two cores: browsers that come at once, pens, Play, and sockets of a stranger."""

from __future__ import annotations

import asyncio
import http.client
import itertools
import json
import resource
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks import client, pen
from benchmarks.figures import Figure, Values, measures
from benchmarks.harness import percentile
from tests.faults.test_strangers import BlackHole
from tests.patience import PATIENCE
from tests.served import HOST, Server

BROWSERS, WITHIN, SOFT = 120, 10.0, 1024
PENS, HZ, SECONDS = 60, 10, 20.0
OFTEN, LATE, FAIR = 4.0, 500.0, 1.5
"""Answers a second for each pen, at least; ms of 95 of 100, at most; most over fewest."""
PLAYS = 60
PLAYED = ("sine", "words", "adding", "it", "shuffled", "cnn", "bert", "translate", "vectors")
"""Jobs with settings of their own; the tenth learns drawings that somebody made."""
PAGES = ("draw-a-digit", "sine-live", "transformer", "convolution-and-pooling")
STREAM = "/forward-pass/runs/shipped-sine/events"


@contextmanager
def _server(**environment: str) -> Iterator[Server]:
    server = Server(**environment)
    try:
        yield server.start()
    finally:
        server.kill()


@contextmanager
def _few_files() -> Iterator[None]:
    """A shell as Debian starts it, for what is started within; this process needs more."""
    _, hard = limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (SOFT, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(limits), hard))


class Browser:
    """A socket of Streamlit, a stream of a run's events, and a connection that is kept."""

    def __init__(self, server: Server, number: int) -> None:
        self.page = PAGES[number % len(PAGES)]
        self.server = server
        self.kept = http.client.HTTPConnection(HOST, server.port, timeout=PATIENCE)
        self.stream = http.client.HTTPConnection(HOST, server.port, timeout=PATIENCE)
        self.socket: ClientConnection | None = None

    def opened(self) -> float:
        """Open the page and all that it holds open; the seconds that it took."""
        began = time.monotonic()
        self.socket = connect(
            f"ws://{HOST}:{self.server.port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(f"http://{HOST}:{self.server.port}"),
            open_timeout=PATIENCE,
            max_size=None,
        )
        ask = BackMsg()
        ask.rerun_script.page_name = self.page
        self.socket.send(ask.SerializeToString())
        while (end := self._finished()) is None:
            pass
        self.stream.request("GET", STREAM)
        answer = self.stream.getresponse()
        if not end or answer.status != 200 or not answer.fp.readline() or not self.answered():
            raise RuntimeError(f"{self.page} did not open.")
        return time.monotonic() - began

    def answered(self) -> bool:
        """Whether the connection that it keeps is of use."""
        self.kept.request("GET", "/forward-pass/engine")
        answer = self.kept.getresponse()
        return answer.status == 200 and bool(answer.read())

    def _finished(self) -> bool | None:
        """Whether the script came to a good end; None while it runs."""
        assert self.socket is not None
        code = self.socket.recv(timeout=PATIENCE)
        assert isinstance(code, bytes)
        message = ForwardMsg.FromString(code)
        if message.WhichOneof("type") != "script_finished":
            return None
        return bool(message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY)

    def close(self) -> None:
        """Leave."""
        for each in (self.socket, self.stream, self.kept):
            if each is not None:
                each.close()


@measures(
    Figure(
        "room.browsers",
        f"browsers that come within {WITHIN:.0f} s to a server with {SOFT:,} files, all usable",
        "browsers",
        at_least=BROWSERS,
    ),
    Figure("room.browser_opens_s.p95", "until a page stands then, 95 of 100", "s"),
)
def browsers() -> Values:
    """Each comes at its time; once all are there, all are asked again."""
    with _few_files():
        server = Server().begin()
    room = [Browser(server, number) for number in range(BROWSERS)]
    took: list[float] = []

    def come(number: int) -> None:
        time.sleep(number * WITHIN / BROWSERS)
        with suppress(Exception):  # one that is not usable does not count
            took.append(room[number].opened())

    try:
        server.ready()
        with ThreadPoolExecutor(BROWSERS) as hall:
            list(hall.map(come, range(BROWSERS)))
            usable = sum(hall.map(_is_usable, room))
    finally:
        for each in room:
            each.close()
        server.kill()
    return {"room.browsers": usable, "room.browser_opens_s.p95": percentile(took, 95)}


def _is_usable(browser: Browser) -> bool:
    with suppress(Exception):
        return browser.answered()
    return False


@measures(
    Figure(
        "room.health_ms.max",
        "another visitor's question while ten foreign sockets and a black hole",
        "ms",
        at_most=100,
    )
)
def health() -> Values:
    """Ask without a pause while ten sockets of another site come one after the other."""
    hole = BlackHole()
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    proxies = {name: hole.url for name in (*names, *(name.lower() for name in names))}
    with _server(**proxies, NO_PROXY="", no_proxy="") as server:
        visitor = http.client.HTTPConnection(HOST, server.port, timeout=PATIENCE)
        over = threading.Event()
        times = []

        def come() -> None:
            for _ in range(10):
                with suppress(InvalidStatus):
                    connect(
                        f"ws://{HOST}:{server.port}/_stcore/stream",
                        origin=Origin("https://evil.example"),
                        proxy=None,
                        open_timeout=PATIENCE,
                    )
            over.set()

        strangers = threading.Thread(target=come)
        strangers.start()
        while not over.wait(0.01):
            began = time.perf_counter()
            visitor.request("GET", "/_stcore/health")
            visitor.getresponse().read()
            times.append(1000 * (time.perf_counter() - began))
        strangers.join()
    hole.close()
    return {"room.health_ms.max": max(times)}


@measures(
    Figure(
        "room.drawers",
        f"of {PENS} pens at {HZ} Hz, those answered {OFTEN:.0f} times a second or more",
        "pens",
        at_least=PENS,
    ),
    Figure("room.drawers_ms.p95", "a pen's place to its answer then, 95 of 100", "ms", None, LATE),
    Figure("room.drawers_fair", "answers of the pen with most, over fewest", "ratio", None, FAIR),
)
def drawers() -> Values:
    """Sixty people draw at once; a newer place of a pen replaces one that waits."""
    return asyncio.run(_drawers())


async def _drawers() -> Values:
    with _server() as server:
        answers = await asyncio.gather(*(_draw(server, number) for number in range(PENS)))
    counts = [len(times) for times in answers]
    return {
        "room.drawers": sum(count / SECONDS >= OFTEN for count in counts),
        "room.drawers_ms.p95": percentile([ms for times in answers for ms in times], 95),
        "room.drawers_fair": max(counts) / max(1, min(counts)),
    }


async def _draw(server: Server, number: int) -> list[float]:
    """Draw for a while; ms of each answer, counted from the place of the pen that it is of."""
    line = await client.Client(server.url).connect()
    moving = [plain for plain, _ in pen.questions(number, HZ * 3)]
    bodies = itertools.cycle(moving)
    begin = time.perf_counter() + number / PENS / HZ
    times: list[float] = []
    now = begin
    while (now := max(now, time.perf_counter())) < begin + SECONDS:
        place = begin + int((now - begin) * HZ + 1) / HZ  # the next one that the pen comes to
        await asyncio.sleep(max(0.0, place - time.perf_counter()))
        status, _ = await line.post(next(bodies))
        now = time.perf_counter()
        if status != 200:
            raise RuntimeError(f"A drawing got {status}.")
        times.append(1000 * (now - place))
    line.close()
    return times


@measures(Figure("room.plays_s", f"{PLAYS} presses of Play to progress of the last", "s", None, 15))
def plays() -> Values:
    """Sixty people on different pages press Play at once, each with the page's own settings."""
    jobs = itertools.islice(itertools.cycle(PLAYED), PLAYS)
    with _server() as server:
        while not _asked(server, "GET", "/engine")["workers"]:
            time.sleep(0.1)
        began = time.monotonic()
        with ThreadPoolExecutor(PLAYS) as room:
            waited = list(room.map(lambda job: _plays(server, *job), enumerate(jobs)))
    return {"room.plays_s": max(waited) - began}


def _plays(server: Server, number: int, job: str) -> float:
    """When the run of somebody who pressed Play had taken a step."""
    body = {"owner": f"{number:032x}", "job": job, "config": {}, "play": True}
    run = _asked(server, "POST", "/runs", body)
    while not run["step"]:
        if run["status"] not in ("waiting", "running"):
            raise RuntimeError(f"{job} is {run['status']}: {run['trouble']}")
        time.sleep(0.25)
        run = _asked(server, "GET", f"/runs/{run['id']}")
    return time.monotonic()


def _asked(server: Server, method: str, path: str, body: Any = None) -> Any:
    line = http.client.HTTPConnection(HOST, server.port, timeout=PATIENCE)
    content = None if body is None else json.dumps(body)
    line.request(method, f"/forward-pass{path}", content, dict(client.JSON))
    answer = line.getresponse()
    text = answer.read()
    line.close()
    if answer.status not in (200, 201):
        raise RuntimeError(f"{path} got {answer.status}: {text[:300]!r}")
    return json.loads(text)
