"""What is guessed in the picture: how much of the gradient arrives."""

from __future__ import annotations

from core.recurrent.through_time.arrived import POWERS, arrived
from core.recurrent.through_time.gradient import GradientSetting
from pages.kit.guess import Guess
from pages.kit.language import _
from pages.kit.numbers import scientific
from pages.kit.quiz import Question


def guess(setting: GradientSetting) -> Guess:
    """About the LSTM, as it is set."""
    power, share = arrived(setting)
    names = {0: _("nearly all of it"), -2: "1 / 100", -5: "1 / 100,000", -10: "1 / 10,000,000,000"}
    more = _("Each step back multiplies once more, and factors below 1 shrink fast. It is less.")
    less = _("The cell state has a path on which only forget gates multiply. It is more.")
    return Guess(
        Question(
            "long-arrived",
            str(setting),
            _(
                "The gradient of the last step goes {back} steps back through an LSTM. How much of "
                "it arrives at the first step?"
            ).format(back=setting.length - 1),
            str(power),
            _("{share} of it arrives.").format(share=scientific(share)),
            {str(each): more if each > power else less for each in POWERS if each != power},
            choices={str(each): names[each] for each in POWERS},
        ),
        step="through",
        covers=".verdict, .norms, .through :is(.backward, .curves), "
        ".through :is([data-fp^=ratio], [data-fp^=norm])",
    )
