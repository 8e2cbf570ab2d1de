"""A script speaks Streamlit's socket and says of widgets what they cannot hold: nothing happens."""

from __future__ import annotations

import logging
import random
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.state.session_state import SessionState, WStates
from streamlit.testing.v1 import AppTest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from pages import registry
from pages.kit import widget_values
from tests.patience import PATIENCE
from tests.served import HOST, Server

TOLD = (
    *("garbage{", "null", "[]", "1e999", "7", '"x"', "[" * 100_000, "1" * 5_000),
    *('{"view": 5}', '{"view": null}', '{"view": {}}', '{"view": [[1]]}'),
    *('{"view": {"config": 3}}', '{"view": {"config": {"x": []}}}', '{"leads": 5, "follow": 7}'),
    '{"view": {"drawing": [[1, 2]], "selected": {"a": 1}, "place": 4, "seed": 1e999}}',
    '{"follow": {"page": 3, "link": "", "number": 1e999}}',
)


def _value(kind: str, value: object) -> dict[str, Any]:
    return {kind: value}


SAID: tuple[dict[str, Any], ...] = (
    *(_value("string_value", text) for text in ("", "x<script>", "\0")),
    *(_value("double_value", number) for number in (float("nan"), 1e300)),
    *(_value("int_value", number) for number in (-5, 2**62)),
    *({"bool_value": True}, {"trigger_value": True}, {"bytes_value": b"\xff\0"}),
    *(
        _value("double_array_value", each)
        for each in ([], [float("nan")], [1e308] * 2, [0.0] * 10**6)
    ),
    *(_value("int_array_value", each) for each in ([], [99_999], [-1, -1])),
    *(_value("string_array_value", each) for each in ([], ["nope"], ["x"] * 5_000)),
    *(_value("json_value", text) for text in TOLD),
    *(_value("json_trigger_value", text) for text in TOLD),
)


MESSAGE = 1_000_000
"""Bytes of a message that the socket takes in any case."""


def _said(name: str, value: dict[str, Any]) -> WidgetState:
    said = WidgetState(id=name)
    for kind, given in value.items():
        if kind.endswith("array_value"):
            getattr(said, kind).data.extend(given)
        else:
            setattr(said, kind, given)
    return said


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """As dashboard.py has it, and as it was afterwards; the next line in the log may come."""
    monkeypatch.setattr(WStates, "__getitem__", WStates.__getitem__)
    take = SessionState.set_widgets_from_proto
    monkeypatch.setattr(SessionState, "set_widgets_from_proto", take)
    monkeypatch.setattr(widget_values, "_told", float("-inf"))
    widget_values.only_what_fits()


def _page(path: str) -> None:
    from pages import registry
    from pages.kit.state import page_state

    entry = next(entry for entry in registry.PAGES if entry.path == path)
    if entry.table:
        page_state(entry.table)
    entry.module.page()


@pytest.mark.parametrize("path", [entry.path for entry in registry.PAGES])
@pytest.mark.usefixtures("guarded")
def test_a_page_stays_what_it_is_whatever_its_widgets_are_said_to_hold(
    path: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "forward_pass")
    app = AppTest.from_function(_page, args=(path,), default_timeout=PATIENCE)
    app.run()
    names = list(app._session_state._state._new_widget_state.widget_metadata)
    chance = random.Random(path)
    for value in chance.sample(SAID, 6):
        said = WidgetStates()
        said.widgets.extend(_said(name, value) for name in names)
        app._run(said)
        assert not app.exception
    table = next(entry for entry in registry.PAGES if entry.path == path).table
    if table:
        values = app.session_state[f"fp.state.{table.page}"]["values"]
        assert all(table[name].check(value) == value for name, value in values.items())
    assert len([each for each in caplog.records if each.name == "forward_pass"]) <= 1
    assert not any(each.exc_info for each in caplog.records)


@pytest.mark.usefixtures("guarded")
def test_more_than_a_session_may_hold_is_not_held() -> None:
    state, said = SessionState(), WidgetStates()
    said.widgets.append(_said("much", {"bytes_value": bytes(30_000_000)}))
    state.set_widgets_from_proto(said)
    assert not state._new_widget_state.states


def test_the_socket_of_a_running_server_says_nothing_of_it(server: Server) -> None:
    """The server's own log is held to have no traceback when all tests are done."""
    with connect(
        f"ws://{HOST}:{server.port}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        origin=Origin(f"http://{HOST}:{server.port}"),
        open_timeout=PATIENCE,
        max_size=None,
    ) as socket:
        first = _seen(socket, [])
        names = [name for name in first if name]
        assert names
        for value in SAID:
            said = [_said(name, value) for name in names]
            if sum(each.ByteSize() for each in said) < MESSAGE:
                assert set(_seen(socket, said)) >= set(names)


def _seen(socket: ClientConnection, said: list[WidgetState]) -> list[str]:
    """The widgets of the page as it is drawn then, without a word of what went wrong."""
    ask = BackMsg()
    ask.rerun_script.page_name = "convolution-and-pooling"
    ask.rerun_script.widget_states.widgets.extend(said)
    socket.send(ask.SerializeToString())
    found: list[str] = []
    while True:
        code = socket.recv(timeout=PATIENCE)
        assert isinstance(code, bytes)
        message = ForwardMsg.FromString(code)
        if message.WhichOneof("type") == "script_finished":
            assert message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            return found
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        assert kind != "exception", str(element)
        name = getattr(getattr(element, kind), "id", "") if kind else ""
        if name.startswith("$$ID"):
            found.append(name)
