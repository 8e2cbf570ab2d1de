"""What is guessed in the picture: which of its classes the network gives the cat."""

from __future__ import annotations

from core.vision.imagenet.answer import PictureQuestion, shipped_best
from pages.kit.guess import Guess
from pages.kit.language import _
from pages.kit.quiz import Question

CLOSE = 3
"""Classes that are offered: the best ones."""


def guess(question: PictureQuestion) -> Guess | None:
    """About the picture on show, if it is the cat; None where there is nothing to ask.

    Raises:
        PretrainedError: the network's weights are not here.
    """
    if question.picture != "cat":
        return None
    found = shipped_best(question.network, question.picture)[:CLOSE]
    names = {str(each["class"]): str(each["name"]) for each in found}
    shares = ", ".join(f"{each['name']} {100 * each['p']:.0f}%" for each in found)
    first, *others = found
    return Guess(
        Question(
            "pictures-cat",
            question.network,
            _("ImageNet has no class “cat”, but several kinds. Which one is the likeliest here?"),
            str(first["class"]),
            _("Together they have most of the probability: {shares}.").format(shares=shares),
            {
                str(each["class"]): _("It has {share:.0f}%: the network wavers.").format(
                    share=100 * each["p"]
                )
                for each in others
            },
            choices=dict(sorted(names.items())),
        ),
        step="best",
        covers="[data-block=best] .answered, [data-block=why] :is(.answered, .choices)",
    )
