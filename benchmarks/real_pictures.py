"""Real networks on real pictures: from a picture that is sent to all maps painted."""

from __future__ import annotations

from statistics import median

from benchmarks.figures import Figure, Values, measures
from benchmarks.harness import application, browser
from core.vision.imagenet.networks import ready
from core.vision.imagenet.photographs import FOLDER, PHOTOGRAPHS

KEY = "pictures.efficientnet_s"
PAINTED = "[data-block=overview][data-painted^=own-]"


@measures(
    Figure(
        KEY,
        "a picture of one's own sent until all its maps are painted, EfficientNet-Lite0, median",
        "s",
        at_most=1.5,
    ),
)
def real_pictures() -> Values:
    """The photographs that ship are sent as one's own, one after the other."""
    if "lite0" not in ready():
        return {}
    taken: list[float] = []
    with application() as address, browser() as chromium:
        page = chromium.new_page()
        page.goto(f"{address}/real-pictures")
        page.wait_for_selector("[data-fp=pictures][data-best]")
        before = ""
        for name in PHOTOGRAPHS:
            page.wait_for_function("document.body.dataset.fpAsking === '0'")
            began = page.evaluate("performance.now()")
            page.locator("[data-fp=picture-file]").set_input_files(str(FOLDER / f"{name}.jpg"))
            painted = page.wait_for_selector(f"{PAINTED}:not([data-painted='{before}'])")
            assert painted is not None
            before = painted.get_attribute("data-painted") or ""
            taken.append((page.evaluate("performance.now()") - began) / 1000)
    return {KEY: median(taken[1:])}
