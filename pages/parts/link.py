"""The lesson link: a button that copies the address of the page exactly as it is now.

The component also keeps the address bar equal to the link, so a reload or a copied address loses
nothing. It replaces the entry in the browser's history instead of adding one for each change.
"""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from pages.parts.language import _, chosen, language
from pages.parts.state import PageState

_JS = """// Copies origin + path + query; where the clipboard is refused, shows the link selected.
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button"), box = parentElement.querySelector("input")
  const at = location.origin + location.pathname
  const here = location.pathname.split("/").pop() === data.path
  const kept = new URLSearchParams(location.search), own = new URLSearchParams(data.address)
  for (const name of ["embed", "embed_options", "present"])
    kept.getAll(name).forEach(value => own.append(name, value))
  if (data.lang) own.set("lang", data.lang)
  document.documentElement.lang = data.language
  if (here && own.toString() !== kept.toString())
    history.replaceState(history.state, "", own.size ? "?" + own : location.pathname)
  box.hidden = true
  button.textContent = data.label
  box.setAttribute("aria-label", data.label)
  const link = at + (data.link ? "?" + data.link : "")
  button.onclick = async () => {
    box.value = link
    box.hidden = false
    box.select()
    let copied = false
    try { await navigator.clipboard.writeText(link); copied = true }
    catch { copied = document.execCommand("copy") }
    if (!copied) return
    box.hidden = true
    button.textContent = data.done
    setTimeout(() => { button.textContent = data.label }, 2000)
  }
  box.onblur = () => { box.hidden = true }
}
"""
_HTML = '<button class="fp-button" aria-live="polite"></button><input class="fp-link" readonly>'

_component = st.components.v2.component("fp_link", html=_HTML, js=_JS, isolate_styles=False)


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
            "link": urlencode(state.link()) if state else "",
            "language": language(),
            "lang": language() if chosen() else "",
            "label": _("Copy lesson link"),
            "done": _("Link copied"),
        },
        width="content",
    )


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


def _toggle(hiding: set[str], name: str) -> None:
    hiding ^= {name}
