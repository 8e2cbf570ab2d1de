"""What is asked at the end of the page, and again on later ones."""

from core.schema import mark
from pages.kit.recall import Choice, Question

QUESTIONS = (
    Question(
        "shift",
        mark("Every score of a row grows by 5. What happens to its weights?"),
        (
            Choice(
                mark("they stay as they are"),
                mark(
                    "exp(5) multiplies every term and their sum, so it cancels. Only "
                    "differences of scores count."
                ),
            ),
            Choice(
                mark("they become more even"),
                mark("That happens when scores are divided. Adding keeps their differences."),
            ),
            Choice(
                mark("each grows by 5"),
                mark("Weights of a row always add up to 1; they cannot all grow."),
            ),
        ),
        right=0,
    ),
    Question(
        "mixture",
        mark("*it* gives a weight of 0.8 to *cat* and 0.2 to *mat*. What is passed along to *it*?"),
        (
            Choice(
                mark("the value of *cat*, which has won"),
                mark("Nothing is chosen. A weaker match contributes less, but it contributes."),
            ),
            Choice(
                mark("the key of *cat*, which has fitted"),
                mark("The key is how a word is found. What is passed along is its value."),
            ),
            Choice(
                mark("0.8 times the value of *cat* plus 0.2 times that of *mat*"),
                mark("A row of weights times the matrix of values: a mixture."),
            ),
        ),
        right=2,
    ),
    Question(
        "order",
        mark(
            "No positions and no mask. The words of the sentence are put into another order. "
            "What does *cat* receive?"
        ),
        (
            Choice(
                mark("something else: its neighbours have changed"),
                mark(
                    "Attention has no neighbours: every word is compared with every word, "
                    "wherever it stands."
                ),
            ),
            Choice(
                mark("the same as before"),
                mark(
                    "The same queries, keys and values meet, only in other rows. That is why "
                    "positions are added."
                ),
            ),
            Choice(
                mark("nothing: the order is wrong"),
                mark(
                    "Attention does not know that the order is wrong: it does not know the "
                    "order at all."
                ),
            ),
        ),
        right=1,
    ),
)
