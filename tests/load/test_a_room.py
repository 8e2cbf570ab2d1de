"""A room full of students: sixty at once, and each gets what belongs to them."""

from __future__ import annotations

import asyncio
import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from core.vision import forward, networks
from core.vision.drawing import Drawing
from core.vision.hand import sample
from core.vision.question import DrawingQuestion
from tests.patience import PATIENCE
from tests.phones import Lecturer, Phone
from tests.served import HOST, Server

pytestmark = pytest.mark.load

STUDENTS = 60
QUESTIONS = 15
"""How often the browser of each student asks, one question after the other."""


def _lesson(student: int) -> dict[str, Any]:
    """Each student's own drawing, network and selected number."""
    return {
        "drawing": sample(1000 + student).lists(),
        "model": networks.MODELS[student % 2],
        "place": {"layer": "conv2", "map": student % 64, "row": student % 14, "column": 3},
        "strip": False,
    }


def _head(answer: bytes) -> dict[str, Any]:
    length = int.from_bytes(answer[:4], "little")
    head: dict[str, Any] = json.loads(answer[4 : 4 + length])
    return head


def _draw(server: Server, student: int) -> list[tuple[int, bytes]]:
    """Status and body of each answer."""
    body = json.dumps(_lesson(student))
    connection = http.client.HTTPConnection(HOST, server.port, timeout=PATIENCE)
    found = []
    for _ in range(QUESTIONS):
        connection.request(
            "POST", "/forward-pass/trace", body, {"Content-Type": "application/json"}
        )
        answer = connection.getresponse()
        found.append((answer.status, answer.read()))
    connection.close()
    return found


def test_every_answer_belongs_to_its_own_drawing(server: Server) -> None:
    expected = []
    for student in range(STUDENTS):
        question = DrawingQuestion.read(_lesson(student))
        run = forward.run(question)
        expected.append((run["logits"][0].tolist(), forward.opened(question, run).value))
    assert len({tuple(logits) for logits, _ in expected}) == STUDENTS
    with ThreadPoolExecutor(STUDENTS) as room:
        drawn = list(room.map(lambda student: _draw(server, student), range(STUDENTS)))
    for (logits, value), answers in zip(expected, drawn, strict=True):
        for status, body in answers:
            assert status == 200
            head = _head(body)
            assert head["logits"] == pytest.approx(logits, rel=1e-4, abs=1e-4)
            assert head["opened"]["number"]["value"] == pytest.approx(value, rel=1e-4, abs=1e-4)


def test_sixty_phones_join_vote_follow_and_draw_and_nothing_is_lost(server: Server) -> None:
    asyncio.run(_a_lesson(server.url))


async def _a_lesson(address: str) -> None:
    lecturer = await Lecturer.opened(address)
    phones = await asyncio.gather(*(Phone.joined(address, lecturer.code) for _ in range(STUDENTS)))
    await lecturer.heard.until(lambda state: state["people"] == STUDENTS)
    asked = {"prompt": "Which?", "choices": ["one", "two", "three"]}
    number = (await lecturer.do("ask", question=asked))["id"]
    for phone in phones:
        await phone.heard.until(
            lambda state: state["question"] and state["question"]["id"] == number
        )
    await asyncio.gather(
        *(phone.do("vote", question=number, value=i % 3) for i, phone in enumerate(phones))
    )
    await lecturer.heard.until(
        lambda state: state["question"] and state["question"]["votes"] == [STUDENTS]
    )
    assert [count for _, count in lecturer.heard.state["question"]["bars"]] == [20, 20, 20]
    assert all(phone.heard.state["question"]["bars"] == [] for phone in phones)
    await lecturer.do("steer", question=number, verb="away")
    for seed in range(10):
        shown = {"page": "sine-live", "link": f"seed={seed}", "taking": "digit"}
        await lecturer.do("show", shown=shown)
    for phone in phones:
        await phone.heard.until(lambda state: state["shown"]["link"] == "seed=9")
    drawn = await asyncio.gather(*(phone.draw(i) for i, phone in enumerate(phones)))
    assert [each["made"]["label"] for each in drawn] == [i % 10 for i in range(STUDENTS)]
    wall = await lecturer.do("wall", kind="digit")
    assert sorted(each["made"]["share"] for each in wall["new"]) == sorted(
        each["made"]["share"] for each in drawn
    )
    await lecturer.do("end")
    for each in (lecturer, *phones):
        each.close()


def _visit(server: Server, student: int) -> tuple[list[str], dict[str, Any]]:
    """Open the page as a browser does: what went wrong, and what the picture was given."""
    drawing = Drawing.of(sample(2000 + student).lists())
    ask = BackMsg()
    ask.rerun_script.page_name = "draw-a-digit"
    ask.rerun_script.query_string = f"drawing={drawing.encode()}"
    address = f"ws://{HOST}:{server.port}/_stcore/stream"
    wrong, given = [], {}
    with connect(
        address,
        subprotocols=[Subprotocol("streamlit")],
        origin=f"http://{HOST}:{server.port}",
        open_timeout=PATIENCE,
        max_size=None,
    ) as socket:
        socket.send(ask.SerializeToString())
        while True:
            code = socket.recv(timeout=PATIENCE)
            assert isinstance(code, bytes)
            message = ForwardMsg.FromString(code)
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                name = element.WhichOneof("type")
                if name in ("exception", "alert"):
                    wrong.append(str(getattr(element, name)))
                if name == "bidi_component" and "forward_pass_digit" in str(element)[:2000]:
                    given = json.loads(element.bidi_component.json)
            if kind == "script_finished":
                if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    wrong.append(str(message.script_finished))
                return wrong, given


def test_sixty_sessions_open_the_page_at_once_and_each_sees_its_own_drawing(
    server: Server,
) -> None:
    with ThreadPoolExecutor(STUDENTS) as room:
        seen = list(room.map(lambda student: _visit(server, student), range(STUDENTS)))
    for student, (wrong, given) in enumerate(seen):
        assert wrong == []
        assert given["view"]["drawing"] == sample(2000 + student).lists()
