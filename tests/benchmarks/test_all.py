"""Every benchmark can be started: what it imports of the house is there."""

import importlib
import pkgutil

import pytest

import benchmarks


@pytest.mark.parametrize(
    "name", [module.name for module in pkgutil.iter_modules(benchmarks.__path__)]
)
def test_it_is_there(name: str) -> None:
    importlib.import_module(f"benchmarks.{name}")
