"""What is asked at the end of the page, and again on later ones."""

from core.schema import mark
from pages.kit.recall import Choice, Question

QUESTIONS = (
    Question(
        "keep",
        mark(
            "The cell state c is 2. The forget gate is 1, the input gate 0. What is c after "
            "this step?"
        ),
        (
            Choice(
                "0",
                mark(
                    "The name misleads: at 1 the forget gate keeps everything, at 0 it empties "
                    "the cell."
                ),
            ),
            Choice(
                "2",
                mark(
                    "c = f · c + i · g = 1 · 2 + 0 · g. Whatever the candidate g is, nothing of "
                    "it is written."
                ),
            ),
            Choice(
                "tanh 2",
                mark(
                    "The tanh belongs to what is shown, h = o · tanh c. The cell state itself "
                    "is not squashed."
                ),
            ),
        ),
        right=1,
    ),
    Question(
        "update",
        mark(
            "In PyTorch's GRU the update gate z is 1 in every unit. What happens to the hidden "
            "state?"
        ),
        (
            Choice(
                mark("it becomes the new candidate"),
                mark(
                    "That is the convention of some papers. PyTorch has it the other way round: "
                    "z weighs the past."
                ),
            ),
            Choice(
                mark("it becomes 0"),
                mark("A gate of 0 empties something. Here h = (1 − z) n + z h, and z is 1."),
            ),
            Choice(
                mark("it stays as it was"),
                mark(
                    "h = (1 − z) n + z h: with z at 1 the candidate counts nothing, and the "
                    "past is kept whole."
                ),
            ),
        ),
        right=2,
    ),
    Question(
        "bar",
        mark(
            "The bar of influence below the name is nearly zero, and yet the answer follows "
            "whenever you change the name. How can that be?"
        ),
        (
            Choice(
                mark(
                    "the gates are saturated: a small change does not move them, another name does"
                ),
                mark(
                    "The bar is a derivative: it tells about small changes only. A "
                    "saturated gate holds a name precisely because small changes do not "
                    "move it."
                ),
            ),
            Choice(
                mark("the network has forgotten the name and guesses"),
                mark(
                    "Guessing is right for one name in six. An answer that follows every name "
                    "is no guess."
                ),
            ),
            Choice(
                mark("the answer is read from the small talk"),
                mark(
                    "The small talk is the same for every name, so it cannot say which one it was."
                ),
            ),
        ),
        right=0,
        source="Bengio, Simard, Frasconi 1994",
    ),
)
