"""Workers that are killed, schedulers that go, applications that are killed: the real processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from core.training.child import NICENESS
from core.training.cluster import MISSED, STOPPED, Cluster
from core.training.engine import Engine
from tests.core.training.conftest import JOBS, Desk, started
from tests.core.training.line import ENDLESS, same
from tests.patience import PATIENCE, until
from tests.served import HOST, ROOT, Server, free_port

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and processes of Unix")


class Processes:
    """The processes that have come below this one, or below another one, since it was made."""

    def __init__(self, of: int | None = None) -> None:
        self._root = psutil.Process(of)
        self._others = {child.pid for child in self._root.children(recursive=True)}

    def all(self) -> list[psutil.Process]:
        found = self._root.children(recursive=True)
        return [child for child in found if child.pid not in self._others]

    def workers(self) -> list[psutil.Process]:
        """Those that compute: below a nanny."""
        return [child for child in self.all() if "spawn_main" in _command(child)]

    def schedulers(self) -> list[psutil.Process]:
        """Those that an engine has started itself."""
        return [child for child in self.all() if "distributed.Scheduler" in _command(child)]


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:  # it has just gone
        return ""


class Machine(Desk):
    """An engine that every fault may befall: what it loses it gets again."""

    def __init__(self) -> None:
        self.processes = Processes()
        super().__init__(started(workers=2).engine)
        self.whole()

    def whole(self) -> None:
        """Wait until both workers are there, as the scheduler and the machine have them."""
        self.until(lambda: self.engine.state()["workers"] == 2)
        until(lambda: len(self.processes.workers()) == 2)

    def replaced(self, gone: psutil.Process) -> None:
        """Wait until there are two workers again, but not this one."""
        until(lambda: gone.pid not in {each.pid for each in self.processes.workers()})
        self.whole()


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    machine = Machine()
    yield machine
    machine.engine.close()


@pytest.fixture
def desk(machine: Machine) -> Iterator[Machine]:
    machine.whole()
    yield machine
    machine.clear()


def test_workers_yield_to_the_pages_once_they_are_ready(desk: Machine) -> None:
    """A worker that yields from its first moment is not ready for minutes on a busy machine."""
    desk.ended(desk.begin(steps=2))
    until(lambda: all(_priorities(each) == {NICENESS} for each in desk.processes.workers()))
    assert _priorities(desk.processes.schedulers()[0]) == {os.getpriority(os.PRIO_PROCESS, 0)}


def _priorities(process: psutil.Process) -> set[int]:
    """Of all its threads."""
    return {os.getpriority(os.PRIO_PROCESS, thread.id) for thread in process.threads()}


def test_a_killed_worker_costs_not_a_bit(desk: Machine) -> None:
    run = desk.begin(**ENDLESS)
    desk.advances(run)
    for worker in desk.processes.workers():  # one after the other: one of them computes
        worker.send_signal(signal.SIGKILL)
        desk.advances(run)
        desk.replaced(worker)
    desk.do("pause", run)
    same(run)


def test_a_killed_nanny_is_replaced_with_its_worker(desk: Machine) -> None:
    """A nanny whose first worker dies before it has told that it is ready ends in the same way."""
    run = desk.begin(**ENDLESS)
    worker, _ = desk.processes.workers()
    worker.parent().send_signal(signal.SIGKILL)
    desk.replaced(worker)
    desk.advances(run)
    desk.do("pause", run)
    same(run)


def test_a_worker_that_hangs_is_replaced_and_its_run_goes_on(desk: Machine) -> None:
    run = desk.begin(**ENDLESS)
    desk.advances(run)
    stopped = desk.processes.workers()
    for worker in stopped:  # one of them computes
        worker.send_signal(signal.SIGSTOP)
    for worker in stopped:
        desk.replaced(worker)
    desk.advances(run)
    desk.do("pause", run)
    same(run)


def test_workers_that_work_are_heard_of(desk: Machine) -> None:
    cluster = desk.engine._cluster
    assert cluster is not None
    desk.until(lambda: len(cluster.silence()) == 2 and max(cluster.silence()) < 10)
    began = time.time()
    desk.until(lambda: min(cluster._heard.values()) > began)  # and go on to be


@pytest.mark.parametrize("stopped", [True, False])
def test_a_silent_worker_is_ended_once_it_is_sure_to_hang(stopped: bool) -> None:
    """A busy machine may keep one silent for a minute: to replace that would make it busier."""
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as process:
        nanny = SimpleNamespace(process=process)
        cluster = object.__new__(Cluster)
        cluster._processes = SimpleNamespace(workers={0: nanny})
        if stopped:
            process.send_signal(signal.SIGSTOP)
            until(lambda: psutil.Process(process.pid).status() == psutil.STATUS_STOPPED)
        allowed = STOPPED if stopped else MISSED
        cluster._heard = {process.pid: 0.0}
        cluster._end_hung({process.pid: time.time() - allowed + 10})
        assert process.poll() is None
        cluster._end_hung({})  # the scheduler has given it up: it was heard of as long ago
        assert process.poll() is None
        cluster._heard[process.pid] -= 11
        cluster._end_hung({})
        until(lambda: process.poll() is not None)
        assert process.returncode == -signal.SIGKILL


def test_a_worker_that_dies_of_its_own_chunk_is_survived_too(desk: Machine, tmp_path: Path) -> None:
    run = desk.ended(desk.begin(steps=400, pause=0.001, kill_at=200, once=str(tmp_path / "died")))
    assert (tmp_path / "died").exists() and run.status == "done"
    same(run)


def test_a_chunk_that_workers_die_of_ends_its_run_and_no_other(desk: Machine) -> None:
    other = desk.begin(**ENDLESS)
    run = desk.begin(steps=400, pause=0.001, kill_at=200)
    desk.until(lambda: run.status == "lost")
    assert run.trouble == "memory" and 0 < run.step <= 200
    desk.advances(other)
    desk.do("pause", other)
    same(other)


def test_our_own_scheduler_is_replaced_and_runs_go_on_by_themselves(desk: Machine) -> None:
    run = desk.begin(**ENDLESS)
    desk.advances(run)
    (scheduler,) = desk.processes.schedulers()
    scheduler.kill()
    until(lambda: {each.pid for each in desk.processes.schedulers()} - {scheduler.pid})
    desk.advances(run)
    assert run.status == "running" and desk.engine.state()["trouble"] is None
    desk.do("pause", run)
    same(run)


def test_closing_leaves_no_process() -> None:
    desk = Machine()
    desk.begin(**ENDLESS)
    before = desk.processes.all()
    assert len(before) >= 5
    desk.engine.close()
    _gone(before)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_outlives_the_application(how: int) -> None:
    server = Server().start()
    below = psutil.Process(server.pid)
    until(lambda: len(below.children(recursive=True)) >= 5)
    processes = below.children(recursive=True)
    os.kill(server.pid, how)
    server._process.wait(PATIENCE)
    _gone(processes)
    assert "Traceback" not in server.log()


def test_who_never_ends_a_question_does_not_hold_up_the_end() -> None:
    """A service that is started anew, or a container that is stopped, would wait to be killed."""
    server = Server().start()
    with socket.create_connection((HOST, server.port), timeout=PATIENCE) as line:
        line.sendall(
            f"POST /forward-pass/trace HTTP/1.1\r\nHost: {HOST}:{server.port}\r\n"
            "Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{".encode()
        )
        assert server.healthy()  # what came before has been seen
        os.kill(server.pid, signal.SIGTERM)
        server._process.wait(PATIENCE)
    assert "Traceback" not in server.log()


def _gone(processes: list[psutil.Process]) -> None:
    _, alive = psutil.wait_procs(processes, PATIENCE)
    assert not [each for each in alive if each.status() != psutil.STATUS_ZOMBIE]


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


class Outside:
    """A scheduler and workers as separate processes, with addresses of their own."""

    def __init__(self) -> None:
        self.address = f"tcp://{HOST}:{free_port()}"
        self.processes: list[subprocess.Popen[bytes]] = []

    def scheduler(self) -> subprocess.Popen[bytes]:
        port = self.address.rpartition(":")[2]
        started = self._start("scheduler", "--host", HOST, "--port", port, "--no-dashboard")
        until(lambda: _answers(int(port)))
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
    processes = Processes()
    scheduler = outside.scheduler()
    outside.worker()
    outside.worker()
    desk = engine_at(outside.address)
    try:
        desk.until(lambda: desk.engine.state()["workers"] == 2)
        assert desk.engine.state()["cluster"] == "outside" and not processes.schedulers()
        whole = desk.ended(desk.begin(steps=300, pause=0.001))
        assert whole.status == "done"
        same(whole)

        run = desk.begin(**ENDLESS)
        desk.advances(run)
        scheduler.kill()
        desk.until(lambda: run.status == "lost")
        assert run.trouble == "cluster" and desk.engine.state()["trouble"] == "cluster"
        kept = run.step
        assert kept >= 20 and len(run.recording.series["line.loss"]) == kept

        desk.ask(desk.engine.own)
        desk.do("play", run)
        desk.until(lambda: run.step > kept)
        assert run.status == "running" and desk.engine.state()["cluster"] == "own"
        assert desk.engine.state()["trouble"] is None
        desk.do("pause", run)
        same(run)
    finally:
        desk.engine.close()


def test_an_outside_cluster_that_comes_back_is_used_again(outside: Outside) -> None:
    outside.scheduler()
    outside.worker()
    desk = engine_at(outside.address)
    try:
        run = desk.begin(**ENDLESS)
        desk.advances(run)
        outside.close()
        desk.until(lambda: run.status == "lost")
        kept = run.step
        outside.scheduler()
        outside.worker()
        desk.until(lambda: desk.engine.state()["workers"] == 1)
        desk.do("play", run)
        desk.until(lambda: run.step > kept)
        assert desk.engine.state()["cluster"] == "outside"
        desk.do("pause", run)
        same(run)
    finally:
        desk.engine.close()


def test_a_wrong_address_is_told_and_this_machine_can_be_used_instead() -> None:
    desk = engine_at(f"tcp://{HOST}:{free_port()}")
    try:
        run = desk.begin(steps=50)
        desk.until(lambda: run.status == "lost")
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
        desk.until(lambda: desk.engine.state()["trouble"] == "cluster")
    finally:
        desk.engine.close()
