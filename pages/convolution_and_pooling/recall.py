"""What is asked at the end of the page, and again on later ones."""

from core.schema import mark
from pages.kit.recall import Choice, Question

QUESTIONS = (
    Question(
        "size",
        mark(
            "A 3 × 3 kernel moves over 8 × 8 cells with stride 2 and no padding. How many rows "
            "does the output have?"
        ),
        (
            Choice(
                "3",
                mark(
                    "(8 − 3) / 2 = 2.5 is rounded down to 2 steps, and the place where it "
                    "starts makes 3. The last row of the input is not read."
                ),
            ),
            Choice(
                "4",
                mark(
                    "That would be half of 8, or 2.5 rounded up. PyTorch rounds down: a kernel "
                    "that reaches over the edge is not counted."
                ),
            ),
            Choice(
                "6",
                mark(
                    "That is the size with stride 1. With stride 2 every second place is left out."
                ),
            ),
        ),
        right=0,
    ),
    Question(
        "uniform",
        mark(
            "The weights of a kernel add up to 0, its bias is 0. What does it give where all "
            "pixels are 7?"
        ),
        (
            Choice(
                "7",
                mark("Brightness is kept by weights that add up to 1, as in smoothing."),
            ),
            Choice(
                "0",
                mark(
                    "Every product is 7 times a weight, so the sum is 7 times 0. Such a "
                    "kernel responds only where something changes."
                ),
            ),
            Choice(
                mark("it depends on how the weights are arranged"),
                mark(
                    "Where all pixels are equal the arrangement does not matter: only the sum "
                    "of the weights counts."
                ),
            ),
        ),
        right=1,
    ),
    Question(
        "winner",
        mark(
            "Four numbers go into one 2 × 2 window of max-pooling. Which of them gets a gradient?"
        ),
        (
            Choice(
                mark("each of them a quarter"),
                mark(
                    "That is what average pooling does. The maximum does not depend on a small "
                    "change of the others."
                ),
            ),
            Choice(
                mark("the three smaller ones, to catch up"),
                mark(
                    "A gradient says what changes the output. The smaller numbers do not change "
                    "it at all."
                ),
            ),
            Choice(
                mark("the largest one, all of it"),
                mark(
                    "Only the largest number is passed on, so only it can change the output. "
                    "The kernel before learns through the winners."
                ),
            ),
        ),
        right=2,
    ),
)
