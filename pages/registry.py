"""Every page of the course in one table. A new page is one line here and one folder beside it.

Its module `page` holds `page()`, and may hold `TABLE` (its state), `STEPS` (its walk: pairs of a
block's name and a sentence, marked for translation; or `steps()`, where it depends on what is on
show) and `thumbnail()` (a data URL made from real output). The module `api` holds its live routes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from starlette.routing import BaseRoute

from core.schema import Table, mark
from pages.kit.routes import Live

FOLDER = Path(__file__).parent
Step = tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """One page: where it is, what it is called, and the one thing that it claims."""

    path: str
    title: str
    section: str
    claim: str

    @property
    def folder(self) -> str:
        """The name of the folder that holds all of it."""
        return self.path.replace("-", "_")

    @property
    def module(self) -> ModuleType:
        """The page's module, imported when it is first asked for."""
        return import_module(f"pages.{self.folder}.page")

    @property
    def live(self) -> Sequence[Live | BaseRoute]:
        """Its live routes: `LIVE` in the folder's `api.py`, which not every page has."""
        if not (FOLDER / self.folder / "api.py").is_file():
            return ()
        found: Sequence[Live | BaseRoute] = import_module(f"pages.{self.folder}.api").LIVE
        return found

    @property
    def table(self) -> Table | None:
        """The page's state, if it has any."""
        return getattr(self.module, "TABLE", None)

    @property
    def steps(self) -> Sequence[Step]:
        """The walk through the page as it is in this session, untranslated."""
        found: Callable[[], Sequence[Step]] | None = getattr(self.module, "steps", None)
        return found() if found else getattr(self.module, "STEPS", ())

    @property
    def thumbnail(self) -> Callable[[], str] | None:
        """A callable that returns a picture of the page's real output as a data URL."""
        return getattr(self.module, "thumbnail", None)


SECTIONS = (mark("Convolution"), mark("Recurrence"), mark("Attention"), mark("Language"))

PAGES = (
    Entry(
        path="draw-a-digit",
        title=mark("Draw a digit"),
        section="Convolution",
        claim=mark(
            "Every square is a number the network has just computed from your pen. "
            "Click one to see how."
        ),
    ),
    Entry(
        path="convolution-and-pooling",
        title=mark("Convolution and pooling"),
        section="Convolution",
        claim=mark("Slide any kernel over any picture. Every product and every sum is there."),
    ),
    Entry(
        path="lenet-alexnet-vgg",
        title=mark("LeNet, AlexNet, VGG"),
        section="Convolution",
        claim=mark(
            "Three networks that made history: what each layer costs and sees, and which one is "
            "better at equal cost."
        ),
    ),
    Entry(
        path="train-a-cnn",
        title=mark("Train a CNN"),
        section="Convolution",
        claim=mark(
            "The notes' program, live: watch a network find its filters, then break them and "
            "count the cost."
        ),
    ),
    Entry(
        path="sine-live",
        title=mark("Sine, live"),
        section="Recurrence",
        claim=mark(
            "Three recurrent networks learn to continue a wave, in front of you. Every curve is "
            "their own."
        ),
    ),
    Entry(
        path="inside-the-cell",
        title=mark("Inside the cell"),
        section="Recurrence",
        claim=mark("What a recurrent cell keeps, forgets and says, at every step, in numbers."),
    ),
    Entry(
        path="long-dependencies",
        title=mark("Long dependencies"),
        section="Recurrence",
        claim=mark("How far back a gradient reaches, and what really helps it to get there."),
    ),
    Entry(
        path="attention-step-by-step",
        title=mark("Attention, step by step"),
        section="Attention",
        claim=mark(
            "From a question to an answer in eight matrices. Every number opens to its sum, and "
            "can be dragged."
        ),
    ),
    Entry(
        path="attention-in-a-trained-model",
        title=mark("Attention in a trained model"),
        section="Attention",
        claim=mark("Who attends to whom, and whether that is why the model says what it says."),
    ),
    Entry(
        path="words-as-vectors",
        title=mark("Words as vectors"),
        section="Language",
        claim=mark("Words that keep the same company move together. Four ways to arrange them."),
    ),
    Entry(
        path="transformer",
        title=mark("Transformer"),
        section="Language",
        claim=mark("A sentence in, a sentence out, one token at a time until the end token."),
    ),
    Entry(
        path="bert",
        title=mark("BERT"),
        section="Language",
        claim=mark("Hide a word and guess it from both sides. Then teach the same network a task."),
    ),
)
