"""Who cannot use a page: by a screen reader or keys, or from the last row of a hall."""

from __future__ import annotations

from itertools import product

from benchmarks.figures import Figure, Unmeasured, Values, measures
from benchmarks.harness import WINDOW, application, browser
from tests import axe, present
from tests.browser.screen import Screen
from tests.browser.views import VIEWS

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WIDTHS = ({"viewport": WINDOW}, PHONE)
THEMES = ("light", "dark")
LANGUAGES = ("en-US", "ko-KR")


@measures(
    Figure("a11y.axe_violations", "axe-core, all pages and tabs", "found", None, 0),
)
def axe_violations() -> Values:
    """Every page and tab in both themes, both languages, in a window and on a phone."""
    if not axe.SCRIPT.exists():
        raise Unmeasured(axe.MISSING)
    found = 0
    with application() as address, browser() as chromium:
        for width, theme, language in product(WIDTHS, THEMES, LANGUAGES):
            page = chromium.new_page(color_scheme=theme, locale=language, **width)
            page.set_default_timeout(120_000)
            for view in VIEWS:
                page.goto(address + view.path)
                view.ready(Screen(page))
                for violation in axe.violations(page):
                    print(view.path, theme, language, violation, sep="  ")
                    found += 1
            page.close()
    return {"a11y.axe_violations": float(found)}


@measures(Figure("present.smallest_px", "smallest text while presenting, 1280 x 800", "px", 20))
def smallest() -> Values:
    """Over every page and tab, as it opens when it is presented."""
    sizes = []
    with application() as address, browser() as chromium:
        page = chromium.new_page(viewport=present.WINDOW)
        page.set_default_timeout(120_000)
        for view in VIEWS:
            page.goto(address + view.link("present=1"))
            view.ready(Screen(page))
            sizes += [size for size, _ in present.texts(page)]
    return {"present.smallest_px": min(sizes)}
