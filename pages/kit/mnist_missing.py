"""What a page shows when MNIST is missing: a sentence, and a button that fetches it."""

from __future__ import annotations

import streamlit as st

from core.vision import mnist
from core.vision.mnist import fetch
from pages.kit.language import _, sentence


def available() -> bool:
    """Whether MNIST lies in one of its places."""
    try:
        mnist.find()
    except mnist.MNISTMissing:
        return False
    return True


def offer() -> None:
    """Say that it is missing, and offer to fetch it; on the way, how far that is."""
    with st.container(key="fp-mnist"):
        st.warning(
            _(
                "MNIST is not on this server. Training goes on with generated, pen-like digits; "
                "what is measured then says nothing about MNIST."
            )
        )
        on_its_way = fetch.fetching()
        if on_its_way is not None and on_its_way.status == "running":
            _progress()
            return
        if on_its_way is not None and on_its_way.trouble is not None:
            st.error(sentence(on_its_way.trouble))
        st.button(_("Fetch MNIST (12 MB)"), key="fp-mnist-fetch", on_click=_begin)


def _begin() -> None:
    fetch.fetch()


@st.fragment(run_every=0.5)
def _progress() -> None:
    """The progress bar; at the end the page is drawn again."""
    now = fetch.fetching()
    if now is None or now.status != "running":
        st.rerun()
    st.progress(now.share, _("Fetching MNIST: {share}%").format(share=round(100 * now.share)))
