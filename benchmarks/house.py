"""How large the house is, and how much of it somebody opens to change one thing."""

from __future__ import annotations

import subprocess

from benchmarks.figures import Figure, Unmeasured, Values, measures
from benchmarks.results import ROOT
from docs.architecture import changes

PLACES = ("core", "pages", "benchmarks")
ENDINGS = (".py", ".js", ".css")


@measures(
    Figure(
        "house.lines",
        "lines of Python, JavaScript and CSS that git holds in core, pages and benchmarks",
        "lines",
        at_most=58_500,
    ),
)
def lines() -> Values:
    """Counted as `wc -l` does, in the files as they lie here."""
    try:
        held = subprocess.run(
            ["git", "ls-files", *PLACES], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        raise Unmeasured("It needs git, and a clone.") from None
    counted = [(ROOT / name).read_bytes().count(b"\n") for name in held if name.endswith(ENDINGS)]
    return {"house.lines": float(sum(counted))}


@measures(
    Figure(
        "house.files_for_a_conv_pixel",
        "files to open to change how a convolution's number is worked out",
        "files",
        at_most=3,
    ),
    Figure("house.files_for_an_optimiser", "files to open to add an optimiser", "files", at_most=3),
    Figure(
        "house.files_for_a_page",
        "folders and files to open to add a page: its folder and its subject",
        "files",
        at_most=2,
    ),
)
def files() -> Values:
    """The lists in docs/architecture.md; tests hold that they are complete."""
    traced = {name.replace(" ", "_"): files for name, files in changes().items()}
    return {f"house.files_for_{name}": float(len(files)) for name, files in traced.items()}
