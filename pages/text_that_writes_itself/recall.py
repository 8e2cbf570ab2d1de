"""What is asked at the end of the page, and again on later ones."""

from core.schema import mark
from pages.kit.recall import Choice, Question

QUESTIONS = (
    Question(
        "halved",
        mark(
            "A network gives each letter of a held-out text the probability 1/4. What is its "
            "perplexity?"
        ),
        (
            Choice("0.25", mark("That is the probability; perplexity is one over it.")),
            Choice("4", mark("It wavers as if among four equally likely letters at each place.")),
            Choice("2", mark("These are the bits of surprise, log₂ 4. Perplexity is 2 to the 2.")),
        ),
        right=1,
    ),
    Question(
        "cold",
        mark("Two letters have the scores 2 and 1. The temperature is halved. Who gains?"),
        (
            Choice(
                mark("the letter with the score 2"),
                mark("Scores are divided by the temperature, so their difference doubles."),
            ),
            Choice(
                mark("the letter with the score 1"),
                mark("That is a rising temperature: it evens out the odds."),
            ),
            Choice(
                mark("neither"),
                mark("Adding to all scores changes nothing; dividing them does."),
            ),
        ),
        right=0,
    ),
    Question(
        "truncated",
        mark(
            "Backpropagation is truncated after 64 letters, and the state is carried on. Can the "
            "network use a letter that is 200 letters back?"
        ),
        (
            Choice(
                mark("no, it never sees it"),
                mark("The state is carried on: what it holds of that letter is still there."),
            ),
            Choice(
                mark("yes, but no gradient ever says that it should"),
                mark(
                    "The way forward is whole, the way back is cut. What reaches so far was "
                    "learned over shorter distances."
                ),
            ),
            Choice(
                mark("yes, and it learns to just as over a short distance"),
                mark("The gradient ends at the cut: nothing is learned across it."),
            ),
        ),
        right=1,
    ),
)
