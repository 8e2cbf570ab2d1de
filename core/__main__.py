"""Make what ships, measure it again, or fetch what does not ship.

python -m core train --list       what ships, and what making it takes
python -m core train NAME ...     make it again; `all` makes everything
python -m core measure NAME ...   measure it again, without training
python -m core fetch mnist        download MNIST into data/
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence

from core import catalogue
from core.address import find


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was asked for; the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m core", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train", help="make what ships")
    train.add_argument("--list", action="store_true", help="only say what ships")
    train.add_argument("names", nargs="*", metavar="NAME", help="see --list; all: everything")
    for name, table in catalogue.OTHERS.items():
        commands.add_parser(name).add_argument("names", nargs="+", choices=table)
    options = parser.parse_args(arguments)

    if options.command != "train":
        for name in options.names:
            find(catalogue.OTHERS[options.command][name])()
        return 0
    if options.list:
        print(listed())
        return 0
    known = [entry.name for entry in catalogue.ENTRIES]
    strange = [name for name in options.names if name not in (*known, "all")]
    if strange or not options.names:
        train.error(f"{', '.join(strange) or 'nothing'} does not ship; --list says what does")
    names = known if "all" in options.names else options.names
    if len(names) == 1:
        catalogue.make(names[0])
        return 0
    return _each_alone(names)


def listed() -> str:
    """All that ships, a line each: name, kind, what it needs, how long it takes."""
    wide = max(len(entry.name) for entry in catalogue.ENTRIES)
    lines = [
        f"{entry.name:{wide}}  {entry.kind:9}  {'MNIST' if entry.mnist else '':5}  {entry.takes}"
        for entry in catalogue.ENTRIES
    ]
    return "\n".join(line.rstrip() for line in lines)


def _each_alone(names: Sequence[str]) -> int:
    """Make one after the other, each in a process that knows nothing of the one before."""
    for name in names:
        print(f"-- {name}", flush=True)
        done = subprocess.run([sys.executable, "-m", "core", "train", name], check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
