"""The first HTML of every page: Streamlit's own, with what must not come later.

Streamlit's page knows neither our language nor our style; both would come with its first message,
and move what is already there. So the style is linked here, with the language, the title, the
colour of the paper and the modules of the page, which the browser fetches while Streamlit starts;
and with what the page's first picture is sent, so that it is drawn before Streamlit has come.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import parse_qs

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

from core import claims
from pages import first_picture, registry
from pages.first_picture import First
from pages.kit import assets
from pages.kit.language import LANGUAGES, catalogue
from pages.kit.packed import pack, takes_gzip, unchanged
from pages.kit.paper import tokens
from pages.kit.prose import has_text, parts
from pages.kit.routes import not_there

NAME = "Forward Pass"
INDEX = Path(file_util.get_static_dir(), "index.html")
ICON = INDEX.with_name("favicon.png")
"""What a browser gets that asks for favicon.ico, as it does beside what names no icon."""
EVERYWHERE = (
    "kit/link.js",
    "kit/room/panel.js",
    "kit/presenter.js",
    "kit/theme_switch.js",
    "kit/connection.js",
)
"""What the frame mounts."""
ARRIVAL, FIRST = "arrival.js", "first.js"
TOOLS = ("Copy lesson link", "Room", "Walk me through", "Present", "Dark")
"""Buttons beside the title: only their room is kept."""
SHOWN = ("BidiComponent", "PageLink", "rehype-katex", "rehype-raw")
"""Parts of Streamlit that each page shows, and that Streamlit fetches only when it shows them."""
FILES = frozenset(("static", "_stcore", assets.BELOW))
"""Below these lie files and routes. Where one of them is not there, Streamlit sends its page."""
PAGES = frozenset(entry.path for entry in registry.PAGES)

_IMPORT = re.compile(r"""(?:from|import)["'`]\./([\w.-]+\.js)["'`]""")

# Streamlit keeps the theme that was chosen under this key, for each address.
_PAPER = """<style>
#root:empty {{ position: fixed; inset: 0; background: {light}; }}
html[data-fp-dark] #root:empty {{ background: {dark}; }}
#fp-first {{ {light_theme} }}
html[data-fp-dark] #fp-first {{ {dark_theme} }}
</style>
<script>{{
  // It connects at once: left to itself it would first ask, below the address of the page and then
  // where it stands, whether its server is there and what is set.
  window.__streamlit = {{
    BACKEND_BASE_URL: new URL("./", location.href).href,
    HOST_CONFIG: {{ allowedOrigins: {origins}, useExternalAuthToken: false }},
  }};
  // Streamlit fetches all icons (375 kB) before it knows whether one will be shown.
  const {{ fonts }} = document, load = fonts.load.bind(fonts);
  fonts.load = (font, ...text) =>
    font.includes("Material Symbols") ? Promise.resolve([]) : load(font, ...text);
  const root = document.documentElement;
  let theme = null;
  try {{
    theme = JSON.parse(localStorage.getItem(`stActiveTheme-${{location.pathname}}-v2`));
  }} catch {{ /* a browser that keeps nothing */ }}
  const system = matchMedia("(prefers-color-scheme: dark)").matches;
  root.toggleAttribute("data-fp-dark", theme === "Dark" || (theme !== "Light" && system));
  if (new URLSearchParams(location.search).get("present") === "1") root.dataset.fpPresent = "1";
  // The right to lead a room comes behind "#" (kit/room/panel.js): whoever writes the address next
  // would lose it, and a projector would show it.
  if (location.hash.startsWith("#lead=")) {{
    window.__handed = location.hash;
    history.replaceState(history.state, "", location.pathname + location.search);
  }}
}}</script>
"""


@dataclass(frozen=True)
class Asked:
    """What of a request the first HTML depends on."""

    page: str
    language: str
    embedded: bool
    packed: bool
    presented: bool

    @classmethod
    def of(cls, scope: Scope) -> Asked:
        """Read it as the page will: the language by the link, else by the browser."""
        headers = Headers(scope=scope)
        query = parse_qs(scope["query_string"].decode("latin-1"))
        browser = re.split("[,;-]", headers.get("accept-language", ""))[0].strip().lower()
        wishes = (query.get("lang", [""])[-1], browser)
        name = scope["path"].rpartition("/")[2]
        return cls(
            name if name in PAGES else "",  # all others look alike, and are kept but once
            next((code for code in wishes if code in LANGUAGES), "en"),
            query.get("embed", [""])[-1].lower() == "true",
            takes_gzip(headers),
            "present" in query,
        )


def _inside(path: str) -> str:
    """A path without that below which the server is asked to serve, which may be any word.

    >>> _inside("/draw-a-digit/static/x.js")
    '/draw-a-digit/static/x.js'
    """
    base = assets.PREFIX.removesuffix(f"/{assets.BELOW}")
    return path.removeprefix(base) if f"{path}/".startswith(f"{base}/") else path


class FirstHtml:
    """The middleware: wherever Streamlit answers with its own page, that becomes ours."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self.app = app
        self.theirs = FileResponse(INDEX, stat_result=INDEX.stat()).headers["etag"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer, and put our page into the place of Streamlit's."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        whole, asked = scope, Headers(scope=scope)
        if "text/html" in asked.get("accept", ""):
            # Nobody has anything of Streamlit's page: what was kept of an older one is not enough.
            names = (b"if-none-match", b"if-modified-since", b"range", b"accept-encoding")
            headers = [header for header in scope["headers"] if header[0] not in names]
            scope = {**scope, "headers": headers}
        replaced = False

        async def replacing(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                replaced = Headers(raw=message["headers"]).get("etag") == self.theirs
            if not replaced:
                await send(message)

        await self.app(scope, receive, replacing)
        if replaced and _inside(scope["path"]) == "/favicon.ico":
            await FileResponse(ICON)(whole, receive, send)
        elif replaced and _is_nothing(scope["path"], asked):
            await not_there(whole, receive, send)
        elif replaced:
            page_asked = Asked.of(whole)
            answer = page(page_asked, await _first(page_asked, whole))
            await (unchanged(answer, asked) or answer)(whole, receive, send)


def _is_nothing(path: str, asked: Headers) -> bool:
    """Whether there is no file and no page there; a person is told by a page of ours."""
    parts = _inside(path).split("/")
    unknown = parts[-1] not in ("", *PAGES) and "text/html" not in asked.get("accept", "")
    return unknown or not FILES.isdisjoint(parts)


async def _first(asked: Asked, scope: Scope) -> First | None:
    """The picture that stands there before Streamlit; in a frame and presented it comes after."""
    if not asked.page or asked.embedded or asked.presented:
        return None
    query = scope["query_string"].decode("latin-1")
    return await first_picture.in_time(asked.page, query, asked.language)


@lru_cache(first_picture.MOST)
def page(asked: Asked, first: First | None) -> Response:
    """The answer with the first HTML of a page."""
    content = first_html(asked.page, asked.language, asked.embedded, first).encode()
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-cache",
        "ETag": f'"{hashlib.sha256(content).hexdigest()[:16]}{"-gzip" if asked.packed else ""}"',
        "Vary": "Accept-Encoding, Accept-Language",
    }
    if asked.packed:
        headers["Content-Encoding"] = "gzip"
    return Response(pack(content) if asked.packed else content, headers=headers)


def first_html(path: str, language: str, embedded: bool = False, first: First | None = None) -> str:
    """The first HTML of the page at a path; of the home page where there is no page."""
    entry = next((entry for entry in registry.PAGES if entry.path == path), None)
    title = f"{catalogue(language).gettext(entry.title)} - {NAME}" if entry else NAME
    text = INDEX.read_text(encoding="utf-8")
    text = re.sub(r'<link\s+rel="preload"[^>]*as="font"[^>]*>', "", text)  # of no use to our theme
    picture, rest = _hints(entry)
    shell = _shell(entry, language, first) if entry and first else ""
    return (
        text.replace('<html lang="en">', f'<html lang="{language}" data-fp-arriving="all">')
        # What the picture needs comes before what Streamlit does: connections are few.
        .replace("<title>Streamlit</title>", f"<title>{html.escape(title)}</title>\n{picture}")
        .replace("</head>", f"{_head()}{rest}</head>")
        .replace('<div id="root">', f'{_styles(embedded)}<div id="root">')
        .replace("</body>", f"{shell}</body>")
    )


def _head() -> str:
    """The paper until Streamlit draws, and what it would ask for first."""
    light, dark = (st.get_option(f"theme.{name}.backgroundColor") for name in ("light", "dark"))
    return _PAPER.format(
        light=light,
        dark=dark,
        light_theme=tokens("light"),
        dark_theme=tokens("dark"),
        origins=json.dumps(st.get_option("client.allowedOrigins")),
    )


def _hints(entry: registry.Entry | None) -> tuple[str, str]:
    """What is fetched at once: what a page's picture needs, and what its frame does."""
    shown = [f"{entry.folder}/view.js"] if entry else ["course.js"]
    modules, styles = assets.needed(ARRIVAL, FIRST, *filter(_is_there, shown))
    questions = ["kit/recall.js"] if entry else []
    others, more_styles = assets.needed(*questions, *EVERYWHERE)
    picture = [
        f'<script type="module" async src="{_address(ARRIVAL)}"></script>',
        f'<link rel="preload" as="style" href="{_address("frame.css")}">',
        *_preloads(modules, styles),
    ]
    rest = [
        *_preloads(sorted({*others} - {*modules}), sorted({*more_styles} - {*styles})),
        *(f'<link rel="modulepreload" crossorigin href="./static/js/{n}">' for n in _parts()),
    ]
    return "\n".join(picture), "\n".join([*rest, ""])


def _is_there(module: str) -> bool:
    return (assets.ROOT / module).is_file()


def _preloads(modules: list[str], styles: list[str]) -> list[str]:
    return [
        *(f'<link rel="modulepreload" href="{_address(name)}">' for name in modules),
        *(f'<link rel="preload" as="fetch" crossorigin href="{_address(n)}">' for n in styles),
    ]


def _shell(entry: registry.Entry, language: str, first: First) -> str:
    """What stands there until Streamlit has come, where Streamlit will lay it out."""
    translate = catalogue(language).gettext
    objective = parts(language, entry.folder)["objective"] if has_text(entry.folder) else ""
    other = next(name for code, name in LANGUAGES.items() if code != language)
    named = [*map(translate, TOOLS), other]
    tools = '<span class="caret"></span>'.join(
        ("".join(f"<span>{html.escape(name)}</span>" for name in part))
        for part in (named[:1], named[1:])
    )
    sent = f'{{"module": {json.dumps(first.module)}, "data": {first.data}}}'
    return (
        f'<div id="fp-first"><div class="column"><div class="top"><div class="header">'
        f'<p class="title" role="heading" aria-level="1">{html.escape(translate(entry.title))}</p>'
        f'<div class="tools" aria-hidden="true">{tools}</div></div>'
        f'<p class="claim">{html.escape(translate(entry.claim))}</p>'
        f'<p class="objective">{html.escape(_plain(objective))}</p></div>'
        f"{first.room}</div>"
        f'<script type="application/json">{sent.replace("<", chr(92) + "u003c")}</script></div>'
        f'<script type="module" async src="{_address(FIRST)}"></script>'
    )


def _plain(prose: str) -> str:
    """Prose without its marks.

    >>> _plain("After **this** page")
    'After this page'
    """
    return " ".join(re.sub("[*`]", "", claims.fill(prose)).split())


@cache
def _parts() -> list[str]:
    """The files of `SHOWN` with all that they import, but for what Streamlit's page names."""
    folder = INDEX.parent / "static" / "js"
    waiting = [file for name in SHOWN for file in folder.glob(f"{name}.*.js")]
    found: set[str] = set()
    for file in waiting:
        if file.name not in found:
            found.add(file.name)
            text = file.read_text(encoding="utf-8")
            waiting += [folder / name for name in _IMPORT.findall(text)]
    named = INDEX.read_text(encoding="utf-8")
    return sorted(name for name in found if name not in named)


def _styles(embedded: bool) -> str:
    """Our style sheets, below Streamlit's own, so that ours count.

    In a frame of another site one more leaves the picture alone.
    """
    sheets = ["frame.css", *(["embedded.css"] if embedded else [])]
    return "".join(f'<link rel="stylesheet" href="{_address(sheet)}">' for sheet in sheets)


def _address(name: str) -> str:
    return f"./{assets.BELOW}/assets/{assets.VERSION}/{name}"
