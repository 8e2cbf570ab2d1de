"""The words of top-k and top-p, wherever tokens are drawn."""

from __future__ import annotations

from pages.kit.language import _


def cut_words() -> dict[str, str]:
    """What the sliders are called, what they do, and what is said of a candidate that is cut."""
    return {
        "topK": _("top-k"),
        "topKHelp": _("Only so many of the likeliest may be drawn. All: nothing is cut."),
        "topP": _("top-p"),
        "topPHelp": _(
            "Only the likeliest that together have this share may be drawn. 1: nothing is cut."
        ),
        "all": _("all"),
        "isCut": _("cut: it may not be drawn; what is left adds up to one again"),
    }
