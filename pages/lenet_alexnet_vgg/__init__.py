"""The page "LeNet, AlexNet, VGG"."""

from core.schema import mark

NUMBER = 30
SECTION = "Convolution"
TITLE = mark("LeNet, AlexNet, VGG")
CLAIM = mark(
    "Three networks that made history: what each layer costs and sees, and which one is "
    "better at equal cost."
)
MINUTES = 20
