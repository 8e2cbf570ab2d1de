"""The live routes behind the sliders of "Long dependencies": the gradient through time, at once.

POST /forward-pass/gradients         {length, forget_bias, scale, hidden, seed} -> JSON as in
                                     `core.recurrent.through_time.answer.gradients`
POST /forward-pass/gradients/number  {setting, number} -> JSON as in
                                     `core.recurrent.through_time.rules.answer`
"""

from core.recurrent.through_time import rules
from core.recurrent.through_time.answer import gradients
from core.recurrent.through_time.goals import GOALS
from pages.kit.routes import Live

LIVE = (
    Live("/gradients", gradients, thread="gradients", goals=GOALS),
    Live("/gradients/number", rules.answer, rules.GradientQuestion.read, thread="gradients"),
)
