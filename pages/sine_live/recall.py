"""What is asked at the end of the page, and again on later ones."""

from core.schema import mark
from pages.kit.recall import Choice, Question

QUESTIONS = (
    Question(
        "broadcast",
        mark(
            "Outputs have the shape (5, 1), targets (5, 5, 1): five windows of five steps. What "
            "does the loss compare?"
        ),
        (
            Choice(
                mark("each output with the last target of its window"),
                mark("That is what was meant. It takes `y[:, -1]`, of shape (5, 1)."),
            ),
            Choice(
                mark("each output with targets of all five windows"),
                mark(
                    "(5, 1) is stretched to (5, 5, 1): output j meets the target at time j of "
                    "every window. PyTorch warns, and goes on."
                ),
            ),
            Choice(
                mark("nothing: PyTorch refuses"),
                mark(
                    "It refuses only where the sizes do not fit. Five fits five, so it broadcasts."
                ),
            ),
        ),
        right=1,
    ),
    Question(
        "baseline",
        mark(
            "A network's loss on the wave is as small as that of persistence. What has the "
            "network shown?"
        ),
        (
            Choice(
                mark("that it has learned the wave: the loss is small"),
                mark(
                    "A wave moves little in one step, so repeating the last value has a small "
                    "loss, too. Small is not yet learned."
                ),
            ),
            Choice(
                mark("that it is worse than guessing"),
                mark(
                    "Persistence is much better than guessing the mean. It is only a baseline "
                    "that costs nothing."
                ),
            ),
            Choice(
                mark("nothing more than repeating the last value does"),
                mark("A result counts by what it adds to the baseline, and here it adds nothing."),
            ),
        ),
        right=2,
    ),
    Question(
        "alone",
        mark(
            "One step ahead a network is off by little. Why can the same network be far off "
            "when it runs free?"
        ),
        (
            Choice(
                mark("its own errors become part of its input"),
                mark(
                    "Each prediction rests on the ones before it, so an error is carried on and "
                    "may grow."
                ),
            ),
            Choice(
                mark("its weights go on changing"),
                mark("Running free is not training: no weight changes."),
            ),
            Choice(
                mark("its hidden state is cleared at every step"),
                mark(
                    "The hidden state goes on in both cases. Only the input differs: true "
                    "values, or its own outputs."
                ),
            ),
        ),
        right=0,
    ),
)
