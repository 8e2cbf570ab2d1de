"""Which requests pass: names of the server, origins of the question, and what proxies change."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket

from pages.kit import deployment
from pages.kit.deployment import Deployment, origin_of
from pages.kit.gate import Gate, no_forwarding_but_ours
from pages.kit.language import catalogue
from pages.kit.requests import BROKEN, client_of
from tests.served import ROOT

OPEN = Deployment.of({"FORWARD_PASS_HOSTS": "fp.example,*.lab.example"})
LISTED = Deployment.of(
    {"FORWARD_PASS_HOSTS": "한글.example; *.lab.example:8443 https://fp.example/x\nbare.example."}
)
BEHIND = Deployment.of(
    {"FORWARD_PASS_URL": "https://fp.example", "FORWARD_PASS_PROXIES": "10.0.0.0/8, ::1"}
)
PEER = ("10.1.2.3", 999)

PASSES: dict[str, tuple[Deployment, dict[str, str]]] = {
    "the same origin": (OPEN, {"host": "fp.example", "origin": "https://fp.example"}),
    "a program, without Origin": (OPEN, {"host": "fp.example"}),
    "an address": (Deployment(), {"host": "192.0.2.7:8501", "origin": "http://192.0.2.7:8501"}),
    "an address of IPv6": (Deployment(), {"host": "[::1]:8501", "origin": "http://[::1]:8501"}),
    "localhost": (Deployment(), {"host": "localhost:8501", "origin": "http://localhost:8501"}),
    "a name without a dot": (Deployment(), {"host": "lab3:8501", "origin": "http://lab3:8501"}),
    "a pattern": (OPEN, {"host": "a.lab.example", "origin": "http://a.lab.example"}),
    "capitals": (OPEN, {"host": "FP.example", "origin": "https://fp.example"}),
    "a final dot": (OPEN, {"host": "fp.example.", "origin": "https://fp.example"}),
    "a port of the scheme in Host": (
        OPEN,
        {"host": "fp.example:443", "origin": "https://fp.example"},
    ),
    "a port of the scheme in Origin": (
        OPEN,
        {"host": "fp.example", "origin": "http://fp.example:80"},
    ),
    "a proxy that drops the port": (
        OPEN,
        {"host": "fp.example", "origin": "http://fp.example:8080"},
    ),
    "a browser that vouches": (
        OPEN,
        {"host": "127.0.0.1:8501", "origin": "https://fp.example", "sec-fetch-site": "same-origin"},
    ),
    "a name of another script": (LISTED, {"host": "xn--bj0bj06e.example:81"}),
    "a pattern that was listed with a port": (LISTED, {"host": "a.lab.example:8443"}),
    "a name that was listed as an address": (
        LISTED,
        {"host": "fp.example", "origin": "https://fp.example"},
    ),
    "a name that was listed with a final dot": (LISTED, {"host": "bare.example"}),
    "an address written in full": (
        Deployment(),
        {"host": "[0:0:0:0:0:0:0:1]:8501", "origin": "http://[::1]:8501"},
    ),
    "an address with a zone": (Deployment(), {"host": "[fe80::1%25eth0]:8501"}),
    "a proxy that forwards no name": (
        BEHIND,
        {"host": "fp.example", "x-forwarded-host": "", "origin": "https://fp.example"},
    ),
    "a proxy that is believed, by the standard": (
        BEHIND,
        {
            "host": "app.cluster.local",
            "forwarded": 'for="[2001:db8::9]";host="fp.example";proto=https, for=10.0.0.2;host=app',
            "origin": "https://fp.example",
        },
    ),
    "the operator's own address": (BEHIND, {"host": "app:8501", "origin": "https://fp.example"}),
    "a proxy that is believed": (
        BEHIND,
        {"host": "app:8501", "x-forwarded-host": "fp.example", "origin": "https://fp.example"},
    ),
}
REFUSED: dict[str, tuple[Deployment, dict[str, str]]] = {
    "another site": (OPEN, {"host": "fp.example", "origin": "https://evil.example"}),
    "another site that the browser names": (
        OPEN,
        {"host": "fp.example", "origin": "https://evil.example", "sec-fetch-site": "cross-site"},
    ),
    "another site that hides its name": (
        OPEN,
        {"host": "fp.example", "sec-fetch-site": "cross-site"},
    ),
    "a name beside a pattern": (LISTED, {"host": "evil-lab.example"}),
    "a name behind somebody's": (OPEN, {"host": "fp.example@evil.example"}),
    "a subdomain": (
        OPEN,
        {"host": "fp.example", "origin": "https://x.fp.example", "sec-fetch-site": "same-site"},
    ),
    "another port": (OPEN, {"host": "localhost:8501", "origin": "http://localhost:9999"}),
    "another scheme's port": (OPEN, {"host": "fp.example:443", "origin": "http://fp.example"}),
    "a name as part of another": (OPEN, {"host": "fp.example", "origin": "https://xfp.example"}),
    "an opaque origin": (OPEN, {"host": "fp.example", "origin": "null"}),
    "no origin at all": (OPEN, {"host": "fp.example", "origin": "http://["}),
    "a name that was pointed here": (
        Deployment(),
        {"host": "evil.example", "origin": "http://evil.example", "sec-fetch-site": "same-origin"},
    ),
    "a stranger's forwarded host": (
        OPEN,
        {"host": "127.0.0.1", "x-forwarded-host": "fp.example", "origin": "https://fp.example"},
    ),
    "a proxy that forwards a name that was pointed here": (
        BEHIND,
        {"host": "app:8501", "x-forwarded-host": "evil.example", "origin": "http://evil.example"},
    ),
    "a stranger's forwarded host, by the standard": (
        OPEN,
        {"host": "127.0.0.1", "forwarded": "host=fp.example", "origin": "https://fp.example"},
    ),
    "a page that was pointed here and tells the proxy another name": (
        BEHIND,
        {"host": "evil.example", "forwarded": "host=fp.example", "origin": "http://evil.example"},
    ),
    "the same in the other header": (
        BEHIND,
        {
            "host": "evil.example",
            "x-forwarded-host": "fp.example",
            "origin": "http://evil.example",
        },
    ),
    "a name among two that is not ours": (
        BEHIND,
        {"host": "app", "x-forwarded-host": "fp.example", "forwarded": "host=evil.example"},
    ),
    "no Host": (Deployment(), {"host": ""}),
}


async def _answers(request: Request) -> Response:
    return PlainTextResponse("answered")


async def _who(request: Request) -> Response:
    return PlainTextResponse(client_of(request))


async def _fails(request: Request) -> Response:
    raise RuntimeError("nobody has thought of this")


async def _listens(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(socket.headers["host"])
    await socket.close()


def _client(deployment: Deployment, peer: Any = PEER) -> TestClient:
    routes = [
        Route("/", _answers, methods=["GET", "POST"]),
        Route("/who", _who),
        Route("/fails", _fails),
        WebSocketRoute("/socket", _listens),
    ]
    gate = Middleware(Gate, lambda: deployment)
    app = Starlette(routes=routes, middleware=[gate])
    return TestClient(app, raise_server_exceptions=False, client=peer)


@pytest.mark.parametrize("case", PASSES)
def test_it_passes(case: str) -> None:
    deployment, headers = PASSES[case]
    assert _client(deployment).post("/", headers=headers).text == "answered"


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused(case: str) -> None:
    deployment, headers = REFUSED[case]
    answer = _client(deployment).post("/", headers=headers)
    assert answer.status_code == 403 and answer.text.endswith(".")


def test_a_refusal_names_the_cause_in_the_visitors_language() -> None:
    headers = {"host": "fp.example", "origin": "https://evil.example"}
    english = _client(OPEN).post("/", headers=headers).text
    assert "https://evil.example" in english and "fp.example" in english
    korean = _client(OPEN).post("/", headers=headers | {"accept-language": "ko-KR,ko;q=0.9"}).text
    assert "https://evil.example" in korean and korean != english
    named = _client(Deployment()).get("/", headers={"host": "evil.example"})
    assert named.status_code == 403 and "FORWARD_PASS_HOSTS" in named.text


@pytest.mark.parametrize("case", PASSES)
def test_a_socket_that_passes_looks_to_streamlit_like_one_of_its_own(case: str) -> None:
    """Otherwise Streamlit would look up the server's outside address before it answers."""
    deployment, headers = PASSES[case]
    if headers["host"] == "127.0.0.1:8501":
        pytest.skip("A browser does not vouch for a socket.")
    with _client(deployment).websocket_connect("/socket", headers=headers) as socket:
        seen = socket.receive_text()
    assert seen == headers.get("origin", f"://{headers['host']}").partition("://")[2]


def _refusal(path: str, headers: dict[str, str]) -> WebSocketDenialResponse:
    with (
        pytest.raises(WebSocketDenialResponse) as refused,
        _client(OPEN).websocket_connect(path, headers={"host": "fp.example"} | headers),
    ):
        pass
    answer: WebSocketDenialResponse = refused.value
    return answer


def test_a_foreign_socket_is_refused_before_it_is_accepted() -> None:
    foreign = {"origin": "https://evil.example", "accept-language": "ko"}
    refused = _refusal("/socket", foreign)
    assert refused.status_code == 403 and "https://evil.example" in refused.text
    assert refused.text == _client(OPEN).post("/", headers=foreign | {"host": "fp.example"}).text


@pytest.mark.parametrize("path", ["/socket", "/none"])
def test_a_refused_socket_says_what_every_answer_says(path: str) -> None:
    origin = "https://evil.example" if path == "/socket" else "https://fp.example"
    refused = _refusal(path, {"origin": origin})
    assert refused.status_code == 403 and refused.text.endswith(".")
    _says_what_may_be_done(refused.headers)


@pytest.mark.parametrize("path", ["/", "/none", "/fails", "/who"])
def test_every_answer_says_what_may_be_done_with_it(path: str) -> None:
    _says_what_may_be_done(_client(Deployment()).post(path).headers)


def test_what_nobody_has_thought_of_is_a_sentence() -> None:
    answer = _client(Deployment()).get("/fails", headers={"accept-language": "ko"})
    assert answer.status_code == 500
    _says_what_may_be_done(answer.headers)
    assert answer.text == catalogue("ko").gettext(BROKEN)


def _says_what_may_be_done(headers: Mapping[str, str]) -> None:
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("192.0.2.9", "", "192.0.2.9"),
        ("192.0.2.9", "198.51.100.7", "192.0.2.9"),  # nobody's proxy
        ("10.1.2.3", "198.51.100.7", "198.51.100.7"),
        ("10.1.2.3", "203.0.113.1, 198.51.100.7", "198.51.100.7"),  # the first one is made up
        ("10.1.2.3", "198.51.100.7, 10.9.9.9", "198.51.100.7"),  # two proxies
        ("10.1.2.3", "nonsense", "10.1.2.3"),
        ("10.1.2.3", "198.51.100.7:40123", "198.51.100.7"),  # a gateway that tells the port
        ("10.1.2.3", "[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ("10.1.2.3", "2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:10.1.2.3", "198.51.100.7", "198.51.100.7"),  # a socket that hears both kinds
        ("10.1.2.3", "", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),  # a household has a whole network
        ("::ffff:192.0.2.9", "", "192.0.2.9"),
    ],
)
def test_who_asks_is_the_peer_or_whom_a_believed_proxy_names(
    peer: str, forwarded: str, client: str
) -> None:
    headers = {"host": "fp.example"} | ({"x-forwarded-for": forwarded} if forwarded else {})
    assert _client(BEHIND, (peer, 999)).get("/who", headers=headers).text == client


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        ("for=198.51.100.7", "198.51.100.7"),
        ("For=203.0.113.1, FOR = 198.51.100.7", "10.1.2.3"),  # no blanks around "="
        ("for=203.0.113.1, for=198.51.100.7;proto=https;by=10.1.2.3", "198.51.100.7"),
        ('for="[2001:db8:1:2::9]:443" ; host=x , for=10.9.9.9', "2001:db8:1:2::/64"),
        ('for="198.51.100.7:40123"', "198.51.100.7"),
        (r'for="198.51.100\.7"', "198.51.100.7"),
        ("for=unknown", "10.1.2.3"),
        ("for=203.0.113.1, for=_hidden", "10.1.2.3"),  # the last proxy will not say
        ("for=203.0.113.1, proto=https", "10.1.2.3"),
        ('for=203.0.113.1;x=", for="[2001:db8::1]"', "10.1.2.3"),  # a quote that swallows the next
        ('for="203.0.113.1, for=198.51.100.7', "10.1.2.3"),
    ],
)
def test_the_standard_header_is_read_by_the_same_rule(forwarded: str, client: str) -> None:
    headers = {"host": "fp.example", "forwarded": forwarded}
    assert _client(BEHIND).get("/who", headers=headers).text == client
    stranger = _client(BEHIND, ("192.0.2.9", 9)).get("/who", headers=headers).text
    assert stranger == "192.0.2.9"


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [("for=198.51.100.7", "198.51.100.7"), ("for=203.0.113.1", "10.1.2.3")],
)
def test_two_headers_that_disagree_are_not_believed(forwarded: str, client: str) -> None:
    """The proxy has written one of them; the other one came with the visitor."""
    headers = {"host": "fp.example", "x-forwarded-for": "198.51.100.7", "forwarded": forwarded}
    assert _client(BEHIND).get("/who", headers=headers).text == client


def test_the_server_itself_believes_no_forwarded_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """uvicorn would believe whoever asks from this machine."""
    before = uvicorn.config.ProxyHeadersMiddleware
    monkeypatch.setattr(uvicorn.config, "ProxyHeadersMiddleware", before)
    no_forwarding_but_ours()
    config = uvicorn.Config(_client(BEHIND).app, proxy_headers=True)
    config.load()
    asked = TestClient(config.loaded_app, client=("127.0.0.1", 9))
    headers = {"host": "fp.example", "x-forwarded-for": "198.51.100.7"}
    assert asked.get("/who", headers=headers).text == "127.0.0.1"


def test_other_sites_may_frame_a_page_if_they_are_listed() -> None:
    headers = _client(Deployment(frames=("https://lms.example",))).get("/").headers
    assert "frame-ancestors 'self' https://lms.example" in headers["content-security-policy"]
    listed = "HTTPS://LMS.example/, https://한글.example:443 http://*.lab.example:80"
    frames = Deployment.of({"FORWARD_PASS_FRAMES": listed}).frames
    assert frames == ("https://lms.example", "https://xn--bj0bj06e.example", "http://*.lab.example")
    assert _client(Deployment(frames=frames)).get("/").status_code == 200


def test_the_machines_own_name_is_known_without_a_name_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(deployment.socket, "gethostname", lambda: "Lab3.uni.example")
    assert Deployment().serves("lab3.local:8501") and Deployment().serves("lab3.uni.example")
    assert not Deployment().serves("lab4.local")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FORWARD_PASS_URL", "learn.example"),
        ("FORWARD_PASS_PROXIES", "10.0.0.0/99"),
        ("FORWARD_PASS_HOSTS", "https://"),
        ("FORWARD_PASS_FRAMES", "'none'; script-src *"),
        ("FORWARD_PASS_FRAMES", "https://lms.example/course"),
        *(("FORWARD_PASS_WORKERS", text) for text in ("0", "9", "two", "1.5", "-1")),
    ],
)
def test_a_setting_that_cannot_be_read_stops_the_start(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        Deployment.of({name: value})


def test_the_number_of_workers_is_taken_over() -> None:
    assert Deployment.of({"FORWARD_PASS_WORKERS": " 1 "}).workers == 1
    assert Deployment.of({}).workers is None


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://fp.example:443/x", "https://fp.example"),
        ("http://FP.example:8080", "http://fp.example:8080"),
        ("http://[::1]:80/", "http://[::1]"),
        ("ftp://fp.example", None),
        ("http://fp.example:99999", None),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(url: str, origin: str | None) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    ("address", "asked", "fetches"),
    [
        (None, "", False),
        ("0.0.0.0", "", False),
        ("localhost", "", True),
        ("127.0.0.1", "", True),
        ("::1", "", True),
        ("lab.example", "", False),
        (None, "on", True),
        ("localhost", "off", False),
    ],
)
def test_models_are_fetched_on_ones_own_machine_or_where_it_is_allowed(
    monkeypatch: pytest.MonkeyPatch, address: str | None, asked: str, fetches: bool
) -> None:
    monkeypatch.setattr(deployment.st, "get_option", lambda name: address)
    assert Deployment.of({"FORWARD_PASS_FETCH": asked}).fetches is fetches
    if not asked:
        assert not Deployment.of({"FORWARD_PASS_URL": "https://lab.example"}).fetches
    with pytest.raises(ValueError, match="FORWARD_PASS_FETCH is on or off"):
        Deployment.of({"FORWARD_PASS_FETCH": "maybe"})


def test_secrets_of_a_hosted_space_count_as_the_environment(tmp_path: Path) -> None:
    """Before the first module of core has read its limits from there."""
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(
        'FORWARD_PASS_URL = "https://name.streamlit.app"\nFORWARD_PASS_MEMORY = 400\n'
    )
    program = (
        "import dashboard; from core.memory import BYTES;"
        "from pages.kit.deployment import deployment; print(BYTES, deployment().hosts)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program]
    told = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout == "400000000 ('name.streamlit.app',)\n"
