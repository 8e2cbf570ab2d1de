"""Lesson links as they arrive: through messengers, mail, learning platforms and other hands.

On its way a link may be encoded once more, broken over lines, ended with the full stop of the
sentence around it, or given parameters that count clicks. What a page means is still in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from difflib import get_close_matches
from html import unescape
from urllib.parse import parse_qsl, unquote

DEPTH = 3
"""How often an address may have been encoded once more."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f]")
_LINES = re.compile("[\r\n\u2028\u2029\u0085]")
_ESCAPED = re.compile("%(?:25)*(?:20|2C|0A|[C-F][0-9A-F]%(?:25)*[89AB][0-9A-F])", re.IGNORECASE)
_LITERAL = re.compile("%(?![0-9A-F]{2})", re.IGNORECASE)
_AROUND = " \t\u00a0\u3000.,;:!?…。、，．！？；：)]}>）］｝」』】〉》»\"'“”‘’`*_~|\\"
_DASHES = re.compile(r"[\s_\-\u2010-\u2015\u2212+]+")
_QUERY = re.compile(r"[?&;\uff1f\ufe56]")
_AMPERSAND = re.compile("(?:amp;|#38;|#x26;)+", re.IGNORECASE)
"""What is left of an "&" that HTML has written once more, at the beginning of a name."""
_BEHIND = re.compile(
    # a tag, the title that Slack puts behind a link, a particle of the language, the next paragraph
    r"(</?[a-z]|\|[^|>]*>[^\w|]*$|[\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]|\r?\n\s*\n|\r\n\r\n).*",
    re.IGNORECASE | re.DOTALL,
)
_HOMES = frozenset({"home", "index.html", "index.htm", "index.php"})
_FEW = 4
"""Letters of a name that a line break has left, at least."""
_TRACKING = re.compile(
    # campaigns
    r"(?:utm|mtm|matomo|pk|piwik|hsa|oly|vero|mc|ga|stm|itm|fb|share|kakao)[_-]\w+|wt\.\w+|__(?:hs|cft)\S+"
    r"|(?:sc|at|ml|nr|ns|tt|trk|hmb|web|guce|action)_\w+|elq\w+|__s|_bhlid|_ke|dm_i|vgo_ee|xtor|n?cid|mkwid|pcrid"
    r"|n_(?:media|query|rank|match|ad|ad_group|ad_group_type|keyword|keyword_id|campaign_type)|napm"
    r"|_hsenc|_hsmi|hsctatracking|mkt_tok|s_cid|s_kwcid|ef_id|cmpid|cvid|ocid|icid|spm|scm"
    # clicks
    r"|(?:g|fb|d|y|ys|tw|tt|ob|q|sc)clid|msclkid|sccid|gclsrc|[gw]braid|gad_\w+|srsltid|click_?id"
    r"|rb_clickid|clickid|wickedid|cj(?:event|data)|irgwc|_gac|clicktime|enterid"
    r"|irclickid|epik|li_fat_id|rdt_cid|_g[al]|_kx|_openstat|_branch_\w+"
    # apps that pass links on
    r"|igshid|igsh|mibextid|sfnsn|rdid|si|feature|ref|ref_src|ref_url|trk|trkinfo|lipi|midtoken"
    r"|s?data|reserved|correlationid|_sm_\w+|_x_tr_\w+|usp|ved|usg|sa|ei|oq|aqs|gs_lcp|sxsrf|sourceid|fref|hc_ref"
    r"|guccounter|shareid|sharesource|wechat_redirect|scene|srcid|from_\w+|hootpostid"
    r"|from|isappinstalled|nsukey|openexternalbrowser|__tn__|__twitter_impression",
    re.IGNORECASE,
)


def is_tracking(name: str) -> bool:
    """Whether a parameter is of those that others put behind links, and that no page means.

    >>> [is_tracking(name) for name in ("utm_source", "fbclid", "si", "hidden")]
    [True, True, True, False]
    """
    return _TRACKING.fullmatch(name) is not None


def arrived(query: Mapping[str, str]) -> dict[str, str]:
    """Return the names and texts of a link, whichever way it was encoded.

    >>> arrived({"seed": "3", "amp;cell": "gru"})
    {'seed': '3', 'cell': 'gru'}
    >>> arrived({"seed%3D3%26amp%3Bcell%3Dgru": ""})
    {'seed': '3', 'cell': 'gru'}
    """
    found: dict[str, str] = {}
    for name, text in query.items():
        for part, value in _parts(name, text, DEPTH):
            found.setdefault(part, value)
    # Old mail writes "=" as "=3D": a value that really begins so does not stand among others.
    if len(found) > 1 and all(value.startswith("3D") for value in found.values()):
        return {name: value[2:] for name, value in found.items()}
    return found


def parted(text: str, names: Collection[str]) -> tuple[str, dict[str, str]]:
    r"""A value, and the parts of the link that it has swallowed since their "&" was written anew.

    >>> parted(r"42\u0026cell=lstm;rate=0.5", ("cell", "rate"))
    ('42', {'cell': 'lstm', 'rate': '0.5'})
    >>> parted("R&D=x", ("cell",))
    ('R&D=x', {})
    """
    known = "|".join(map(re.escape, names))
    begin = rf"(?:\\u0026|[&;\uff06])(?:{_AMPERSAND.pattern})?(?=(?:{known})=)"
    text, *rest = re.split(begin, text, flags=re.IGNORECASE)
    pairs = (part.partition("=") for part in rest)
    return text, {name: value for name, _, value in pairs}


def destination(path: str, pages: Collection[str]) -> tuple[str | None, str]:
    """The page that a damaged path means, "" for the first one, None for none; and its query.

    Args:
        path: below the application's own address, decoded once.
        pages: the names that there are.

    >>> pages = ("draw-a-digit", "bert")
    >>> destination("Draw%20a_Digit/).", pages), destination("draw-a-digit%3Fseed=3", pages)
    (('draw-a-digit', ''), ('draw-a-digit', 'seed=3'))
    >>> destination("draw-a-di", pages), destination("bert에서", pages), destination("/.", pages)
    (('draw-a-digit', ''), ('bert', ''), ('', ''))
    >>> destination("ko/bert", pages), destination("https:/learn.example/bert", pages)
    (('bert', ''), ('bert', ''))
    >>> destination("wp-login.php", pages)
    (None, '')
    """
    for decoded in _decoded(path):
        path = decoded
    path, _, _ = unescape(path).partition("#")
    path, query = (*_QUERY.split(path, maxsplit=1), "")[:2]
    parts = [name for part in path.replace("\\", "/").split("/") if (name := _name(part))]
    if not parts or (len(parts) == 1 and parts[0] in _HOMES):
        return "", query
    meant = (page for part in parts if (page := _meant(part, pages)))
    return next(meant, None), query


def _name(part: str) -> str:
    """A part of a path, as far as a name of a page may look like it."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", _unbroken(part, "")))
    return _DASHES.sub("-", plain.lower().strip(_AROUND + "([{<")).strip("-")


def _meant(name: str, pages: Collection[str]) -> str | None:
    """The page that a name means: with something behind it, cut off, or mistyped."""
    begun = [page for page in pages if re.match(rf"{page}(?![a-z0-9-])|{page}-(?![a-z0-9])", name)]
    if begun:
        return max(begun, key=len)
    cut = [page for page in pages if len(name) >= _FEW and page.startswith(name)]
    close = cut if len(cut) == 1 else get_close_matches(name, pages, 1, 0.85)
    return close[0] if close else None


def repairs(text: str) -> Iterator[str]:
    r"""Yield what a text may have been before its journey, the likeliest first, each once.

    >>> list(repairs("gru."))
    ['gru.', 'gru']
    >>> list(repairs("1.5%2C2\r\n.5"))[-1]
    '1.5,2.5'
    """
    seen = set()
    for decoded in _decoded(text):
        whole = _INVISIBLE.sub("", decoded)
        alone = _BEHIND.sub("", whole)
        for joined in (decoded, whole, _unbroken(whole, " "), _unbroken(whole, ""), alone):
            for end in (joined, joined.strip(), joined.rstrip(_AROUND)):
                for begin in (end, end.removeprefix("3D")):  # "=3D" is the "=" of old mail
                    # nothing is what no journey leaves of something
                    if begin not in seen and (begin or not text):
                        seen.add(begin)
                        yield begin


def _unbroken(text: str, between: str) -> str:
    """A text on one line: what mail has broken, with an "=" before the end or without."""

    def joined(space: re.Match[str]) -> str:
        return between if _LINES.search(space[0]) else space[0]

    return re.sub(r"\s+", joined, re.sub(r"=(?=[\r\n])", "", text))


def _decoded(text: str) -> Iterator[str]:
    for _ in range(DEPTH + 1):
        yield text
        text, before = unquote(text), text
        if text == before:
            return


def _parts(name: str, text: str, depth: int) -> Iterator[tuple[str, str]]:
    name = _INVISIBLE.sub("", name).strip().lstrip("?&([{<\"'\u201c\u2018")
    if begun := _AMPERSAND.match(name):
        name = name[begun.end() :]
    whole = unquote(name)
    if depth and ("=" in whole or "&" in whole):
        rest = f"={text}" if text else ""
        for part, value in parse_qsl(whole + rest, keep_blank_values=True, max_num_fields=1000):
            yield from _parts(part, value, depth - 1)
    elif whole != name and depth:
        yield from _parts(whole, text, depth - 1)
    elif name or text:
        yield name, _once(text)


def _once(text: str) -> str:
    """A text without a second encoding: nobody writes spaces, commas and Hangul as escapes."""
    if _ESCAPED.search(text) and not _LITERAL.search(text):
        with suppress(UnicodeDecodeError):
            return _once(unquote(text, errors="strict"))
    return text
