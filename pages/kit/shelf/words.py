"""The shelf of pretrained models in a picture: the words of shelf.js."""

from __future__ import annotations

from typing import Any

from core.pretrained import shelf
from pages.kit import trace_number
from pages.kit.language import _


def words() -> dict[str, Any]:
    """Every word of the shelf, and of waiting for a model, in the language of the session."""
    return {
        "models": _("Model"),
        "none": _("No pretrained encoder lies here yet."),
        "off": _(
            "It takes a folder of a model of BERT's kind, with its weights as safetensors, below "
            "data/models or below the folder that FORWARD_PASS_MODELS names. Whoever runs this "
            "server can also allow to fetch one: FORWARD_PASS_FETCH=on."
        ),
        "how": _(
            "It takes a folder of a model of BERT's kind, with its weights as safetensors, below "
            "data/models or below the folder that FORWARD_PASS_MODELS names. Or fetch one by its "
            "name on the hub:"
        ),
        "missing": _(
            "Pretrained encoders need libraries that are not installed on this server. Whoever "
            "runs it adds them, and a first encoder with them, by starting it so:"
        ),
        "install": shelf.INSTALL,
        "otherTabs": _("The other tabs need neither."),
        "name": _("Name of a model on the hub"),
        "fetch": _("Fetch"),
        "other": _("fetch another one"),
        "fetching": _("{name}: {done} of {all} MB"),
        "beginning": _("{name}: asking the hub"),
        "again": _("Go on with {name}"),
        "reading": _("The model is at work. The first time it has to be loaded: a few seconds."),
        "unreachable": _("The server cannot be reached. What you did is safe; trying again."),
        "asking": _("Looking for models."),
    }


def number_words() -> dict[str, Any]:
    """What the numbers of a model are called; not each activation is a ReLU."""
    words = trace_number.words()
    names = {
        "before": _("hidden unit before its activation"),
        "powers": _("e to the power of the logit, less the largest"),
        "words_before": _("unit of the guess before its activation"),
        "words_inner": _("unit of the guess"),
        "words_out": _("normalised unit of the guess"),
        "cls": _("what stands for the whole text"),
        "pooled_before": _("unit of the pair before tanh"),
        "pooled": _("unit of the pair"),
        "follows_logits": _("logit"),
        "follows_probabilities": _("probability"),
        "judged": _("probability that it judges well"),
        "judge": _("score of the judgement"),
        "features": _("mean over all pieces, unit {unit}"),
        "away": _("the same, less the mean of the labelled sentences, unit {unit}"),
        "standard": _("the same over their spread, unit {unit}"),
    }
    return words | {"names": words["names"] | names}
