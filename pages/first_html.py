"""The first HTML of every page: Streamlit's own, with what must not come later.

Streamlit's page knows neither our language nor our style; both would come with its first message,
and move what is already there. So the style is linked here, with the language, the title, the
colour of the paper and the modules of the page, which the browser fetches while Streamlit starts.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

from pages import registry
from pages.kit import assets
from pages.kit.language import LANGUAGES, catalogue
from pages.kit.packed import pack, takes_gzip, unchanged

NAME = "Forward Pass"
INDEX = Path(file_util.get_static_dir(), "index.html")
EVERYWHERE = ("kit/link.js", "kit/presenter.js", "kit/theme_switch.js", "kit/connection.js")
"""What the frame mounts."""
ARRIVAL = "arrival.js"
SHOWN = ("BidiComponent", "PageLink", "rehype-katex", "rehype-raw")
"""Parts of Streamlit that each page shows, and that Streamlit fetches only when it shows them."""
PAGES = frozenset(entry.path for entry in registry.PAGES)

_IMPORT = re.compile(r"""(?:from|import)["'`]\./([\w.-]+\.js)["'`]""")

# Streamlit keeps the theme that was chosen under this key, for each address.
_PAPER = """<style>
#root:empty {{ position: fixed; inset: 0; background: {light}; }}
html[data-fp-dark] #root:empty {{ background: {dark}; }}
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
}}</script>
"""


@dataclass(frozen=True)
class Asked:
    """What of a request the first HTML depends on."""

    page: str
    language: str
    embedded: bool
    packed: bool

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
        )


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
        if replaced:
            answer = page(Asked.of(whole))
            await (unchanged(answer, asked) or answer)(whole, receive, send)


@cache
def page(asked: Asked) -> Response:
    """The answer with the first HTML of a page."""
    content = first_html(asked.page, asked.language, asked.embedded).encode()
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-cache",
        "ETag": f'"{hashlib.sha256(content).hexdigest()[:16]}{"-gzip" if asked.packed else ""}"',
        "Vary": "Accept-Encoding, Accept-Language",
    }
    if asked.packed:
        headers["Content-Encoding"] = "gzip"
    return Response(pack(content) if asked.packed else content, headers=headers)


def first_html(path: str, language: str, embedded: bool = False) -> str:
    """The first HTML of the page at a path; of the home page where there is no page."""
    entry = next((entry for entry in registry.PAGES if entry.path == path), None)
    title = f"{catalogue(language).gettext(entry.title)} - {NAME}" if entry else NAME
    text = INDEX.read_text(encoding="utf-8")
    text = re.sub(r'<link\s+rel="preload"[^>]*as="font"[^>]*>', "", text)  # of no use to our theme
    return (
        text.replace('<html lang="en">', f'<html lang="{language}" data-fp-arriving="all">')
        .replace("<title>Streamlit</title>", f"<title>{html.escape(title)}</title>")
        .replace("</head>", f"{_head(entry)}</head>")
        .replace('<div id="root">', f'{_styles(embedded)}<div id="root">')
    )


def _head(entry: registry.Entry | None) -> str:
    """What is fetched at once, and the paper until Streamlit draws."""
    shown = [f"{entry.folder}/view.js", "kit/recall.js"] if entry else ["course.js"]
    there = [name for name in shown if (assets.ROOT / name).is_file()]
    modules, styles = assets.needed(*there, *EVERYWHERE)
    hints = [
        f'<script type="module" src="{_address(ARRIVAL)}"></script>',
        f'<link rel="preload" as="style" href="{_address("frame.css")}">',
        *(f'<link rel="modulepreload" href="{_address(name)}">' for name in modules),
        *(f'<link rel="modulepreload" crossorigin href="./static/js/{n}">' for n in _parts()),
        *(
            f'<link rel="preload" as="fetch" crossorigin href="{_address(name)}">'
            for name in styles
        ),
    ]
    light, dark = (st.get_option(f"theme.{name}.backgroundColor") for name in ("light", "dark"))
    origins = json.dumps(st.get_option("client.allowedOrigins"))
    return _PAPER.format(light=light, dark=dark, origins=origins) + "\n".join(hints) + "\n"


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
