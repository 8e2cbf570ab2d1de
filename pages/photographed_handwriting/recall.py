"""What is asked at the end of the page, and again on later ones."""

from core.schema import mark
from pages.kit.recall import Choice, Question

QUESTIONS = (
    Question(
        "shade",
        mark("Ink of grey 0.2 stands on paper of grey 0.8. A shadow takes away half of the light. "
             "How dark is the ink then, held against its own paper?"),
        (
            Choice("0.875", mark("That holds shadowed ink against paper in the light.")),
            Choice("0.75", mark("1 − 0.1 / 0.4: the shadow falls on both, and their ratio stays.")),
            Choice("0.375", mark("Half the light halves ink and paper, not their ratio.")),
        ),
        right=1,
    ),
    Question(
        "halfway",
        mark("A threshold parts pixels into paler ones with mean 0.2 and darker ones with mean "
             "0.6. What is the next threshold after Ridler and Calvard?"),
        (
            Choice("0.4", mark("Halfway between the means, and so on until it stays.")),
            Choice("0.6", mark("Half of the darker pixels would be lost.")),
            Choice("0.12", mark("The means are added and halved, not multiplied.")),
        ),
        right=0,
    ),
    Question(
        "all-right",
        mark("A network reads all 40 digits of a sheet rightly. Where does the 95% interval of its "
             "accuracy begin?"),
        (
            Choice("100%", mark("One that errs once in 30 often reads 40 digits.")),
            Choice("97.5%", mark("That is one mistake in 40; none is no proof.")),
            Choice("91.2%", mark("Wilson's interval of 40 out of 40 begins there.")),
        ),
        right=2,
    ),
)  # fmt: skip
