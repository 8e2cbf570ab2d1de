"""What proxies say of a request that they hand on: X-Forwarded-*, and Forwarded (RFC 7239).

Whether they are believed is decided elsewhere (`origins.py`).
"""

from __future__ import annotations

import re

from starlette.datastructures import Headers

# Possessive throughout: a long header of nothing but blanks must not be tried in all ways.
_PAIR = r'[!#$%&\'*+.^`|~\w-]++=(?:"(?:[^"\\]|\\.)*+"|[^\s",;]*+)'
_PART = rf"[ \t]*+(?:{_PAIR}[ \t]*+)?+"
_WHOLE = re.compile(rf"{_PART}(?:[,;]{_PART})*+", re.ASCII)
_NEXT = re.compile(rf"(?P<pair>{_PAIR})|(?P<comma>,)", re.ASCII)


def ways(headers: Headers) -> list[list[str]]:
    """The addresses on the way here, the next one last: a list for each header that is there.

    >>> ways(Headers({"forwarded": 'for="[2001:db8::1]:443";proto=https, For=10.0.0.9'}))
    [['[2001:db8::1]:443', '10.0.0.9']]
    >>> ways(Headers({"forwarded": 'for="192.0.2.1, for=10.0.0.9'}))  # a quote stays open
    [[]]
    """
    found = []
    if listed := ",".join(headers.getlist("x-forwarded-for")):
        found.append([address.strip() for address in listed.split(",")])
    if "forwarded" in headers:
        found.append([element.get("for", "") for element in _elements(headers)])
    return found


def hosts(headers: Headers) -> list[str]:
    """The names by which a visitor has called the server, as the first proxy says.

    >>> hosts(Headers({"forwarded": 'host="fp.example:8443";for=192.0.2.1, host=app'}))
    ['fp.example:8443']
    """
    named = headers.get("x-forwarded-host", "").partition(",")[0].strip()
    standard = [element["host"] for element in _elements(headers) if element.get("host")]
    return list(dict.fromkeys([*([named] if named else []), *standard[:1]]))


def _elements(headers: Headers) -> list[dict[str, str]]:
    """The elements of Forwarded, one for each proxy; none where one of them cannot be read."""
    text = ",".join(headers.getlist("forwarded"))
    if not _WHOLE.fullmatch(text):
        return []
    elements: list[dict[str, str]] = [{}]
    for found in _NEXT.finditer(text):
        if found["comma"]:
            elements.append({})
        else:
            name, _, value = found["pair"].partition("=")
            if value.startswith('"'):
                value = re.sub(r"\\(.)", r"\1", value[1:-1])
            elements[-1][name.lower()] = value
    return elements
