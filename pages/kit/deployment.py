"""Where this server stands: what its operator says of it in the environment, read once.

FORWARD_PASS_URL      the address that visitors open, such as https://learn.example.edu/forward-pass
FORWARD_PASS_HOSTS    names that visitors may call it by, with commas: learn.example.edu,*.lab.edu;
                      "*" for any
FORWARD_PASS_PROXIES  addresses or networks of proxies whose X-Forwarded-* and Forwarded headers are
                      believed
FORWARD_PASS_FRAMES   origins of pages that may frame it, such as https://moodle.example.edu
FORWARD_PASS_FETCH    whether visitors may have models fetched from the hub: "on" or "off"; without
                      it only where the server listens on this machine alone
FORWARD_PASS_WORKERS  processes that train, 1 to 8; without it as many as there are processors but
                      one, and two at least

docs/deploy.md shows each in its place.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from urllib.parse import urlsplit

import streamlit as st
from streamlit import net_util

from core.training.limits import MOST_WORKERS

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_log = logging.getLogger("forward_pass")
_SWITCH = {"on": True, "1": True, "true": True, "off": False, "0": False, "false": False}
_DEFAULT_PORTS = {"http": "80", "https": "443", "ws": "80", "wss": "443"}


@dataclass(frozen=True)
class Deployment:
    """What the operator has set.

    Attributes:
        origins: origins other than the server's own whose questions are answered.
        hosts: names, or patterns of them, in lower case.
        proxies: networks whose X-Forwarded-* and Forwarded headers are believed.
        frames: origins that may frame the pages, besides our own.
        fetch: whether visitors may have models fetched; None if nobody has said so.
        workers: processes that train; None: as many as the machine has to give.
        url: the address that visitors open; "" if nobody has said so.
    """

    origins: frozenset[str] = frozenset()
    hosts: tuple[str, ...] = ()
    proxies: tuple[Network, ...] = ()
    frames: tuple[str, ...] = ()
    fetch: bool | None = None
    workers: int | None = None
    url: str = ""

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Deployment:
        """Read it.

        Raises:
            ValueError: one of the variables cannot be read; the sentence names it.
        """
        url = environment.get("FORWARD_PASS_URL", "").strip()
        if url and origin_of(url) is None:
            raise ValueError(f"FORWARD_PASS_URL is no address of a site: {url!r}.")
        hosts = []
        for host in (*_listed(environment, "FORWARD_PASS_HOSTS"), *([url] if url else [])):
            hosts.append(host_name(host.rpartition("://")[2].partition("/")[0]))
            if not hosts[-1]:
                raise ValueError(f"FORWARD_PASS_HOSTS holds no name of a server: {host!r}.")
        frames = []
        for frame in _listed(environment, "FORWARD_PASS_FRAMES"):
            origin = origin_of(frame)
            if origin is None or frame.rstrip("/").count("/") != 2:
                raise ValueError(f"FORWARD_PASS_FRAMES holds no origin: {frame!r}.")
            frames.append(origin)
        try:
            proxies = [
                ipaddress.ip_network(text, strict=False)
                for text in _listed(environment, "FORWARD_PASS_PROXIES")
            ]
        except ValueError as error:
            raise ValueError(f"FORWARD_PASS_PROXIES holds no address: {error}.") from None
        origins = frozenset({origin} if (origin := origin_of(url)) else ())
        fetch = environment.get("FORWARD_PASS_FETCH", "").strip().lower()
        if fetch not in ("", *_SWITCH):
            raise ValueError(f"FORWARD_PASS_FETCH is on or off, not {fetch!r}.")
        workers = environment.get("FORWARD_PASS_WORKERS", "").strip()
        if workers and workers not in map(str, range(1, MOST_WORKERS + 1)):
            raise ValueError(
                f"FORWARD_PASS_WORKERS is no number from 1 to {MOST_WORKERS}: {workers!r}."
            )
        return cls(
            origins,
            tuple(hosts),
            tuple(proxies),
            tuple(frames),
            _SWITCH.get(fetch),
            int(workers) if workers else None,
            url,
        )

    @property
    def fetches(self) -> bool:
        """Whether visitors may have models fetched: they come onto the operator's disk."""
        if self.fetch is not None:
            return self.fetch
        if self.origins or self.hosts or self.proxies:  # a proxy stands before it
            return False
        address = str(st.get_option("server.address") or "").strip("[]")
        return address == "localhost" or (
            is_address(address) and ipaddress.ip_address(address).is_loopback
        )

    def trusts(self, address: str) -> bool:
        """Whether this is a proxy whose headers are believed."""
        try:
            peer = ipaddress.ip_address(address)
        except ValueError:  # a Unix socket, or a test's client
            return False
        peer = getattr(peer, "ipv4_mapped", None) or peer  # of a socket that hears both kinds
        return any(peer in network for network in self.proxies)

    def serves(self, host: str) -> bool:
        """Whether a visitor may call the server by this name; the port does not matter.

        A page elsewhere can make its own name point at this server (DNS rebinding) and would then
        count as ours. It cannot do that with an address, nor with a name without a dot.
        """
        name = host_name(host)
        if not name or "." not in name or name.endswith(".localhost") or is_address(name):
            return bool(name)
        own = socket.gethostname().lower()  # and what a room without a name server calls it
        patterns = (own, f"{own.partition('.')[0]}.local", *self.hosts, *_streamlit_hosts())
        return any(fnmatchcase(name, each) for each in patterns)


def client_of(address: str) -> str:
    """What counts as one client of its address: with IPv6 the network, which is one household's."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found) >> 64 << 64, 64)))


def host_name(host: str) -> str:
    """The name in a Host header, in lower case, without port, brackets and final dot.

    Addresses are written the shortest way, names of other scripts as browsers send them.
    """
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        if is_address(name):
            return ipaddress.ip_address(name).compressed
        return name if name.isascii() else name.encode("idna").decode("ascii")
    except ValueError:
        return ""


def is_address(name: str) -> bool:
    """Whether a host is named by its address."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def origin_of(url: str) -> str | None:
    """Scheme, host and port of an address as browsers write an Origin: no default port."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    name = host_name(parts.netloc.rpartition("@")[2])
    if parts.scheme not in ("http", "https") or not name:
        return None
    host = f"[{name}]" if ":" in name else name
    shown = "" if port is None or str(port) == _DEFAULT_PORTS[parts.scheme] else f":{port}"
    return f"{parts.scheme}://{host}{shown}"


def _listed(environment: Mapping[str, str], name: str) -> list[str]:
    return [part for part in re.split(r"[,;\s]+", environment.get(name, "")) if part]


def _streamlit_hosts() -> list[str]:
    """The names that Streamlit's own settings know."""
    hosts = [str(host).strip().lower() for host in st.get_option("server.allowedHosts") or ()]
    if named := st.get_option("browser.serverAddress"):
        hosts.append(host_name(str(named)))
    return hosts


@cache
def deployment() -> Deployment:
    """This server's."""
    return Deployment.of(os.environ)


FILES = 4096
"""Open files that a room of 120 browsers needs, reloads included (docs/decisions.md)."""


def room_for_files() -> None:
    """Raise this process's limit of open files as far as the system lets it.

    A shell's usual 1,024 are used up by 120 browsers: three for each session of Streamlit,
    a socket, a stream of events and a connection that is kept.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and (soft < hard or hard == resource.RLIM_INFINITY):
        wanted = 65_536 if hard == resource.RLIM_INFINITY else hard
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        except (OSError, ValueError):  # macOS promises more than it gives
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(10_240, wanted), hard))
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if 0 <= soft < FILES:
        _log.warning("At most %d open files: enough for about %d browsers.", soft, soft // 8)


def announce() -> None:
    """Print where the dashboard is, and under which settings.

    Streamlit's own lines are switched off: to print them it asks a stranger for our address.
    """
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    bound = st.get_option("server.address")
    hosts = [bound] if bound and bound not in ("0.0.0.0", "::") else ["localhost", *_addresses()]
    for host in hosts:
        print(f"Forward Pass: {scheme}://{host}:{st.get_option('server.port')}/{base}", flush=True)


def _addresses() -> list[str]:
    address = net_util.get_internal_ip()  # of a socket that sends nothing
    return [address] if address and not address.startswith("127.") else []
