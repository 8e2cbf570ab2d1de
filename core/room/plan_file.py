"""A lesson plan as it lies in a file: JSON, or YAML, which is easier to write by hand."""

from __future__ import annotations

import json
from typing import Any

import yaml

from core.room.plan import Plan
from core.schema import Refusal, mark

DEEP = 12
"""Lists and tables within each other; a plan needs seven."""
MOST = 30_000
"""Texts, lists and tables in a file; the longest plan has half as many."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's own in C, twenty times as fast, where it was built with it."""

TOO_MUCH = mark("That is more than a lesson plan can hold.")
NOT_READ = mark("That file is neither JSON nor YAML.")
REPEATS = mark("A plan repeats nothing by & and *: write it out.")


def parsed(text: str) -> Plan:
    r"""A plan as a file has it.

    What repeats itself by reference is refused: nine short lines of it are a billion steps.

    >>> parsed("steps:\n  - link: bert?seed=2\n    minutes: 3").steps[0].place
    ('bert', 'seed=2')

    Raises:
        Refusal: it cannot be read, or is no plan.
    """
    return Plan.read(_plain(text))


def _plain(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        pass
    except RecursionError:
        raise Refusal(NOT_READ) from None
    try:
        _check(text)
        return yaml.load(text, Loader=_LOADER)
    except Refusal:
        raise
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # of a date, of a long number
        raise Refusal(NOT_READ) from error


def _check(text: str) -> None:
    """Hold it to what a plan needs, before anything is built of it."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        if count > MOST:
            raise Refusal(TOO_MUCH)
        if isinstance(event, yaml.AliasEvent):
            raise Refusal(REPEATS)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEP:
            raise Refusal(NOT_READ)
