"""A hall behind nginx: two processes that share a PostgreSQL, one of which is killed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from core.room.limits import VARIABLE
from tests.nginx import Nginx
from tests.phones import Lecturer, Line, Phone
from tests.postgres import Postgres
from tests.served import HOST, Server

pytestmark = pytest.mark.load

PHONES = 24
ASKED = {"prompt": "Which?", "choices": ["one", "two"], "hidden": False}


def test_two_processes_share_a_room_and_one_that_is_killed_has_lost_nothing(
    tmp_path: Path,
) -> None:
    with Postgres() as postgres:
        servers = [Server(**{VARIABLE: postgres.url}).begin() for _ in range(2)]
        try:
            for server in servers:
                server.ready()
            with Nginx(tmp_path, "two-processes", *servers) as nginx:
                asyncio.run(_lesson(f"http://{HOST}:{nginx.port}", servers))
        finally:
            for server in servers:
                server.kill()


async def _lesson(address: str, servers: list[Server]) -> None:
    lecturer = await Lecturer.opened(address)
    cookies = [f"forward_pass={number}" for number in range(PHONES)]
    phones = [await Phone.joined(address, lecturer.code, cookie) for cookie in cookies]
    await lecturer.heard.until(lambda state: state["people"] == PHONES)
    number = (await lecturer.do("ask", question=ASKED))["id"]
    for i, phone in enumerate(phones):
        await phone.do("vote", question=number, value=i % 2)
    half = [["one", PHONES // 2], ["two", PHONES // 2]]
    for who in (lecturer, *phones):  # whichever process a phone is with
        await who.heard.until(lambda state: state["question"] and state["question"]["bars"] == half)
    for server in servers:
        server.kill()
        await asyncio.to_thread(server.start)
        for i, (phone, cookie) in enumerate(zip(phones, cookies, strict=True)):
            again = Phone(address, phone.code, phone.key, Line(address, cookie))
            assert (await again.do("known"))["votes"] == {"1": float(i % 2)}
            await again.heard.until(
                lambda state: state["question"] and state["question"]["votes"] == [PHONES]
            )
            again.close()
    for each in (lecturer, *phones):
        each.close()
