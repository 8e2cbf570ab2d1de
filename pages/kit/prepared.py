"""What the arrays are called that turn a drawing into the input of a network."""

from __future__ import annotations

from pages.kit.language import _


def names() -> dict[str, str]:
    """The names of those arrays (`core.vision.rules`), in the language of the session."""
    return {
        "ink": _("ink"),
        "distance": _("distance from the pen's path, in pixels"),
        "offset": _("way to the pen's path"),
        "nearest": _("nearest point of the pen's path"),
        "middle": _("middle of the pixel"),
    }
