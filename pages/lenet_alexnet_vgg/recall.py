"""What is asked at the end of the page, and again on later ones."""

from core.schema import mark
from pages.kit.recall import Choice, Question

QUESTIONS = (
    Question(
        "field",
        mark(
            "Two 3 × 3 convolutions with stride 1 follow one another. How wide is the receptive "
            "field of one number?"
        ),
        (
            Choice(
                "6",
                mark("Neighbouring windows overlap: the second layer adds 2 cells, not 3."),
            ),
            Choice(
                "5",
                mark(
                    "Three cells of the first layer, and one more on either side: 3 + 2. That "
                    "is how VGG replaces a 5 × 5 kernel."
                ),
            ),
            Choice(
                "9",
                mark("Widths are not multiplied: each layer adds k − 1 jumps."),
            ),
        ),
        right=1,
    ),
    Question(
        "larger",
        mark(
            "Pictures twice as high and twice as wide go through a convolution. What happens to "
            "its weights and to its multiply-adds?"
        ),
        (
            Choice(
                mark("both grow fourfold"),
                mark("That is a fully connected layer, which needs a weight for every pixel."),
            ),
            Choice(
                mark("both stay as they are"),
                mark(
                    "The weights stay, but they are used at every place, and there are four "
                    "times as many places."
                ),
            ),
            Choice(
                mark("the weights stay, the multiply-adds grow fourfold"),
                mark(
                    "The same few weights are used at four times as many places. So weights and "
                    "work can stand in different layers."
                ),
            ),
        ),
        right=2,
    ),
    Question(
        "intervals",
        mark(
            "Two networks answered the same test digits, and their 95% intervals overlap. What "
            "follows from that?"
        ),
        (
            Choice(
                mark("nothing yet: count the digits on which exactly one is right"),
                mark(
                    "Each interval speaks of one network. On the same digits the pairs decide, "
                    "as in McNemar's test."
                ),
            ),
            Choice(
                mark("neither of them is better"),
                mark(
                    "Overlapping intervals do not show equality: the difference can still be "
                    "clear when the answers are paired."
                ),
            ),
            Choice(
                mark("the one with the higher accuracy is better"),
                mark("A few digits more may be luck. A test says how often luck does as much."),
            ),
        ),
        right=0,
        source="Dietterich 1998",
    ),
)
