"""The course: every folder beside this file that holds a page.

The folder itself says what the page is called (`TITLE`), what it claims (`CLAIM`), and its place in
the course (`SECTION`; `NUMBER`, counted in tens so that a new page finds room; `MINUTES` that it
takes to go through, about). Its module `page`
holds `page()`, and may hold `TABLE` (its state), `STEPS` (its walk: pairs of a block's name and a
sentence, marked for translation; or `steps()`, where it depends on what is on show) and
`thumbnail()` (a data URL made from real output). The module `api` holds its live routes, the module
`recall` the questions at its end, the module
`goals` what can be reached on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from starlette.routing import BaseRoute

from core.goals import Goal
from core.schema import Table, mark
from pages.kit.recall import Question
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
    number: int = 0
    minutes: int = 0

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
        routes: Sequence[Live | BaseRoute] = import_module(f"pages.{self.folder}.api").LIVE
        return routes

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked at its end: `QUESTIONS` in the folder's `recall.py`."""
        if not (FOLDER / self.folder / "recall.py").is_file():
            return ()
        asked: tuple[Question, ...] = import_module(f"pages.{self.folder}.recall").QUESTIONS
        return asked

    @property
    def goals(self) -> tuple[Goal, ...]:
        """What can be reached on it: `GOALS` in the folder's `goals.py`."""
        if not (FOLDER / self.folder / "goals.py").is_file():
            return ()
        declared: tuple[Goal, ...] = import_module(f"pages.{self.folder}.goals").GOALS
        return declared

    @property
    def table(self) -> Table | None:
        """The page's state, if it has any."""
        return getattr(self.module, "TABLE", None)

    @property
    def steps(self) -> Sequence[Step]:
        """The walk through the page as it is in this session, untranslated."""
        steps: Callable[[], Sequence[Step]] | None = getattr(self.module, "steps", None)
        return steps() if steps else getattr(self.module, "STEPS", ())

    @property
    def thumbnail(self) -> Callable[[], str] | None:
        """A callable that returns a picture of the page's real output as a data URL."""
        return getattr(self.module, "thumbnail", None)


SECTIONS = (mark("Convolution"), mark("Recurrence"), mark("Attention"), mark("Language"))


def _entry(folder: str) -> Entry:
    about = import_module(f"pages.{folder}")
    path = folder.replace("_", "-")
    return Entry(path, about.TITLE, about.SECTION, about.CLAIM, about.NUMBER, about.MINUTES)


PAGES = tuple(
    sorted(
        (_entry(page.parent.name) for page in FOLDER.glob("*/page.py")),
        key=lambda entry: entry.number,
    )
)
"""All of them, in the order of the course."""
