"""What is shipped beside the code: requirements, container, licence."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pages.kit.deployment import Deployment

ROOT = Path(__file__).resolve().parents[1]
PIN = re.compile(r"^([A-Za-z0-9_-]+)==[0-9][\w.]*(; .+)?$")


def pinned(name: str) -> set[str]:
    lines = (ROOT / name).read_text().splitlines()
    return {line.split("==")[0] for line in lines if PIN.match(line)}


def imported(*places: str) -> set[str]:
    """Distributions that the code imports."""
    found = set()
    for place in places:
        path = ROOT / place
        for file in path.rglob("*.py") if path.is_dir() else [path]:
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Import):
                    found |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    found.add(node.module.split(".")[0])
    own = {"core", "pages", "tests", "benchmarks", "docs", "dashboard", "start"}
    names = packages_distributions()
    # one that is not installed here (a benchmark's) goes by its own name
    return {
        names.get(module, [module])[0].lower() for module in found - own - sys.stdlib_module_names
    }


def _needed(name: str, known: set[str]) -> set[str]:
    """A distribution that is installed here, and what it needs in turn."""
    name = canonicalize_name(name)
    if name not in known:
        known.add(name)
        for line in requires(name) or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                _needed(requirement.name, known)
    return known


def test_the_lock_holds_each_package_that_is_needed_to_its_hashes() -> None:
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    heads = [line for line in lines if not line.startswith(" ")]
    locked = {line.split("==")[0] for line in heads}
    pair = {"torch", "torchvision"}  # from the index that has the build that is wanted
    needed: set[str] = set()
    for name in pinned("requirements.txt"):
        _needed(name, needed)
    assert {name for name in needed if not re.match("nvidia|cuda|triton", name)} - pair <= locked
    versions = {line.split(" ")[0] for line in heads}
    pins = (ROOT / "requirements.txt").read_text().splitlines()
    exact = {pin.split(";")[0] for pin in pins if PIN.match(pin)}
    assert {pin for pin in exact if pin.split("==")[0] not in pair} <= versions
    hashed = [after.startswith("    --hash=sha256:") for after in lines[1:]]
    assert all(
        line.endswith(" \\") and after
        for line, after in zip(lines, hashed, strict=False)
        if line in heads
    )


@pytest.mark.parametrize(
    "name",
    [
        "requirements.txt",
        "requirements-dev.txt",
        "requirements-pretrained.txt",
        "requirements-postgres.txt",
        "requirements-bench.txt",
    ],
)
def test_every_requirement_is_exact(name: str) -> None:
    lines = (ROOT / name).read_text().splitlines()
    wrong = [
        line for line in lines if line and not line.startswith(("#", "-r ")) and not PIN.match(line)
    ]
    assert not wrong


def test_what_is_imported_is_required() -> None:
    run = pinned("requirements.txt")
    assert imported("core", "pages", "dashboard.py") <= run
    more = pinned("requirements-dev.txt") | pinned("requirements-pretrained.txt")
    more |= pinned("requirements-bench.txt")
    assert imported("tests", "benchmarks", "docs") <= run | more


def test_the_container_does_not_run_as_root_and_says_whether_it_is_well() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    orders = [line.split()[0] for line in lines if re.match(r"[A-Z]+ ", line)]
    assert orders.index("USER") < orders.index("CMD") and "HEALTHCHECK" in orders
    assert any("/_stcore/health" in line for line in lines)
    text = "\n".join(lines)
    assert "OMP_NUM_THREADS=1" in text and "WORKDIR /app" in text
    copied = {
        name.rstrip("/")
        for line in lines
        if line.startswith("COPY ")
        for name in line.split()[1:-1]
    }
    assert copied == {
        "requirements*.txt",
        "requirements.lock",
        "dashboard.py",
        ".streamlit",
        "locale",
        "core",
        "models",
        "pages",
    }
    let_in = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    assert let_in == copied


@pytest.mark.parametrize(
    ("extras", "asked", "code"),
    [("", [], 0), ("pretrained,postgres", ["pretrained", "postgres"], 0), ("bad,postgres", [], 1)],
)
def test_the_container_adds_the_extras_that_are_asked_for(
    extras: str, asked: list[str], code: int, tmp_path: Path
) -> None:
    (line,) = re.findall(
        r"^RUN (IFS=.+?)(?<!\\)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE | re.DOTALL
    )
    pip = tmp_path / "pip"
    pip.write_text('#!/bin/sh\n[ "$5" != requirements-bad.txt ] || exit 1\necho "$*"\n')
    pip.chmod(0o755)
    done = subprocess.run(
        ["sh", "-c", line],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "EXTRAS": extras},
        capture_output=True,
        text=True,
    )
    wanted = [f"install -c requirements.txt -r requirements-{name}.txt" for name in asked]
    assert (done.returncode, done.stdout.splitlines()) == (code, wanted)


def _deployed(name: str) -> Deployment:
    """What a file of docs/deploy tells the application, and all of it is known there."""
    text = (ROOT / "docs/deploy" / name).read_text()
    told = dict(re.findall(r"(FORWARD_PASS_\w+)(?:: |=)(?:\$\{\w+:-)?([^\s}]+)", text))
    assert told
    return Deployment.of(told)


@pytest.mark.parametrize("name", ["compose.yaml", "forward-pass.service"])
def test_the_documented_services_believe_the_proxy_beside_them_and_no_visitor(name: str) -> None:
    """nginx asks from 127.0.0.1; whoever is in the same network as the server is a visitor."""
    told = _deployed(name)
    assert told.trusts("127.0.0.1") and told.origins
    assert not any(map(told.trusts, ("10.0.0.7", "172.17.0.1", "192.168.1.20", "::2")))


def test_a_documented_space_asks_at_the_port_at_which_the_container_listens() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    asked = re.findall(r"app_port: (\d+)", (ROOT / "docs/deploy.md").read_text())
    assert re.findall(r"EXPOSE (\d+)", dockerfile) == asked
    assert f"--server.port={asked[0]}" in dockerfile


@pytest.mark.parametrize(
    "name", ["Dockerfile", ".devcontainer/devcontainer.json", ".streamlit/config.toml", "Makefile"]
)
def test_nothing_switches_off_the_protection_against_other_origins(name: str) -> None:
    text = (ROOT / name).read_text().lower()
    assert "cors" not in text and "xsrf" not in text


def test_the_devcontainer_is_json() -> None:
    assert json.loads((ROOT / ".devcontainer/devcontainer.json").read_text())["name"]


def test_mnist_is_not_in_the_repository() -> None:
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert "data/" in ignored


def test_the_project_installs_what_the_requirements_say() -> None:
    code = (
        "import json; from setuptools.dist import Distribution; d = Distribution();"
        "d.parse_config_files(['pyproject.toml']); print(json.dumps([d.install_requires,"
        "d.extras_require, sorted(d.packages), d.py_modules, d.package_data['']]))"
    )
    output = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True)
    needed, extras, packages, modules, patterns = json.loads(output)

    def lines(*names: str) -> list[str]:
        every = "\n".join((ROOT / f"requirements{name}.txt").read_text() for name in names)
        return [line for line in every.splitlines() if PIN.match(line)]

    assert needed == lines("") and modules == ["dashboard"]
    assert extras == {
        "pretrained": lines("-pretrained"),
        "pictures": lines("-pictures"),
        "postgres": lines("-postgres"),
        "dev": lines("-pretrained", "-pictures", "-postgres", "-dev"),
        "bench": lines("-bench"),
    }
    for package in packages:
        folder = ROOT / package.replace(".", "/")
        files = [path for path in folder.iterdir() if path.is_file()]
        left_out = [path for path in files if not any(map(path.match, ("*.py", *patterns)))]
        assert not left_out
    held = {path.parent for path in _shipped()}
    assert held <= {ROOT / package.replace(".", "/") for package in packages}


def _shipped() -> list[Path]:
    """All files that the container copies, in folders other than hidden ones."""
    copied = re.findall(r"^COPY (\w+)/ ", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    files = [path for name in copied for path in (ROOT / name).rglob("*") if path.is_file()]
    return [path for path in files if "__pycache__" not in path.parts]


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    released = re.findall(
        r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$",
        (ROOT / "CHANGELOG.md").read_text(),
        re.MULTILINE,
    )
    versions = [tuple(map(int, version.split("."))) for version, _date in released]
    assert versions == sorted(versions, reverse=True)
    assert [date for _version, date in released] == sorted((d for _v, d in released), reverse=True)
    citation = (ROOT / "CITATION.cff").read_text()
    assert f'version: {released[0][0]}\ndate-released: "{released[0][1]}"\n' in citation
    assert project["version"] == released[0][0]
