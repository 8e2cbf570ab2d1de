"""What is asked at the end of the page, and again on later ones."""

from core.schema import mark
from pages.kit.recall import Choice, Question

QUESTIONS = (
    Question(
        "depthwise",
        mark(
            "A 3 × 3 convolution from 100 channels to 100 is replaced by a depthwise one, 3 × 3 in "
            "each channel by itself, and a 1 × 1 one across the channels. How many weights are "
            "left?"
        ),
        (
            Choice(
                "90,000",
                mark("That is 3 · 3 · 100 · 100: each kernel sees every channel."),
            ),
            Choice(
                "10,900",
                mark("3 · 3 · 100 look around, 100 · 100 mix: a little more than a tenth."),
            ),
            Choice(
                "900",
                mark("Those only look around; without the 1 × 1 no channel would meet another."),
            ),
        ),
        right=1,
    ),
    Question(
        "none",
        mark(
            "A network of 1,000 classes is shown what belongs to none of them. What are its "
            "probabilities?"
        ),
        (
            Choice(
                mark("they add up to 1 all the same"),
                mark(
                    "The softmax divides by the sum, whatever was seen. The network can waver, but "
                    "it cannot answer “none”."
                ),
            ),
            Choice(
                mark("all near 0"),
                mark("They could all be small logits; after the softmax they still add up to 1."),
            ),
            Choice(
                mark("all alike"),
                mark("Something always looks a little like one of the classes."),
            ),
        ),
        right=0,
    ),
    Question(
        "coarse",
        mark("Grad-CAM of a picture of 224 × 224 pixels has only 7 × 7 places. Why so few?"),
        (
            Choice(
                mark("a finer one would take too long"),
                mark("It takes one pass back; nothing is covered or tried."),
            ),
            Choice(
                mark("the last maps have no more places"),
                mark("Five strides of 2 make 7 of 224. What is drawn smoothly was computed so."),
            ),
            Choice(
                mark("it is made smaller for the screen"),
                mark("It is the other way round: it is stretched to lie on the picture."),
            ),
        ),
        right=1,
    ),
)
