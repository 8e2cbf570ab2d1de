"""The engine: what a killed worker costs, how fair it is, what it costs, and what others feel."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.figures import Figure, Values, measures
from benchmarks.harness import application, percentile
from core.training.engine import Engine
from core.training.limits import Limits
from core.training.record import record
from core.training.run import Run
from core.training.worker import find

T = TypeVar("T")

JOBS = {"sine": "core.recurrent.sine.job:JOB"}
LONG = {"epochs": 1000}
"""Of the notes' run, so that it trains for as long as is measured."""
OWNER = "a-figure-to-measure"
KILLS = 4
FAIR_RUNS, FAIR_SECONDS = 8, 20
SLIDES, SLIDES_A_SECOND = 60, 2


class Measured:
    """An engine of its own with two workers, asked from this thread."""

    def __init__(self) -> None:
        limits = Limits(computing=FAIR_RUNS, owned=100)
        self.engine = Engine(JOBS, limits, address="", workers=2, grace=1e9)

    def ask(self, do: Callable[[], T]) -> T:
        """What the engine's own thread answers."""
        return self.engine.ask(do).result(30)

    def begin(self, **config: Any) -> Run:
        """A run of the sine that plays."""
        return self.ask(lambda: self.engine.runs.begin(OWNER, "sine", config, True))

    def until(self, so: Callable[[], bool], seconds: float = 60.0) -> float:
        """Wait until something holds; how long it took."""
        began = time.perf_counter()
        while not self.ask(so):
            if time.perf_counter() - began > seconds:
                raise RuntimeError("The engine did not come so far.")
            time.sleep(0.005)
        return time.perf_counter() - began


@contextmanager
def _engine() -> Iterator[Measured]:
    """An engine that has computed already: its workers are warm."""
    measured = Measured()
    measured.engine.start()
    try:
        measured.until(lambda: measured.engine.state()["workers"] == 2)
        warm = [measured.begin(epochs=3, seed=seed) for seed in (0, 1)]
        measured.until(lambda: not any(run.computing for run in warm))
        yield measured
    finally:
        measured.engine.close()


@measures(
    Figure("engine.kill_recovery_s", "worker killed in mid-run to next values", "s", None, 3),
)
def recovery() -> Values:
    """The worker that computes is killed, several times; the longest wait counts."""
    times = []
    with _engine() as measured:
        run = measured.begin(**LONG)
        for _ in range(KILLS):
            measured.until(lambda: measured.engine.state()["workers"] == 2)
            step = run.step
            measured.until(lambda step=step: run.step > step)
            worker = _busiest()
            step = run.step
            worker.kill()
            times.append(measured.until(lambda step=step: run.step > step))
            time.sleep(1.5)  # the engine counts its workers once a second
    return {"engine.kill_recovery_s": max(times)}


def _busiest() -> psutil.Process:
    children = psutil.Process().children(recursive=True)
    workers = [child for child in children if "spawn_main" in " ".join(child.cmdline())]
    for worker in workers:
        worker.cpu_percent()
    time.sleep(1)
    return max(workers, key=lambda worker: worker.cpu_percent())


@measures(
    Figure("engine.fairness", "8 runs on 2 workers: fastest over slowest", "ratio", None, 1.3),
)
def fairness() -> Values:
    """The same run from eight seeds; the steps that each takes in the same seconds."""
    with _engine() as measured:
        runs = [measured.begin(**LONG, seed=seed) for seed in range(FAIR_RUNS)]
        measured.until(lambda: all(run.step > 3 for run in runs))
        before = [run.step for run in runs]
        time.sleep(FAIR_SECONDS)
        taken = [run.step - old for run, old in zip(runs, before, strict=True)]
    return {"engine.fairness": max(taken) / min(taken)}


@measures(
    Figure("engine.over_bare_chain", "a run through the engine over its bare chunks", "ratio"),
)
def overhead() -> Values:
    """From the first step to the last, by the clock; the bare chain has this process to itself."""
    job = find(JOBS["sine"])
    config = job.read({})
    with _engine() as measured:
        run = measured.begin()
        measured.until(lambda: run.step > 0)
        began, first = time.perf_counter(), run.step
        measured.until(lambda: run.status == "done")
        engine = (time.perf_counter() - began) / (run.step - first)
    began = time.perf_counter()
    record(job, config, chunk=2)
    bare = (time.perf_counter() - began) / job.steps(config)
    return {"engine.over_bare_chain": engine / bare}


@measures(
    Figure("engine.other_slider_ms.p95", "another session's slider, 2 runs train", "ms", None, 150),
)
def slider() -> Values:
    """A slider of "Sine, live" in one session while two others train: moved to rerun finished."""
    with application() as address:
        done = threading.Event()
        students = [threading.Thread(target=_train, args=(address, n, done)) for n in range(2)]
        with _session(address, "sine-live") as (socket, page, slider):
            for student in students:
                student.start()
            time.sleep(6)
            times = [_moved(socket, page, slider, 8 + turn % 50) for turn in range(SLIDES)]
        done.set()
        for student in students:
            student.join()
    return {"engine.other_slider_ms.p95": percentile(times[5:], 95)}


def _train(address: str, number: int, done: threading.Event) -> None:
    """A student who plays, and whose browser listens to every event."""
    place = urlsplit(address)
    line = http.client.HTTPConnection(str(place.hostname), place.port, timeout=60)
    owner = f"{OWNER}-{number}"
    while not done.is_set():
        request = {"owner": owner, "job": "sine", "config": LONG | {"seed": number}, "play": True}
        line.request(
            "POST",
            "/forward-pass/runs",
            json.dumps(request),
            {"Content-Type": "application/json"},
        )
        run = json.loads(line.getresponse().read())
        line.request("GET", f"/forward-pass/runs/{run['id']}/events")
        for event in line.getresponse():
            if done.is_set() or b'"status":"done"' in event:
                break
        line.close()


@contextmanager
def _session(address: str, page: str) -> Iterator[tuple[ClientConnection, str, Any]]:
    """A session of Streamlit that has opened a page, the page's hash, and its first slider."""
    place = urlsplit(address)
    with connect(
        f"ws://{place.netloc}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        origin=address,
        max_size=None,
    ) as socket:
        ask = BackMsg()
        ask.rerun_script.page_name = page
        socket.send(ask.SerializeToString())
        messages = _until_finished(socket)
        opened = [
            message.navigation.page_script_hash
            for message in messages
            if message.WhichOneof("type") == "navigation"
        ]
        sliders = [
            message.delta.new_element.slider
            for message in messages
            if message.WhichOneof("type") == "delta"
            and message.delta.new_element.WhichOneof("type") == "slider"
        ]
        if not sliders:
            raise RuntimeError(f"There is no slider on {page}.")
        yield socket, opened[-1], sliders[0]


def _moved(socket: ClientConnection, page: str, slider: Any, value: float) -> float:
    """Milliseconds from a move of the slider to the end of the rerun that it caused."""
    time.sleep(1 / SLIDES_A_SECOND)
    ask = BackMsg()
    ask.rerun_script.page_script_hash = page
    state = ask.rerun_script.widget_states.widgets.add()
    state.id = slider.id
    state.double_array_value.data.append(value)
    began = time.perf_counter()
    socket.send(ask.SerializeToString())
    _until_finished(socket)
    return 1000 * (time.perf_counter() - began)


def _until_finished(socket: ClientConnection) -> list[ForwardMsg]:
    messages = []
    while True:
        code = socket.recv(timeout=50)
        assert isinstance(code, bytes)
        messages.append(ForwardMsg.FromString(code))
        if messages[-1].WhichOneof("type") == "script_finished":
            if messages[-1].script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                raise RuntimeError("A rerun did not finish.")
            return messages
