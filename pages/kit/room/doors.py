"""Where a phone gets in: addresses that it can reach, each with its QR code."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

import psutil
import segno
import streamlit as st
from streamlit import net_util

from core.schema import Refusal, mark
from pages.kit.deployment import Deployment, deployment, host_name, origin_of

MOST = 4
"""Addresses that are offered; a machine with containers has dozens that lead nowhere."""
LONGEST = 300
_VIRTUAL = ("br-", "docker", "veth", "virbr", "vmnet", "vEthernet")
NO_ADDRESS = mark("That is no address of this server.")


def doors(at: object, code: str) -> list[dict[str, str]]:
    """The addresses of a room, the likeliest first, with their QR codes.

    Args:
        at: where the lecturer's own browser finds `/j`.
        code: of the room.

    Raises:
        Refusal: `at` is no address.
    """
    if not isinstance(at, str) or len(at) > LONGEST or origin_of(at) is None:
        raise Refusal(NO_ADDRESS)
    bound = str(st.get_option("server.address") or "")
    found = reachable(at, deployment(), bound, _own_addresses())
    return [
        {"url": url, "spoken": url.partition("://")[2], "qr": qr(f"{url}/{code}")} for url in found
    ]


def reachable(at: str, told: Deployment, bound: str, own: Iterable[str]) -> list[str]:
    """The addresses of `/j` that another machine can open; none where there is none.

    >>> reachable("http://localhost:8501/j", Deployment(), "", ["10.0.0.7"])
    ['http://10.0.0.7:8501/j']
    >>> reachable("http://localhost:8501/j", Deployment(), "127.0.0.1", ["10.0.0.7"])
    []
    >>> reachable("https://learn.example.edu/x/j", Deployment(), "127.0.0.1", ["10.0.0.7"])
    ['https://learn.example.edu/x/j']
    """
    if told.url:
        return [f"{told.url.rstrip('/')}/j"]
    parts = urlsplit(at.rstrip("/"))
    if not _is_this_machine(host_name(parts.netloc)):
        return [f"{parts.scheme}://{parts.netloc}{parts.path}"]
    if _is_this_machine(bound):
        return []
    port = f":{parts.port}" if parts.port else ""
    named = [f"[{each}]" if ":" in each else each for each in own]
    return [f"{parts.scheme}://{each}{port}{parts.path}" for each in named][:MOST]


def qr(url: str) -> str:
    """The QR code of an address: the path of an SVG whose unit is one module, and its side."""
    code = segno.make(url, error="m", boost_error=False)
    width, _ = code.symbol_size(border=0)
    rows = enumerate(code.matrix_iter(border=0))
    squares = [f"M{x} {y}h1v1h-1z" for y, row in rows for x, dark in enumerate(row) if dark]
    return f"{width} {''.join(squares)}"


def _is_this_machine(name: str) -> bool:
    """Whether a name means the machine that it is said on."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback


def _own_addresses() -> list[str]:
    """This machine's addresses in its networks: first the one that leads out."""
    found = []
    running = psutil.net_if_stats()
    for name, addresses in psutil.net_if_addrs().items():
        if name.startswith(_VIRTUAL) or (name in running and not running[name].isup):
            continue
        for each in addresses:
            if each.family == socket.AF_INET:
                address = ipaddress.ip_address(each.address)
                if not (address.is_loopback or address.is_link_local):
                    found.append(each.address)
    first = net_util.get_internal_ip()  # of a socket that sends nothing
    return sorted(dict.fromkeys(found), key=lambda address: address != first)
