"""Workers that are killed, schedulers that go, applications that are killed: the real processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from core.training.child import NICENESS
from core.training.engine import Engine
from core.training.record import record
from core.training.run import Run
from tests.core.training.conftest import JOBS, Desk, made
from tests.core.training.line import JOB
from tests.served import HOST, ROOT, Server, _free_port

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and processes of Unix")


def schedulers() -> list[psutil.Process]:
    """Those that an engine has started itself."""
    return [child for child in children() if "distributed.Scheduler" in " ".join(child.cmdline())]


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = made(workers=2)
    desk.until(lambda: desk.engine.state()["workers"] == 2)
    yield desk
    desk.engine.close()


def same(run: Run) -> None:
    expected = record(JOB, run.config, rates=tuple(run.recording.rates), steps=run.step)
    assert run.recording.saved[-1].state == expected.saved[-1].state
    losses = run.recording.series["line.loss"]
    assert losses.tobytes() == expected.series["line.loss"].tobytes()


others: set[int] = set()
"""Processes of engines that other tests have left running."""


@pytest.fixture(autouse=True)
def _know_the_others() -> None:
    others.clear()
    others.update(child.pid for child in psutil.Process().children(recursive=True))


def children(of: int | None = None) -> list[psutil.Process]:
    found = psutil.Process(of).children(recursive=True)
    return [child for child in found if child.pid not in others]


def workers() -> list[psutil.Process]:
    """The processes that compute: those below a nanny."""
    return [child for child in children() if "spawn_main" in " ".join(child.cmdline())]


def replaced(gone: psutil.Process, left: psutil.Process) -> bool:
    """Whether there are two workers again, one of them new."""
    try:
        pids = {each.pid for each in workers()}
    except psutil.NoSuchProcess:  # while one was looked at
        return False
    return len(pids) == 2 and left.pid in pids and gone.pid not in pids


def test_workers_yield_to_the_pages_once_they_are_ready(desk: Desk) -> None:
    """A worker that yields from its first moment is not ready for minutes on a busy machine."""
    desk.ended(desk.begin(steps=2))
    desk.until(lambda: all(_priorities(worker) == {NICENESS} for worker in workers()))
    assert _priorities(schedulers()[0]) == {os.getpriority(os.PRIO_PROCESS, 0)}


def _priorities(process: psutil.Process) -> set[int]:
    """Of all its threads."""
    return {os.getpriority(os.PRIO_PROCESS, thread.id) for thread in process.threads()}


def test_a_killed_worker_costs_a_moment_and_not_a_bit(desk: Desk) -> None:
    run = desk.begin(steps=20_000, pause=0.001)
    desk.until(lambda: run.step > 500)
    for _ in range(2):  # first one, and when it has been replaced the other: one of them computes
        worker, other = workers()
        step = run.step
        worker.send_signal(signal.SIGKILL)
        assert desk.until(lambda step=step: run.step > step + 300, 60) < 15
        desk.until(lambda gone=worker, left=other: replaced(gone, left), 60)
    desk.do("pause", run)
    same(run)


def test_a_killed_nanny_is_replaced_with_its_worker(desk: Desk) -> None:
    """A nanny whose first worker dies before it has told that it is ready ends in the same way."""
    run = desk.begin(steps=20_000, pause=0.001)
    worker, other = workers()
    worker.parent().send_signal(signal.SIGKILL)
    desk.until(lambda: replaced(worker, other), 60)
    desk.until(lambda: desk.engine.state()["workers"] == 2)
    desk.do("pause", run)
    same(run)


def test_a_worker_that_dies_of_its_own_chunk_is_survived_too(desk: Desk, tmp_path: Path) -> None:
    run = desk.ended(desk.begin(steps=400, pause=0.001, kill_at=200, once=str(tmp_path / "died")))
    assert (tmp_path / "died").exists() and run.status == "done"
    same(run)


def test_a_chunk_that_workers_die_of_ends_its_run_and_no_other(desk: Desk) -> None:
    other = desk.begin(steps=20_000, pause=0.001)
    run = desk.begin(steps=400, pause=0.001, kill_at=200)
    desk.until(lambda: run.status == "lost", 60)
    assert run.trouble == "memory" and 0 < run.step <= 200
    step = other.step
    desk.until(lambda: other.step > step + 300, 60)
    desk.do("pause", other)
    same(other)


def test_our_own_scheduler_is_replaced_and_runs_go_on_by_themselves(desk: Desk) -> None:
    run = desk.begin(steps=3000, pause=0.001)
    desk.until(lambda: run.step > 300)
    step = run.step
    (scheduler,) = schedulers()
    scheduler.kill()
    desk.until(lambda: run.step > step + 100, 60)
    assert run.status == "running" and desk.engine.state()["trouble"] is None
    desk.ended(run)
    same(run)


def test_closing_leaves_no_process() -> None:
    desk = made(workers=2)
    desk.until(lambda: desk.engine.state()["workers"] == 2)
    desk.begin(steps=20_000, pause=0.01)
    before = children()
    assert len(before) >= 5
    began = time.perf_counter()
    desk.engine.close()
    assert time.perf_counter() - began < 15
    _gone(before)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_outlives_the_application(how: int) -> None:
    server = Server().start()
    _until(lambda: len(children(server.pid)) >= 5)
    processes = children(server.pid)
    os.kill(server.pid, how)
    began = time.perf_counter()
    server._process.wait(20)
    assert time.perf_counter() - began < 15
    _gone(processes)
    assert "Traceback" not in server.log()


def _gone(processes: list[psutil.Process]) -> None:
    _, alive = psutil.wait_procs(processes, 10)
    assert not [each for each in alive if each.status() != psutil.STATUS_ZOMBIE]


def _until(so: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < end, "It did not happen."
        time.sleep(0.05)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


class Outside:
    """A scheduler and workers as separate processes, with addresses of their own."""

    def __init__(self) -> None:
        self.address = f"tcp://{HOST}:{_free_port()}"
        self.processes: list[subprocess.Popen[bytes]] = []

    def scheduler(self) -> subprocess.Popen[bytes]:
        port = self.address.rpartition(":")[2]
        started = self._start("scheduler", "--host", HOST, "--port", port, "--no-dashboard")
        _until(lambda: _answers(int(port)))
        return started

    def worker(self) -> subprocess.Popen[bytes]:
        return self._start("worker", self.address, "--nthreads", "1", "--no-dashboard")

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "DASK_LOGGING__DISTRIBUTED": "error"}
        process = subprocess.Popen([sys.executable, "-m", "dask", *words], env=environment)
        self.processes.append(process)
        return process


@pytest.fixture
def outside() -> Iterator[Outside]:
    found = Outside()
    yield found
    found.close()


def engine_at(address: str) -> Desk:
    engine = Engine(JOBS, address=address, grace=600.0)
    engine.start()
    return Desk(engine)


def test_an_outside_cluster_gives_the_same_bits_and_when_it_goes_this_machine_takes_over(
    outside: Outside,
) -> None:
    scheduler = outside.scheduler()
    outside.worker()
    outside.worker()
    desk = engine_at(outside.address)
    try:
        desk.until(lambda: desk.engine.state()["workers"] == 2)
        assert desk.engine.state()["cluster"] == "outside" and not schedulers()
        whole = desk.ended(desk.begin(steps=300, pause=0.001))
        assert whole.status == "done"
        same(whole)

        run = desk.begin(steps=1500, pause=0.001)
        desk.until(lambda: run.step > 200)
        scheduler.kill()
        desk.until(lambda: run.status == "lost", 30)
        assert run.trouble == "cluster" and desk.engine.state()["trouble"] == "cluster"
        kept = run.step
        assert kept > 200 and len(run.recording.series["line.loss"]) == kept

        desk.ask(desk.engine.own)
        desk.do("play", run)
        desk.ended(run)
        assert run.status == "done" and desk.engine.state()["cluster"] == "own"
        assert desk.engine.state()["trouble"] is None
        same(run)
    finally:
        desk.engine.close()


def test_an_outside_cluster_that_comes_back_is_used_again(outside: Outside) -> None:
    outside.scheduler()
    outside.worker()
    desk = engine_at(outside.address)
    try:
        run = desk.begin(steps=2000, pause=0.001)
        desk.until(lambda: run.step > 100)
        outside.close()
        desk.until(lambda: run.status == "lost", 30)
        outside.scheduler()
        outside.worker()
        desk.until(lambda: desk.engine.state()["workers"] == 1, 60)
        desk.do("play", run)
        desk.ended(run)
        assert run.status == "done"
        same(run)
    finally:
        desk.engine.close()


def test_a_wrong_address_is_told_and_this_machine_can_be_used_instead() -> None:
    desk = engine_at(f"tcp://{HOST}:{_free_port()}")
    try:
        run = desk.begin(steps=50)
        desk.until(lambda: run.status == "lost", 30)
        assert desk.engine.state() | {"running": 0} == {
            "cluster": "outside",
            "ready": False,
            "workers": 0,
            "trouble": "cluster",
            "running": 0,
            "waiting": 0,
        }
        desk.ask(desk.engine.own)
        desk.do("play", run)
        desk.ended(run)
        same(run)
    finally:
        desk.engine.close()


@pytest.mark.parametrize("address", ["nonsense", "tcp://", "http://127.0.0.1:1", "tcp://:99999"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    desk = engine_at(address)
    try:
        desk.until(lambda: desk.engine.state()["trouble"] == "cluster", 30)
    finally:
        desk.engine.close()
