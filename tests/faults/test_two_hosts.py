"""Training on a cluster of two other computers: network namespaces with addresses of their own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import dask
import distributed
import pytest

from core.training.engine import Engine
from tests.core.training.conftest import JOBS, Desk
from tests.core.training.line import ENDLESS, same
from tests.served import ROOT, free_port

PID = os.getpid()
NET = f"10.{200 + PID % 50}.{PID // 50 % 250}"
"""A network of this process's own: the tests of another one may run beside it."""
HERE = f"{NET}.1"
BRIDGE = f"fp{PID}"
LOST = "20s"
"""After so long without an answer a computer counts as lost (docs/deploy.md)."""


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Host:
    """A computer of its own: a network namespace on our bridge."""

    def __init__(self, number: int) -> None:
        self.name = self.cable = f"{BRIDGE}-{number}"
        self.address = f"{NET}.{number}"
        _run("ip", "netns", "add", self.name)
        _run("ip", "link", "add", self.cable, "type", "veth", "peer", "eth0", "netns", self.name)
        _run("ip", "link", "set", self.cable, "master", BRIDGE, "up")
        inside = ("ip", "-n", self.name)
        _run(*inside, "addr", "add", f"{self.address}/24", "dev", "eth0")
        _run(*inside, "link", "set", "eth0", "up")
        _run(*inside, "link", "set", "lo", "up")

    def pull_the_cable(self) -> None:
        """Nothing arrives any more, in either direction, and nobody says goodbye."""
        _run("ip", "link", "set", self.cable, "down")

    def close(self) -> None:
        for kind in ("link", "netns"):
            subprocess.run(["ip", kind, "del", self.name], check=False, capture_output=True)


class Site:
    """A scheduler here and workers on two hosts, all talking TLS with Dask's own settings."""

    def __init__(self, folder: Path) -> None:
        self.hosts: list[Host] = []
        self.processes: list[subprocess.Popen[bytes]] = []
        self.address = f"tls://{HERE}:{free_port()}"
        self.key = folder / "key.pem"
        self.certificate = folder / "certificate.pem"

    def build(self) -> Site:
        """Make the bridge, the hosts, and one certificate for all."""
        _run("ip", "link", "add", BRIDGE, "type", "bridge")
        _run("ip", "addr", "add", f"{HERE}/24", "dev", BRIDGE)
        _run("ip", "link", "set", BRIDGE, "up")
        for number in (2, 3):
            self.hosts.append(Host(number))
        paper = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=fp")
        _run("openssl", *paper, "-keyout", str(self.key), "-out", str(self.certificate))
        return self

    @property
    def settings(self) -> dict[str, str]:
        """Dask's, by their names in its configuration."""
        pair = {"cert": str(self.certificate), "key": str(self.key)}
        return {
            "distributed.comm.require-encryption": "True",
            "distributed.comm.tls.ca-file": str(self.certificate),
            **{
                f"distributed.comm.tls.{who}.{what}": path
                for who in ("scheduler", "worker", "client")
                for what, path in pair.items()
            },
            "distributed.comm.timeouts.tcp": "12s",  # Dask takes no less than 11
            "distributed.scheduler.worker-ttl": LOST,
        }

    def scheduler(self) -> None:
        address, _, port = self.address.removeprefix("tls://").partition(":")
        self._start((), "scheduler", "--protocol", "tls", "--host", address, "--port", port)

    def worker(self, host: Host, code: Path = ROOT, **variables: str) -> None:
        inside = ("ip", "netns", "exec", host.name)
        # A worker that imports torch does not answer; so it does that before it reports.
        options = ("--nthreads", "1", "--preload", "tests.core.training.line")
        self._start(inside, "worker", self.address, *options, code=code, **variables)

    def _start(
        self, inside: tuple[str, ...], *words: str, code: Path = ROOT, **variables: str
    ) -> None:
        settings = {
            "DASK_" + name.upper().replace(".", "__").replace("-", "_"): value
            for name, value in self.settings.items()
        }
        quiet = {"DASK_LOGGING__DISTRIBUTED": "critical", "PYTHONPATH": str(code)}
        command = [*inside, sys.executable, "-m", "dask", *words, "--no-dashboard"]
        environment = os.environ | settings | quiet | variables
        process = subprocess.Popen(command, env=environment, cwd=code, start_new_session=True)
        self.processes.append(process)

    def close(self) -> None:
        for process in self.processes:
            kill(process)
        for host in self.hosts:
            host.close()
        subprocess.run(["ip", "link", "del", BRIDGE], check=False, capture_output=True)


@pytest.fixture(scope="module", autouse=True)
def _namespaces() -> None:
    """Skip where no namespace can be made: without `ip`, or without the right to."""
    if not shutil.which("ip") or not shutil.which("openssl"):
        pytest.skip("There is no ip (iproute2) or no openssl.")
    tried = subprocess.run(["ip", "netns", "add", BRIDGE], check=False, capture_output=True)
    if tried.returncode:
        pytest.skip(f"No network namespace can be made here: {tried.stderr.decode().strip()}")
    _run("ip", "netns", "del", BRIDGE)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    found = Site(tmp_path)
    try:
        yield found.build()
    finally:
        found.close()


@pytest.fixture
def desk(site: Site) -> Iterator[Desk]:
    site.scheduler()
    assert distributed.config  # what sets something before its defaults are there takes them away
    with dask.config.set(site.settings):
        engine = Engine(JOBS, address=site.address, grace=600.0)
        engine.start()
        yield Desk(engine)
        engine.close()


@pytest.fixture
def other_code(tmp_path: Path) -> Path:
    """The repository, as far as a worker needs it, in another version."""
    copy = tmp_path / "other"
    for folder in ("core", "tests/core/training"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tests/__init__.py", "tests/patience.py", "tests/core/__init__.py"):
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, copy / name)
    with (copy / "core" / "intervals.py").open("a") as file:
        file.write("\n# another version\n")
    return copy


def test_other_hosts_compute_the_same_or_nothing_and_one_may_be_lost(
    site: Site, desk: Desk, other_code: Path
) -> None:
    first, second = site.hosts
    site.worker(first, other_code)
    desk.until(lambda: desk.engine.state()["workers"] == 1)
    run = desk.begin(steps=50)
    desk.until(lambda: run.status == "lost")
    assert run.trouble == "code" and run.step == 0

    kill(site.processes[-1])
    desk.until(lambda: desk.engine.state()["workers"] == 0)
    site.worker(second)
    desk.until(lambda: desk.engine.state()["workers"] == 1)
    desk.do("play", run)
    same(desk.ended(run))

    run = desk.begin(**ENDLESS)
    desk.advances(run)  # on the second host: there is no other
    site.worker(first)
    desk.until(lambda: desk.engine.state()["workers"] == 2)
    second.pull_the_cable()
    desk.until(lambda: desk.engine.state()["workers"] == 1)
    desk.advances(run)
    assert run.status == "running" and desk.engine.state()["cluster"] == "outside"
    desk.do("pause", run)
    same(run)


def test_a_run_goes_to_the_host_that_has_its_data_and_says_so(
    site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare, full = site.hosts
    site.worker(bare)
    desk.until(lambda: desk.engine.state()["workers"] == 1)
    needs = {"needs": "DIGITS"}
    run = desk.begin(**needs, steps=50)
    desk.until(lambda: run.status == "lost")
    assert run.trouble == "data"

    site.worker(full, DIGITS="here")
    desk.until(lambda: desk.engine.state()["workers"] == 2)
    desk.do("play", run)
    monkeypatch.setenv("DIGITS", "here")  # for the comparison, which computes here
    same(desk.ended(run))
    assert run.trouble is None

    long = [desk.begin(**needs, **ENDLESS, seed=seed) for seed in range(2)]
    for each in long:
        desk.advances(each)
    assert {each.status for each in long} <= {"running", "waiting"}
    assert any(each.trouble == "some data" for each in long)  # the first went to each host
    kill(site.processes[-1])
    for each in long:
        desk.until(lambda each=each: each.status == "lost")
        assert each.trouble == "data" and each.step > 0
