"""The page "Draw a digit"."""

from core.schema import mark

NUMBER = 10
SECTION = "Convolution"
TITLE = mark("Draw a digit")
CLAIM = mark(
    "Every square is a number the network has just computed from your pen. Click one to see how."
)
MINUTES = 20
