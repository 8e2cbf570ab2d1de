"""What is asked at the end of the page, and again on later ones."""

from core.schema import mark
from pages.kit.recall import Choice, Question

QUESTIONS = (
    Question(
        "scribble",
        mark("You scribble something that is no digit. What do the ten probabilities add up to?"),
        (
            Choice(
                "0",
                mark(
                    "Softmax divides every exp(logit) by the sum of all ten. Whatever the "
                    "picture, the parts make a whole."
                ),
            ),
            Choice(
                "1",
                mark(
                    "Softmax shares out one whole among the ten digits, scribble or not. That "
                    "is why refusing needs a test of its own."
                ),
            ),
            Choice(
                mark("less than 1, the rest means: no digit"),
                mark(
                    "There is no eleventh place that could hold a rest: the sum is over the ten "
                    "digits alone."
                ),
            ),
        ),
        right=1,
    ),
    Question(
        "temperature",
        mark("All ten logits are divided by a temperature of 2 before the softmax. What changes?"),
        (
            Choice(
                mark("another digit may win"),
                mark(
                    "Dividing all by the same positive number keeps their order: the largest "
                    "stays the largest."
                ),
            ),
            Choice(
                mark("nothing: softmax undoes the division"),
                mark(
                    "Softmax undoes a constant that is added to all logits. A factor changes "
                    "their distances, and so the probabilities."
                ),
            ),
            Choice(
                mark("the same digit wins with a lower probability"),
                mark(
                    "The distances between the logits are halved, so the probabilities come "
                    "closer together; the order stays."
                ),
            ),
        ),
        right=2,
    ),
    Question(
        "blank",
        mark(
            "The canvas is blank, so every pixel is −1. The nine weights of a kernel add up to "
            "2, its bias is 0.5. What does conv1 give in the middle?"
        ),
        (
            Choice(
                "−1.5",
                mark("Nine products of −1 with a weight add up to −2, and the bias makes it −1.5."),
            ),
            Choice(
                "0",
                mark(
                    "Blank paper is not zero: it goes in as −1, so a kernel gives a "
                    "value there as well."
                ),
            ),
            Choice(
                "0.5",
                mark("The bias alone would be right if paper were 0. It is −1."),
            ),
        ),
        right=0,
    ),
)
