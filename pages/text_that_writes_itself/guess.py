"""What is guessed in the picture: whom the rest of the text surprises less."""

from __future__ import annotations

from core.recurrent.text.shown import last
from pages.kit.guess import Guess
from pages.kit.language import _, language
from pages.kit.quiz import Question


def guess() -> Guess:
    """About the shipped run."""
    marks = last(language()).marks
    rivals = {"network": marks["perplexity"], "gram5": marks["gram5"], "gram1": marks["gram1"]}
    best = min(rivals, key=lambda name: rivals[name])
    names = {
        "network": _("the network"),
        "gram5": _("counting what followed the four letters before"),
        "gram1": _("counting the letters alone"),
    }
    why = {
        "network": _("It has to learn what counting simply looks up, and the text is short."),
        "gram5": _("Four letters say much, but what happened earlier is lost to it."),
        "gram1": _("How frequent a letter is says little about which one comes next."),
    }
    return Guess(
        Question(
            "text-least-surprised",
            language(),
            _("Part of the text was held out. Who is least surprised by its letters?"),
            best,
            _("Perplexity: {shares}.").format(
                shares=", ".join(f"{names[name]} {value:.2f}" for name, value in rivals.items())
            ),
            {name: why[name] for name in rivals if name != best},
            choices=names,
        ),
        step="scores",
        covers="[data-block=scores] > :not(.head), [data-block=loss] .chart",
    )
