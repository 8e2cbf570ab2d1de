"""Every config that was read when it was recorded is read still, and no other."""

from __future__ import annotations

import json

import pytest

from core.vision.training import data
from tests.golden import settings

GOLDEN = json.loads(settings.FILE.read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def with_mnist(monkeypatch: pytest.MonkeyPatch) -> None:
    """They were recorded where MNIST is, which is learned from where nothing else is said."""
    monkeypatch.setattr(data, "available", lambda: "mnist")


def test_every_config_is_recorded() -> None:
    assert GOLDEN.keys() == settings.CONFIGS.keys()


@pytest.mark.parametrize("name", GOLDEN)
def test_the_same_values_are_read_and_refused(name: str) -> None:
    for field, read in GOLDEN[name]["fields"].items():
        found = [v for v in settings.VALUES if settings.read_again(name, {field: v}) is not None]
        assert json.dumps(found) == json.dumps(read), field


@pytest.mark.parametrize("name", GOLDEN)
def test_configs_are_written_as_they_were(name: str) -> None:
    for given, written in GOLDEN[name]["several"]:
        assert settings.read_again(name, given) == written, given
