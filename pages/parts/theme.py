"""The light and dark switch.

Streamlit keeps its theme in the browser, under a key for each page's address, and changes it
without a reload only from its own menu. The frame hides that menu; this button works it, and copies
the choice to every page's key. If the menu ever changes, the page is reloaded instead, and its
address, which `link.py` keeps up to date, brings the state back.
"""

from __future__ import annotations

import streamlit as st

from pages.parts.language import _

_JS = """// Light or dark: works Streamlit's hidden menu, and remembers the choice for every page.
const menu = () => document.querySelector('[data-testid="stMainMenu"] button')
const item = name => document.querySelector(`[data-testid="stMainMenuItem-theme-${name}"]`)
const isDark = () => {
  const app = document.querySelector('[data-testid="stApp"]')
  const [r, g, b] = getComputedStyle(app).backgroundColor.match(/[\\d.]+/g).map(Number)
  return r + g + b < 384
}
const frames = async (done, most = 60) => {
  for (let i = 0; i < most && !done(); i++) await new Promise(requestAnimationFrame)
  return done()
}
const remember = (name, paths) => {
  const base = location.pathname.replace(/[^/]*$/, "")
  const known = Object.keys(localStorage).map(k => k.match(/^stActiveTheme-.*(-v\\d+)$/)?.[1])
  const version = known.find(Boolean) ?? "-v2"
  for (const path of paths)
    localStorage.setItem(`stActiveTheme-${base}${path}${version}`, JSON.stringify(name))
}
let stop = () => {}
export default function ({ data, parentElement }) {
  stop()
  const button = parentElement.querySelector("button")
  const show = () => { button.textContent = isDark() ? data.light : data.dark }
  const settle = () => setTimeout(show, 300)
  const watch = new MutationObserver(show)
  watch.observe(document.querySelector('[data-testid="stApp"]'), { attributeFilter: ["class"] })
  show()
  button.onclick = async () => {
    const name = isDark() ? "Light" : "Dark"
    menu()?.click()
    if (await frames(() => item(name))) {
      item(name).click()
      if (menu().getAttribute("aria-expanded") === "true") menu().click()
      await frames(() => isDark() === (name === "Dark"))
    }
    remember(name, data.paths)
    if (isDark() !== (name === "Dark")) location.reload()
    show()
    button.focus({ preventScroll: true })
  }
  const system = matchMedia("(prefers-color-scheme: dark)")
  system.addEventListener("change", settle)
  stop = () => { watch.disconnect(); system.removeEventListener("change", settle) }
  return stop
}
"""

_component = st.components.v2.component(
    "fp_theme", html='<button class="fp-button"></button>', js=_JS, isolate_styles=False
)


def switch(paths: list[str]) -> None:
    """Draw the switch.

    Args:
        paths: the address path of every page; the home page's is empty.
    """
    _component(
        key="fp-theme",
        data={"light": _("Light"), "dark": _("Dark"), "paths": paths},
        width="content",
    )
