"""What is asked at the end of the page, and again on later ones."""

from core.schema import mark
from pages.kit.recall import Choice, Question

QUESTIONS = (
    Question(
        "hundred",
        mark(
            "In pre-training 100 tokens have been drawn to be predicted. About how many of them "
            "become [MASK]?"
        ),
        (
            Choice(
                "15",
                mark(
                    "15% is the share of all tokens that are drawn. Of the drawn ones far more "
                    "are hidden."
                ),
            ),
            Choice(
                "80",
                mark(
                    "Ten more become another token, and ten stay: [MASK] does not occur in "
                    "fine-tuning, so a visible word must be predicted as well."
                ),
            ),
            Choice(
                "100",
                mark(
                    "Then the network would never have to keep a good vector for a word that it "
                    "sees."
                ),
            ),
        ),
        right=1,
    ),
    Question(
        "swapped",
        mark(
            "Two sentences of one story stand in the wrong order. Why does BERT often say all "
            "the same that the second follows?"
        ),
        (
            Choice(
                mark("their topic is the same, and in pre-training the topic was enough"),
                mark("The wrong pairs came from other stories, so order never had to be learned."),
            ),
            Choice(
                mark("it has no positions"),
                mark(
                    "Positions are added to every token, and a third vector says which sentence "
                    "it belongs to."
                ),
            ),
            Choice(
                mark("it reads from both sides and so cannot tell them apart"),
                mark(
                    "Reading both sides does not hide the order. It could be learned if the "
                    "task asked for it."
                ),
            ),
        ),
        right=0,
    ),
    Question(
        "gaps",
        mark(
            "All gaps of a sentence are filled at once. Each guess is likely, and yet they do "
            "not fit together. Why?"
        ),
        (
            Choice(
                mark("BERT reads only what stands on the left"),
                mark("It reads both sides. But where another gap stands it sees only [MASK]."),
            ),
            Choice(
                mark("its vocabulary is too small"),
                mark(
                    "Each single word is in the vocabulary. It is their combination that nobody "
                    "has checked."
                ),
            ),
            Choice(
                mark("each gap is guessed as if the others were never filled"),
                mark(
                    "The likeliest word of each gap need not belong to the likeliest sentence. "
                    "Filling one after another works better."
                ),
            ),
        ),
        right=2,
        source="Wang, Cho 2019",
    ),
)
