"""What is asked at the end of the page, and again on later ones."""

from core.schema import mark
from pages.kit.recall import Choice, Question

QUESTIONS = (
    Question(
        "contexts",
        mark(
            "*Hot* and *cold* stand in the same contexts of a text. How do their vectors lie, "
            "if nothing but contexts is counted?"
        ),
        (
            Choice(
                mark("opposite: their meanings are"),
                mark(
                    "The method does not know meanings. It sees which words stand beside them, "
                    "and those are the same."
                ),
            ),
            Choice(
                mark("close together"),
                mark(
                    "The same contexts give the same counts, and so nearly the same vector. "
                    "Similar contexts do not mean similar meanings."
                ),
            ),
            Choice(
                mark("at right angles: they never stand side by side"),
                mark(
                    "What counts is the contexts in which each of them occurs, not "
                    "whether they meet."
                ),
            ),
        ),
        right=1,
    ),
    Question(
        "left-out",
        mark(
            "king − man + woman, and *no* word is left out of the answers. Which word is "
            "nearest more often than one would like?"
        ),
        (
            Choice(
                mark("king"),
                mark(
                    "The sum often stays close to where it began. Leaving out the three words "
                    "of the question hides that."
                ),
            ),
            Choice(
                mark("queen"),
                mark("That is the answer when the three words of the question may not be given."),
            ),
            Choice(
                mark("man"),
                mark("Man has been subtracted: the sum is moved away from it."),
            ),
        ),
        right=0,
        source="Linzen 2016",
    ),
    Question(
        "empty",
        mark("Two words never stand near each other. What does GloVe learn from this pair?"),
        (
            Choice(
                mark("that they do not belong together"),
                mark("PPMI sees the zero. GloVe leaves empty cells out of its loss."),
            ),
            Choice(
                mark("that their dot product should be very negative"),
                mark("The logarithm of 0 would ask for that, but such pairs have weight 0."),
            ),
            Choice(
                mark("it learns nothing"),
                mark(
                    "Only cells that are not empty count. In a small text that is a weakness: "
                    "most pairs never occur."
                ),
            ),
        ),
        right=2,
    ),
)
