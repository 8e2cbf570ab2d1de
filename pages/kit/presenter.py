"""Presenting, and the walk through a page: one step at a time, by keys or by the bar at the bottom.

Everything happens in the browser, so a step costs no rerun. Each change is announced as a
`forward-pass:step` event with `{index, id, present}` and stands on the document's element as
`data-fp-step`, `data-fp-present` and `data-fp-full`; `forward-pass:step?` asks for it again.
The style of each mode is in `frame.css`.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.kit.assets import loader
from pages.kit.language import _

_HTML = """<button class="fp-button" data-do="walk" aria-label="Walk me through"></button>
<button class="fp-button" data-do="present" aria-label="Present"></button>
<div class="fp-steps" role="region" hidden>
<button class="fp-button" data-do="previous">&#8592;</button>
<p aria-live="polite"><b></b> <span></span></p>
<button class="fp-button" data-do="next">&#8594;</button>
<button class="fp-button fp-quiet" data-do="keys">?</button>
<button class="fp-button fp-quiet" data-do="leave" aria-label="Close"></button></div>
<dl class="fp-keys" hidden></dl>"""

_component = st.components.v2.component(
    "fp_presenter", html=_HTML, js=loader("kit/presenter.js"), isolate_styles=False
)


def presenter(page: str, steps: Sequence[tuple[str, str]]) -> None:
    """Draw the two ways in, `Walk me through` and `Present`, and the bar of steps.

    Args:
        page: the page's path; each page remembers its own step.
        steps: pairs of a block's name and the sentence about it, untranslated.
    """
    _component(
        key="fp-presenter",
        data={
            "page": page,
            "steps": [[name, _(sentence)] for name, sentence in steps],
            "keys": [
                [_("Space, →, Page Down"), _("next step")],
                [_("Shift+Space, ←, Page Up"), _("previous step")],
                [_("Home, End"), _("first, last step")],
                ["f", _("the picture alone")],
                ["h", _("show or fold the controls")],
                ["Esc", _("leave")],
                ["?", _("show or hide these keys")],
            ],
            "words": {
                "present": _("Present"),
                "stop": _("Stop presenting"),
                "walk": _("Walk me through"),
                "leave": _("Close"),
                "previous": _("Previous step"),
                "next": _("Next step"),
                "keys": _("Keys"),
            },
        },
        width="content",
    )
