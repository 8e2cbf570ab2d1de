"""`python -m benchmarks [NAME ...]`: measure, and write benchmarks/results.json.

A NAME is a key or the beginning of keys, such as draw or app.cold_start_s; without one everything
is measured. `--table` measures nothing and puts the results into the README.
"""

from __future__ import annotations

import argparse
import os
import sys

from benchmarks import (  # noqa: F401  (they fill the table)
    a11y,
    accuracy,
    app,
    arrival,
    attention,
    attention_page,
    attention_trained,
    bert,
    convolution,
    deploy,
    draw,
    embeddings,
    engine,
    faults,
    hall,
    house,
    mnist,
    networks,
    photo,
    real_pictures,
    results,
    room,
    route,
    series,
    sine,
    sine_page,
    text,
    texts,
    transformer,
    transformer_page,
)
from benchmarks.figures import Unmeasured, chosen


def main() -> int:
    """Measure what was asked for; 1 if a measurement failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--table", action="store_true", help="put the results into the README")
    options = parser.parse_args()
    if options.table:
        results.into_readme()
        print(results.table())
        return 0
    try:
        todo = chosen(options.names)
    except ValueError as error:
        parser.error(str(error))
    if hasattr(os, "getloadavg") and (load := os.getloadavg()[0]) > 0.5:
        print(f"This machine is busy (load {load:.1f}): times will be longer than they need be.")
    failed = 0
    for figures, measure in todo:
        try:
            values = measure()
        except Exception as error:  # the other figures are still worth having
            failed |= not isinstance(error, Unmeasured)
            keys = ", ".join(figure.key for figure in figures)
            print(f"{keys}: not measured. {error}", file=sys.stderr)
            continue
        results.keep(values)
        for figure in figures:
            value = values[figure.key]
            missed = "" if figure.reached(value) else "  NOT REACHED"
            goal = f"  ({figure.wanted})" if figure.wanted else ""
            print(f"{figure.key}  {figure.written(value)}{goal}{missed}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
