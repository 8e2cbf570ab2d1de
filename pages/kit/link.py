"""The lesson link: a button that copies the address of the page exactly as it is now.

The component also keeps the address bar equal to the link, so a reload or a copied address loses
nothing. It replaces the entry in the browser's history instead of adding one for each change.
"""

from __future__ import annotations

from collections.abc import MutableSet
from urllib.parse import urlencode

import streamlit as st

from pages.kit.assets import loader
from pages.kit.language import _, chosen, language
from pages.kit.state import PageState

# Named until their words have come, for whoever hears the page while it loads.
_HTML = """<button class="fp-button" aria-live="polite" aria-label="Copy lesson link"></button>
<input class="fp-link" aria-label="Copy lesson link" readonly hidden>"""

_ALONE = "fp.hide.alone"

_component = st.components.v2.component(
    "fp_link", html=_HTML, js=loader("kit/link.js"), isolate_styles=False
)


def copy_link(path: str, state: PageState | None) -> None:
    """Draw the button.

    Args:
        path: the page's path in the address.
        state: the page's state; a page without any is linked by its address alone.
    """
    _component(
        key="fp-link",
        data={
            "path": path,
            "address": urlencode(state.address()) if state else "",
            "link": urlencode(state.link() | _alone()) if state else "",
            "language": language(),
            "chosen": language() if chosen() else "",
            "label": _("Copy lesson link"),
            "done": _done(state.unlinked if state else []),
        },
        width="content",
    )


def _done(left_out: list[str]) -> str:
    if not left_out:
        return _("Link copied")
    return _("Link copied, but it has no room for: {names}").format(names=", ".join(left_out))


def hide_controls(state: PageState) -> None:
    """Draw the list in which a lecturer ticks the controls that the link leaves out."""
    if not state.labels:
        return
    with st.popover(_("Link options"), key="fp-hide"):
        st.markdown(_("Hide from whoever opens the link:"))
        for name, label in state.labels.items():
            key = f"fp.hide.{state.table.page}.{name}"
            st.session_state[key] = name in state.hiding
            st.checkbox(label, key=key, on_change=_toggle, args=(state.hiding, name))
        st.markdown(_("For a frame in slides or a learning platform:"))
        st.checkbox(
            _("only the picture with its controls"),
            key=_ALONE,
            help=_(
                "The platform has to be among the sites that may show pages of this server: "
                "whoever runs it names it in FORWARD_PASS_FRAMES."
            ),
        )


def _alone() -> dict[str, str]:
    """What makes a link open the picture alone, if that was ticked."""
    return {"embed": "true"} if st.session_state.get(_ALONE) else {}


def _toggle(hiding: MutableSet[str], name: str) -> None:
    hiding ^= {name}
