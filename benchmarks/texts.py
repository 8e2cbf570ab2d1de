"""What is said: figures that have a source, notes that have a place, and prose before "more"."""

from __future__ import annotations

import re
from unittest.mock import patch

from benchmarks.figures import Figure, Values, measures
from core.claims import CLAIMS, REFERENCE
from pages.kit.language import LANGUAGES
from pages.kit.prose import parts
from pages.kit.run import inspection
from tests.docs import test_notes as notes
from tests.pages import test_literals as literals
from tests.pages import test_prose as prose
from tests.pages import test_recall as asked


@measures(
    Figure(
        "truth.claims_checked",
        "figures in texts, labels and quizzes, and questions, that are computed or have a source",
        "share",
        at_least=1.0,
    ),
)
def claims() -> Values:
    """Figures of messages are held against their sources, and those of prose name theirs.

    A figure that prose has by hand counts as unchecked. So does a question at the end of a page
    whose answer neither a test computes nor a paper says.
    """
    checked = [
        literals.holds(message, figure)
        for message in literals.claiming()
        for figure in literals.figures_of(message)
    ]
    for _code, _lesson, _part, text in prose.TEXTS:
        checked += [name in CLAIMS for name in REFERENCE.findall(text)]
        checked += [False for _figure in prose.by_hand(text)]
    checked += [
        name in asked.COMPUTED or bool(question.source) for name, question in asked.ASKED.items()
    ]
    return {"truth.claims_checked": sum(checked) / len(checked)}


@measures(
    Figure(
        "truth.notes_rows",
        "lines of the notes whose links open what they quote, in both languages",
        "rows",
        at_least=notes.LINES,
    ),
)
def rows() -> Values:
    """Each link is opened, and what its row quotes is looked for."""
    with patch.object(inspection, "ENGINE", notes._Engine()):
        met = [
            row
            for row in notes.rows()
            if row.links and not any(notes.amiss(row, code) for code in LANGUAGES)
        ]
    return {"truth.notes_rows": float(len(met))}


@measures(
    Figure(
        "text.words_before_more",
        'most words of prose on a page before "more"',
        "words",
        at_most=prose.LONGEST,
    ),
)
def words() -> Values:
    """In English, the objective among them; figures that are named count as a word."""
    most = 0
    for lesson, wholes in prose.FIRST:
        objective = parts("en", lesson.partition("/")[0])["objective"]
        text = " ".join((objective, *(parts("en", lesson)[part] for part in wholes)))
        most = max(most, len(re.findall(r"\S+", text)))
    return {"text.words_before_more": float(most)}
