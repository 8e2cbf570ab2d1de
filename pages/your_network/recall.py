"""What is asked at the end of the page, and again on later ones."""

from core.schema import mark
from pages.kit.recall import Choice, Question

QUESTIONS = (
    Question(
        "pickle",
        mark("Somebody sends you a network as a .pt file. What can happen when you open it?"),
        (
            Choice(
                mark("nothing, it holds only numbers"),
                mark("That is what ONNX and safetensors hold. A .pt file is a pickle."),
            ),
            Choice(
                mark("any program hidden in it can run"),
                mark("A pickle says how to build objects, and that may be any call whatever."),
            ),
            Choice(
                mark("the numbers may be rounded"),
                mark("Rounding is the least of it: what is opened there is a program."),
            ),
        ),
        right=1,
    ),
    Question(
        "shared",
        mark(
            "A convolution of 8 kernels of 3 × 3 goes over one channel of 28 × 28 with padding 1. "
            "How many multiplications is that?"
        ),
        (
            Choice("72", mark("Those are its weights. Each is used at every place.")),
            Choice("6272", mark("Those are the numbers that come out, each a sum of nine.")),
            Choice("56448", mark("28 · 28 · 8 numbers come out, and each is a sum of 9 products.")),
        ),
        right=2,
    ),
    Question(
        "scale",
        mark(
            "A network was trained on pixels from −1 to 1 and is given pixels from 0 to 1. What "
            "happens?"
        ),
        (
            Choice(
                mark("it refuses them"),
                mark("A network takes any number. Nothing in it knows what it was trained on."),
            ),
            Choice(
                mark("it computes as ever, and is wrong more often"),
                mark("Paper is 0 instead of −1 for it: it sees grey where there was nothing."),
            ),
            Choice(
                mark("nothing changes, only the scale is another"),
                mark("Biases and kernels were fitted to one scale, and they stay as they are."),
            ),
        ),
        right=1,
    ),
)
