"""What the server holds for its visitors: who makes room for whom, and the one number."""

from __future__ import annotations

import pytest

from core import memory
from core.memory import IDLE, Full, Store
from tests.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> Store[str]:
    """Room for ten things of ten bytes each, of which one owner may have one and a client seven."""
    return Store(100, clock)


def _filled(store: Store[str]) -> None:
    for number in range(5):
        store.put(f"a{number}", "", 10, f"owner{number}", "there")
        store.put(f"b{number}", "", 10, f"other{number}", "here")


def test_the_askers_own_oldest_goes_first(store: Store[str]) -> None:
    store.put("a", "", 10, "me")
    store.put("b", "", 10, "another")
    store.put("c", "", 10, "me")
    assert [store.get(name) for name in "abc"] == [None, "", ""]


def test_nobody_loses_the_last_to_a_newcomer(store: Store[str], clock: Clock) -> None:
    _filled(store)
    for number in range(50):
        with pytest.raises(Full, match="Try again"):
            store.put(f"c{number}", "", 10, f"hostile{number}", "elsewhere")
    assert store.held == 100 and store.get("a0") == ""
    clock.now += IDLE
    for name in ("a1", "a2"):
        store.get(name)
    store.put("d", "", 30, "late", "elsewhere")
    assert store.get("a1") == store.get("a2") == store.get("d") == "" and store.held <= 100


def test_what_somebody_has_beside_something_newer_goes_to_who_has_none(clock: Clock) -> None:
    store = Store[str](1000, clock)
    for number in range(50):
        store.put(f"two{number}", "", 18, f"owner{number // 2}", str(number // 2))
    store.put("large", "", 40, "another", "b")
    store.put("new", "", 80, "newcomer", "c")
    assert store.get("two0") is None and store.get("two1") == "" and store.held <= 1000


def test_one_address_leaves_room_for_the_others(store: Store[str]) -> None:
    for number in range(7):
        store.put(f"a{number}", "", 10, f"owner{number}", "there")
    with pytest.raises(Full):
        store.put("late", "", 10, "late", "there")
    store.put("elsewhere", "", 10, "somebody", "here")
    assert store.get("a0") == "" and store.get("elsewhere") == ""


def test_what_two_people_hold_stays_while_one_of_them_does(store: Store[str]) -> None:
    store.put("same", "", 10, "one")
    store.put("same", "", 10, "two")
    store.put("mine", "", 10, "one")
    assert store.held == 20
    store.put("too", "", 10, "two")
    assert store.get("same") is None


def test_all_shares_together_are_the_one_number() -> None:
    names = ("RUNS", "NETWORKS", "VECTORS", "PICTURES", "UPLOADS")
    parts = [getattr(memory, name) for name in names]
    assert sum(parts) <= memory.BYTES and min(parts) > 0


@pytest.mark.parametrize("text", ["much", "-5", "99", "1e3", "٥٠٠"])
def test_a_number_that_is_none_stops_the_start(text: str) -> None:
    with pytest.raises(ValueError, match=r"FORWARD_PASS_MEMORY.*at least 100"):
        memory.megabytes({"FORWARD_PASS_MEMORY": text})
    assert memory.megabytes({"FORWARD_PASS_MEMORY": "512"}) == 512
    assert memory.megabytes({}) == memory.USUAL
