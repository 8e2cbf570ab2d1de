"""What is asked at the end of the page, and again on later ones."""

from core.schema import mark
from pages.kit.recall import Choice, Question

QUESTIONS = (
    Question(
        "gap",
        mark(
            "The validation loss lies above the training loss, and both still fall. What do you "
            "see?"
        ),
        (
            Choice(
                mark("overfitting: there is a gap"),
                mark(
                    "A gap alone is normal: the network has seen the training digits. "
                    "Overfitting shows when the validation loss rises."
                ),
            ),
            Choice(
                mark("underfitting: the curves should meet"),
                mark("They need not meet. Underfitting would be a training loss that stays high."),
            ),
            Choice(
                mark("a network that is still learning"),
                mark(
                    "As long as the validation loss falls, what is learned also helps on digits "
                    "that were never trained on."
                ),
            ),
        ),
        right=2,
        source="Goodfellow, Bengio, Courville 2016, 5.2",
    ),
    Question(
        "selected",
        mark(
            "Ten equally good networks are tried on the test set, and the best accuracy is "
            "reported. That figure is …"
        ),
        (
            Choice(
                mark("too high on average"),
                mark(
                    "The highest of ten picks out good luck. So settings are compared on "
                    "validation digits."
                ),
            ),
            Choice(
                mark("right on average: each was measured fairly"),
                mark(
                    "Each single figure is fair. The choice of the highest is not: it looks at "
                    "the luck."
                ),
            ),
            Choice(
                mark("too low on average"),
                mark("Choosing the highest can only raise the figure."),
            ),
        ),
        right=0,
    ),
    Question(
        "forgotten",
        mark(
            "A trained network goes on learning from drawings of 0, 5 and 7 alone. Which digits "
            "does it read worse afterwards?"
        ),
        (
            Choice(
                mark("0, 5 and 7: the drawings were strange"),
                mark("These are what it is trained on now. They hold."),
            ),
            Choice(
                mark("the seven others"),
                mark(
                    "No example speaks for them any more, and the weights that they need are "
                    "moved for the others. Mixing in old digits holds most of it back."
                ),
            ),
            Choice(
                mark("none: what has been learned stays"),
                mark(
                    "Nothing protects a weight. Each step moves all of them for the present batch."
                ),
            ),
        ),
        right=1,
    ),
)
