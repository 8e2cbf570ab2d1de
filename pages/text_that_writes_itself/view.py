"""The picture of "Text that writes itself": the component of view.js, and all its words."""

from __future__ import annotations

from typing import Any

from core.recurrent.text.grams import MOST
from core.recurrent.text.writing import Manner
from pages.kit import trace_number
from pages.kit.cell_words import CELLS, gate_names
from pages.kit.cut_words import cut_words
from pages.kit.exchange import Exchange
from pages.kit.language import LANGUAGES, _
from pages.kit.picture import Picture
from pages.kit.run import words as training_words

PICTURE = Picture("text", "text_that_writes_itself/view.js")


def text_picture(
    shared: Exchange,
    *,
    config: dict[str, Any],
    guess: dict[str, Any] | None,
    hidden: list[str],
    language: str,
) -> None:
    """Show the picture. Training goes on in it without a rerun of the page.

    Args:
        shared: what the person can choose in the picture itself.
        config: what a run of one's own is to be; when it changes, a new run begins.
        guess: what is asked before the answer is shown.
        hidden: parts that are left out: "sample", "units".
        language: of the words; another one builds the picture anew.
    """
    PICTURE.show(
        shared,
        config=config,
        number=shared.view["number"],
        guess=guess,
        hidden=hidden,
        language=language,
        limits={name: vars(Manner.schema[name].kind) for name in ("temperature", "top_k", "top_p")},
        words=words(),
    )


def unit_names() -> dict[str, str]:
    """What a letter of Hangul is."""
    return {"letter": _("syllable"), "jamo": _("jamo")}


def property_names() -> dict[str, str]:
    """What can be read off a text at each letter."""
    return {
        "line": _("place in the line"),
        "word": _("place in the word"),
        "space": _("after a space"),
        "quotes": _("inside quotes"),
    }


def words() -> dict[str, Any]:
    """Every word in the picture, in the language of the session."""
    panel = training_words.words(
        named=["cell", "hidden"],
        fields={
            "language": "",
            "cell": "",
            "hidden": _("hidden size {value}"),
            "context": _("context {value}"),
            "dropout": _("dropout {value}"),
            "learning_rate": _("rate {value}"),
            "steps": _("{value} steps"),
            "clip": _("clipping {value}"),
            "unit": "",
            "seed": _("seed {value}"),
            "text": _("own text"),
        },
        values={"cell": CELLS, "language": dict(LANGUAGES), "unit": unit_names()},
    )
    return panel | {
        "lossTitle": _("Perplexity"),
        "lossNote": _("per character: among how many equally likely ones it wavers"),
        "lossLabel": _("Perplexity against training step"),
        "step": _("step"),
        "training": _("training"),
        "held": _("held-out text"),
        "grams": {f"gram{n}": _("{n}-gram").format(n=n) for n in range(1, MOST + 1)},
        "scoresTitle": _("On held-out text"),
        "scoresNote": _("perplexity per character; n-grams with Kneser-Ney smoothing"),
        "network": _("the network"),
        "over": _("{ratio} of the 5-gram's"),
        "rateMark": _("rate {rate}"),
        "sampleTitle": _("What it writes"),
        "sampleNote": _("Click a letter, or walk with the arrow keys."),
        "sampleLabel": _("Letters that the network wrote. Arrow keys choose another one."),
        "temperature": _("Temperature"),
        "temperatureHelp": _("Scores are divided by it: low, only the likeliest letters are left."),
        **cut_words(),
        "again": _("Write again"),
        "candidates": _("Candidates for “{letter}”"),
        "candidatesNote": _("after {before}"),
        "drawn": _("drawn"),
        "others": _("all others"),
        "letters": {"\n": _("end of line"), " ": _("space")},
        "unitsTitle": _("What a unit follows"),
        "unitsNote": _("its value after each held-out letter: blue above zero, orange below"),
        "properties": property_names(),
        "ranked": _("Units by |r|, the correlation with it over {letters} letters"),
        "chance": _("by chance at most {r}"),
        "unit": _("unit {unit}"),
        "unitIs": _("Unit {unit}, r = {r}"),
        "unitsLabel": _("Unit {unit} over the text; r = {r} with: {property}."),
        "reachTitle": _("How far back a letter is felt"),
        "reachNote": _("gradient of a letter's loss with regard to an earlier letter"),
        "reachLabel": _("Norm of the gradient against letters back, logarithmic"),
        "back": _("letters back"),
        "norm": _("norm"),
        "cut": _("cut in training"),
        "beyond": _(
            "{share} of the gradient lies more than {context} letters back. Training cuts it off: "
            "there it learns only from what the carried state still holds."
        ),
        "numbers": trace_number.words()
        | {
            "names": {
                "probabilities": _("probability of “{next}” after “{letter}”"),
                "shares": _("share of “{next}” among those that may be drawn after “{letter}”"),
                "remaining": _("what is left of “{next}” after “{letter}”"),
                "scores": _("score of “{next}” after “{letter}”"),
                "x": _("embedding of “{letter}”: {unit}"),
                **{
                    gate: _("{gate} after “{letter}”, unit {unit}").replace("{gate}", name)
                    for gate, name in gate_names().items()
                },
            }
        },
    }
