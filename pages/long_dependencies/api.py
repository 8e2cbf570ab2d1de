"""The live route behind the sliders of "Long dependencies": the gradient through time, at once.

POST /forward-pass/gradients   {length, forget_bias, scale, hidden, seed} -> JSON as in
`core.recurrent.through_time.live.gradients`
"""

from core.recurrent.through_time import live
from pages.kit.routes import Live

LIVE = (Live("/gradients", live.gradients, thread="gradients"),)
