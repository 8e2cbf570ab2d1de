"""What is asked at the end of the page, and again on later ones."""

from core.schema import mark
from pages.kit.recall import Choice, Question

QUESTIONS = (
    Question(
        "one-head",
        mark(
            "A head of the second layer points from *it* at the cat. You cut this connection in "
            "that head alone. What does the network of two layers mostly answer?"
        ),
        (
            Choice(
                mark("another noun: the map has shown the reason"),
                mark(
                    "It points, but the answer does not depend on it: what it carries "
                    "also travels by other heads and the first layer."
                ),
            ),
            Choice(
                mark("still the cat"),
                mark(
                    "Pointing is not causing. Cut everywhere, the connection takes the "
                    "answer with it in nearly every sentence."
                ),
            ),
            Choice(
                mark("nothing at all"),
                mark(
                    "There is always an answer: a softmax over all nouns, with or without this "
                    "connection."
                ),
            ),
        ),
        right=1,
    ),
    Question(
        "norm",
        mark(
            "A weight of 0.9 lies on a value vector of length 0.1, a weight of 0.1 on one of "
            "length 3. Which of them moves more?"
        ),
        (
            Choice(
                mark("the one with weight 0.1"),
                mark(
                    "0.1 times 3 is 0.3, and 0.9 times 0.1 is 0.09. A weight alone does not say "
                    "how much is moved."
                ),
            ),
            Choice(
                mark("the one with weight 0.9"),
                mark(
                    "A weight is multiplied with a vector. A large weight on a short vector "
                    "moves little."
                ),
            ),
            Choice(
                mark("both the same: a row adds up to 1"),
                mark("The weights add up to 1, what they move does not."),
            ),
        ),
        right=0,
    ),
    Question(
        "coin",
        mark(
            "One layer, one head: nearly every answer is right, and its map points at the wrong "
            "noun about half of the time. Where does the answer come from?"
        ),
        (
            Choice(
                mark("from luck"),
                mark("With luck the answers, too, would be right half of the time only."),
            ),
            Choice(
                mark("from the noun that the map points at"),
                mark("Then half of the answers would be wrong, as half of the pointing is."),
            ),
            Choice(
                mark("from the sum of what all words pass along"),
                mark(
                    "The residual stream gathers it, and the answer is read from the sum. Where "
                    "the head looks most does not decide."
                ),
            ),
        ),
        right=2,
    ),
)
