"""What is guessed in the picture: who follows the wave best when it hears only itself."""

from __future__ import annotations

from core.recurrent.sine.steadiest import free_errors
from pages.kit.guess import Guess
from pages.kit.language import _
from pages.kit.numbers import short
from pages.kit.quiz import Question


def guess() -> Guess:
    """About the shipped race."""
    errors = free_errors()
    best = min(errors, key=lambda name: errors[name])
    names = {name: name.upper() for name in errors if name != "persistence"}
    names["persistence"] = _("whoever repeats the last value")

    def why(name: str) -> str:
        error = short(errors[name])
        if name == "persistence":
            return _("Its error is {error}: the wave goes on, and it stays where it was.").format(
                error=error
            )
        return _(
            "Its error is {error}. Each output comes back as the next input, so a small error "
            "grows; another network starts with a smaller one."
        ).format(error=error)

    return Guess(
        Question(
            "sine-free",
            "",
            _(
                "From the mark on each network hears only its own last output. Which one stays "
                "closest to the wave?"
            ),
            best,
            _("Mean squared errors: {errors}.").format(
                errors=", ".join(f"{names[name]} {short(errors[name])}" for name in errors)
            ),
            {name: why(name) for name in errors if name != best},
            choices=names,
        ),
        step="free",
        covers="[data-block=free] .chart, [data-block=scores] > :not(.head)",
    )
