"""What is guessed in the picture: the first token that the decoder says."""

from __future__ import annotations

from core.language.transformer.first_token import first_token
from core.language.transformer.question import DecodingQuestion
from pages.kit.guess import Guess
from pages.kit.language import _
from pages.kit.numbers import percent
from pages.kit.quiz import Question


def guess(question: DecodingQuestion) -> Guess:
    """About the text that was read."""
    found = first_token(question.task, question.text)
    (best, likely), *others = found.offered

    def why(token: str) -> str:
        if token in found.said:
            return _("“{token}” comes later: it is token {place} of the answer.").format(
                token=token, place=found.said.index(token) + 1
            )
        return _("“{token}” is not in the answer; the network gives it {share} here.").format(
            token=token, share=percent(dict(found.offered)[token])
        )

    return Guess(
        Question(
            "transformer-first",
            f"{question.task} {question.text}",
            _("The encoder has read “{text}”. Which token will the decoder say first?").format(
                text=found.text
            ),
            best,
            _("“{token}”, with a probability of {share}: softmax of the decoder's output.").format(
                token=best, share=percent(likely)
            ),
            {token: why(token) for token, _share in others},
            choices={token: token for token in sorted(token for token, _share in found.offered)},
        ),
        step="candidates",
        covers=".result, .candidates, section[data-block=cross], section[data-block=growing], "
        ".opened, .beside-truth, .tree",
    )
