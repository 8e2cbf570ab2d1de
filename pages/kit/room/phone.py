"""The page that phones open: a few kilobytes of our own, without Streamlit."""

from __future__ import annotations

import html
from functools import lru_cache

import orjson
from starlette.requests import Request
from starlette.responses import Response

from core.room.code import read_code
from core.room.pieces import EXAMPLES
from core.vision.drawing import MAX_POINTS, MAX_STROKES, PEN, SIDE
from pages.kit import assets
from pages.kit.language import LANGUAGES, catalogue
from pages.kit.packed import pack, takes_gzip
from pages.kit.paper import tokens
from pages.kit.requests import language_of, read_only
from pages.kit.room.words import PHONE, PLAN, translated

SCRIPT, PLANNING = "kit/room/phone.js", "kit/room/plan.js"

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} - Forward Pass</title>
<link rel="icon" href="data:,">
<style>:root {{ {light} }} :root[data-fp-dark] {{ {dark} }}</style>
<script>{{
  let chosen = null;
  try {{ chosen = localStorage.getItem("forward-pass:theme"); }} catch {{ /* it keeps nothing */ }}
  const system = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.toggleAttribute("data-fp-dark", chosen ? chosen === "dark" : system);
}}</script>
{hints}
<script type="module" src="{below}/{script}"></script>
</head><body class="fp {kind}"><noscript>JavaScript</noscript>
<script type="application/json" id="words">{sent}</script>
</body></html>"""


async def page(request: Request) -> Response:
    """The page, in the language of the link or of the browser."""
    read_only(request)
    code = read_code(request.path_params.get("code", ""))
    return _page(request, "phone", code, "code" in request.path_params)


async def presenting(request: Request) -> Response:
    """The presenter's view of a lesson, as light."""
    read_only(request)
    return _page(request, "plan", "", deep=False)


def _page(request: Request, kind: str, code: str, deep: bool) -> Response:
    wanted = request.query_params.get("lang", "")
    language = wanted if wanted in LANGUAGES else language_of(request)
    packed = takes_gzip(request.headers)
    content = _content(kind, language, code, deep, packed)
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding, Accept-Language",
        "Content-Encoding": "gzip" if packed else "identity",
    }
    return Response(content, headers=headers)


@lru_cache(64)
def _content(kind: str, language: str, code: str, deep: bool, packed: bool) -> bytes:
    script, own = (SCRIPT, PHONE) if kind == "phone" else (PLANNING, PLAN)
    root = "../" if deep else "./"
    base = f"{root}{assets.BELOW}"
    below = f"{base}/assets/{assets.VERSION}"
    modules, styles = assets.needed(script)
    hints = [f'<link rel="modulepreload" href="{below}/{name}">' for name in modules]
    hints += [
        f'<link rel="preload" as="fetch" crossorigin href="{below}/{name}">' for name in styles
    ]
    words = translated(own, catalogue(language).gettext)
    other = next(each for each in LANGUAGES if each != language)
    sent = {
        "words": words,
        "base": base,
        "root": root,
        "code": code,
        "limits": {"side": SIDE, "pen": PEN, "points": MAX_POINTS, "strokes": MAX_STROKES},
        "examples": EXAMPLES[language],
        "language": language,
        "other": [other, LANGUAGES[other]],
    }
    text = _PAGE.format(
        kind=kind,
        language=language,
        title=html.escape(words["title"]),
        light=tokens("light"),
        dark=tokens("dark"),
        hints="\n".join(hints),
        below=below,
        script=script,
        sent=orjson.dumps(sent).decode().replace("<", "\\u003c"),
    )
    return pack(text.encode()) if packed else text.encode()
