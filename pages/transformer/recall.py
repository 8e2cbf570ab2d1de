"""What is asked at the end of the page, and again on later ones."""

from core.schema import mark
from pages.kit.recall import Choice, Question

QUESTIONS = (
    Question(
        "ten",
        mark(
            "Each token is right with probability 0.9, independently of the others. How many "
            "sentences of ten tokens are right as a whole?"
        ),
        (
            Choice(
                "90%",
                mark("That is the share of tokens. A sentence needs all ten of them at once."),
            ),
            Choice(
                "35%",
                mark(
                    "0.9¹⁰ ≈ 0.35. The two curves count different things, and need not show "
                    "different skill."
                ),
            ),
            Choice(
                "9%",
                mark(
                    "Probabilities of independent events are multiplied, not divided by their "
                    "number."
                ),
            ),
        ),
        right=1,
    ),
    Question(
        "no-mask",
        mark("A decoder learns to translate without its mask. What do you see?"),
        (
            Choice(
                mark("the loss stays high: it is confused"),
                mark("It can read the very token that it has to predict. Nothing is easier."),
            ),
            Choice(
                mark("the same as with it, only faster"),
                mark(
                    "It learns something else: to copy the token that it sees. When it "
                    "generates, there is none."
                ),
            ),
            Choice(
                mark("almost no loss, and wrong sentences when it generates"),
                mark(
                    "In training the answer can be copied; in generation it is not there "
                    "yet. A low loss on the wrong task says nothing."
                ),
            ),
        ),
        right=2,
    ),
    Question(
        "no-positions",
        mark(
            "Positions are switched off. Which task can the Transformer still learn: copy a "
            "list of digits, or sort it?"
        ),
        (
            Choice(
                mark("sort"),
                mark(
                    "To sort one needs to know which digits there are, not in which order they "
                    "came."
                ),
            ),
            Choice(
                mark("copy"),
                mark(
                    "To copy one has to know which digit came first, and that is just what the "
                    "encoder no longer sees."
                ),
            ),
            Choice(
                mark("neither"),
                mark("What the digits are still goes in. Only their order is lost."),
            ),
        ),
        right=0,
    ),
)
